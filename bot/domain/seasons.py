"""A season is the year an applicant thinks in; it has no hour and no zone. Match Week goes by New York's clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = "America/New_York"
MATCH_DAYS = timedelta(days=4)


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


def match_week(weeks: Iterable[MatchWeek], now: datetime) -> MatchWeek | None:
    """The Match Week that an instant lies in, or None."""
    return next((week for week in weeks if week.holds(now)), None)
