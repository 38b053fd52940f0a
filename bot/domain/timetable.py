"""When each step of the recovery protocol is due: local days at the member's hour, as UTC instants.

Nothing here sends, stores or merges; a member's rhythm and quiet hours live in `bot.domain.quiet`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.quiet import Rhythm, next_quarter, out_of_quiet

__all__ = [
    "STEPS_OF", "Pace", "Planned", "Rhythm", "Step", "at_hour", "due_at", "local_instant", "moved", "next_hour",
    "plan", "replanned_at", "snoozed_until", "starts_nothing", "step_offset_days",
]  # fmt: skip

DAY1_AFTER = timedelta(hours=12)
DAYS2_AFTER = timedelta(hours=48)
OLDEST_DAYS = 30
"""A rejection older than this starts nothing unless the member asks for it."""


class Step(StrEnum):
    """The five steps of the recovery protocol, in order."""

    DAY1 = "day1"
    DAYS2 = "days2"
    WEEK1 = "week1"
    WEEK2 = "week2"
    MONTH1 = "month1"


class Pace(StrEnum):
    """How many of the steps a member wants."""

    LIGHT = "light"
    FULL = "full"


STEPS_OF: Mapping[Pace, tuple[Step, ...]] = MappingProxyType(
    {Pace.LIGHT: (Step.DAY1, Step.WEEK1, Step.MONTH1), Pace.FULL: tuple(Step)}
)

_OFFSET_DAYS = {Step.DAY1: 1, Step.DAYS2: 2, Step.WEEK1: 7, Step.WEEK2: 14, Step.MONTH1: 30}


@dataclass(frozen=True, slots=True)
class Planned:
    """One step with the UTC instant it is due."""

    step: Step
    due_at: datetime


def step_offset_days(step: Step) -> int:
    """How many local days after the rejection a step falls; the first two may come a day later."""
    return _OFFSET_DAYS[step]


def local_instant(day: date, hour: int, zone: str) -> datetime:
    """The UTC instant at which clocks in `zone` show this whole hour of this day.

    An hour that a clock change skips becomes the first instant after the gap; of a repeated hour it is the
    first pass, so an hour of a day is always exactly one instant.
    """
    tz = ZoneInfo(zone)
    wall = datetime.combine(day, time(hour))
    instant = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    if instant.astimezone(tz).replace(tzinfo=None) == wall:
        return instant
    # In a gap, fold=1 reads the wall clock with the later offset, which is an instant before the gap.
    instant = wall.replace(tzinfo=tz, fold=1).astimezone(UTC)
    while instant.astimezone(tz).replace(tzinfo=None) < wall:
        instant = next_quarter(instant)
    return instant


def at_hour(day: date, rhythm: Rhythm) -> datetime:
    """The member's hour on a local day, in UTC; pushed out of a skipped hour, then out of quiet hours."""
    return out_of_quiet(local_instant(day, rhythm.hour, rhythm.zone), rhythm)


def due_at(step: Step, *, logged_at: datetime, occurred_on: date, rhythm: Rhythm) -> datetime:
    """When a step is due, in UTC; with another rhythm it gives the new plan. It may lie in the past.

    Day 1 keeps 12 hours' distance from the logging by coming one day later, and no later than that. The
    moment of a backdated rejection is unknown, so there whole local days are counted from its date. One older
    than 30 days has steps only because the member asked: then they count from the day of logging.
    """
    anchor_on = _anchor(logged_at, occurred_on, rhythm)
    if step is Step.DAY1:
        return _day1_at(anchor_on, logged_at, rhythm)
    if step is Step.DAYS2:
        return _days2_at(anchor_on, logged_at, rhythm)
    return at_hour(_after(anchor_on, step), rhythm)


def plan(
    pace: Pace,
    *,
    logged_at: datetime,
    occurred_on: date,
    rhythm: Rhythm,
    now: datetime,
    even_if_old: bool = False,
) -> tuple[Planned, ...]:
    """The steps of a pace still ahead at `now`, strictly in time order; what has passed is left out.

    A rejection older than 30 days gives nothing unless `even_if_old`: then it counts from the logging.
    """
    if starts_nothing(logged_at, occurred_on, rhythm) and not even_if_old:
        return ()
    steps = (
        Planned(step, due_at(step, logged_at=logged_at, occurred_on=occurred_on, rhythm=rhythm))
        for step in STEPS_OF[pace]
    )
    return tuple(planned for planned in steps if planned.due_at > now)


def starts_nothing(logged_at: datetime, occurred_on: date, rhythm: Rhythm) -> bool:
    """Whether the rejection was older than 30 local days when it was logged."""
    return (_local_date(logged_at, rhythm) - occurred_on).days > OLDEST_DAYS


def replanned_at(
    step: Step, *, logged_at: datetime, occurred_on: date, rhythm: Rhythm, now: datetime
) -> datetime:
    """When a step not yet sent is due in a changed rhythm; never lost: if past, the next such hour."""
    planned_at = due_at(step, logged_at=logged_at, occurred_on=occurred_on, rhythm=rhythm)
    return planned_at if planned_at > now else next_hour(now, rhythm)


def moved(planned_at: datetime, *, old: Rhythm, new: Rhythm, now: datetime) -> datetime:
    """Where a snoozed nudge goes when the rhythm changes: the same local day, or the next hour if past."""
    moved_at = at_hour(_local_date(planned_at, old), new)
    return moved_at if moved_at > now else next_hour(now, new)


def snoozed_until(now: datetime, days: int, rhythm: Rhythm) -> datetime:
    """The member's hour that many local days from today."""
    return at_hour(_local_date(now, rhythm) + timedelta(days=days), rhythm)


def next_hour(now: datetime, rhythm: Rhythm) -> datetime:
    """The first instant of the member's hour strictly after `now`."""
    # Yesterday's hour can have been pushed past midnight by a clock change, so the search begins there.
    yesterday_on = _local_date(now, rhythm) - timedelta(days=1)
    hours = (at_hour(yesterday_on + timedelta(days=ahead), rhythm) for ahead in range(5))
    return next(hour_at for hour_at in hours if hour_at > now)


def _local_date(at: datetime, rhythm: Rhythm) -> date:
    return at.astimezone(rhythm.tz).date()


def _anchor(logged_at: datetime, occurred_on: date, rhythm: Rhythm) -> date:
    logged_on = _local_date(logged_at, rhythm)
    return logged_on if starts_nothing(logged_at, occurred_on, rhythm) else min(occurred_on, logged_on)


def _after(anchor_on: date, step: Step) -> date:
    return anchor_on + timedelta(days=_OFFSET_DAYS[step])


def _day1_at(anchor_on: date, logged_at: datetime, rhythm: Rhythm) -> datetime:
    next_at = at_hour(_after(anchor_on, Step.DAY1), rhythm)
    after_at = at_hour(_after(anchor_on, Step.DAY1) + timedelta(days=1), rhythm)
    if next_at - logged_at < DAY1_AFTER <= after_at - logged_at:
        return after_at
    return next_at


def _days2_at(anchor_on: date, logged_at: datetime, rhythm: Rhythm) -> datetime:
    backdated = anchor_on < _local_date(logged_at, rhythm)
    day1_at = _day1_at(anchor_on, logged_at, rhythm)
    days = (at_hour(_after(anchor_on, Step.DAYS2) + timedelta(days=more), rhythm) for more in range(4))
    return next(
        hour_at for hour_at in days if hour_at > day1_at and (backdated or hour_at - logged_at >= DAYS2_AFTER)
    )
