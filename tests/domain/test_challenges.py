from dataclasses import replace
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
    fitting,
    step_of,
)
from tests import texts

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
BEGAN = date(2026, 11, 22)
STEPS = texts.challenge()
IDS = [step.id for step in STEPS]
FIRST, LATER = "answer-recorded", "recording-heard"
"""A step of the file, and one that builds on it."""
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
    wanted = list(dict.fromkeys(chosen))[:DAYS]
    assert set(wanted) <= set(drawn)
    if LATER not in wanted:
        assert drawn[: len(wanted)] == tuple(wanted)


@given(seeds, some.lists(some.sampled_from(IDS), max_size=9), some.sets(some.sampled_from(IDS)))
def test_a_step_comes_with_what_it_builds_on_and_behind_it(seed, chosen, lately):
    drawn = draw(STEPS, seed, first=chosen, lately=lately)
    assert LATER not in drawn or FIRST in drawn[: drawn.index(LATER)]


def test_where_ten_are_chosen_none_is_pushed_out_by_what_one_builds_on():
    chosen = [LATER, *(one for one in IDS if one not in (FIRST, LATER))][:DAYS]
    assert draw(STEPS, "x", first=chosen) == tuple(chosen)
    both = [LATER, FIRST, *(one for one in IDS if one not in (FIRST, LATER))][:DAYS]
    assert draw(STEPS, "x", first=both)[:2] == (FIRST, LATER)


@given(seeds, some.sets(some.sampled_from(IDS)))
def test_last_times_steps_come_when_nothing_else_is_left(seed, lately):
    drawn = draw(STEPS, seed, lately=lately)
    fresh = len(IDS) - len(lately)
    assert len(set(drawn)) == DAYS
    needed = LATER not in lately and FIRST in lately and LATER not in drawn
    assert sum(one in lately for one in drawn) <= max(0, DAYS - fresh + needed)


def test_a_step_nobody_knows_is_not_drawn_because_it_was_chosen():
    assert "gone" not in draw(STEPS, "x", first=["gone", IDS[0]])
    assert draw(STEPS, "x", first=["gone", IDS[0]])[0] == IDS[0]


def test_a_short_file_of_one_group_is_drawn_to_its_end():
    few = [ChallengeStep(str(n), Group.PLAN, "x") for n in range(DAYS)]
    assert sorted(draw(few, "x", lately=["3"])) == sorted(step.id for step in few)
    assert draw(few, "x", lately=["3"])[-1] == "3"


@given(seeds, some.permutations(IDS), some.integers(1, DAYS))
def test_another_step_is_one_that_is_not_there_and_builds_on_nothing_that_is_missing(seed, order, day):
    days = tuple(ChallengeDay(n, n, step) for n, step in enumerate(order[:DAYS], 1))
    now = replace(ten(), days=days)
    found = another(STEPS, now, day, seed)
    assert found is not None
    assert found not in order[:DAYS]
    assert found != LATER or FIRST in order[: day - 1]


def test_a_step_done_on_a_later_day_is_enough_to_build_on():
    days = (ChallengeDay(1, 1, "walk"), ChallengeDay(2, 2, FIRST, NOW))
    assert LATER in [step.id for step in fitting(STEPS, replace(ten(), days=days), 1)]
    undone = replace(ten(), days=(days[0], replace(days[1], done_at=None)))
    assert LATER not in [step.id for step in fitting(STEPS, undone, 1)]


def test_nothing_else_is_left_when_all_are_there():
    few = [step for step in STEPS if step.id in IDS[:DAYS]]
    assert another(few, ten(), 1, "x") is None


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
