"""How the check-ins of one entry follow its date and the rhythm, and come back after an undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.rejections import Recovery, Rejection, RejectionDraft
from bot.domain.timetable import Pace, Step
from bot.errors import UserError
from bot.services.plans import Shift
from bot.services.recoveries import Recoveries
from bot.services.rejections import Rejections
from bot.services.settings import SettingsService
from bot.storage.unit import SqlDatabase
from tests.services.conftest import Wakes

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
OLD = TODAY - 90 * DAY


class Desk:
    """One member with one entry."""

    def __init__(self, db: SqlDatabase, member: Member, now: datetime, wakes: Wakes) -> None:
        self.db, self.member, self.now = db, member, now
        self.rejections, self.recoveries = Rejections(db, wakes), Recoveries(db, wakes)
        self.settings = SettingsService(db, self.recoveries, wakes)
        self.id = 0

    async def log(self, occurred_on: date) -> None:
        draft = RejectionDraft("research", occurred_on)
        logged = await self.rejections.log(self.member, draft, interaction_id=1, now=self.now)
        self.id = logged.rejection.id

    async def redate(self, occurred_on: date, now: datetime | None = None) -> Shift | None:
        draft = RejectionDraft("research", occurred_on)
        return (await self.rejections.edit(self.member, self.id, draft, now or self.now)).shift

    async def nudges(self) -> list[Nudge]:
        async with self.db.read() as tx:
            return await tx.nudges.of_subject(self.member.user_id, Subject.REJECTION, self.id)

    async def rows(self, *states: NudgeState) -> dict[str, date]:
        """The local day of each row in one of these states."""
        return {
            nudge.step: nudge.due_at.astimezone(self.member.rhythm.tz).date()
            for nudge in await self.nudges()
            if nudge.state in states
        }

    async def entry(self) -> Rejection:
        return await self.rejections.get(self.member.user_id, self.id)


@pytest.fixture
def desk(db: SqlDatabase, member: Member, now: datetime, wakes: Wakes) -> Desk:
    return Desk(db, member, now, wakes)


def days(*after: int, since: date = TODAY) -> dict[str, date]:
    """The steps that fall so many days after a date."""
    steps = {1: Step.DAY1, 2: Step.DAYS2, 7: Step.WEEK1, 14: Step.WEEK2, 30: Step.MONTH1}
    return {steps[number]: since + number * DAY for number in after}


async def rest_of_entry(desk: Desk) -> None:
    await desk.recoveries.pause(desk.member.user_id, desk.id)


async def rest_of_everything(desk: Desk) -> None:
    desk.member = await desk.settings.pause(desk.member.user_id, desk.now)


@pytest.mark.parametrize("rest", [rest_of_entry, rest_of_everything])
async def test_what_is_put_back_while_it_rests_is_held_also_what_is_overdue(
    desk: Desk, rest: Callable[[Desk], Any]
) -> None:
    await desk.log(TODAY)
    await rest(desk)
    later = desk.now + 3 * DAY
    await desk.rejections.delete(desk.member.user_id, desk.id, later)
    await desk.rejections.restore(desk.member, desk.id, later)
    assert await desk.rows(NudgeState.HELD) == days(1, 7, 30)


async def test_after_fifteen_minutes_nothing_is_put_back(desk: Desk) -> None:
    await desk.log(TODAY)
    await desk.rejections.delete(desk.member.user_id, desk.id, desk.now)
    with pytest.raises(UserError, match="rejection-undo-late"):
        await desk.rejections.restore(desk.member, desk.id, desk.now + timedelta(minutes=15, seconds=1))
    assert await desk.rows(NudgeState.SKIPPED) == days(1, 7, 30)


async def test_an_old_entry_started_later_keeps_its_days_when_the_hour_changes(desk: Desk) -> None:
    await desk.log(OLD)
    start = desk.now + 40 * DAY
    await desk.recoveries.start(desk.member, desk.id, start)
    before = await desk.rows(NudgeState.DUE)
    assert before == days(1, 7, 30, since=TODAY + 40 * DAY)
    await desk.settings.set_hour(desk.member.user_id, 9, start)
    assert await desk.rows(NudgeState.DUE) == before


async def test_an_old_entry_started_later_can_have_all_five(desk: Desk) -> None:
    await desk.log(OLD)
    start = desk.now + 40 * DAY
    await desk.recoveries.start(desk.member, desk.id, start)
    await desk.recoveries.set_pace(desk.member, desk.id, Pace.FULL, start + DAY / 24)
    assert await desk.rows(NudgeState.DUE) == days(1, 2, 7, 14, 30, since=TODAY + 40 * DAY)


async def test_a_date_set_right_brings_back_what_a_wrong_one_put_into_the_past(desk: Desk) -> None:
    await desk.log(TODAY)
    before = await desk.rows(NudgeState.DUE)
    await desk.redate(TODAY - 10 * DAY)
    assert await desk.rows(NudgeState.DUE) == days(30, since=TODAY - 10 * DAY)
    shift = await desk.redate(TODAY)
    assert shift is not None
    assert ([step.step for step in shift.planned], shift.past) == ([Step.DAY1, Step.WEEK1, Step.MONTH1], 0)
    assert await desk.rows(NudgeState.DUE) == before


async def test_a_date_so_old_that_nothing_is_left_closes_it_and_it_can_be_started_anyway(desk: Desk) -> None:
    await desk.log(TODAY)
    shift = await desk.redate(OLD)
    assert shift is not None
    assert (shift.planned, shift.past, (await desk.entry()).recovery) == ((), 3, Recovery.NONE)
    await desk.recoveries.start(desk.member, desk.id, desk.now)
    assert (await desk.rows(NudgeState.DUE), (await desk.entry()).recovery) == (days(1, 7, 30), Recovery.OPEN)


async def test_an_entry_too_old_for_check_ins_gets_them_by_its_true_date(desk: Desk) -> None:
    await desk.log(OLD)
    assert await desk.redate(OLD + DAY) is None
    assert await desk.redate(TODAY - 2 * DAY) is not None
    assert (await desk.entry()).recovery is Recovery.OPEN
    assert await desk.rows(NudgeState.DUE) == days(7, 30, since=TODAY - 2 * DAY)


async def test_what_a_new_date_adds_rests_with_the_entry_and_a_snooze_stays(desk: Desk) -> None:
    await desk.log(TODAY - 2 * DAY)
    snoozed = Nudge(
        9, desk.member.user_id, Subject.REJECTION, desk.id, "week1", 1, datetime(2026, 12, 5, 17, tzinfo=UTC)
    )
    async with desk.db.write() as tx:
        await tx.nudges.add_many([snoozed])
    await rest_of_entry(desk)
    await desk.redate(TODAY)
    held = [nudge for nudge in await desk.nudges() if nudge.state is NudgeState.HELD]
    assert {nudge.step for nudge in held if nudge.occurrence == 0} == {"day1", "week1", "month1"}
    assert replace(snoozed, state=NudgeState.HELD) in held


async def test_a_new_date_leaves_alone_what_was_stopped(desk: Desk) -> None:
    await desk.log(TODAY)
    await desk.recoveries.stop(desk.member.user_id, [desk.id])
    assert await desk.redate(TODAY - 3 * DAY) is None
    assert await desk.rows(NudgeState.SKIPPED) == days(1, 7, 30)
