"""Erasing a member: rows, counters, posts, key, free pages. It survives a crash, and nothing is sent afterwards."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.answers import Answer, Kind
from bot.services.memberships import forget_counters
from bot.services.ports import Database

log = logging.getLogger(__name__)

INTENT = "erasing:"
REMOVAL = "remove:"
"""Names of facts: whose erasure has begun, and which of the bot's own messages must still go (no user in it)."""
_REMOVALS_AT_ONCE = 20


class KeyDestroyer(Protocol):
    """The members' keys, as far as erasure needs them."""

    async def destroy(self, user_id: int, now: datetime) -> None: ...
    async def erased_fingerprints(self) -> frozenset[bytes]: ...
    def fingerprint(self, user_id: int) -> bytes: ...


class Remover(Protocol):
    """Deletes the bot's own messages; gives OK also when one is gone already. Never raises."""

    async def remove(self, channel_id: int, message_id: int) -> Answer: ...


class Pages(Protocol):
    """Empties the database's write-ahead log, so that no deleted byte stays in it."""

    async def truncate_log(self) -> None: ...


Redact = Callable[[int], Awaitable[list[tuple[int, int]]]]
"""Takes a member's names out of the group's posts; gives (channel, message) pairs that could not be changed."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased: rows by table, posts removed, and posts that Discord has not let go of yet."""

    rows: Mapping[str, int]
    posts: int
    posts_left: int


class Erasure:
    """Order: the intent is stored and everything cancelled; posts; rows and counters; the key; the intent's end.

    Each part can be repeated, so whatever was interrupted is finished at the next start.
    """

    def __init__(
        self,
        db: Database,
        keys: KeyDestroyer,
        remover: Remover,
        pages: Pages,
        forget: Sequence[Callable[[int], None]],
        redact: Redact,
    ) -> None:
        self._db = db
        self._keys = keys
        self._remover = remover
        self._pages = pages
        self._forget = tuple(forget)
        self._redact = redact

    async def preview(self, user_id: int) -> Mapping[str, int]:
        """How many rows of each table would go."""
        async with self._db.read() as tx:
            return await tx.owned.counts(user_id)

    async def erase(self, user_id: int, now: datetime) -> Receipt:
        """Erase everything of a member's; also for an id that never consented."""
        await self._begin(user_id, now)
        removed, left = await self._take_posts_down(user_id, now)
        async with self._db.write() as tx:
            rows = await tx.owned.counts(user_id)
            await forget_counters(tx, user_id)
            await tx.owned.erase(user_id)
        await self._keys.destroy(user_id, now)
        for forget in self._forget:
            forget(user_id)
        async with self._db.write() as tx:
            await tx.facts.forget(f"{INTENT}{user_id}")
        await self._pages.truncate_log()
        log.info("a member was erased: %d rows", sum(rows.values()))
        return Receipt(rows, removed, left)

    async def _begin(self, user_id: int, now: datetime) -> None:
        async with self._db.write() as tx:
            await tx.facts.set(f"{INTENT}{user_id}", now.isoformat(), now)
            await tx.members.update(user_id, stopped_at=now)
            await tx.nudges.cancel_all(user_id, "erased")
            await tx.deliveries.withdraw_of(user_id, "erased")

    async def _take_posts_down(self, user_id: int, now: datetime) -> tuple[int, int]:
        async with self._db.read() as tx:
            posts = await tx.deliveries.posted_by(user_id)
        places = [(post.channel_id, post.message_id) for post in posts]
        standing = [(channel, message) for channel, message in places if channel and message]
        left = [place for place in standing if not await self._removed(*place)]
        removed = len(standing) - len(left)
        left += await self._redact(user_id)
        if left:
            async with self._db.write() as tx:
                for channel_id, message_id in left:
                    await tx.facts.set(f"{REMOVAL}{channel_id}:{message_id}", "", now)
        return removed, len(left)

    async def _removed(self, channel_id: int, message_id: int) -> bool:
        return (await self._remover.remove(channel_id, message_id)).kind is Kind.OK

    async def finish_interrupted(self, now: datetime) -> int:
        """At the start, before anything is sent: finish what a crash interrupted. Gives how many members.

        Whoever was erased, did not consent anew and is there all the same came back with an older copy of the data.
        """
        async with self._db.read() as tx:
            begun = {int(name.removeprefix(INTENT)) for name in await tx.facts.names(INTENT)}
            there = await tx.members.ids()
        marks = await self._keys.erased_fingerprints()
        back = {user_id for user_id in there if self._keys.fingerprint(user_id) in marks} if marks else set()
        for user_id in sorted(begun | back):
            await self.erase(user_id, now)
        await self._pages.truncate_log()
        return len(begun | back)

    async def remove_left(self, _now: datetime) -> int:
        """Nightly: try again to remove posts of erased members. Gives how many are gone now."""
        async with self._db.read() as tx:
            names = (await tx.facts.names(REMOVAL))[:_REMOVALS_AT_ONCE]
        gone = []
        for name in names:
            channel_id, _, message_id = name.removeprefix(REMOVAL).partition(":")
            if await self._removed(int(channel_id), int(message_id)):
                gone.append(name)
        async with self._db.write() as tx:
            for name in gone:
                await tx.facts.forget(name)
        return len(gone)
