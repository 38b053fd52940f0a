"""What `doctor` asks Discord, with the token and without discord.py: four requests at most, and nothing is changed."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.clock import Clock

PATIENCE = aiohttp.ClientTimeout(total=10)
PATHS = ("/users/@me", "/applications/@me", "/gateway/bot")


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers by path: (status, body). `offset` is how many seconds our clock is ahead of Discord's."""

    answers: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    trouble: str = ""
    offset: float | None = None

    def body(self, path: str) -> dict[str, Any] | None:
        """What Discord said, or None when it did not say it."""
        status, body = self.answers.get(path, (0, {}))
        return body if status == 200 else None


async def ask_discord(api_url: str, token: str, clock: Clock) -> Asked:
    """Ask as the bot would. A dead token is asked with once; whatever the network does is `trouble`, never raised."""
    answers: dict[str, tuple[int, dict[str, Any]]] = {}
    offset = None
    headers = {"Authorization": f"Bot {token}", "User-Agent": "DiscordBot (stepforward doctor, 1)"}
    try:
        async with aiohttp.ClientSession(headers=headers, timeout=PATIENCE) as session:
            for path in PATHS:
                async with session.get(api_url.rstrip("/") + path) as answer:
                    offset = _offset(answer.headers.get("Date"), clock()) if offset is None else offset
                    body = await answer.json(content_type=None)
                    answers[path] = (answer.status, body if isinstance(body, dict) else {})
                if answer.status == 401:
                    break
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        return Asked(answers, type(error).__name__, offset)
    return Asked(answers, "", offset)


def _offset(date: str | None, now: datetime) -> float | None:
    """Discord's `Date` has whole seconds, so less than one second is none."""
    if date is None:
        return None
    ahead = (now - parsedate_to_datetime(date)).total_seconds()
    return ahead if ahead < 0 else max(ahead - 1.0, 0.0)
