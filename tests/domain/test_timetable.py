"""The recovery steps fall on the member's local days at their hour, whatever the clocks do."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet import in_quiet, is_quiet_hour
from bot.domain.timetable import (
    STEPS_OF,
    Pace,
    Planned,
    Rhythm,
    Step,
    at_hour,
    due_at,
    local_instant,
    moved,
    next_hour,
    plan,
    replanned_at,
    snoozed_until,
    starts_nothing,
    step_offset_days,
)  # fmt: skip
from tests.domain.clock_changes import FROM_AT, Change, all_changes, distinct_changes

LAGOS = Rhythm("Africa/Lagos", 18, 21, 8)
NEW_YORK = Rhythm("America/New_York", 18, 21, 8)


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local(planned: Iterable[Planned], zone: str) -> dict[str, str]:
    return {one.step.value: f"{one.due_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for one in planned}


def planned(
    logged: str, occurred: str, rhythm: Rhythm = LAGOS, pace: Pace = Pace.FULL, even_if_old: bool = False
) -> dict[str, str]:
    logged_at = at(logged, rhythm.zone)
    occurred_on = date.fromisoformat(occurred)
    steps = plan(
        pace,
        logged_at=logged_at,
        occurred_on=occurred_on,
        rhythm=rhythm,
        now=logged_at,
        even_if_old=even_if_old,
    )
    return local(steps, rhythm.zone)


def test_the_light_pace_is_day_1_week_1_and_month_1_and_the_full_pace_is_all_five():
    assert STEPS_OF[Pace.LIGHT] == (Step.DAY1, Step.WEEK1, Step.MONTH1)
    assert STEPS_OF[Pace.FULL] == tuple(Step)
    assert [step_offset_days(step) for step in Step] == [1, 2, 7, 14, 30]


TODAY_CASES = [
    # logged in the morning: tomorrow, then the first evening at least 48 h later
    ("2026-11-22 09:00", "11-23", "11-24", 18),
    # logged at the hour itself: exactly 24 and 48 hours
    ("2026-11-22 18:00", "11-23", "11-24", 18),
    # logged after the hour: the second evening is 47 hours away, so it is the third
    ("2026-11-22 19:00", "11-23", "11-25", 18),
    # a morning hour after a late entry would come within 12 h: the day after
    ("2026-11-22 23:00", "11-24", "11-25", 9),
    ("2026-11-22 20:30", "11-24", "11-25", 8),
    # exactly 12 hours is enough
    ("2026-11-22 21:00", "11-23", "11-25", 9),
    ("2026-11-22 21:01", "11-24", "11-25", 9),
    # a minute after midnight belongs to the new day
    ("2026-11-22 00:01", "11-23", "11-24", 18),
]


@pytest.mark.parametrize("logged, day1, days2, hour", TODAY_CASES)
def test_the_first_steps_keep_their_distance_from_the_logging(logged, day1, days2, hour):
    rhythm = Rhythm("Africa/Lagos", hour, 21, 8)
    assert planned(logged, logged[:10], rhythm) == {
        "day1": f"2026-{day1} {hour:02}:00",
        "days2": f"2026-{days2} {hour:02}:00",
        "week1": f"2026-11-29 {hour:02}:00",
        "week2": f"2026-12-06 {hour:02}:00",
        "month1": f"2026-12-22 {hour:02}:00",
    }


@pytest.mark.parametrize(
    "occurred, steps",
    [
        # yesterday, logged at 19:00: tonight's hour has passed, so day 1 comes tomorrow, then days 2-3
        (
            "2026-11-21",
            {"day1": "11-23", "days2": "11-24", "week1": "11-28", "week2": "12-05", "month1": "12-21"},
        ),
        ("2026-11-20", {"week1": "11-27", "week2": "12-04", "month1": "12-20"}),
        ("2026-11-15", {"week2": "11-29", "month1": "12-15"}),
        ("2026-11-16", {"week1": "11-23", "week2": "11-30", "month1": "12-16"}),
        ("2026-11-01", {"month1": "12-01"}),
        ("2026-10-24", {"month1": "11-23"}),
        ("2026-10-23", {}),  # thirty days ago: month 1 was an hour ago
        ("2026-10-22", {}),
        ("2019-01-01", {}),
    ],
)
def test_a_backdated_rejection_counts_from_its_date_and_skips_what_is_past(occurred, steps):
    expected = {step: f"2026-{day} 18:00" for step, day in steps.items()}
    assert planned("2026-11-22 19:00", occurred) == expected


def test_yesterdays_rejection_logged_in_the_small_hours_gets_day_1_the_same_evening():
    assert planned("2026-11-22 05:00", "2026-11-21")["day1"] == "2026-11-22 18:00"
    assert planned("2026-11-22 07:00", "2026-11-21")["day1"] == "2026-11-23 18:00"


def test_thirty_days_is_not_older_than_thirty_days():
    assert planned("2026-11-22 09:00", "2026-10-23") == {"month1": "2026-11-22 18:00"}
    assert not starts_nothing(at("2026-11-22 09:00", LAGOS.zone), date(2026, 10, 23), LAGOS)
    assert starts_nothing(at("2026-11-22 09:00", LAGOS.zone), date(2026, 10, 22), LAGOS)


def test_an_old_rejection_starts_from_the_day_of_logging_when_asked():
    asked = planned("2026-11-22 09:00", "2026-08-01", pace=Pace.LIGHT, even_if_old=True)
    assert asked == {"day1": "2026-11-23 18:00", "week1": "2026-11-29 18:00", "month1": "2026-12-22 18:00"}


@pytest.mark.parametrize(
    "logged, month1",
    [
        ("2027-01-31", "2027-03-02"),
        ("2028-01-31", "2028-03-01"),
        ("2028-02-29", "2028-03-30"),
        ("2028-01-30", "2028-02-29"),
        ("2026-12-31", "2027-01-30"),
    ],
)
def test_month_1_is_thirty_local_days_also_at_the_ends_of_months(logged, month1):
    assert planned(f"{logged} 12:00", logged)["month1"] == f"{month1} 18:00"


def test_the_hour_stays_the_same_on_the_clock_when_summer_time_begins():
    steps = planned("2026-03-06 12:00", "2026-03-06", NEW_YORK)
    assert set(steps.values()) == {
        f"2026-{day} 18:00" for day in ("03-07", "03-08", "03-13", "03-20", "04-05")
    }


def test_the_day_is_the_members_day_not_utcs():
    manila = Rhythm("Asia/Manila", 18, 21, 8)
    late = at("2026-11-22T20:00:00")  # already the 23rd in Manila
    steps = plan(Pace.LIGHT, logged_at=late, occurred_on=date(2026, 11, 23), rhythm=manila, now=late)
    assert local(steps, manila.zone)["week1"] == "2026-11-30 18:00"


def test_a_move_westwards_counts_from_the_day_it_was_there_when_it_was_logged():
    logged_at = at("2026-11-23 02:00", LAGOS.zone)  # the evening of the 22nd in New York
    due = due_at(Step.WEEK1, logged_at=logged_at, occurred_on=date(2026, 11, 23), rhythm=NEW_YORK)
    assert due == at("2026-11-29 18:00", NEW_YORK.zone)


@pytest.mark.parametrize(
    "day, hour, zone, utc",
    [
        ("2026-03-08", 2, "America/New_York", "2026-03-08T07:00:00"),  # skipped: 03:00 summer time
        ("2026-11-01", 1, "America/New_York", "2026-11-01T05:00:00"),  # repeated: the first pass
        ("2026-11-01", 2, "America/New_York", "2026-11-01T07:00:00"),
        ("2026-04-24", 0, "Africa/Cairo", "2026-04-23T22:00:00"),  # midnight itself is skipped
        ("2026-10-04", 2, "Australia/Lord_Howe", "2026-10-03T15:30:00"),  # a gap of half an hour
        ("2026-03-29", 2, "Antarctica/Troll", "2026-03-29T01:00:00"),  # the middle of a gap of two hours
        ("2011-12-30", 18, "Pacific/Apia", "2011-12-30T10:00:00"),  # a whole day that never was
    ],
)
def test_a_skipped_hour_moves_to_the_end_of_the_gap_and_a_repeated_one_is_its_first_pass(
    day, hour, zone, utc
):
    assert local_instant(date.fromisoformat(day), hour, zone) == at(utc)


def test_a_skipped_hour_is_not_moved_into_quiet_hours():
    rhythm = Rhythm("America/New_York", 2, 3, 9)
    assert at_hour(date(2026, 3, 8), rhythm) == at("2026-03-08 09:00", rhythm.zone)


def test_a_changed_rhythm_gives_a_new_plan_and_loses_nothing():
    logged_at, occurred_on = at("2026-11-22 09:00", LAGOS.zone), date(2026, 11, 22)
    morning = Rhythm("Africa/Lagos", 9, 21, 8)
    now = at("2026-11-23 12:00", LAGOS.zone)
    assert due_at(Step.DAY1, logged_at=logged_at, occurred_on=occurred_on, rhythm=morning) < now
    for step, expected in ((Step.DAY1, "2026-11-24 09:00"), (Step.WEEK1, "2026-11-29 09:00")):
        replanned = replanned_at(step, logged_at=logged_at, occurred_on=occurred_on, rhythm=morning, now=now)
        assert replanned == at(expected, LAGOS.zone)


def test_a_snoozed_nudge_moves_with_the_members_zone():
    snoozed_at = snoozed_until(at("2026-11-22 18:05", LAGOS.zone), 3, LAGOS)
    assert snoozed_at == at("2026-11-25 18:00", LAGOS.zone)
    moved_at = moved(snoozed_at, old=LAGOS, new=NEW_YORK, now=at("2026-11-22 20:00"))
    assert moved_at == at("2026-11-25 18:00", NEW_YORK.zone)
    assert moved(snoozed_at, old=LAGOS, new=NEW_YORK, now=moved_at) == at("2026-11-26 18:00", NEW_YORK.zone)


@pytest.mark.parametrize("days", [1, 3, 7])
def test_snoozing_counts_local_days_to_the_hour(days):
    assert snoozed_until(at("2026-03-07 23:30", NEW_YORK.zone), days, NEW_YORK) == at(
        f"2026-03-{7 + days:02} 18:00", NEW_YORK.zone
    )


def test_the_next_hour_is_strictly_later():
    assert next_hour(at("2026-11-22 17:59", LAGOS.zone), LAGOS) == at("2026-11-22 18:00", LAGOS.zone)
    assert next_hour(at("2026-11-22 18:00", LAGOS.zone), LAGOS) == at("2026-11-23 18:00", LAGOS.zone)


@pytest.fixture(scope="module", autouse=True)
def _changes_are_known():
    """Read before hypothesis looks at its clock."""
    distinct_changes()


@given(
    logged_at=st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: FROM_AT + timedelta(minutes=minutes)),
    days_ago=st.integers(0, 60),
    zone=st.deferred(lambda: st.sampled_from(sorted({change.zone for change in distinct_changes()}))),
    hour=st.integers(0, 23),
    quiet=st.tuples(st.integers(0, 23), st.integers(0, 23)),
)
def test_any_plan_is_in_order_ahead_and_outside_quiet_hours(logged_at, days_ago, zone, hour, quiet):
    if is_quiet_hour(hour, *quiet):
        quiet = (0, 0)
    rhythm = Rhythm(zone, hour, *quiet)
    occurred_on = logged_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=days_ago)
    steps = plan(Pace.FULL, logged_at=logged_at, occurred_on=occurred_on, rhythm=rhythm, now=logged_at)
    assert all(one.due_at > logged_at and not in_quiet(one.due_at, rhythm) for one in steps)
    assert all(one.due_at < other.due_at for one, other in pairwise(steps))
    first = next((one.due_at for one in steps if one.step is Step.DAY1), None)
    assert first is None or days_ago or first - logged_at >= timedelta(hours=12)


# Promise A8: around every clock change, for entries logged early, at noon and late.

LOGGED_HOURS = (0.25, 12.0, 23.75)


def rhythms_around(change: Change) -> Iterator[Rhythm]:
    """The default, and the hour that is skipped or repeated: with quiet right after it, right before, and none."""
    edge = min(change.wall, change.wall + (change.after - change.before)).hour
    yield Rhythm(change.zone, 18, 21, 8)
    yield Rhythm(change.zone, change.wall.hour, (change.wall.hour + 1) % 24, (change.wall.hour + 10) % 24)
    yield Rhythm(change.zone, edge, (edge - 9) % 24, edge)
    yield Rhythm(change.zone, edge, 0, 0)


def check_plan(change: Change, rhythm: Rhythm, step: Step, logged_hour: float) -> None:
    """A full plan with one step on the very day of the change: five steps, each once, on its day, not in quiet."""
    tz = ZoneInfo(rhythm.zone)
    logged = clock(change.wall.date() - timedelta(days=step_offset_days(step)), logged_hour)
    logged_at = logged.replace(tzinfo=tz).astimezone(UTC)
    anchor_on = logged_at.astimezone(tz).date()
    steps = plan(Pace.FULL, logged_at=logged_at, occurred_on=anchor_on, rhythm=rhythm, now=logged_at)
    context = (change, rhythm, step, logged_hour, steps)
    assert [one.step for one in steps] == list(Step), context
    assert all(one.due_at < other.due_at for one, other in pairwise(steps)), context
    assert steps[0].due_at - logged_at >= timedelta(hours=12), context
    assert steps[1].due_at - logged_at >= timedelta(hours=48), context
    for one in steps:
        shown = one.due_at.astimezone(tz)
        assert not is_night(shown.hour, rhythm), context
        assert shown.fold == 0, context
        possible = [
            clock(anchor_on + timedelta(days=step_offset_days(one.step) + later), rhythm.hour)
            for later in range(LATER_DAYS.get(one.step, 0) + 1)
        ]
        if shown.replace(tzinfo=None) not in possible:
            assert_pushed_by_a_gap(shown, possible, change, rhythm)


LATER_DAYS = {Step.DAY1: 1, Step.DAYS2: 2}
"""How many days later a step may fall to keep its distance; two when the 48 hours hold a skipped one."""


def clock(day: date, hour: float) -> datetime:
    """What a wall clock shows, without a zone."""
    return datetime.fromisoformat(day.isoformat()) + timedelta(hours=hour)


def is_night(hour: int, rhythm: Rhythm) -> bool:
    """Quiet hours, computed in another way than the code does."""
    return (hour - rhythm.quiet_from) % 24 < (rhythm.quiet_to - rhythm.quiet_from) % 24


def assert_pushed_by_a_gap(shown: datetime, possible: list[datetime], change: Change, rhythm: Rhythm) -> None:
    """The hour was skipped on its day: the nudge comes when the gap ends, or else when the quiet hours end."""
    gap_until = change.wall + (change.after - change.before)
    assert change.wall <= max(wall for wall in possible if wall < gap_until), (change, rhythm, shown)
    ends = [gap_until]
    while is_night(ends[-1].hour, rhythm):
        ends.append(ends[-1].replace(minute=0) + timedelta(hours=1))
    assert shown.replace(tzinfo=None) == ends[-1], (change, rhythm, shown)


def check_daily(change: Change, rhythm: Rhythm) -> None:
    """Following the hour from day to day across the change meets every local day once: none lost, none doubled."""
    day_on = change.wall.date() - timedelta(days=3)
    moment = at_hour(day_on, rhythm)
    for ahead in range(1, 7):
        expected = at_hour(day_on + timedelta(days=ahead), rhythm)
        moment = next_hour(moment, rhythm)
        assert moment == expected, (change, rhythm, ahead)


def sweep(changes: Iterable[Change], *, every: int) -> int:
    """Every change with every rhythm; of its steps and logged hours every so many, in turn."""
    checked, turn = 0, count()
    for change in changes:
        for rhythm in rhythms_around(change):
            check_daily(change, rhythm)
            for step, logged_hour in product(Step, LOGGED_HOURS):
                if next(turn) % every == 0:
                    check_plan(change, rhythm, step, logged_hour)
                    checked += 1
    return checked


def test_no_clock_change_loses_doubles_or_disturbs_a_night():
    assert sweep(distinct_changes(), every=8) > 4_000


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_no_clock_change_of_any_zone_name_loses_doubles_or_disturbs_a_night():
    assert sweep(all_changes(), every=1) > 200_000
