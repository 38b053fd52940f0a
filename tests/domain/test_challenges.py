from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.domain.challenges import (
    DAY_STEPS,
    DAYS,
    Challenge,
    ChallengeDay,
    ChallengeState,
    ChallengeStep,
    Group,
    another,
    bar,
    coded,
    day_of,
    decoded,
    draw,
    step_of,
)
from tests import texts

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
BEGAN = date(2026, 11, 22)
STEPS = texts.challenge()
IDS = [step.id for step in STEPS]
seeds = some.text(max_size=20)


def ten(*done):
    days = tuple(
        ChallengeDay(day, day, IDS[day - 1], NOW if day in done else None) for day in range(1, DAYS + 1)
    )
    return Challenge(1, 42, ChallengeState.RUNNING, BEGAN, NOW, days)


def on(day):
    return BEGAN + timedelta(days=day - 1)


@given(seeds)
def test_a_draw_is_ten_different_steps_of_every_group_and_the_same_again(seed):
    drawn = draw(STEPS, seed)
    assert len(set(drawn)) == DAYS
    assert drawn == draw(STEPS, seed)
    groups = [next(step.group for step in STEPS if step.id == one) for one in drawn]
    assert {group: groups.count(group) for group in Group} == dict.fromkeys(Group, 2)
    assert all(one is not following for one, following in pairwise(groups))


def test_draws_differ():
    assert len({draw(STEPS, str(seed)) for seed in range(20)}) == 20


@given(seeds, some.lists(some.sampled_from(IDS), max_size=14))
def test_what_was_chosen_comes_first_and_the_rest_is_drawn(seed, chosen):
    drawn = draw(STEPS, seed, first=chosen)
    assert len(set(drawn)) == DAYS
    assert drawn[: len(set(chosen))] == tuple(dict.fromkeys(chosen))[:DAYS]


@given(seeds, some.sets(some.sampled_from(IDS)))
def test_last_times_steps_come_when_nothing_else_is_left(seed, lately):
    drawn = draw(STEPS, seed, lately=lately)
    fresh = len(IDS) - len(lately)
    assert len(set(drawn)) == DAYS
    assert sum(one in lately for one in drawn) == max(0, DAYS - fresh)


def test_a_step_nobody_knows_is_not_drawn_because_it_was_chosen():
    assert "gone" not in draw(STEPS, "x", first=["gone", IDS[0]])
    assert draw(STEPS, "x", first=["gone", IDS[0]])[0] == IDS[0]


def test_a_short_file_of_one_group_is_drawn_to_its_end():
    few = [ChallengeStep(str(n), Group.PLAN, "x") for n in range(DAYS)]
    assert sorted(draw(few, "x", lately=["3"])) == sorted(step.id for step in few)
    assert draw(few, "x", lately=["3"])[-1] == "3"


@given(seeds, some.integers(0, len(IDS)))
def test_another_step_is_one_that_is_not_there(seed, size):
    found = another(STEPS, IDS[:size], seed)
    assert (found is None) is (size == len(IDS))
    assert found not in IDS[:size]


@given(some.permutations(IDS))
def test_a_button_carries_ten_steps_through_another_order_of_the_file(order):
    code = coded(order[:DAYS])
    assert len(code) <= 60
    assert decoded(code, IDS) == tuple(order[:DAYS])


@pytest.mark.parametrize("code", ["x", coded(IDS[:9]) + "zzzzzz", coded(["gone"])])
def test_a_code_with_a_step_nobody_knows_is_none(code):
    assert decoded(code, IDS) is None


def test_the_days_follow_the_calendar():
    challenge = ten()
    assert [challenge.date_of(day) for day in (1, 10)] == [BEGAN, date(2026, 12, 1)]
    assert challenge.today(BEGAN).day == 1
    assert challenge.today(date(2026, 12, 1)).day == 10
    assert challenge.today(date(2026, 12, 2)) is None
    assert challenge.today(date(2026, 11, 21)) is None
    assert [challenge.is_past(date(2026, 12, day)) for day in (1, 2)] == [False, True]


@pytest.mark.parametrize(
    "done,today,looked_at",
    [
        ((), 1, 1),
        ((), 4, 4),
        ((4,), 4, 1),
        ((1, 2, 3, 4), 4, 5),
        ((2, 3, 4), 4, 1),
        (tuple(range(1, 11)), 4, None),
        ((), 12, 1),
        (tuple(range(1, 10)), 12, 10),
    ],
)
def test_todays_step_comes_first_then_what_is_left(done, today, looked_at):
    found = ten(*done).next(on(today))
    assert (None if found is None else found.day) == looked_at


def test_how_far_it_is():
    assert (ten(2, 5).done, [day.day for day in ten(2, 5).left()]) == (2, [1, 3, 4, 6, 7, 8, 9, 10])
    assert [bar(done) for done in (0, 3, 10)] == ["○" * 10, "●●●○○○○○○○", "●" * 10]


def test_a_nudges_step_is_its_day():
    assert [day_of(step_of(day)) for day in range(1, 11)] == list(range(1, 11))
    assert len(set(DAY_STEPS)) == DAYS
    assert max(map(len, DAY_STEPS)) <= 16
    with pytest.raises(ValueError, match="not in tuple"):
        day_of("day1")
