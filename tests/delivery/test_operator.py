"""The message to whoever runs the bot: once a day for each reason, and never when Discord should be left alone."""

import json
from datetime import datetime, timedelta
from unittest.mock import AsyncMock

import pytest

from bot.alarms import BotAlarms
from bot.app import StepForward
from bot.delivery.messenger import Messenger
from bot.delivery.operator import Operator
from bot.domain.answers import Answer, Kind
from bot.operations.vitals import Vitals
from bot.ui.nudge_body import operator_body
from bot.wiring import read_texts
from bot.wiring.operating import health_job
from config.settings import Settings
from tests.conftest import START
from tests.operations.vitals import ill
from tests.storage.conftest import sqlite_database

__all__ = ["sqlite_database"]

HOST, CHANNEL = 77, 770


@pytest.fixture
def outbox():
    """Discord, which opens the host's channel and takes every message."""
    made = AsyncMock(spec=Messenger)
    made.open.return_value = Answer(Kind.OK, made_id=CHANNEL)
    made.send.return_value = Answer(Kind.OK, made_id=1)
    return made


def operator(db, outbox, clock, resting_until: datetime | None = None) -> Operator:
    return Operator(HOST, outbox, db, lambda reason: reason, lambda _now: resting_until, clock)


def told(outbox) -> list[str]:
    return [call.args[0].body for call in outbox.send.await_args_list]


async def test_each_reason_is_told_once_a_day_also_after_a_restart(sqlite_database, outbox, clock):
    one = operator(sqlite_database, outbox, clock)
    for reason in ("disk-nearly-full", "disk-nearly-full", "backup-failed"):
        await one.tell(reason)
    await operator(sqlite_database, outbox, clock).tell("backup-failed")
    assert told(outbox) == ["disk-nearly-full", "backup-failed"]
    assert outbox.open.await_count == 1
    clock.advance(days=1)
    await one.tell("disk-nearly-full")
    assert len(told(outbox)) == 3
    assert {call.args[0].channel_id for call in outbox.send.await_args_list} == {CHANNEL}


async def test_of_two_processes_one_tells_and_neither_tells_again_that_day(sqlite_database, outbox, clock):
    here, there = (operator(sqlite_database, outbox, clock) for _ in range(2))
    for hours in (0, 13, 10):
        clock.advance(hours=hours)
        await there.tell("backup-failed")
        await here.tell("backup-failed")
        assert len(told(outbox)) == 1
    clock.advance(hours=1)
    await here.tell("backup-failed")
    await there.tell("backup-failed")
    assert len(told(outbox)) == 2


@pytest.mark.parametrize("reason, resting", [("banned", False), ("40003", False), ("50035", True)])
async def test_nothing_is_asked_of_discord_when_it_should_be_left_alone(
    sqlite_database, outbox, clock, reason, resting
):
    until = START + timedelta(minutes=15) if resting else None
    await operator(sqlite_database, outbox, clock, until).tell(reason)
    assert outbox.mock_calls == []


async def test_a_database_in_trouble_is_told_all_the_same(sqlite_database, outbox, clock, caplog):
    one = operator(sqlite_database, outbox, clock)
    async with sqlite_database.engines.write() as connection:
        await connection.exec_driver_sql("DROP TABLE facts")
    await one.tell("health-database")
    await one.tell("health-database")
    assert told(outbox) == ["health-database"]
    outbox.open.return_value = Answer(Kind.HTTP, status=403, code=50007)
    await operator(sqlite_database, outbox, clock).tell("health-tick")
    assert "cannot be reached" in caplog.text


async def test_a_red_health_is_told_by_log_and_message(caplog):
    heard: list[str] = []

    async def look() -> Vitals:
        return ill(writable=False, ticking=False)

    async def tell(reason: str) -> None:
        heard.append(reason)

    alarms = BotAlarms()
    alarms.tell_by(tell)
    await health_job(look, alarms).run(START)
    assert heard == [], "nobody is logged in yet"
    bot = AsyncMock(spec=StepForward)
    bot.token_dead = False
    alarms.attach(bot)
    await health_job(look, alarms).run(START)
    assert heard == ["health-tick", "health-database"]
    assert "the host should look: health-tick" in caplog.text


def test_the_message_says_what_to_do_and_holds_nothing_to_press():
    voice = read_texts(Settings(_env_file=None)).words.speak(None)
    body = operator_body(voice, "disk-nearly-full")
    assert "make room" in body
    assert "custom_id" not in body
    assert json.loads(body)
    assert "50035" in operator_body(voice, "50035")
