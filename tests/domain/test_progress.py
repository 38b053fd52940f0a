from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.kinds import Stage
from bot.domain.progress import COLUMNS, WAITS, Grain, columns, reached, start_of, timeline, waits

TODAY = date(2026, 11, 22)
few = settings(max_examples=30, deadline=None)
days = st.dates(date(1990, 1, 1), TODAY)
counted = st.dictionaries(days, st.integers(1, 9), max_size=12)
staged = st.lists(st.tuples(st.sampled_from(Stage), days, st.integers(1, 9)), max_size=12)


def ago(number: int) -> date:
    return TODAY - timedelta(days=number)


@pytest.mark.parametrize(
    "grain, first, last, expected",
    [
        (Grain.WEEK, date(2026, 11, 1), date(2026, 11, 9), [(2026, 10, 26), (2026, 11, 2), (2026, 11, 9)]),
        (Grain.MONTH, date(2026, 12, 31), date(2027, 2, 1), [(2026, 12, 1), (2027, 1, 1), (2027, 2, 1)]),
        (Grain.MONTH, date(2028, 1, 31), date(2028, 3, 1), [(2028, 1, 1), (2028, 2, 1), (2028, 3, 1)]),
        (Grain.TWO_MONTHS, date(2026, 12, 31), date(2027, 3, 1), [(2026, 11, 1), (2027, 1, 1), (2027, 3, 1)]),
        (Grain.QUARTER, date(2026, 6, 30), date(2027, 1, 1), [(2026, 4, 1), (2026, 7, 1), (2026, 10, 1), (2027, 1, 1)]),
        (Grain.YEAR, date(2027, 12, 31), date(2029, 1, 1), [(2027, 1, 1), (2028, 1, 1), (2029, 1, 1)]),
    ],
)  # fmt: skip
def test_columns_begin_where_the_calendar_does(grain, first, last, expected):
    assert columns(grain, first, last) == [date(*one) for one in expected]


@few
@given(st.sampled_from(Grain), days, st.integers(0, 2000))
def test_columns_follow_each_other_without_a_gap(grain, first, length):
    last = first + timedelta(days=length)
    found = columns(grain, first, last)
    assert found[0] == start_of(grain, first)
    assert found[-1] == start_of(grain, last)
    assert all(start_of(grain, after - timedelta(days=1)) == before for before, after in pairwise(found))  # fmt: skip


@pytest.mark.parametrize(
    "first, grain, number",
    [
        (0, Grain.WEEK, 1),
        (55, Grain.WEEK, 8),
        (56, Grain.MONTH, 3),
        (220, Grain.MONTH, 8),
        (240, Grain.TWO_MONTHS, 5),
        (440, Grain.TWO_MONTHS, 8),
        (480, Grain.QUARTER, 6),
        (680, Grain.QUARTER, 8),
        (800, Grain.YEAR, 3),
        (12_000, Grain.YEAR, COLUMNS),
    ],
)
def test_the_finest_columns_that_fit_are_taken(first, grain, number):
    found = timeline([(Stage.EXAM, ago(first), 1)], {}, TODAY)
    assert found is not None
    assert (found.grain, len(found.starts)) == (grain, number)


@few
@given(staged, counted)
def test_nothing_is_lost_and_nothing_is_counted_twice(noes, actions):
    found = timeline(noes, actions, TODAY)
    if found is None:
        assert not noes
        assert not actions
        return
    assert len(found.starts) <= COLUMNS
    assert sum(map(sum, found.noes.values())) + found.earlier[0] == sum(number for *_, number in noes)
    assert sum(found.actions) + found.earlier[1] == sum(actions.values())
    assert set(found.noes) == {stage for stage, _, _ in noes}
    assert found.starts[-1] <= TODAY
    assert timeline(reversed(noes), dict(reversed(actions.items())), TODAY) == found


def test_stages_come_in_the_order_of_the_road():
    noes = [(Stage.MATCH, TODAY, 1), (Stage.PREPARE, TODAY, 1), (Stage.APPLY, TODAY, 1)]
    found = timeline(noes, {}, TODAY)
    assert found is not None
    assert list(found.noes) == [Stage.PREPARE, Stage.APPLY, Stage.MATCH]


def test_a_day_ahead_has_a_column_of_its_own():
    """A member who moves to a zone further west has entries of tomorrow."""
    found = timeline([(Stage.EXAM, date(2026, 11, 23), 1)], {}, TODAY)
    assert found is not None
    assert sum(found.noes[Stage.EXAM]) == 1


@pytest.mark.parametrize("late, bar", [(0, 0), (1, 1), (3, 1), (4, 2), (7, 2), (8, 3), (14, 3), (15, 4), (30, 4), (31, 5), (400, 5)])  # fmt: skip
def test_each_wait_has_its_bar(late, bar):
    found = waits({ago(400): 2}, {ago(400 - late): 1, TODAY: 1})
    assert found.bars == tuple(2 * (n == bar) for n in range(len(WAITS) + 1))
    assert (found.middle, found.open, found.known) == (late if late <= WAITS[-1] else None, 0, 2)


def test_what_was_done_before_a_no_does_not_answer_it():
    found = waits({ago(3): 1, ago(9): 1}, {ago(4): 2})
    assert (found.bars, found.middle, found.open) == ((0, 0, 1, 0, 0, 0), 5, 1)


@pytest.mark.parametrize(
    "took, middle", [((1,), 1), ((1, 9), 1), ((1, 2, 9), 2), ((0, 0, 5, 9), 0), ((0, 1, 5, 9), 1)]
)
def test_half_of_them_took_so_long_or_less(took, middle):
    noes = {ago(100 * n + 50): 1 for n in range(len(took))}
    actions = {ago(100 * n + 50 - days): 1 for n, days in enumerate(took)}
    assert waits(noes, actions).middle == middle


def test_without_an_action_there_is_no_middle():
    assert (waits({TODAY: 3}, {}).middle, waits({TODAY: 3}, {}).open) == (None, 3)


@few
@given(counted, counted)
def test_every_no_is_followed_or_open(noes, actions):
    found = waits(noes, actions)
    assert found.known + found.open == sum(noes.values())


def test_a_round_number_is_reached_by_the_day_of_the_one_that_makes_it():
    noes = {ago(30): 4, ago(20): 6, ago(10): 15}
    found = reached((25, 10, 50), noes, {ago(20): 2, ago(21): 9, TODAY: 1}, {ago(5): 1, ago(15): 1})
    assert [(one.noes, one.on, one.actions, one.good_news) for one in found] == [
        (10, ago(20), 3, 2),
        (25, ago(10), 1, 1),
    ]


@few
@given(counted, st.integers(1, 60))
def test_a_round_number_is_there_exactly_when_there_are_so_many(noes, number):
    assert bool(reached([number], noes, {}, {})) == (sum(noes.values()) >= number)
