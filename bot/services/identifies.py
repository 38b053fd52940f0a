"""Remembers each shard's IDENTIFYs over restarts, so that a process that dies again and again cannot use up a day's worth."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.domain.identifies import IDENTIFY_EVERY, LIVED, may_at, recent
from bot.services.ports import Database

FACT = "identifies:"
TURN = "identify-turn:"
TRIES = 20


class Identifies:
    """The instants of those whose sessions ended early, or whose end is not known yet.

    What was read once is kept in memory too: a database in trouble does not make the bot forget to wait.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._early: dict[int, list[datetime]] = {}
        self._mine: dict[int, datetime] = {}

    async def _read(self, shard_id: int) -> list[datetime]:
        if shard_id not in self._early:
            async with self._db.read() as tx:
                stored = await tx.facts.get(f"{FACT}{shard_id}")
            self._early[shard_id] = [datetime.fromtimestamp(at, UTC) for at in json.loads(stored or "[]")]
        return self._early[shard_id]

    async def _write(self, shard_ids: Iterable[int], now: datetime) -> None:
        async with self._db.write() as tx:
            for shard_id in shard_ids:
                instants = [at.timestamp() for at in self._early.get(shard_id, ())]
                await tx.facts.set(f"{FACT}{shard_id}", json.dumps(instants), now)

    async def may_at(self, shard_id: int, now: datetime) -> datetime:
        """When this shard may identify; `now` when it may at once."""
        return may_at(await self._read(shard_id), now)

    async def early(self, shard_id: int, now: datetime) -> int:
        """How many of its sessions ended early within a day."""
        return len(recent(await self._read(shard_id), now))

    async def began(self, shard_id: int, now: datetime) -> None:
        """It identifies now. Counts as early until it has lasted, or the program ends as it should."""
        self._drop_lasting(shard_id, now)
        self._early[shard_id] = recent([*await self._read(shard_id), now], now)
        self._mine[shard_id] = now
        await self._write([shard_id], now)

    def _drop_lasting(self, shard_id: int, now: datetime) -> bool:
        began_at = self._mine.get(shard_id)
        if began_at is None or now - began_at < LIVED:
            return False
        del self._mine[shard_id]
        self._early[shard_id] = [at for at in self._early[shard_id] if at != began_at]
        return True

    async def turn_at(self, shard_id: int, at_once: int, now: datetime) -> datetime:
        """Take the next place in the row of all processes for an IDENTIFY; gives its instant, `now` or later."""
        name = f"{TURN}{shard_id % at_once}"
        for _ in range(TRIES):
            async with self._db.write() as tx:
                seen = await tx.facts.get(name)
                at = now if seen is None else max(now, datetime.fromisoformat(seen) + IDENTIFY_EVERY)
                if await tx.facts.swap(name, seen, at.isoformat(), now):
                    return at
        return now + IDENTIFY_EVERY

    async def note_lasting(self, now: datetime) -> None:
        """Every few minutes: sessions that have lasted long enough did not end early."""
        lasting = [shard_id for shard_id in list(self._mine) if self._drop_lasting(shard_id, now)]
        if lasting:
            await self._write(lasting, now)

    async def ended(self, now: datetime) -> None:
        """The program ends as its host asked: its present sessions did not end early."""
        ending, self._mine = self._mine, {}
        for shard_id, began_at in ending.items():
            self._early[shard_id] = [at for at in self._early[shard_id] if at != began_at]
        if ending:
            await self._write(ending, now)
