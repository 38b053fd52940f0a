"""The machine as a member meets it: what arrives, when, and what does not."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.answers import Answer, Kind
from bot.domain.members import DmState
from bot.domain.nudges import Subject
from tests.delivery.world import NOW, FakeDiscord, Machine, fates, fill, member, nudge, record
from tests.storage.conftest import database, sqlite_database

__all__ = ["database", "sqlite_database"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def test_a_check_in_arrives_at_its_hour_and_not_before(database):
    await fill(database, nudge(1, due_at=NOW + HOUR))
    machine = Machine(database)
    report = await machine.tick()
    assert (machine.discord.messages, report.next_at) == ([], NOW + HOUR)
    assert machine.woken == [NOW + HOUR]
    await machine.tick(hours=1)
    (message,) = machine.discord.messages
    assert (message.nudges, message.late, message.channel_id) == ([1], False, 420)
    assert await fates(database) == {1: ("sent", None)}
    assert await record(database) == [("sent", None, 1)]


async def test_a_second_rejection_does_not_double_the_messages(sqlite_database):
    await fill(sqlite_database, nudge(1), nudge(2, about=43))
    machine = Machine(sqlite_database)
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[1, 2]]


async def test_what_is_due_later_the_same_day_comes_tomorrow(sqlite_database):
    await fill(sqlite_database, nudge(1), nudge(2, about=43, due_at=NOW + HOUR))
    machine = Machine(sqlite_database)
    await machine.settle()
    assert [(m.nudges, m.at, m.late) for m in machine.discord.messages] == [
        ([1], NOW, False),
        ([2], NOW + DAY, False),
    ]


async def test_a_stale_nudge_is_covered_by_its_successor(sqlite_database):
    await fill(sqlite_database, nudge(1, due_at=NOW - 6 * DAY), nudge(2, step="week1"))
    machine = Machine(sqlite_database)
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[2]]
    assert await fates(sqlite_database) == {1: ("skipped", "overtaken"), 2: ("sent", None)}
    async with sqlite_database.read() as tx:
        (delivery,) = await tx.deliveries.of_member(42, 9)
        assert {n.id for n in await tx.nudges.of_delivery(42, delivery.id)} == {1, 2}


async def test_after_downtime_one_message_says_it_is_late(sqlite_database):
    await fill(sqlite_database, nudge(1, due_at=NOW - 3 * DAY), nudge(2, about=43, due_at=NOW - DAY))
    machine = Machine(sqlite_database)
    await machine.settle()
    assert [(m.nudges, m.late) for m in machine.discord.messages] == [([1, 2], True)]


async def test_late_is_still_said_when_the_night_came_between(sqlite_database):
    await fill(sqlite_database, nudge(1, due_at=NOW - 3 * DAY))
    machine = Machine(sqlite_database)
    machine.clock.advance(hours=6)  # 00:00 in Lagos
    await machine.settle()
    (message,) = machine.discord.messages
    assert (message.at, message.late) == (NOW + 14 * HOUR, True)  # 08:00
    async with sqlite_database.read() as tx:
        (delivery,) = await tx.deliveries.of_member(42, 9)
    assert delivery.due_at == NOW - 3 * DAY


@pytest.mark.parametrize("changes", [{"paused_at": NOW}, {"stopped_at": NOW}])
async def test_pause_and_stop_mean_no_message_and_lose_nothing(sqlite_database, changes):
    await fill(sqlite_database, nudge(1), **changes)
    machine = Machine(sqlite_database)
    await machine.settle()
    assert machine.discord.requests == []
    assert (await fates(sqlite_database))[1] == ("held", None)


async def test_nothing_asks_about_a_rejection_that_is_closed(sqlite_database):
    await fill(sqlite_database, nudge(1), nudge(2, about=43))
    async with sqlite_database.write() as tx:
        await tx.nudges._connection.exec_driver_sql(
            "UPDATE rejections SET recovery = 'answered' WHERE id = 42"
        )
    machine = Machine(sqlite_database)
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[2]]
    assert await fates(sqlite_database) == {1: ("skipped", "closed")}


async def test_a_silent_member_gets_silent_messages(sqlite_database):
    await fill(sqlite_database, nudge(1), silent=True)
    machine = Machine(sqlite_database)
    await machine.settle()
    assert [message.silent for message in machine.discord.messages] == [True]


async def test_a_channel_is_opened_once_and_then_used(sqlite_database):
    await fill(sqlite_database, nudge(1), nudge(2, about=43, due_at=NOW + 5 * DAY), dm_channel_id=None)
    machine = Machine(sqlite_database)
    await machine.settle(until=10 * DAY)
    assert machine.discord.requests == ["open 42", "send 420", "send 420"]
    assert (await member(sqlite_database)).dm_channel_id == 420


async def test_channels_are_opened_ten_in_ten_minutes(sqlite_database):
    await fill(sqlite_database, *(nudge(n, user_id=n) for n in range(100, 125)), dm_channel_id=None)
    machine = Machine(sqlite_database)
    await machine.settle()
    times = [message.at - NOW for message in machine.discord.messages]
    assert len(times) == 25
    for first, eleventh in zip(times, times[10:], strict=False):
        assert eleventh - first >= timedelta(minutes=10)
    assert max(times) < timedelta(minutes=25)


async def test_the_night_is_kept_while_channels_wait(sqlite_database):
    await fill(sqlite_database, *(nudge(n, user_id=n) for n in range(100, 160)), dm_channel_id=None)
    machine = Machine(sqlite_database)
    await machine.settle()
    assert len(machine.discord.messages) == 60
    assert len({message.nudges[0] for message in machine.discord.messages}) == 60
    hours = {(message.at + HOUR).hour for message in machine.discord.messages}  # Lagos is one hour ahead
    assert hours <= set(range(8, 21))


async def test_a_poisoned_row_is_set_aside_and_the_rest_goes_out(sqlite_database):
    await fill(sqlite_database, nudge(1), nudge(2, user_id=43), nudge(3, user_id=44))
    async with sqlite_database.write() as tx:
        await tx.nudges._connection.exec_driver_sql("UPDATE nudges SET subject = 'horse' WHERE id = 1")
        await tx.members.update(43, zone="Nowhere/Land")
    machine = Machine(sqlite_database)
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[3]]
    assert await fates(sqlite_database, 43) == {2: ("dead", "broken")}


async def test_a_batch_that_breaks_is_tried_member_by_member(sqlite_database, monkeypatch):
    await fill(sqlite_database, nudge(1), nudge(2, user_id=43))
    machine = Machine(sqlite_database)
    work = machine.service._work

    async def breaks(tx, user_ids, now):
        if 42 in user_ids:
            raise RuntimeError
        return await work(tx, user_ids, now)

    monkeypatch.setattr(machine.service, "_work", breaks)
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[2]]
    assert await fates(sqlite_database) == {1: ("dead", "broken")}


async def test_when_composing_fails_the_plain_text_goes_out(sqlite_database):
    def broken(message, member):
        raise KeyError

    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database, composer=broken)
    await machine.settle()
    assert [("plain" in message.body) for message in machine.discord.messages] == [True]


async def test_closed_dms_cost_one_request_and_wait_for_the_member(database):
    await fill(database, nudge(1), nudge(2, step="week1", due_at=NOW + 6 * DAY))
    machine = Machine(database)
    machine.discord.script = [refused(50007)]
    await machine.settle(until=10 * DAY)
    assert machine.discord.requests == ["send 420"]
    assert await fates(database) == {1: ("undeliverable", "50007"), 2: ("undeliverable", "dm-closed")}
    assert (await member(database)).dm_state is DmState.CLOSED
    async with database.write() as tx:
        found = await tx.members.update(42, dm_state=DmState.UNKNOWN)
        assert await tx.nudges.rearm(42, found.rhythm, machine.clock()) == 2
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[2]]
    assert await fates(database) == {1: ("skipped", "overtaken"), 2: ("sent", None)}
    assert (await member(database)).dm_state is DmState.OPEN


def refused(code, status=403):
    return Answer(Kind.HTTP, status, code)


async def test_the_test_message_tells_whether_the_door_is_open(database):
    await fill(database, nudge(1, due_at=NOW + DAY), dm_channel_id=None, dm_state=DmState.UNKNOWN)
    machine = Machine(database)
    state = await machine.run.open_and_test(42, lambda number: f'[{{"custom_id": "sf:1:x:{number}"}}]', NOW)
    assert state is DmState.OPEN
    assert machine.discord.requests == ["open 42", "send 420"]
    assert (await member(database)).dm_channel_id == 420


async def test_the_test_message_finds_closed_dms_and_a_later_one_brings_back_what_waited(sqlite_database):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)
    machine.discord.script = [refused(50007)]
    await machine.tick()
    machine.discord.script = [refused(50278)]
    assert await machine.run.open_and_test(42, lambda number: "[]", NOW) is DmState.CLOSED
    assert machine.alarms.raised == ["gone 42 50278"]
    assert await machine.run.open_and_test(42, lambda number: "[]", NOW) is DmState.OPEN
    assert (await fates(sqlite_database))[1] == ("due", None)


async def test_a_press_is_queued_when_there_is_no_budget_and_goes_out_later(sqlite_database):
    await fill(sqlite_database, nudge(1, due_at=NOW + DAY), dm_channel_id=None)
    machine = Machine(sqlite_database, per_second=1)
    assert machine.pace.try_take()
    assert await machine.run.open_and_test(42, lambda number: "[]", NOW) is DmState.QUEUED
    assert machine.discord.requests == []
    await machine.tick()
    assert (await member(sqlite_database)).dm_state is DmState.OPEN


async def test_a_press_delivered_twice_sends_one_test_message(sqlite_database):
    await fill(sqlite_database, nudge(1, due_at=NOW + DAY), dm_channel_id=None)
    machine = Machine(sqlite_database)
    for _ in range(2):
        state = await machine.run.open_and_test(42, lambda number: "[]", NOW, key="dm-test:1")
        assert state is DmState.OPEN
    assert machine.discord.requests == ["open 42", "send 420"]


async def test_the_test_message_does_not_use_up_the_day(sqlite_database):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)
    await machine.run.open_and_test(42, lambda number: "[]", NOW)
    await machine.tick()
    assert await fates(sqlite_database) == {1: ("sent", None)}


async def test_erasing_takes_everything_and_nothing_is_sent(database):
    await fill(database, nudge(1))
    machine = Machine(database)
    await machine.service.plan(NOW)
    async with database.write() as tx:
        assert await tx.nudges.cancel_all(42, "erased") == 1
        await tx.members.delete(42)
    await machine.settle()
    assert machine.discord.requests == []


@pytest.mark.parametrize("act", ["cancel", "cancel_all", "hold_all"])
async def test_a_cancel_between_planning_and_sending_wins(database, act):
    await fill(database, nudge(1), nudge(2, about=43))
    machine = Machine(database)
    await machine.service.plan(NOW)
    async with database.write() as tx:
        if act == "cancel":
            await tx.nudges.cancel(42, Subject.REJECTION, 42, "withdrawn")
        elif act == "cancel_all":
            await tx.nudges.cancel_all(42, "stopped")
        else:
            await tx.nudges.hold_all(42)
    await machine.settle()
    assert [m.nudges for m in machine.discord.messages] == ([[2]] if act == "cancel" else [])


@pytest.mark.parametrize("rest", ["paused_at", "stopped_at"])
async def test_what_rests_after_a_lost_answer_is_held_and_not_sent_again(sqlite_database, rest):
    await fill(sqlite_database, nudge(1))
    machine = Machine(sqlite_database)
    machine.discord.script = [refused(0, 503)]
    await machine.tick()
    async with sqlite_database.write() as tx:
        await tx.members.update(42, **{rest: machine.clock()})
        assert await tx.nudges.hold_all(42) == 0
    await machine.settle()
    assert machine.discord.messages == []
    assert await fates(sqlite_database) == {1: ("held", None)}


async def test_two_processes_send_each_nudge_once(database):
    await fill(database, *(nudge(n, user_id=n) for n in range(100, 180)))
    one = Machine(database)
    discord = FakeDiscord(one.clock)
    one = Machine(database, one.clock, discord)
    two = Machine(database, one.clock, discord)
    for _ in range(8):
        await asyncio.gather(one.tick(), two.tick())
    sent = sorted(number for message in discord.messages for number in message.nudges)
    assert sent == list(range(100, 180))
    assert len(discord.requests) == 80


@pytest.mark.parametrize("people", [60, pytest.param(500, marks=pytest.mark.soak)])
async def test_seventy_two_hours_of_silence_end_calmly(sqlite_database, people):
    rows = []
    for number in range(10 * people):
        user_id, turn = 1000 + number % people, number // people
        more = {"about": user_id * 10 + turn // 2, "step": f"week{turn % 2}"}
        rows.append(nudge(number, user_id=user_id, due_at=NOW - HOUR * (number % 72), **more))
    await fill(sqlite_database, *rows)
    machine = Machine(sqlite_database)
    await machine.settle()
    async with sqlite_database.read() as tx:
        text = "SELECT state, reason, count(*) FROM nudges GROUP BY state, reason"
        found = {tuple(row[:2]): row[2] for row in await tx.nudges._connection.exec_driver_sql(text)}
    assert found == {("sent", None): 5 * people, ("skipped", "overtaken"): 5 * people}
    assert len(machine.discord.messages) == len({m.channel_id for m in machine.discord.messages}) == people
    assert len({number for m in machine.discord.messages for number in m.nudges}) == 5 * people
    assert machine.clock() - NOW < timedelta(minutes=1)
