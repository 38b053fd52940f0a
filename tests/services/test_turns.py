"""Work that one of several processes does for all: once in its time, by whoever is alive."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.services.turns import Turns
from tests.conftest import FakeClock
from tests.storage.conftest import database, sqlite_database

__all__ = ["database", "sqlite_database"]

DAY = timedelta(days=1)


@dataclass
class Process:
    """One of two, as turns see it."""

    name: str
    dead: set[str] = field(default_factory=set)

    def lives(self, name: str, _now: datetime) -> bool:
        return name not in self.dead


class Broken(Exception):
    """Something that does not work today."""


@dataclass
class Work:
    """Counts, and fails when it is told to."""

    runs: list[datetime] = field(default_factory=list)
    fails: bool = False

    async def run(self, now: datetime) -> None:
        if self.fails:
            raise Broken
        self.runs.append(now)


async def test_a_daily_job_runs_once_a_day_however_many_ask(database, clock: FakeClock) -> None:
    work = Work()
    asks = [Turns(database, Process(name)).once("night", DAY, work.run) for name in ("a", "b", "c")]
    for hours, expected in ((0, 1), (23, 1), (1, 2), (25, 3)):
        now = clock.advance(hours=hours)
        await asyncio.gather(*(ask(now) for ask in asks))
        assert len(work.runs) == expected


async def test_what_a_dead_process_began_is_done_by_another(sqlite_database, clock: FakeClock) -> None:
    broken, work = Work(fails=True), Work()
    first = Turns(sqlite_database, Process("a")).once("night", DAY, broken.run)
    process = Process("b")
    second = Turns(sqlite_database, process).once("night", DAY, work.run)
    with pytest.raises(Broken):
        await first(clock())
    await second(clock.advance(minutes=1))
    assert not work.runs, "as far as anybody knows the first is still at it"
    process.dead.add("a")
    await second(clock.advance(minutes=1))
    assert len(work.runs) == 1


async def test_what_failed_is_tried_again_after_an_hour(sqlite_database, clock: FakeClock) -> None:
    work = Work(fails=True)
    night = Turns(sqlite_database, Process("a")).once("night", DAY, work.run)
    with pytest.raises(Broken):
        await night(clock())
    work.fails = False
    await night(clock.advance(minutes=59))
    assert not work.runs
    await night(clock.advance(minutes=1))
    assert len(work.runs) == 1
