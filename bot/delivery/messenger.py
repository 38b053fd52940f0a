"""The only sender of direct messages and channel posts. It turns whatever Discord does into an Answer."""

import asyncio
import json
from collections.abc import Awaitable, Iterator
from datetime import datetime
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, MultipartParameters

from bot.domain.answers import Answer, Kind
from bot.domain.deliveries import DEADLINE_SECONDS, STANDS_WITHIN
from bot.services.outbox import Letter

COMPONENTS_V2 = 1 << 15
SUPPRESS_NOTIFICATIONS = 1 << 12
LOOK_BACK = 50
"""How many messages of a DM are read to find one that may have arrived."""
PAGE = 100
PAGES = 10
"""In a channel it is looked for page by page, over the minutes in which it can have arrived, and not further."""
UNCERTAIN = Answer(Kind.HTTP, code=50001)
"""Missing access: what Discord would say of a closed channel, and does not say of a closed history."""


class Messenger:
    """Sends stored payloads as they are, with their nonce, and mentions nobody but whom a letter names.

    Nothing that Discord or the network does is raised. A request unanswered after 25 s counts as lost: it may
    have arrived. Reading is possible without the message content intent, because the messages are our own.
    """

    def __init__(self) -> None:
        self._client: discord.Client | None = None

    def attach(self, client: discord.Client) -> None:
        """Give it the client that is logged in; before that every answer is LOST."""
        self._client = client

    @property
    def _http(self) -> HTTPClient:
        if self._client is None:
            raise ConnectionError("not logged in yet")
        return self._client.http

    async def open(self, user_id: int) -> Answer:
        """Open the DM channel of a user; `made_id` is the channel."""
        return await _answered(lambda: self._http.start_private_message(user_id))

    async def send(self, letter: Letter) -> Answer:
        """Create a message; `made_id` is the message."""
        flags = COMPONENTS_V2 | (SUPPRESS_NOTIFICATIONS if letter.silent else 0)
        payload = {
            **_payload(letter.body, letter.mentions),
            "flags": flags,
            "nonce": letter.nonce,
            "enforce_nonce": True,
        }
        return await _answered(lambda: self._http.send_message(letter.channel_id, params=_params(payload)))

    async def edit(self, channel_id: int, message_id: int, body: str) -> Answer:
        """Put another body into a message of ours."""
        payload = {**_payload(body), "flags": COMPONENTS_V2}
        return await _answered(
            lambda: self._http.edit_message(channel_id, message_id, params=_params(payload))
        )

    async def remove(self, channel_id: int, message_id: int) -> Answer:
        """Delete a message of ours; OK also when it is gone already."""
        answer = await _answered(lambda: self._http.delete_message(channel_id, message_id))
        return Answer(Kind.OK) if answer.status == 404 else answer

    async def find(self, channel_id: int, delivery_id: int, *, since: datetime | None = None) -> Answer:
        """Look for a delivery's marker in the last 50 messages; OK without `made_id` means it is not there.

        With `since` the messages of an attempt's minutes are read from there on. Not one message to be seen means that
        the channel cannot be read: Discord answers an empty list to whoever may not read its history.
        """
        if since is None:
            page: list[Any] = []
            answer = await self._read(page, channel_id, LOOK_BACK)
            return _found(page, delivery_id) or answer
        after = discord.utils.time_snowflake(since)
        last = discord.utils.time_snowflake(since + STANDS_WITHIN)
        for number in range(PAGES):
            page = []
            answer = await self._read(page, channel_id, PAGE, after)
            if answer.kind is not Kind.OK or (answer := _found(page, delivery_id) or answer).made_id:
                return answer
            if not page and not number:
                return await self._if_open(channel_id)
            after = max((int(message["id"]) for message in page), default=last)
            if len(page) < PAGE or after >= last:
                return answer
        return UNCERTAIN

    async def _read(self, page: list[Any], channel_id: int, limit: int, after: int | None = None) -> Answer:
        """Read messages into a page, the last ones or those right after an id."""

        async def read() -> None:
            page.extend(await self._http.logs_from(channel_id, limit, after=after))

        return await _answered(read)

    async def _if_open(self, channel_id: int) -> Answer:
        """OK when some message can be read at all."""
        page: list[Any] = []
        answer = await self._read(page, channel_id, 1)
        return UNCERTAIN if answer.kind is Kind.OK and not page else answer


def _found(page: list[Any], delivery_id: int) -> Answer | None:
    marked = (m for m in page if is_marked(m.get("components", []), delivery_id))
    return next((Answer(Kind.OK, made_id=int(message["id"])) for message in marked), None)


def is_marked(components: Any, delivery_id: int) -> bool:
    """Whether a component of a message carries the delivery's id at the end of its custom id."""
    ending = f":{delivery_id}"
    return any(custom_id.endswith(ending) for custom_id in custom_ids(components))


def custom_ids(node: Any) -> Iterator[str]:
    """Every custom id in a message's components, as Discord sends them."""
    if isinstance(node, list):
        for one in node:
            yield from custom_ids(one)
    elif isinstance(node, dict):
        if isinstance(node.get("custom_id"), str):
            yield node["custom_id"]
        for name in ("components", "accessory", "component"):
            yield from custom_ids(node.get(name))


def _payload(body: str, mentions: int | None = None) -> dict[str, Any]:
    allowed: dict[str, list[int]] = {"parse": []} if mentions is None else {"parse": [], "users": [mentions]}
    return {"components": json.loads(body), "allowed_mentions": allowed}


def _params(payload: dict[str, Any]) -> MultipartParameters:
    return MultipartParameters(payload=payload, multipart=None, files=None)


async def _answered(request: Any) -> Answer:
    """Ask, and say how it ended. `request` is called inside, so that a missing client is an answer too."""
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            made: Awaitable[Any] = request()
            result = await made
    except discord.RateLimited as error:
        return Answer(Kind.LIMITED, retry_after=error.retry_after)
    except discord.HTTPException as error:
        return _refusal(error)
    except (TimeoutError, OSError, aiohttp.ClientError):
        return Answer(Kind.LOST)
    made_id = result.get("id") if isinstance(result, dict) else None
    return Answer(Kind.OK, made_id=None if made_id is None else int(made_id))


def _refusal(error: discord.HTTPException) -> Answer:
    # discord.py raises a 429 at once, instead of waiting, when Cloudflare answered in Discord's place: no Via.
    if error.status == 429 and not error.response.headers.get("Via"):
        return Answer(Kind.BANNED, status=429)
    return Answer(Kind.HTTP, status=error.status, code=error.code)
