"""The other processes of the same bot on the same database: signs of life, and what follows from them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.processes import (
    FACT,
    INVALID_LIMIT,
    Beat,
    Shards,
    beats_of,
    in_the_way,
    missing,
    refused_by_all,
    spans,
    taken_over,
)
from bot.services.ports import Database, Waker

STARTING_FOR = timedelta(minutes=1)
FORGOTTEN_AFTER = timedelta(hours=1)
LOOK_SECONDS = 1.0
MOST = 500

Sleep = Callable[[float], Awaitable[None]]
Mine = Callable[[tuple[int, ...]], None]
"""Told which parts of the work this process begins with, whenever that changes."""

log = logging.getLogger(__name__)


class InTheWay(Exception):
    """Another process hears the same servers. The message names it."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a process tells of itself: `invalid` requests in ten minutes, until when its breaker rests; and hears."""

    invalid: Callable[[], int]
    resting_until: Callable[[datetime], datetime | None]
    rest: Callable[[datetime, datetime | None], None]
    """Rest now; until the instant that another process told, or for as long as the breaker says."""


@dataclass(frozen=True, slots=True)
class Me:
    """This process's name, and whether a process of another name has surely ended, such as one of this machine's."""

    name: str
    ended: Callable[[str], bool]


async def read_beats(db: Database) -> list[Beat]:
    """Every process that gave a sign of life lately, or not so lately."""
    async with db.read() as tx:
        return beats_of(await tx.facts.oldest(FACT, MOST))


class Neighbours:
    """One process among others. `enter` before it connects, `beat` every ten seconds, `leave` at its end.

    A process that dies is taken for dead after thirty seconds; its part of the work is dealt out among the living.
    Nothing depends on it for being done once: that is what claims are for.
    """

    def __init__(
        self, db: Database, me: Me, shards: Shards, pulse: Pulse, mine: Mine, wake: Waker, clock: Clock
    ) -> None:
        self._db = db
        self._me = me
        self._pulse = pulse
        self._mine = mine
        self._wake = wake
        self._clock = clock
        self._own = Beat(me.name, shards, clock(), clock(), waiting=True)
        self._others: tuple[Beat, ...] = ()
        self._extra: tuple[int, ...] = ()
        self._told: tuple[str, ...] = ()
        self._left = False

    @property
    def name(self) -> str:
        """This process's name among the others."""
        return self._own.name

    def lives(self, name: str, now: datetime) -> bool:
        """Whether a process of this name gave a sign of life lately."""
        return name == self.name or any(one.name == name and one.is_alive(now) for one in self._others)

    def trouble(self, now: datetime) -> tuple[str, ...]:
        """What a host should look at, as clauses for people."""
        return (
            *(
                f"another process ({other.name}) hears the same servers: it runs {other.shards}, this one {self._own.shards}"
                for other in self._others
                if not other.waiting and other.is_alive(now) and other.shards.overlap(self._own.shards)
            ),
            *self._unheard(now),
        )

    def _starts(self, now: datetime) -> bool:
        """Whether it is too early to say that somebody is missing: processes begin one after the other."""
        return now - self._own.since < STARTING_FOR

    def _unheard(self, now: datetime) -> list[str]:
        if self._starts(now):
            return []
        left = missing(self._own.shards, self._others, now)
        return [f"no process runs {_shards(left)}: commands are not heard there"] if left else []

    async def enter(self, patience: float, sleep: Sleep = asyncio.sleep) -> bool:
        """Wait until nobody else hears the same servers; False when the program ends meanwhile.

        Raises InTheWay when it takes longer than `patience` seconds. Two that begin at once both write first and then look, so that one of them at least sees the other.
        """
        give_up_at = self._clock() + timedelta(seconds=patience)
        told = False
        while not self._left:
            now = self._clock()
            await self._write(now)
            self._others = await self._read()
            blocking = in_the_way(self._own, self._others, now)
            if not blocking:
                self._own = replace(self._own, waiting=False)
                await self.beat(self._clock())
                return True
            if now >= give_up_at:
                await self.leave()
                raise InTheWay(self._why(blocking))
            if not told:
                log.warning("%s; waiting for it to end", self._why(blocking))
                told = True
            await sleep(LOOK_SECONDS)
        return False

    def _why(self, blocking: Sequence[Beat]) -> str:
        other = blocking[0]
        return f"Another process ({other.name}) runs the shards {other.shards}, and this one is to run {self._own.shards}"

    async def beat(self, now: datetime) -> None:
        """Give a sign of life, and see to what those of the others mean."""
        if self._left:
            return
        await self._write(now)
        self._others = await self._read()
        self._share(now)
        self._rest(now)
        self._tell(now)

    async def _write(self, now: datetime) -> None:
        pulse = self._pulse
        self._own = replace(
            self._own, at=now, invalid=pulse.invalid(), resting_until=pulse.resting_until(now)
        )
        async with self._db.write() as tx:
            await tx.facts.set(f"{FACT}{self.name}", self._own.to_text(), now)

    async def _read(self) -> tuple[Beat, ...]:
        others = [beat for beat in await read_beats(self._db) if beat.name != self.name]
        over = [
            one.name for one in others if self._me.ended(one.name) or self._own.at - one.at > FORGOTTEN_AFTER
        ]
        for name in over:
            async with self._db.write() as tx:
                await tx.facts.forget(f"{FACT}{name}")
        return tuple(one for one in others if one.name not in over)

    def _share(self, now: datetime) -> None:
        shards = self._own.shards
        if shards.ids is None:
            return
        extra = taken_over(self._own, self._others, now)
        if extra != self._extra:
            if extra and not self._starts(now):
                log.warning("no process runs %s; this one sends and posts for them", _shards(extra))
            self._extra = extra
            self._wake(now)
        self._mine((*shards.ids, *extra))

    def _rest(self, now: datetime) -> None:
        """Discord counts refusals by address and bans by address: what one process sees holds for all."""
        if self._own.resting_until is not None:
            return
        ends = [
            one.resting_until for one in self._others if one.resting_until is not None and one.is_alive(now)
        ]
        if ends and max(ends) > now:
            self._pulse.rest(now, max(ends))
        elif refused_by_all(self._own, self._others, now) >= INVALID_LIMIT:
            self._pulse.rest(now, None)

    def _tell(self, now: datetime) -> None:
        told = self.trouble(now)
        for line in told:
            if line not in self._told:
                log.error("%s", line)
        self._told = told

    async def leave(self) -> None:
        """This process ends: the next one need not wait."""
        self._left = True
        async with self._db.write() as tx:
            await tx.facts.forget(f"{FACT}{self.name}")


def _shards(numbers: Sequence[int]) -> str:
    return f"shard{'s' if len(numbers) > 1 else ''} {spans(numbers)}"
