"""Work that one of several processes does for all: claimed in the database, and taken up again when its process dies."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.services.ports import Database

FACT = "turn:"
AGAIN_AFTER = timedelta(hours=1)
"""What failed is tried again after this long, or at its next time when that comes earlier."""

Run = Callable[[datetime], Awaitable[object]]


class Alive(Protocol):
    """Who works on this database; see bot.services.neighbours."""

    @property
    def name(self) -> str: ...
    def lives(self, name: str, now: datetime) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Turn:
    by: str
    at: str
    done: bool


class Turns:
    """Runs a job in one process at a time, and once in its time, however many processes ask."""

    def __init__(self, db: Database, alive: Alive) -> None:
        self._db = db
        self._alive = alive

    def once(self, name: str, every: timedelta, run: Run) -> Run:
        """A job that asks for its turn first. Call it more often than it is to run."""

        async def ours(now: datetime) -> None:
            if await self._take(name, every, now):
                await run(now)
                await self._done(name, now)

        return ours

    async def _take(self, name: str, every: timedelta, now: datetime) -> bool:
        async with self._db.write() as tx:
            seen = await tx.facts.get(f"{FACT}{name}")
            if seen is not None and not self._free(_Turn(**json.loads(seen)), every, now):
                return False
            turn = _Turn(self._alive.name, now.isoformat(), done=False)
            return await tx.facts.swap(f"{FACT}{name}", seen, json.dumps(asdict(turn)), now)

    def _free(self, last: _Turn, every: timedelta, now: datetime) -> bool:
        ago = now - datetime.fromisoformat(last.at)
        if last.done:
            return ago >= every
        if last.by == self._alive.name:
            return ago >= min(every, AGAIN_AFTER)  # It is not running, or nobody would ask: it failed.
        return not self._alive.lives(last.by, now)

    async def _done(self, name: str, began_at: datetime) -> None:
        turn = _Turn(self._alive.name, began_at.isoformat(), done=True)
        async with self._db.write() as tx:
            await tx.facts.set(f"{FACT}{name}", json.dumps(asdict(turn)), began_at)
