"""Every clock change of every time zone from 2025 to 2035, found by asking the zones themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FROM_AT = datetime(2025, 1, 1, tzinfo=UTC)
UNTIL_AT = datetime(2036, 1, 1, tzinfo=UTC)
STRIDE = timedelta(days=14)  # the shortest time an offset is kept is Morocco's Ramadan, about a month


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks of `zone` go from one offset to another at `at`."""

    zone: str
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def wall(self) -> datetime:
        """What the clock would have shown at the change had it not been moved: where a gap begins."""
        return (self.at + self.before).replace(tzinfo=None)


def changes_of(zone: str) -> Iterator[Change]:
    tz = ZoneInfo(zone)
    at = FROM_AT
    while at < UNTIL_AT:
        following = min(at + STRIDE, UNTIL_AT)
        before, after = offset(at, tz), offset(following, tz)
        if before != after:
            yield Change(zone, _bisect(at, following, tz), before, after)
        at = following


def offset(at: datetime, tz: ZoneInfo) -> timedelta:
    found = at.astimezone(tz).utcoffset()
    assert found is not None
    return found


def _bisect(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    before = offset(low, tz)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if offset(middle, tz) == before else (low, middle)
    return high


def every_zone() -> tuple[str, ...]:
    """All IANA names but the two that are a file's name and no place."""
    return tuple(sorted(available_timezones() - {"localtime", "Factory"}))


@cache
def all_changes() -> tuple[Change, ...]:
    """Every change of every name."""
    return tuple(change for zone in every_zone() for change in changes_of(zone))


@cache
def distinct_changes() -> tuple[Change, ...]:
    """Every change once: zones that keep the same offsets through all eleven years are represented by one."""
    kept: dict[tuple[object, ...], tuple[Change, ...]] = {}
    for zone in every_zone():
        changes = tuple(changes_of(zone))
        start = offset(FROM_AT, ZoneInfo(zone))
        kept.setdefault((start, *((change.at, change.after) for change in changes)), changes)
    return tuple(change for changes in kept.values() for change in changes)
