from datetime import UTC, date, datetime

import pytest

from bot.domain.seasons import MatchWeek, match_week, missing_match_week

WEEK = MatchWeek(date(2027, 3, 15))


@pytest.mark.parametrize(
    "at, inside",
    [
        (datetime(2027, 3, 15, 3, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 15, 4, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 19, 16, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 20, 3, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 20, 4, 0, tzinfo=UTC), False),
    ],
)
def test_match_week_is_five_days_on_new_yorks_clocks(at: datetime, inside: bool) -> None:
    """Its clocks change on the Sunday before: midnight there is four hours behind, no longer five."""
    assert WEEK.holds(at) is inside
    assert match_week([WEEK], at) == (WEEK if inside else None)


def test_match_day_is_its_friday() -> None:
    assert WEEK.friday == date(2027, 3, 19)
    assert match_week([], datetime(2027, 3, 16, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    "today, missing",
    [
        (date(2026, 11, 22), None),
        (date(2027, 3, 19), None),
        (date(2027, 3, 20), None),
        (date(2027, 6, 15), None),
        (date(2027, 6, 17), 2028),
        (date(2027, 12, 31), 2028),
        (date(2028, 3, 17), 2028),
        (date(2028, 3, 18), None),
        (date(2028, 7, 1), 2029),
    ],
)
def test_the_match_week_to_come_is_missed_nine_months_before_it(today: date, missing: int | None) -> None:
    assert missing_match_week([MatchWeek(date(2027, 3, 15))], today) == missing
