from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.identifies import LIVED, LONGEST_WAIT, StartLimit, may_at, spread, wait_after

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def identifies_in_a_day(lives: timedelta) -> int:
    """The most in any day of three, of a process that dies after so long and is started again at once."""
    said: list[datetime] = []
    early: list[datetime] = []
    now = NOW
    while now < NOW + 3 * DAY:
        now = may_at(early, now)
        said.append(now)
        if lives < LIVED:
            early.append(now)
        now += lives
    return max(sum(at - DAY < other <= at for other in said) for at in said)


@pytest.mark.parametrize("minutes", [0.01, 1, 5, 20, 39, 40, 44, 60, 600])
def test_a_crash_loop_says_identify_at_most_fifty_times_a_day(minutes):
    assert identifies_in_a_day(timedelta(minutes=minutes)) <= 50


def test_a_few_ends_cost_nothing_and_more_cost_more():
    waits = [wait_after(early) for early in range(100)]
    assert waits[:4] == [timedelta(0)] * 4
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_what_is_left_is_spread_until_discord_counts_anew():
    assert spread(1, StartLimit(1000, 100, DAY)) == timedelta(0)
    assert spread(1, StartLimit(1000, 23, DAY)) == HOUR
    assert spread(8, StartLimit(1000, 23, DAY)) == 8 * HOUR
    for remaining in (0, -5):
        assert spread(1, StartLimit(1000, remaining, DAY)) == DAY
    assert spread(200, StartLimit(2000, 199, DAY)) == DAY
