"""The ten days in rows, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.challenges import Challenge, ChallengeDay, ChallengeState
from bot.domain.members import newcomer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 101, 202


def ten(number, user_id=ADA, state=ChallengeState.RUNNING):
    days = tuple(ChallengeDay(number * 100 + day, day, f"step-{day}") for day in range(1, 11))
    ended_at = None if state is ChallengeState.RUNNING else NOW
    return Challenge(number, user_id, state, date(2026, 11, 22), NOW, days, ended_at)


@pytest.fixture
async def tx(database):
    async with database.write() as unit:
        await unit.members.add(newcomer(ADA, "Africa/Lagos", "en", NOW))
        await unit.members.add(newcomer(BEN, "Africa/Lagos", "en", NOW))
        yield unit


async def test_what_is_stored_is_what_comes_back_to_its_owner_alone(tx):
    await tx.challenges.add(ten(7))
    assert await tx.challenges.get(ADA, 7) == ten(7)
    assert await tx.challenges.get(BEN, 7) is None
    assert await tx.challenges.get(ADA, 8) is None


async def test_one_runs_and_the_latest_is_the_one_begun_last(tx):
    assert (await tx.challenges.running(ADA), await tx.challenges.latest(ADA)) == (None, None)
    await tx.challenges.add(ten(7))
    await tx.challenges.add(ten(8, state=ChallengeState.STOPPED))
    await tx.challenges.add(ten(9, user_id=BEN))
    assert (await tx.challenges.running(ADA), await tx.challenges.latest(ADA)) == (
        ten(7), ten(8, state=ChallengeState.STOPPED),
    )  # fmt: skip


async def test_two_never_run_beside_each_other(database, tx):
    await tx.challenges.add(ten(7))
    with pytest.raises(IntegrityError):
        await tx.challenges.add(ten(8))


async def test_a_day_is_marked_and_given_another_step_and_others_stay(tx):
    await tx.challenges.add(ten(7))
    await tx.challenges.add(ten(9, user_id=BEN))
    await tx.challenges.mark(ADA, 7, 3, NOW)
    await tx.challenges.put_step(ADA, 7, 4, "walk")
    await tx.challenges.mark(ADA, 9, 3, NOW)
    await tx.challenges.put_step(ADA, 9, 4, "walk")
    found = await tx.challenges.get(ADA, 7)
    assert [day.day for day in found.days if day.done_at is not None] == [3]
    assert [day.day for day in found.days if day.step == "walk"] == [4]
    assert await tx.challenges.get(BEN, 9) == ten(9, user_id=BEN)
    await tx.challenges.mark(ADA, 7, 3, None)
    assert (await tx.challenges.get(ADA, 7)).done == 0


async def test_how_it_stands_is_changed_for_its_owner_alone(tx):
    await tx.challenges.add(ten(7))
    await tx.challenges.stand(BEN, 7, ChallengeState.STOPPED, NOW)
    assert (await tx.challenges.get(ADA, 7)).state is ChallengeState.RUNNING
    await tx.challenges.stand(ADA, 7, ChallengeState.FINISHED, NOW)
    assert await tx.challenges.get(ADA, 7) == replace(ten(7), state=ChallengeState.FINISHED, ended_at=NOW)
    assert await tx.challenges.running(ADA) is None


async def test_what_is_over_is_listed_newest_first_and_goes_with_its_days_for_its_owner_alone(tx):
    for number, state in ((7, "finished"), (8, "stopped"), (9, "running")):
        await tx.challenges.add(replace(ten(number), state=ChallengeState(state)))
    await tx.challenges.add(replace(ten(10, user_id=BEN), state=ChallengeState.FINISHED))
    assert [(one.id, len(one.days)) for one in await tx.challenges.ended(ADA, 25)] == [(8, 10), (7, 10)]
    assert [one.id for one in await tx.challenges.ended(ADA, 1)] == [8]
    await tx.challenges.delete(ADA, 10)
    await tx.challenges.delete(ADA, 8)
    assert [one.id for one in await tx.challenges.ended(ADA, 25)] == [7]
    assert [one.id for one in await tx.challenges.ended(BEN, 25)] == [10]
