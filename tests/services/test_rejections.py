"""Logging a rejection and steering its recovery, on the real stores."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.members import Member
from bot.domain.nudges import NudgeState, Subject
from bot.domain.rejections import Recovery, RejectionDraft, RejectionFilter
from bot.domain.timetable import Pace, Step
from bot.errors import NotYours, UserError
from bot.services.recoveries import Recoveries
from bot.services.rejections import Logged, Rejections
from bot.storage.unit import SqlDatabase
from tests.services.conftest import Wakes

TODAY = date(2026, 11, 22)
STRANGER = 999


@pytest.fixture
def rejections(db: SqlDatabase, wakes: Wakes) -> Rejections:
    return Rejections(db, wakes)


@pytest.fixture
def recoveries(db: SqlDatabase, wakes: Wakes) -> Recoveries:
    return Recoveries(db, wakes)


async def logged(
    rejections: Rejections, member: Member, now: datetime, *, interaction_id: int = 1, **draft: Any
) -> Logged:
    asked = RejectionDraft(**{"kind": "research", "occurred_on": TODAY, "who": "Lab", **draft})
    return await rejections.log(member, asked, interaction_id=interaction_id, now=now)


async def states(db: SqlDatabase, member: Member, rejection_id: int) -> dict[str, NudgeState]:
    async with db.read() as tx:
        found = await tx.nudges.of_subject(member.user_id, Subject.REJECTION, rejection_id)
    return {nudge.step: nudge.state for nudge in found}


async def test_a_rejection_and_its_check_ins_are_one_fact(
    rejections: Rejections, db: SqlDatabase, member: Member, now: datetime, wakes: Wakes
) -> None:
    saved = await logged(rejections, member, now)
    assert [planned.step for planned in saved.planned] == [Step.DAY1, Step.WEEK1, Step.MONTH1]
    assert set(await states(db, member, saved.rejection.id)) == {"day1", "week1", "month1"}
    assert wakes == [saved.planned[0].due_at]


async def test_a_failure_in_the_middle_saves_neither(
    rejections: Rejections, db: SqlDatabase, member: Member, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("bot.storage.nudges.NudgeStore.add_many", broken)
    with pytest.raises(OSError, match="disk full"):
        await logged(rejections, member, now)
    async with db.read() as tx:
        assert await tx.rejections.count(member.user_id, RejectionFilter()) == 0
        assert await tx.receipts.made(1) is None


async def test_the_same_interaction_again_saves_nothing(
    rejections: Rejections, db: SqlDatabase, member: Member, now: datetime
) -> None:
    first = await logged(rejections, member, now)
    again = await logged(rejections, member, now)
    assert again.replay
    assert again.rejection == first.rejection
    async with db.read() as tx:
        assert await tx.rejections.count(member.user_id, RejectionFilter()) == 1


async def test_the_same_kind_within_a_day_is_asked_about_and_a_twin_is_offered_as_one(
    rejections: Rejections, member: Member, now: datetime
) -> None:
    first = await logged(rejections, member, now)
    twin = await logged(rejections, member, now + timedelta(minutes=3), interaction_id=2)
    assert twin.cooling
    assert twin.near_duplicate == first.rejection
    other = await logged(rejections, member, now + timedelta(hours=25), interaction_id=3)
    assert not other.cooling
    assert other.near_duplicate is None


async def test_an_old_rejection_starts_nothing_until_asked(
    rejections: Rejections, recoveries: Recoveries, db: SqlDatabase, member: Member, now: datetime
) -> None:
    saved = await logged(rejections, member, now, occurred_on=TODAY - timedelta(days=90))
    assert saved.planned == ()
    assert saved.rejection.recovery is Recovery.NONE
    planned = await recoveries.start(member, saved.rejection.id, now)
    assert [p.step for p in planned] == [Step.DAY1, Step.WEEK1, Step.MONTH1]
    with pytest.raises(UserError, match="recovery-already"):
        await recoveries.start(member, saved.rejection.id, now)


async def test_a_paused_member_is_not_nagged(
    rejections: Rejections, db: SqlDatabase, member: Member, now: datetime
) -> None:
    saved = await logged(rejections, replace(member, paused_at=now), now)
    assert set((await states(db, member, saved.rejection.id)).values()) == {NudgeState.HELD}


async def test_deleting_cancels_and_restoring_brings_back(
    rejections: Rejections, db: SqlDatabase, member: Member, now: datetime
) -> None:
    saved = await logged(rejections, member, now)
    await rejections.delete(member.user_id, saved.rejection.id, now)
    assert set((await states(db, member, saved.rejection.id)).values()) == {NudgeState.SKIPPED}
    await rejections.restore(member, saved.rejection.id, now)
    assert set((await states(db, member, saved.rejection.id)).values()) == {NudgeState.DUE}


async def test_nobody_touches_somebody_elses(
    rejections: Rejections, recoveries: Recoveries, member: Member, now: datetime
) -> None:
    saved = await logged(rejections, member, now)
    for attempt in (
        rejections.get(STRANGER, saved.rejection.id),
        rejections.delete(STRANGER, saved.rejection.id, now),
        recoveries.pause(STRANGER, saved.rejection.id),
        recoveries.standing(STRANGER, saved.rejection.id),
    ):
        with pytest.raises(NotYours):
            await attempt
    assert await recoveries.stop(STRANGER, [saved.rejection.id]) == 0


async def test_a_new_date_moves_what_was_not_sent_and_skips_what_it_puts_into_the_past(
    rejections: Rejections, recoveries: Recoveries, db: SqlDatabase, member: Member, now: datetime
) -> None:
    saved = await logged(rejections, member, now)
    earlier = RejectionDraft("research", TODAY - timedelta(days=3), "Lab")
    shift = (await rejections.edit(member, saved.rejection.id, earlier, now)).shift
    assert shift is not None
    assert (shift.past, [step.step for step in shift.planned]) == (1, [Step.WEEK1, Step.MONTH1])
    standing = await recoveries.standing(member.user_id, saved.rejection.id)
    moved = {nudge.step: nudge.due_at for nudge in standing.ahead}
    assert moved == {step.step: step.due_at - timedelta(days=3) for step in saved.planned[1:]}
    assert (await states(db, member, saved.rejection.id))["day1"] is NudgeState.SKIPPED


async def test_pause_resume_stop_and_the_way_back(
    rejections: Rejections, recoveries: Recoveries, db: SqlDatabase, member: Member, now: datetime
) -> None:
    saved = await logged(rejections, member, now)
    number = saved.rejection.id
    await recoveries.pause(member.user_id, number)
    assert set((await states(db, member, number)).values()) == {NudgeState.HELD}
    await recoveries.resume(member, number, now)
    assert set((await states(db, member, number)).values()) == {NudgeState.DUE}
    assert await recoveries.stop_all(member.user_id) == 1
    assert set((await states(db, member, number)).values()) == {NudgeState.SKIPPED}
    assert await recoveries.standings(member.user_id) == []
    await recoveries.resume(member, number, now)
    assert set((await states(db, member, number)).values()) == {NudgeState.DUE}


async def test_full_pace_adds_two_steps_and_light_takes_them_away(
    rejections: Rejections, recoveries: Recoveries, member: Member, now: datetime
) -> None:
    saved = await logged(rejections, member, now)
    full = await recoveries.set_pace(member, saved.rejection.id, Pace.FULL, now)
    assert [nudge.step for nudge in full.ahead] == list(Step)
    light = await recoveries.set_pace(member, saved.rejection.id, Pace.LIGHT, now)
    assert [nudge.step for nudge in light.ahead] == [Step.DAY1, Step.WEEK1, Step.MONTH1]
    again = await recoveries.set_pace(member, saved.rejection.id, Pace.FULL, now)
    assert [nudge.step for nudge in again.ahead] == list(Step)


@pytest.mark.parametrize("who", ["a\x00b", "x" * 201, "\ud800"])
async def test_text_that_cannot_be_kept_is_refused_with_a_reason(
    rejections: Rejections, member: Member, now: datetime, who: str
) -> None:
    with pytest.raises(UserError, match="text-"):
        await logged(rejections, member, now, who=who)
