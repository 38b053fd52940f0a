"""The gate before IDENTIFY, over a real database: what it waits for, what it remembers, what ends a wait."""

import asyncio
import sqlite3
from datetime import datetime, timedelta

import pytest

from bot.delivery.gate import Gate
from bot.domain.identifies import FREE, StartLimit
from bot.services.identifies import Identifies
from tests.conftest import FakeClock
from tests.storage.conftest import database, sqlite_database

__all__ = ["database", "sqlite_database"]

PLENTY = StartLimit(1000, 990, timedelta(hours=20))


async def died_early(db, clock: FakeClock, times: int) -> None:
    """So many processes that identified and were gone a second later."""
    for _ in range(times):
        await Gate(Identifies(db), clock).wait_to_identify(0)
        clock.advance(seconds=1)


async def nobody() -> None:
    """There are other processes, and none of them is told."""


class Impatient(Gate):
    """Says until when it would wait, and does not."""

    asked: datetime | None = None

    async def _until(self, at: datetime) -> None:
        self.asked = at if at > self._clock() else None


async def waits(db, clock, limit: StartLimit = PLENTY, shards: tuple[int, ...] = (0,)):
    """Until when a new process waits before it connects; None when it does not wait."""
    gate = Impatient(Identifies(db), clock)
    assert await gate.wait_to_connect(shards, limit)
    return gate.asked


async def test_a_process_that_dies_again_and_again_waits_longer_and_longer(database, clock, caplog):
    await died_early(database, clock, FREE - 1)
    assert await waits(database, clock) is None
    await died_early(database, clock, 1)
    assert await waits(database, clock) == clock() + timedelta(seconds=29)
    assert "ended early 4 times" in caplog.text
    assert await waits(database, clock, shards=(1, 2)) is None, "every shard for itself"
    clock.advance(seconds=29)
    await died_early(database, clock, 1)
    assert await waits(database, clock) == clock() + timedelta(seconds=59)
    clock.advance(days=1)
    assert await waits(database, clock) is None


async def test_an_end_that_was_asked_for_and_a_long_life_do_not_count(sqlite_database, clock):
    for _ in range(20):
        gate = Gate(Identifies(sqlite_database), clock)
        await gate.wait_to_identify(0)
        await gate.close()
    for _ in range(20):
        gate = Gate(Identifies(sqlite_database), clock)
        await gate.wait_to_identify(0)
        await gate.note_lasting(clock.advance(minutes=41))
    assert await waits(sqlite_database, clock) is None


async def test_sessions_lost_again_and_again_in_one_run_are_held_back_too(sqlite_database, clock):
    gate = Impatient(Identifies(sqlite_database), clock)
    for _ in range(FREE):
        await gate.wait_to_identify(0)
        assert gate.asked is None
    await gate.wait_to_identify(0)
    assert gate.asked == clock() + timedelta(seconds=30)


async def test_the_end_of_the_program_ends_every_wait(sqlite_database, clock):
    await died_early(sqlite_database, clock, FREE)
    gate = Gate(Identifies(sqlite_database), clock)
    waiting = asyncio.gather(
        gate.wait_to_connect((0,), PLENTY), gate.wait_to_identify(0), return_exceptions=True
    )
    await gate.close()
    connects, aborted = await waiting
    assert connects is False
    assert isinstance(aborted, ConnectionAbortedError)


async def test_when_discord_has_few_left_the_rest_is_spread(sqlite_database, clock, caplog):
    few = StartLimit(1000, 9, timedelta(hours=10))
    assert await waits(sqlite_database, clock, few) == clock() + timedelta(hours=1)
    assert "allows 9 more" in caplog.text


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database is locked"), ValueError("no json")])
async def test_a_database_in_trouble_keeps_nobody_from_connecting(sqlite_database, clock, monkeypatch, error):
    identifies = Identifies(sqlite_database)

    async def broken(*_args):
        raise error

    for name in ("_read", "_write"):
        monkeypatch.setattr(identifies, name, broken)
    gate = Gate(identifies, clock)
    assert await gate.wait_to_connect((0,), PLENTY)
    await gate.wait_to_identify(0)
    await gate.close()


async def test_processes_take_turns_to_identify_as_many_at_once_as_discord_allows(database, clock):
    """Each of `at_once` rows goes on by itself: shards with one remainder are five seconds apart."""
    limit = StartLimit(1000, 990, timedelta(hours=20), at_once=2)
    begun_at, turns = clock(), []
    for shard in range(6):
        gate = Impatient(Identifies(database), clock, nobody)
        await gate.wait_to_connect((shard,), limit, 6)
        await gate.wait_to_identify(shard)
        turns.append(((gate.asked or clock()) - begun_at).total_seconds())
    assert turns == [0, 0, 5, 5, 10, 10]
    clock.advance(minutes=1)
    gate = Impatient(Identifies(database), clock, nobody)
    await gate.wait_to_identify(0)
    assert gate.asked is None


async def test_what_discord_has_left_is_for_the_shards_of_all_processes(sqlite_database, clock):
    little = StartLimit(1000, 60, timedelta(hours=20))
    gate = Impatient(Identifies(sqlite_database), clock)
    await gate.wait_to_connect((0, 1), little, 64)
    assert gate.asked == clock() + timedelta(hours=20)
    await gate.wait_to_connect((0, 1), little, 2)
    assert gate.asked == clock() + timedelta(hours=20) / 31
