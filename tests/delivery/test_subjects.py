"""Check-ins about other things than rejections go the same way: one message a day, nothing lost, nothing after the end."""

import json
from dataclasses import replace
from datetime import timedelta
from unittest.mock import create_autospec

import pytest
from sqlalchemy import update

from bot.domain.answers import Answer, Kind
from bot.domain.challenges import day_of
from bot.domain.drafts import Reminder
from bot.domain.members import DmState
from bot.domain.nudges import Subject
from bot.domain.seasons import MatchWeek
from bot.services.contacts import contacts_forbidden
from bot.services.members import Keyring, Members
from bot.storage import tables
from bot.ui.nudge_body import composer
from tests import texts
from tests.delivery.world import LOST, NOW, Machine, day_nudge, fates, fill, nudge, record, reminder
from tests.meta.lint import lint_message, walk

DAY = timedelta(days=1)
CHALLENGE = {"subject": Subject.CHALLENGE, "about": 7}
DRAFT = {"subject": Subject.DRAFT, "about": 8}
SENT, DUE, HELD, CLOSED = ("sent", None), ("due", None), ("held", None), ("skipped", "closed")


async def change(database, table, *where, **values):
    async with database.write() as tx:
        await tx.nudges._connection.execute(update(table).where(*where).values(**values))


async def done(database, day):
    """Somebody does the step of a day by the command."""
    await change(database, tables.challenge_days, tables.challenge_days.c.day == day, done_at=NOW)


async def all_fates(database):
    return {
        **await fates(database),
        **await fates(database, **CHALLENGE),
        **await fates(database, **DRAFT),
    }


async def test_what_is_due_about_three_things_goes_out_in_one_message(database):
    await fill(database, nudge(1), day_nudge(2, 3), reminder(3))
    machine = Machine(database)
    await machine.tick()
    assert [message.nudges for message in machine.discord.messages] == [[1, 2, 3]]
    assert await all_fates(database) == {1: SENT, 2: SENT, 3: SENT}


async def test_daily_messages_rest_after_three_that_nobody_answered_and_come_again_with_a_press(database):
    days = [day_nudge(number, number, due_at=NOW + (number - 1) * DAY) for number in range(1, 9)]
    await fill(database, *days, nudge(20, due_at=NOW + 4 * DAY), last_seen_at=NOW - DAY)
    machine = Machine(database)
    await machine.settle(until=5 * DAY)
    assert [message.nudges for message in machine.discord.messages] == [[1], [2], [3], [5, 20]]
    found = await fates(database, **CHALLENGE)
    assert [number for number, fate in found.items() if fate == ("skipped", "unheard")] == [4, 6]
    await change(database, tables.members, last_seen_at=machine.clock() + timedelta(hours=1))
    await machine.settle(until=2 * DAY)
    assert [message.nudges for message in machine.discord.messages][4:] == [[7], [8]]


async def visit(database, machine):
    """Somebody uses a command, any."""
    members = Members(database, create_autospec(Keyring, instance=True))
    met = await members.meet(42)
    await members.note_visit(met.member, machine.clock(), unheard=met.unheard)
    return met.unheard


async def test_a_visit_after_a_daily_message_is_heard_whenever_the_last_one_was(database):
    days = [day_nudge(number, number, due_at=NOW + (number - 1) * DAY) for number in range(1, 6)]
    await fill(database, *days, last_seen_at=NOW - timedelta(minutes=30))
    machine = Machine(database)
    assert not await visit(database, machine)
    await machine.settle(until=timedelta(hours=1))
    machine.clock.advance(hours=22)
    assert await visit(database, machine)
    assert not await visit(database, machine)
    await machine.settle(until=3 * DAY + timedelta(hours=2))
    assert [message.nudges for message in machine.discord.messages] == [[1], [2], [3], [4]]


async def test_a_day_that_was_answered_does_not_bring_the_rest_nearer(database):
    days = [day_nudge(number, number, due_at=NOW + (number - 1) * DAY) for number in range(1, 6)]
    await fill(database, *days, last_seen_at=NOW - DAY)
    machine = Machine(database)
    await machine.settle(until=DAY)
    await change(database, tables.nudges, tables.nudges.c.id == 2, answered_at=NOW)
    await machine.settle(until=3 * DAY)
    assert [message.nudges for message in machine.discord.messages] == [[1], [2], [3], [4]]


async def test_a_later_thing_waits_for_the_next_day_after_todays_message(database):
    later = NOW + timedelta(minutes=30)
    await fill(database, nudge(1), day_nudge(2, 3, due_at=later))
    machine = Machine(database)
    await machine.settle(until=2 * DAY)
    assert [(m.nudges, m.at) for m in machine.discord.messages] == [([1], NOW), ([2], NOW + DAY)]


async def test_a_later_day_covers_an_earlier_one_also_a_snoozed_one(database):
    await fill(database, day_nudge(1, 3, occurrence=1), day_nudge(2, 4), day_nudge(3, 2, due_at=NOW - DAY))
    machine = Machine(database)
    await machine.tick()
    assert [message.nudges for message in machine.discord.messages] == [[2]]
    covered = ("skipped", "overtaken")
    assert await fates(database, **CHALLENGE) == {1: covered, 2: SENT, 3: covered}


async def test_the_tenth_day_comes_after_the_ninth(database):
    await fill(database, day_nudge(1, 9), day_nudge(2, 10, due_at=NOW - DAY))
    machine = Machine(database)
    await machine.tick()
    assert [message.nudges for message in machine.discord.messages] == [[2]]


@pytest.mark.parametrize("done_ahead, goes_on", [((), list(range(1, 10))), ((9, 10), list(range(1, 8)))])
async def test_a_day_knows_whether_another_is_still_to_come(database, done_ahead, goes_on):
    await fill(database, day_nudge(1, 8))
    for day in done_ahead:
        await done(database, day)
    async with database.read() as tx:
        found = await tx.subjects.days({7})
    assert [day_of(step) for (_, step), about in found.items() if about.goes_on] == goes_on


async def test_what_was_done_or_sent_or_ended_before_is_not_asked_about(database):
    await fill(database, day_nudge(1, 3), reminder(3), nudge(4))
    await done(database, 3)
    await change(database, tables.drafts, sent_at=NOW)
    machine = Machine(database)
    await machine.tick()
    assert [message.nudges for message in machine.discord.messages] == [[4]]
    assert await fates(database, **CHALLENGE) == {1: CLOSED}
    assert await fates(database, **DRAFT) == {3: CLOSED}


@pytest.mark.parametrize("state", ["stopped", "finished"])
async def test_ten_days_that_ended_are_not_asked_about(database, state):
    await fill(database, day_nudge(1, 3))
    await change(database, tables.challenges, state=state)
    machine = Machine(database)
    await machine.tick()
    assert (machine.discord.messages, await fates(database, **CHALLENGE)) == ([], {1: CLOSED})


async def test_a_draft_that_is_gone_is_not_asked_about(database):
    await fill(database, reminder(3))
    async with database.write() as tx:
        await tx.nudges._connection.execute(tables.drafts.delete())
    machine = Machine(database)
    await machine.tick()
    assert machine.discord.messages == []
    assert await fates(database, **DRAFT) == {3: CLOSED}


async def test_a_day_done_between_planning_and_sending_is_taken_out_of_the_message(database):
    await fill(database, nudge(1), day_nudge(2, 3))
    machine = Machine(database)
    made = await machine.service.plan(NOW)
    await done(database, 3)
    await machine.run.run(NOW, made)
    await machine.tick()
    assert [message.nudges for message in machine.discord.messages] == [[1]]
    assert await fates(database, **CHALLENGE) == {2: CLOSED}


async def test_a_message_whose_one_thing_was_done_meanwhile_is_not_tried_again(database):
    await fill(database, day_nudge(1, 3))
    machine = Machine(database)
    machine.discord.script = [Answer(Kind.HTTP, status=503)]
    await machine.tick()
    assert [state for state, _, _ in await record(database)] == ["sending"]
    await done(database, 3)
    await machine.settle()
    assert machine.discord.messages == []
    assert await fates(database, **CHALLENGE) == {1: ("skipped", "cancelled")}


async def test_a_lost_answer_about_other_things_doubles_nothing(database):
    await fill(database, day_nudge(1, 3), reminder(2))
    machine = Machine(database)
    machine.discord.script = [LOST]
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[1, 2]]
    assert await fates(database, **CHALLENGE) == {1: SENT}


@pytest.mark.parametrize("rest", ["paused_at", "stopped_at"])
async def test_rest_holds_them_and_what_waited_comes_in_one_message(database, rest):
    await fill(database, nudge(1), day_nudge(2, 3), reminder(3), **{rest: NOW})
    machine = Machine(database)
    await machine.tick()
    assert await all_fates(database) == {1: HELD, 2: HELD, 3: HELD}
    machine.clock.advance(hours=30)
    async with database.write() as tx:
        ada = await tx.members.update(42, **{rest: None})
        await tx.nudges.release(42, ada.rhythm, machine.clock())
    await machine.settle()
    assert [(m.nudges, m.late) for m in machine.discord.messages] == [([1, 2, 3], False)]


async def test_a_paused_recovery_stays_held_when_everything_else_is_released(database):
    await fill(database, nudge(1), day_nudge(2, 3))
    await change(database, tables.rejections, recovery="paused")
    async with database.write() as tx:
        ada = await tx.members.get(42)
        await tx.nudges.hold_all(42)
        assert await tx.nudges.release(42, ada.rhythm, NOW) == 1
    assert await all_fates(database) == {1: HELD, 2: DUE}


async def test_closed_messages_keep_them_back_until_a_test_arrives(database):
    await fill(database, day_nudge(1, 3), reminder(2), dm_state=DmState.CLOSED)
    machine = Machine(database)
    await machine.tick()
    assert {state for state, _ in (await all_fates(database)).values()} == {"undeliverable"}
    async with database.write() as tx:
        ada = await tx.members.update(42, dm_state=DmState.OPEN)
        assert await tx.nudges.rearm(42, ada.rhythm, NOW) == 2
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[1, 2]]


async def test_a_process_that_dies_with_a_made_message_loses_none_of_them(database):
    await fill(database, nudge(1), day_nudge(2, 3), reminder(3))
    await Machine(database).service.plan(NOW)
    other = Machine(database)
    other.clock.advance(minutes=10)
    await other.settle()
    assert [message.nudges for message in other.discord.messages] == [[1, 2, 3]]


async def test_the_real_message_names_each_by_kind_and_date_and_fits(database):
    texts_of = texts.words()
    await fill(database, nudge(1), day_nudge(2, 3), reminder(3))
    machine = Machine(database, composer=composer(texts_of, texts.content()))
    await machine.tick()
    (message,) = machine.discord.messages
    components = json.loads(message.body)
    assert lint_message(components) == []
    said = "\n".join(part["content"] for part in walk(components) if part["type"] == 10)
    assert "one check-in for 3 things" in said
    for line in (
        "Saturday 21 November",
        "Ten days, day 3: A small step of your own choice, Sunday 22 November",
        "Sunday 22 November",
    ):
        assert line in said


@pytest.mark.parametrize(
    "kind, step, goes",
    [
        ("feedback-program", Reminder.SEND, False),
        ("feedback-program", Reminder.ANSWER, False),
        ("thanks", Reminder.SEND, True),
    ],
)
async def test_a_reminder_about_a_program_waits_until_match_week_is_over(database, kind, step, goes):
    await fill(database, replace(reminder(1), step=step))
    sent_at = NOW if step is Reminder.ANSWER else None
    await change(database, tables.drafts, kind=kind, sent_at=sent_at)
    # As if it began three days ago; whether it is a Monday is the file's to check.
    content = replace(texts.content(), match_weeks=(MatchWeek(NOW.date() - 3 * DAY),))
    machine = Machine(database, forbid=contacts_forbidden(content))
    await machine.tick()
    assert [message.nudges for message in machine.discord.messages] == ([[1]] if goes else [])
    assert await fates(database, **DRAFT) == {1: SENT if goes else DUE}
    for _ in range(3):
        machine.clock.advance(hours=24)
        await machine.settle()
    assert [(message.nudges, message.late) for message in machine.discord.messages] == [([1], False)]


async def test_what_was_made_before_nobody_may_write_to_a_program_is_made_anew_without_it(database):
    """Match Week may begin, or bad news be logged, in the minutes between the making of a message and its sending."""
    await fill(database, nudge(1), reminder(2))
    await change(database, tables.drafts, kind="feedback-program")
    machine = Machine(database, forbid=contacts_forbidden(texts.content()))
    made = await machine.service.plan(machine.clock())
    await change(database, tables.rejections, kind="unmatched")
    await machine.run.run(machine.clock(), made)
    assert machine.discord.messages == []
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[1]]
    assert await fates(database, **DRAFT) == {2: DUE}


async def test_a_message_that_may_have_arrived_is_tried_again_as_it_is(database):
    """Nobody can tell whether it stands there already, so it is not made anew."""
    await fill(database, reminder(1))
    await change(database, tables.drafts, kind="feedback-program")
    machine = Machine(database, forbid=contacts_forbidden(texts.content()))
    machine.discord.script = [LOST]
    await machine.tick()
    await change(database, tables.rejections, kind="unmatched")
    await machine.settle()
    assert await fates(database, **DRAFT) == {1: SENT}


async def test_an_open_entry_that_guards_against_it_holds_it_back_and_nothing_else(database):
    await fill(database, nudge(1), reminder(2))
    await change(database, tables.drafts, kind="feedback-program")
    machine = Machine(database, forbid=contacts_forbidden(texts.content()))
    await change(database, tables.rejections, kind="unmatched")
    await machine.tick()
    assert [message.nudges for message in machine.discord.messages] == [[1]]
    assert await fates(database, **DRAFT) == {2: DUE}
    await change(database, tables.rejections, recovery="finished")
    machine.clock.advance(hours=26)
    await machine.settle()
    assert [message.nudges for message in machine.discord.messages] == [[1], [2]]


async def test_at_rest_what_is_about_a_program_is_held_like_all_else(database):
    await fill(database, reminder(1))
    await change(database, tables.drafts, kind="feedback-program")
    await change(database, tables.rejections, kind="unmatched")
    await change(database, tables.members, paused_at=NOW)
    await Machine(database, forbid=contacts_forbidden(texts.content())).tick()
    assert await fates(database, **DRAFT) == {1: HELD}
