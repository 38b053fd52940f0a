"""Watches what goes on between the bot and Discord: connections, requests, and how long a first answer takes.

It hears every event before anybody else and every answer of Discord's API, and keeps numbers alone.
"""

import math
import re
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import aiohttp
import discord

from bot.clock import Clock
from bot.operations.metrics import OTHER, Metrics
from bot.operations.vitals import Shard
from bot.ui.buttons import Press
from bot.ui.cards import PREFIX

WINDOW_SECONDS = 600.0
"""Discord counts refusals within ten minutes."""
REMEMBERED = 2000
"""Interactions waiting for their first answer; more than that at once will never be answered in time."""

_CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback$")
_CONNECTIONS = {
    "shard_connect": ("identified", True),
    "shard_resumed": ("resumed", True),
    "shard_disconnect": ("disconnected", False),
}

Monotonic = Callable[[], float]


class Watching:
    """`saw` is called for every event of discord.py's; `trace` goes into its HTTP client."""

    def __init__(self, metrics: Metrics, clock: Clock, monotonic: Monotonic = time.monotonic) -> None:
        self._metrics = metrics
        self._clock = clock
        self._monotonic = monotonic
        self._asked: OrderedDict[int, tuple[float, str, str]] = OrderedDict()
        self._invalid: deque[float] = deque()
        self._connections: dict[int, tuple[bool, datetime]] = {}
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._ended)

    def saw(self, event: str, args: tuple[Any, ...]) -> None:
        """An event of discord.py's, at the moment it comes in."""
        if event == "interaction":
            self._ask(args[0])
        elif event in _CONNECTIONS:
            told, connected = _CONNECTIONS[event]
            self._metrics.connection(told)
            self._connections[args[0]] = (connected, self._clock())

    def _ask(self, interaction: discord.Interaction[Any]) -> None:
        kind, name = named(interaction)
        self._asked[interaction.id] = (self._monotonic(), kind, name)
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)

    async def _ended(
        self, _session: aiohttp.ClientSession, _context: object, params: aiohttp.TraceRequestEndParams
    ) -> None:
        status, headers = params.response.status, params.response.headers
        if status < 200:
            return  # the gateway's own connection
        limited_by = (
            _limited_by(headers.get("Via"), headers.get("X-RateLimit-Scope")) if status == 429 else None
        )
        self._metrics.requested(status, limited_by)
        if status in (401, 403) or (status == 429 and limited_by != "shared"):
            self._invalid.append(self._monotonic())
        callback = _CALLBACK.search(params.url.path)
        if callback and status < 300:
            self._answer(int(callback[1]))

    def _answer(self, interaction_id: int) -> None:
        asked = self._asked.pop(interaction_id, None)
        if asked is not None:
            at, kind, name = asked
            self._metrics.answered(kind, name, self._monotonic() - at)

    @property
    def invalid_requests(self) -> int:
        """How many answers within ten minutes count towards a ban of the address."""
        while self._invalid and self._monotonic() - self._invalid[0] >= WINDOW_SECONDS:
            self._invalid.popleft()
        return len(self._invalid)

    def shards(
        self, expected: Iterable[int], latencies: dict[int, float], started_at: datetime
    ) -> Iterator[Shard]:
        """Each connection this process should have; one that never was is gone since the start."""
        for shard_id in expected:
            connected, since = self._connections.get(shard_id, (False, started_at))
            latency = latencies.get(shard_id)
            known = latency is not None and math.isfinite(latency)
            yield Shard(shard_id, connected, since, latency if known else None)


def named(interaction: discord.Interaction[Any]) -> tuple[str, str]:
    """What was used, by names of ours alone: (command, press, form or autocomplete; which)."""
    data: Any = interaction.data or {}
    kind = interaction.type
    if kind is discord.InteractionType.component:
        head, _, _ = str(data.get("custom_id")).removeprefix(f"{PREFIX}:").partition(":")
        return "press", head if head in _verbs() else OTHER
    if kind is discord.InteractionType.modal_submit:
        return "form", "form"
    command = interaction.command
    name = OTHER if command is None else command.qualified_name
    return ("autocomplete" if kind is discord.InteractionType.autocomplete else "command"), name


def _verbs(base: type[Press] = Press) -> set[str]:
    return {verb for one in base.__subclasses__() for verb in (one.verb, *_verbs(one))}


def _limited_by(via: str | None, scope: str | None) -> str:
    if not via:
        return "cloudflare"
    return scope if scope in ("user", "global", "shared") else OTHER
