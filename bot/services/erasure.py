"""Erasing a member: rows, counters, posts, key, free pages. It survives a crash, and nothing is sent afterwards."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from bot.errors import DiskFull
from bot.services.memberships import forget_counters
from bot.services.ports import Database
from bot.services.takedown import Post, Takedown, post_of

log = logging.getLogger(__name__)

T = TypeVar("T")

INTENT = "erasing:"
"""Begins the name of a fact: whose erasure has begun."""


class KeyDestroyer(Protocol):
    """The members' keys, as far as erasure needs them."""

    async def destroy(self, user_id: int, now: datetime) -> None: ...
    async def erased_fingerprints(self) -> frozenset[bytes]: ...
    def fingerprint(self, user_id: int) -> bytes: ...


class Pages(Protocol):
    """Empties the database's write-ahead log, so that no deleted byte stays in it, and makes room on a full disk."""

    async def truncate_log(self) -> None: ...
    async def make_room(self) -> bool: ...


Redact = Callable[[int, datetime], Awaitable[list[Post]]]
"""Takes a member's names out of the group's posts; gives those that could not be changed."""


async def begin_erasure(db: Database, user_id: int, now: datetime) -> Mapping[str, int]:
    """Store that a member is to be erased, and cancel everything on its way to them. Gives their rows by table.

    Whoever runs the erasures goes on from here: at the start, and once a day.
    """
    async with db.write(aside=True) as tx:
        rows = await tx.owned.counts(user_id)
        await tx.facts.set(f"{INTENT}{user_id}", now.isoformat(), now)
        await tx.members.update(user_id, stopped_at=now)
        await tx.nudges.cancel_all(user_id, "erased")
        await tx.deliveries.withdraw_of(user_id, "erased")
    return rows


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
        takedown: Takedown,
        pages: Pages,
        forget: Sequence[Callable[[int], None]],
        redact: Redact,
    ) -> None:
        self._db = db
        self._keys = keys
        self._takedown = takedown
        self._pages = pages
        self._forget = tuple(forget)
        self._redact = redact

    async def preview(self, user_id: int) -> Mapping[str, int]:
        """How many rows of each table would go."""
        async with self._db.read(aside=True) as tx:
            return await tx.owned.counts(user_id)

    async def erase(self, user_id: int, now: datetime) -> Receipt:
        """Erase everything of a member's; also for an id that never consented."""
        await self._surely(lambda: begin_erasure(self._db, user_id, now))
        removed, left = await self._surely(lambda: self._take_posts_down(user_id, now))
        rows = await self._surely(lambda: self._delete_rows(user_id))
        await self._surely(lambda: self._keys.destroy(user_id, now))
        for forget in self._forget:
            forget(user_id)
        await self._surely(lambda: self._end(user_id))
        await self._pages.truncate_log()
        log.info("a member was erased: %d rows", sum(rows.values()))
        return Receipt(rows, removed, left)

    async def _surely(self, part: Callable[[], Awaitable[T]]) -> T:
        """Do one part; on a full disk, where even deleting needs room, let the ballast go and do it once more."""
        try:
            return await part()
        except DiskFull:
            if not await self._pages.make_room():
                raise
            log.warning("the disk is full: the spare file was freed for an erasure")
            return await part()

    async def _delete_rows(self, user_id: int) -> Mapping[str, int]:
        async with self._db.write(aside=True) as tx:
            # An action counted, or a second erasure, comes before this or after it.
            await tx.actions.lock(user_id)
            rows = await tx.owned.counts(user_id)
            await forget_counters(tx, user_id)
            await tx.owned.erase(user_id)
        return rows

    async def _end(self, user_id: int) -> None:
        async with self._db.write() as tx:
            await tx.facts.forget(f"{INTENT}{user_id}")

    async def _take_posts_down(self, user_id: int, now: datetime) -> tuple[int, int]:
        async with self._db.read() as tx:
            posts = await tx.deliveries.posted_by(user_id)
        standing = [post for delivery in posts if (post := post_of(delivery)) is not None]
        ends = [(post, await self._takedown.remove(post, now)) for post in standing]
        left = [post for post, end in ends if end is False] + await self._redact(user_id, now)
        if left:
            await self._takedown.remember(left, now)
        return sum(end is True for _, end in ends), len(left)

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

    async def remove_left(self, now: datetime) -> int:
        """Nightly: try again to remove posts of erased members. Gives how many are settled now."""
        return await self._takedown.retry(now)
