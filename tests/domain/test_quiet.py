"""Quiet hours are whole local hours, and nothing is planned inside them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet import Rhythm, check_hour, in_quiet, is_quiet_hour, next_quarter, out_of_quiet
from bot.errors import UserError
from tests.domain.clock_changes import FROM_AT, distinct_changes, every_zone, offset


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    "quiet, loud_hours",
    [
        ((21, 8), range(8, 21)),
        ((0, 7), range(7, 24)),
        ((9, 17), [*range(9), *range(17, 24)]),
        ((23, 0), range(23)),
        ((5, 5), range(24)),
        ((0, 0), range(24)),
        ((0, 23), [23]),
    ],
)
def test_quiet_runs_up_to_its_end_also_across_midnight_and_equal_means_none(quiet, loud_hours):
    assert [hour for hour in range(24) if not is_quiet_hour(hour, *quiet)] == list(loud_hours)


@pytest.mark.parametrize("hour", [21, 23, 0, 7])
def test_an_hour_inside_the_quiet_hours_is_refused_with_the_numbers_to_show(hour):
    with pytest.raises(UserError) as refused:
        check_hour(hour, 21, 8)
    assert refused.value.key == "settings-hour-in-quiet"
    assert refused.value.values == {"hour": hour, "quiet_from": 21, "quiet_to": 8}
    with pytest.raises(UserError):
        Rhythm("Africa/Lagos", hour, 21, 8)


@pytest.mark.parametrize("hours", [(24, 21, 8), (-1, 21, 8), (18, 24, 8), (18, 21, 99)])
def test_what_is_no_hour_is_a_fault_of_ours(hours):
    with pytest.raises(ValueError, match="0 to 23"):
        check_hour(*hours)


@pytest.mark.parametrize(
    "zone, quiet, before, after",
    [
        ("Asia/Karachi", (21, 8), "2026-11-22 20:59:59", "2026-11-22 20:59:59"),
        ("Asia/Karachi", (21, 8), "2026-11-22 21:00", "2026-11-23 08:00"),
        ("Asia/Karachi", (21, 8), "2026-11-23 03:17:31", "2026-11-23 08:00"),
        ("Asia/Karachi", (21, 8), "2026-11-23 08:00", "2026-11-23 08:00"),
        ("Asia/Kathmandu", (21, 8), "2026-11-23 07:59:59", "2026-11-23 08:00"),
        # the clock jumps over the end of the quiet hours
        ("America/New_York", (22, 2), "2026-03-08 01:30", "2026-03-08 03:00"),
        # the end of the quiet hours is repeated: the first pass is the earliest
        ("America/New_York", (22, 1), "2026-11-01 00:30", "2026-11-01 01:00"),
        # the hour after the quiet hours is skipped, and quiet begins again at once: not before the next night
        ("America/New_York", (3, 2), "2026-03-08 01:30", "2026-03-09 02:00"),
    ],
)
def test_out_of_quiet_is_the_earliest_allowed_instant(zone, quiet, before, after):
    rhythm = Rhythm(zone, quiet[1], *quiet)
    assert out_of_quiet(at(before, zone), rhythm) == at(after, zone)


def test_a_second_pass_through_the_quiet_hours_is_quiet_too():
    rhythm = Rhythm(
        "Antarctica/Troll", 12, 22, 2
    )  # on 25 October 2026 its clocks go from 03:00 back to 01:00
    second_pass = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert in_quiet(second_pass, rhythm)
    assert out_of_quiet(second_pass, rhythm) == datetime(2026, 10, 25, 2, tzinfo=UTC)


def test_quarters_of_an_hour_are_fine_enough_for_every_zone():
    for change in distinct_changes():
        assert change.at.timestamp() % 900 == 0, change
        assert change.after.total_seconds() % 900 == 0, change
    assert all(offset(FROM_AT, ZoneInfo(zone)).total_seconds() % 900 == 0 for zone in every_zone())


@pytest.fixture(scope="module", autouse=True)
def _changes_are_known():
    """Read before hypothesis looks at its clock."""
    distinct_changes()


@given(
    change=st.deferred(lambda: st.sampled_from(distinct_changes())),
    minutes=st.integers(-36 * 60, 36 * 60),
    quiet=st.tuples(st.integers(0, 23), st.integers(0, 23)),
)
def test_around_a_clock_change_nothing_allowed_is_passed_over(change, minutes, quiet):
    rhythm = Rhythm(change.zone, quiet[1], *quiet)
    moment = change.at + timedelta(minutes=minutes)
    allowed_at = out_of_quiet(moment, rhythm)
    assert not in_quiet(allowed_at, rhythm)
    assert allowed_at - moment <= timedelta(hours=50)
    while moment < allowed_at:
        assert in_quiet(moment, rhythm)
        moment += timedelta(minutes=5)


def test_the_next_quarter_is_strictly_later():
    assert next_quarter(datetime(2026, 11, 22, 23, 45, tzinfo=UTC)) == datetime(2026, 11, 23, tzinfo=UTC)
    assert next_quarter(datetime(2026, 11, 22, 10, 1, 2, 3, tzinfo=UTC)) == datetime(
        2026, 11, 22, 10, 15, tzinfo=UTC
    )
