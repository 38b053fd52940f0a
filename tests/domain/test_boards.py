from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.boards import (
    Membership,
    Period,
    Tally,
    Visibility,
    check_alias,
    near,
    ranked,
    starts_on,
    totals,
)
from bot.domain.seasons import Season
from bot.errors import UserError

SEASON = Season()
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "period, day, first",
    [
        (Period.WEEK, date(2026, 11, 22), date(2026, 11, 16)),
        (Period.WEEK, date(2026, 11, 23), date(2026, 11, 23)),
        (Period.WEEK, date(2027, 1, 1), date(2026, 12, 28)),
        (Period.MONTH, date(2026, 11, 22), date(2026, 11, 1)),
        (Period.SEASON, date(2026, 5, 31), date(2025, 6, 1)),
        (Period.SEASON, date(2026, 6, 1), date(2026, 6, 1)),
        (Period.ALL, date(2026, 11, 22), date(1970, 1, 1)),
    ],
)
def test_where_a_period_begins(period, day, first):
    assert starts_on(period, day, SEASON) == first


def test_ties_share_a_rank_and_the_next_one_skips():
    tallies = [Tally(1, 9), Tally(2, 7), Tally(3, 7), Tally(4, 2)]
    assert [place.rank for place in ranked(tallies, {})] == [1, 2, 2, 4]


@given(st.lists(st.integers(1, 5), max_size=10))
def test_a_rank_is_the_number_of_people_ahead_plus_one(counts):
    tallies = [Tally(n, count) for n, count in enumerate(sorted(counts, reverse=True))]
    for place in ranked(tallies, {}):
        assert place.rank == 1 + sum(tally.actions > place.actions for tally in tallies)


def test_near_me_carries_true_ranks():
    places = near([Tally(1, 4), Tally(2, 3), Tally(3, 3)], {4: 10, 3: 13}, {2: "Amina"})
    assert [(place.rank, place.name) for place in places] == [(11, None), (14, "Amina"), (14, None)]


def test_totals_count_each_action_once_in_every_period():
    counts = totals([(date(2026, 11, 22), 2), (date(2026, 11, 23), 1), (date(2026, 5, 1), 1)], SEASON)
    assert counts[Period.WEEK, date(2026, 11, 16)] == 2
    assert counts[Period.WEEK, date(2026, 11, 23)] == 1
    assert counts[Period.MONTH, date(2026, 11, 1)] == 3
    assert counts[Period.SEASON, date(2026, 6, 1)] == 3
    assert counts[Period.ALL, date(1970, 1, 1)] == 4


@pytest.mark.parametrize("alias", ["Quiet Owl", "Aminata K.", "Ольга", "دكتور", "Owl 7"])
def test_a_plain_alias_is_taken(alias):
    assert check_alias(alias) == alias


@pytest.mark.parametrize(
    "alias, key",
    [
        ("x", "board-alias-short"),
        ("@everyone", "board-alias-marks"),
        ("<@123>", "board-alias-marks"),
        ("**loud**", "board-alias-marks"),
        ("http://a.b", "board-alias-marks"),
        ("www.a.b", "board-alias-marks"),
        ("discord.gg x", "board-alias-marks"),
        ("everyone", "board-alias-letters"),
        ("12345", "board-alias-letters"),
    ],
)
def test_an_alias_the_group_should_not_read_is_refused(alias, key):
    with pytest.raises(UserError) as caught:
        check_alias(alias)
    assert caught.value.key == key


@pytest.mark.parametrize(
    "visibility, left, name",
    [
        (Visibility.SHOWN, None, "Amina"),
        (Visibility.ALIAS, None, "Owl"),
        (Visibility.HIDDEN, None, None),
        (Visibility.UNASKED, None, None),
        (Visibility.SHOWN, NOW, None),
        (Visibility.ALIAS, NOW, None),
    ],
)
def test_a_name_is_public_only_by_choice_and_while_there(visibility, left, name):
    membership = Membership(1, 2, visibility, "Owl", "Amina", NOW, NOW, left_at=left)
    assert membership.public_name == name
    assert membership.counts is (name is not None)
