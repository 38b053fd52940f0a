"""What nudges are about, as the machine sees it, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from bot.domain.challenges import step_of
from bot.domain.drafts import Reminder
from bot.domain.merging import About, Stands
from bot.domain.nudges import Subject
from bot.domain.rejections import Recovery
from bot.services.subjects import LOOKS, standing, still_open
from bot.storage import tables
from tests.delivery.world import NOW, day_nudge, fill, nudge, reminder

STANDS = {
    Recovery.OPEN: Stands.OPEN, Recovery.PAUSED: Stands.RESTING, Recovery.FINISHED: Stands.OVER,
    Recovery.STOPPED: Stands.CLOSED, Recovery.ANSWERED: Stands.CLOSED, Recovery.NONE: Stands.CLOSED,
}  # fmt: skip


async def change(tx, table, **values):
    await tx.nudges._connection.execute(update(table).values(**values))


def test_every_subject_is_looked_at():
    assert set(LOOKS) == set(Subject)


@pytest.mark.parametrize("recovery", list(Recovery))
async def test_a_rejection_stands_as_its_recovery_does(database, recovery):
    await fill(database, nudge(1))
    async with database.write() as tx:
        await change(tx, tables.rejections, recovery=recovery)
        assert await standing(tx, [nudge(1)]) == {1: About("exam", date(2026, 11, 21), STANDS[recovery])}
        assert bool(await still_open(tx, [nudge(1)])) is (recovery is Recovery.OPEN)
        await change(tx, tables.rejections, deleted_at=NOW)
        assert await standing(tx, [nudge(1)]) == {}


async def test_each_of_the_ten_days_has_its_own_step_and_date(database):
    nudges = [day_nudge(day, day) for day in range(1, 11)]
    await fill(database, *nudges)
    async with database.write() as tx:
        found = await standing(tx, nudges)
        assert [found[day].kind for day in range(1, 11)] == [f"step-{day}" for day in range(1, 11)]
        assert (found[1].occurred_on, found[10].occurred_on) == (date(2026, 11, 20), date(2026, 11, 29))
        assert {about.stands for about in found.values()} == {Stands.OPEN}
        third = update(tables.challenge_days).where(tables.challenge_days.c.day == 3)
        await tx.nudges._connection.execute(third.values(done_at=NOW))
        assert sorted(await still_open(tx, nudges)) == [1, 2, 4, 5, 6, 7, 8, 9, 10]
        assert (await standing(tx, nudges))[3].stands is Stands.CLOSED


@pytest.mark.parametrize("state", ["finished", "stopped"])
async def test_ten_days_that_ended_ask_for_nothing(database, state):
    await fill(database, day_nudge(1, 1))
    async with database.write() as tx:
        await change(tx, tables.challenges, state=state)
        assert await still_open(tx, [day_nudge(1, 1)]) == {}


async def test_a_draft_is_open_until_it_is_sent_and_dated_where_its_writer_lives(database):
    await fill(database, reminder(1), zone="Asia/Karachi")
    async with database.write() as tx:
        await change(tx, tables.drafts, made_at=datetime(2026, 11, 22, 21, tzinfo=UTC))
        assert await still_open(tx, [reminder(1)]) == {1: About("thanks", date(2026, 11, 23))}
        answer = replace(reminder(1), step=Reminder.ANSWER)
        assert await still_open(tx, [answer]) == {}
        await change(tx, tables.drafts, sent_at=datetime(2026, 11, 24, 12, tzinfo=UTC))
        assert (await standing(tx, [reminder(1)]))[1].stands is Stands.CLOSED
        assert await still_open(tx, [answer]) == {1: About("thanks", date(2026, 11, 24))}
        await tx.nudges._connection.execute(tables.drafts.delete())
        assert await standing(tx, [reminder(1)]) == {}


async def test_things_of_one_number_are_not_taken_for_each_other(database):
    nudges = [nudge(1, about=7), day_nudge(2, 1, about=7), reminder(3, about=7)]
    await fill(database, *nudges)
    async with database.write() as tx:
        await change(tx, tables.challenges, state="stopped")
        found = await standing(tx, nudges)
        assert {number: (about.kind, about.stands) for number, about in found.items()} == {
            1: ("exam", Stands.OPEN), 2: ("step-1", Stands.CLOSED), 3: ("thanks", Stands.OPEN),
        }  # fmt: skip
        assert await tx.nudges.cancel(42, Subject.CHALLENGE, 7, "stopped") == 1
        assert [one.id for one in await tx.nudges.due_for(42)] == [1, 3]


def test_a_day_is_found_in_its_step_again():
    assert [step_of(day) for day in (1, 10)] == ["ten-1", "ten-10"]
