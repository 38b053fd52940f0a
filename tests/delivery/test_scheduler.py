import asyncio
import sqlite3
from datetime import datetime, timedelta

import discord
import pytest

from bot.delivery.scheduler import Clockwork, Job
from bot.errors import UserError

MINUTE = timedelta(minutes=1)
FAULTS = [
    ValueError("private words"), KeyError("private words"), RuntimeError(), TypeError(), OSError(), TimeoutError(),
    ZeroDivisionError(), MemoryError(), RecursionError(), sqlite3.OperationalError("database is locked"),
    discord.DiscordException(), UserError("sorry"), asyncio.CancelledError(), ExceptionGroup("many", [ValueError()]),
]  # fmt: skip


class Ticks:
    """A job that fails as told, counts, and lets a test wait for a number of runs."""

    def __init__(self, *faults):
        self.faults = list(faults)
        self.seen = []
        self.ran = asyncio.Event()

    async def __call__(self, now):
        self.seen.append(now)
        self.ran.set()
        if self.faults:
            raise self.faults.pop(0)


async def ran(ticks):
    async with asyncio.timeout(10):
        await ticks.ran.wait()
    ticks.ran.clear()


@pytest.fixture
async def clockwork(clock):
    clockwork = Clockwork(clock)
    yield clockwork
    await clockwork.stop()


async def test_every_job_runs_at_the_start(clock, clockwork):
    nudges, weekly = Ticks(), Ticks()
    clockwork.start([Job("nudges", nudges, MINUTE), Job("weekly", weekly, MINUTE)])
    await ran(nudges)
    await ran(weekly)
    assert nudges.seen == weekly.seen == [clock()]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_tick_never_dies(clock, clockwork, caplog, fault):
    ticks = Ticks(fault)
    clockwork.start([Job("nudges", ticks, timedelta(milliseconds=20))])
    await ran(ticks)
    await ran(ticks)
    assert f"job nudges: {type(fault).__name__}" in caplog.text
    assert "private words" not in caplog.text


async def test_waking_brings_the_next_run_forward(clock, clockwork):
    ticks = Ticks()
    clockwork.start([Job("nudges", ticks, timedelta(days=1))])
    await ran(ticks)
    clockwork.wake_at(clock() + timedelta(days=9))
    clockwork.wake_at(clock() + timedelta(milliseconds=20))
    await ran(ticks)
    clockwork.wake_at(clock() - MINUTE)
    await ran(ticks)
    assert len(ticks.seen) == 3


async def test_a_tick_that_wakes_itself_runs_again_at_once(clock, clockwork):
    ticks = Ticks()

    async def thrice(now):
        await ticks(now)
        if len(ticks.seen) < 3:
            clockwork.wake_at(now)

    clockwork.start([Job("nudges", thrice, timedelta(days=1))])
    while len(ticks.seen) < 3:
        await ran(ticks)


async def test_a_tick_that_asks_for_a_moment_later_gets_it(clock, clockwork):
    ticks = Ticks()

    async def later(now):
        await ticks(now)
        if len(ticks.seen) < 4:
            clockwork.wake_at(now + timedelta(milliseconds=5))

    clockwork.start([Job("nudges", later, timedelta(days=1))])
    while len(ticks.seen) < 4:
        await ran(ticks)


async def test_health_is_red_after_ninety_seconds_without_a_tick(clock, clockwork):
    assert not clockwork.is_healthy(clock())
    ticks = Ticks()
    clockwork.start([Job("nudges", ticks, timedelta(days=1))])
    await ran(ticks)
    await asyncio.sleep(0)
    assert clockwork.last_tick_at == clock()
    assert clockwork.is_healthy(clock.advance(seconds=90))
    assert not clockwork.is_healthy(clock.advance(seconds=1))


async def test_a_host_reads_that_the_tick_is_overdue(clock, clockwork, caplog):
    stuck = asyncio.Event()

    async def hangs(now):
        await stuck.wait()

    clockwork.start([Job("nudges", hangs, MINUTE)])
    watch = clockwork._scheduler.get_job("watch")
    await watch.func()
    assert caplog.records == []
    clock.advance(seconds=91)
    await watch.func()
    assert [(record.levelname, record.getMessage()[:12]) for record in caplog.records] == [
        ("ERROR", "tick overdue")
    ]
    stuck.set()


async def test_a_tick_that_only_fails_is_not_healthy(clock, clockwork):
    clockwork.load([Job("nudges", Ticks(*[OSError()] * 5), MINUTE)])
    for _ in range(5):
        await clockwork.tick_all()
    assert clockwork.last_tick_at is None


async def test_time_travel_runs_everything_until_nothing_is_due(clock, clockwork):
    due = [clock() + timedelta(days=days) for days in (1, 1, 2, 9)]
    seen = []

    async def nudges(now):
        ready = [at for at in due if at <= now]
        if ready:
            due.remove(ready[0])
            seen.append(now)
        if due:
            clockwork.wake_at(due[0])

    weekly = Ticks()
    clockwork.load([Job("nudges", nudges, MINUTE), Job("weekly", weekly, MINUTE)])
    clock.advance(days=3)
    await clockwork.tick_all(clock())
    assert (len(seen), len(due), len(weekly.seen)) == (3, 1, 1)


async def test_time_travel_runs_a_daily_job_once_a_day(clock, clockwork):
    weekly, retention = Ticks(), Ticks()
    clockwork.load([Job("weekly", weekly, MINUTE), Job("retention", retention, timedelta(days=1))])
    for _ in range(8):
        await clockwork.tick_all()
        clock.advance(hours=8)
    assert (len(weekly.seen), len(retention.seen)) == (8, 3)


async def test_a_job_never_runs_beside_itself(clock, clockwork):
    inside: list[datetime] = []

    async def nudges(now):
        assert not inside
        inside.append(now)
        await asyncio.sleep(0)
        inside.clear()

    clockwork.load([Job("nudges", nudges, MINUTE)])
    await asyncio.gather(*(clockwork.tick_all() for _ in range(5)))


async def test_who_runs_a_tick_can_end_it(clock, clockwork):
    begun, weekly = asyncio.Event(), Ticks()

    async def stuck(now):
        begun.set()
        await asyncio.Event().wait()

    clockwork.load([Job("nudges", stuck, MINUTE), Job("weekly", weekly, MINUTE)])
    tick = asyncio.create_task(clockwork.tick_all())
    await begun.wait()
    tick.cancel()
    with pytest.raises(asyncio.CancelledError):
        await tick
    assert weekly.seen == []


async def test_stopping_lets_a_tick_end(clock):
    clockwork, begun, ended = Clockwork(clock), asyncio.Event(), []

    async def slow(now):
        begun.set()
        for _ in range(5):
            await asyncio.sleep(0)
        ended.append(now)

    clockwork.start([Job("nudges", slow, MINUTE)])
    await begun.wait()
    await clockwork.stop()
    assert len(ended) == 1


async def test_stopping_does_not_wait_for_ever(clock, monkeypatch):
    clockwork, begun = Clockwork(clock), asyncio.Event()

    async def stuck(now):
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.delivery.scheduler.DRAIN_SECONDS", 0.01)
    clockwork.start([Job("nudges", stuck, MINUTE)])
    await begun.wait()
    await clockwork.stop()
