"""The look at a whole program: what a host's pages are made of, over the real parts."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.operations.health import judge
from bot.operations.vitals import Queue
from bot.wiring import Program, build_demo
from tests.conftest import FakeClock
from tests.delivery.world import fill, nudge


@pytest.fixture
async def program(tmp_path: Path, clock: FakeClock):
    """A program that is not logged in."""
    built = await build_demo(clock, tmp_path)
    yield built
    await built.close()


async def test_health_is_red_when_no_tick_ended_for_ninety_seconds(
    program: Program, clock: FakeClock
) -> None:
    program.clockwork.last_tick_at = clock()
    clock.advance(seconds=90)
    assert not judge(await program.look()).red
    clock.advance(seconds=2)
    assert [reason.partition(":")[0] for reason in judge(await program.look()).reasons] == ["tick"]
    program.clockwork.last_tick_at = clock.advance(minutes=5)
    assert [reason.partition(":")[0] for reason in judge(await program.look()).reasons] == ["gateway"]


async def test_a_gateway_that_comes_and_goes_is_seen(program: Program, clock: FakeClock) -> None:
    program.clockwork.last_tick_at = clock.advance(minutes=6)
    program.bot.dispatch("shard_connect", 0)
    vitals = await program.look()
    assert [shard.connected for shard in vitals.shards] == [True]
    assert not judge(vitals).red


async def test_the_queue_and_the_disk_are_looked_up(program: Program, clock: FakeClock) -> None:
    await fill(program.db, *(nudge(n, user_id=n, due_at=clock() - timedelta(hours=1)) for n in (1, 2, 3)))
    vitals = await program.look()
    assert vitals.queue == Queue(due=3, claimed=0, made=0, sending=0)
    assert vitals.disk is not None
    assert vitals.disk.database > 0
    assert not vitals.backups_wanted


async def test_a_database_that_takes_no_write_is_red_and_asked_again_later(
    program: Program, clock: FakeClock
) -> None:
    program.clockwork.last_tick_at = clock()
    async with program.db.engines.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE facts RENAME TO elsewhere")
    assert not (await program.look()).writable
    async with program.db.engines.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO facts")
    assert not (await program.look()).writable, "one write in fifteen seconds is enough to know"
    clock.advance(seconds=15)
    assert (await program.look()).writable
