"""A member's rhythm: the hour they chose and the hours in which nothing may reach them. No steps here."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError

QUARTER = timedelta(minutes=15)
"""Every offset and every clock change in use since 2012 falls on a quarter of an hour of UTC.

Source: the IANA time zone database; `tests/domain/test_quiet.py` reads it for 2025 to 2035.
"""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the bot may write: whole local hours 0 to 23 in the IANA zone `zone`.

    Quiet runs from `quiet_from` up to, not including, `quiet_to`, also across midnight; equal means none.
    Raises UserError when the hour lies in the quiet hours.
    """

    zone: str
    hour: int
    quiet_from: int
    quiet_to: int

    def __post_init__(self) -> None:
        check_hour(self.hour, self.quiet_from, self.quiet_to)

    @property
    def tz(self) -> ZoneInfo:
        """The zone's rules; `zoneinfo` keeps them, so asking again costs nothing."""
        return ZoneInfo(self.zone)


def check_hour(hour: int, quiet_from: int, quiet_to: int) -> None:
    """Refuse a check-in hour that lies in the quiet hours: UserError; ValueError for what is no hour."""
    if not all(0 <= one <= 23 for one in (hour, quiet_from, quiet_to)):
        raise ValueError(f"an hour is 0 to 23, not {hour}, {quiet_from}, {quiet_to}")
    if is_quiet_hour(hour, quiet_from, quiet_to):
        raise UserError("settings-hour-in-quiet", hour=hour, quiet_from=quiet_from, quiet_to=quiet_to)


def is_quiet_hour(hour: int, quiet_from: int, quiet_to: int) -> bool:
    """Whether a whole local hour lies in the span; the span may cross midnight, equal ends mean none."""
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def in_quiet(at: datetime, rhythm: Rhythm) -> bool:
    """Whether the member's clock shows a quiet hour at this instant, whichever pass of a repeated hour."""
    return is_quiet_hour(at.astimezone(rhythm.tz).hour, rhythm.quiet_from, rhythm.quiet_to)


def out_of_quiet(at: datetime, rhythm: Rhythm) -> datetime:
    """The earliest allowed instant at or after `at`, in UTC.

    Walks by quarters of an hour, because quiet can begin or end only there, also where the clock jumps over
    the end of the quiet hours or passes it twice. At most about a hundred steps.
    """
    allowed_at = at.astimezone(UTC)
    while in_quiet(allowed_at, rhythm):
        allowed_at = next_quarter(allowed_at)
    return allowed_at


def next_quarter(at: datetime) -> datetime:
    """The first quarter of an hour of UTC strictly after `at`."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0) + QUARTER
