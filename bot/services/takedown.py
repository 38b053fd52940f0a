"""The bot's own posts that must go from their channels, or lose a name: now, or at a later night. It names no member."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.answers import Answer, Kind
from bot.domain.deliveries import LOOK_AFTER, stands_since
from bot.domain.nudges import Delivery
from bot.services.ports import Database

log = logging.getLogger(__name__)

REMOVAL = "remove:"
MARKER = "remove-marker:"
"""Names of facts: `<channel>:<message>` that must still go, and `<channel>:<delivery>` that may have arrived."""
AT_ONCE = 20
"""Of each kind, so that a night asks Discord no more than this."""
GIVE_UP_DAYS = 30
"""From the first refusal on: until then a lead may have given the permission back. What is not an answer has no end."""


class Remover(Protocol):
    """Deletes the bot's own messages. Never raises."""

    async def remove(self, channel_id: int, message_id: int) -> Answer:
        """Delete a message of ours; OK also when it is gone already."""
        ...


class Channels(Remover, Protocol):
    """The bot's own messages in their channels. Never raises."""

    async def edit(self, channel_id: int, message_id: int, body: str) -> Answer:
        """Put another body into it."""
        ...

    async def find(self, channel_id: int, delivery_id: int, *, since: datetime | None = None) -> Answer:
        """Look for a delivery's marker from an instant on; OK without `made_id` means it is not there."""
        ...


@dataclass(frozen=True, slots=True)
class Post:
    """One post. Without `message_id` it may have arrived; from `certain_at` on (UTC) a look at the channel tells."""

    channel_id: int
    delivery_id: int
    message_id: int | None
    certain_at: datetime

    @property
    def since(self) -> datetime:
        """From when on it can stand in its channel."""
        return stands_since(self.certain_at - LOOK_AFTER)


def post_of(delivery: Delivery) -> Post | None:
    """Where a delivery stands or may stand; None for one that has no channel yet."""
    if delivery.channel_id is None:
        return None
    began_at = delivery.attempt_at or delivery.made_at
    return Post(delivery.channel_id, delivery.id, delivery.message_id, began_at + LOOK_AFTER)


class Takedown:
    """Removes posts, and remembers those that Discord has not let go of or that may be on their way."""

    def __init__(self, db: Database, channels: Channels) -> None:
        self._db = db
        self._channels = channels

    async def remove(self, post: Post, now: datetime) -> bool | None:
        """True when it was there and is gone, None when it surely never came, False when that is not known yet."""
        message_id = post.message_id
        if message_id is None:
            found = await self._channels.find(post.channel_id, post.delivery_id, since=post.since)
            if found.kind is Kind.OK and found.made_id is None and now >= post.certain_at:
                return None
            message_id = found.made_id
        if message_id is None:
            return False
        return (await self._channels.remove(post.channel_id, message_id)).kind is Kind.OK

    async def remember(self, posts: Iterable[Post], now: datetime) -> None:
        """Keep these for the nights to come."""
        async with self._db.write() as tx:
            for post in posts:
                if post.message_id is None:
                    name = f"{MARKER}{post.channel_id}:{post.delivery_id}"
                    await tx.facts.set(name, post.certain_at.isoformat(), now)
                else:
                    await tx.facts.set(f"{REMOVAL}{post.channel_id}:{post.message_id}", "", now)

    async def retry(self, now: datetime) -> int:
        """Nightly: try again a few of those remembered, tried the longest ago first. Gives how many are settled."""
        async with self._db.read() as tx:
            removals = await tx.facts.oldest(REMOVAL, AT_ONCE)
            markers = await tx.facts.oldest(MARKER, AT_ONCE)
        tried = [(name, since, await self._gone(name)) for name, since in removals]
        tried += [(name, since, await self._settled(name, since, now)) for name, since in markers]
        async with self._db.write() as tx:
            for name, since, answer in tried:
                refused_since = _refused_since(name, since, answer, now)
                if refused_since is None:
                    await tx.facts.forget(name)
                else:
                    # The instant of this try, so that what stays stuck lets the others pass.
                    await tx.facts.set(name, refused_since, now)
        return sum(answer.kind is Kind.OK for _, _, answer in tried)

    async def _gone(self, name: str) -> Answer:
        channel_id, message_id = _pair(name, REMOVAL)
        return await self._channels.remove(channel_id, message_id)

    async def _settled(self, name: str, certain_at: str, now: datetime) -> Answer:
        """A post that was on its way: one that is still stored gets its present body, without the name; others go.

        OK when nothing is left to do.
        """
        channel_id, delivery_id = _pair(name, MARKER)
        async with self._db.read() as tx:
            stored = await tx.deliveries.get(delivery_id)
        post = Post(channel_id, delivery_id, None, datetime.fromisoformat(certain_at))
        found = await self._channels.find(channel_id, delivery_id, since=post.since)
        if found.made_id is None:
            never_came = found.status == 404 or (found.kind is Kind.OK and now >= post.certain_at)
            # A look that finds nothing too early says no more than no answer does.
            unsure = Answer(Kind.LOST) if found.kind is Kind.OK else found
            return Answer(Kind.OK) if never_came else unsure
        if stored is None:
            return await self._channels.remove(channel_id, found.made_id)
        edited = await self._channels.edit(channel_id, found.made_id, stored.body)
        return Answer(Kind.OK) if is_edited(edited) else edited


def _refused_since(name: str, since: str, answer: Answer, now: datetime) -> str | None:
    """What to remember of a post after a try: since when it stands against us, "" before the first refusal.

    None when nothing is left to do: it is gone, or Discord has refused for `GIVE_UP_DAYS`, which the log says once.
    """
    if answer.kind is Kind.OK:
        return None
    if not is_refused(answer):
        return since
    since = since or now.isoformat()
    if now - datetime.fromisoformat(since) < timedelta(days=GIVE_UP_DAYS):
        return since
    log.warning(
        "post %s: given up after %d days, refused %s", name, GIVE_UP_DAYS, answer.code or answer.status
    )
    return None


def is_refused(answer: Answer) -> bool:
    """Whether Discord said no, and says so again until somebody changes something there."""
    return answer.kind is Kind.HTTP and answer.status in (400, 403)


def is_edited(answer: Answer) -> bool:
    """Whether an edit did its work, or found nothing to do it on."""
    return answer.kind is Kind.OK or answer.status == 404


def _pair(name: str, prefix: str) -> tuple[int, int]:
    first, _, second = name.removeprefix(prefix).partition(":")
    return int(first), int(second)
