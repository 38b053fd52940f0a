"""A season is the year an applicant thinks in; it has no hour and no zone. Match Week goes by New York's clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = "America/New_York"
MATCH_DAYS = timedelta(days=4)
FRIDAY = 4
MISSED_FROM = timedelta(days=275)
"""From the middle of June: the new season has begun."""


@dataclass(frozen=True, slots=True)
class Season:
    """The month and day on which a season begins; the host's file may say another than 1 June."""

    start_month: int = 6
    start_day: int = 1


def season_of(day: date, season: Season = Season()) -> tuple[date, date]:
    """The first and the last day of the season that `day` lies in, both included."""
    start = date(day.year, season.start_month, season.start_day)
    if day < start:
        start = date(day.year - 1, season.start_month, season.start_day)
    following = date(start.year + 1, season.start_month, season.start_day)
    return start, following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MatchWeek:
    """From its Monday to the end of its Friday nobody may write to a program first (nrmp.org/residency-applicants/soap)."""

    monday: date

    @property
    def friday(self) -> date:
        """Match Day."""
        return self.monday + MATCH_DAYS

    def holds(self, now: datetime) -> bool:
        """Whether an instant, aware, lies in it by the clocks of New York, where the Match is run."""
        zone = ZoneInfo(NEW_YORK)
        start, end = (
            datetime.combine(day, time(), zone) for day in (self.monday, self.friday + timedelta(days=1))
        )
        return start <= now < end


def missing_match_week(weeks: Iterable[MatchWeek], today: date) -> int | None:
    """The year of the Match Week to come that is not among these, from nine months before it; None while nothing is missing.

    It is looked for by the year alone: the day is published, and the third Friday of March is the rule of earlier years.
    """
    year = next(year for year in (today.year, today.year + 1) if _third_friday(year) >= today)
    if _third_friday(year) - today > MISSED_FROM or any(week.friday.year == year for week in weeks):
        return None
    return year


def _third_friday(year: int) -> date:
    first = date(year, 3, 1)
    return first + timedelta(days=(FRIDAY - first.weekday()) % 7 + 14)


def match_week(weeks: Iterable[MatchWeek], now: datetime) -> MatchWeek | None:
    """The Match Week that an instant lies in, or None."""
    return next((week for week in weeks if week.holds(now)), None)
