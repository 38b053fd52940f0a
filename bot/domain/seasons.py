"""A season is the year an applicant thinks in. It has no hour and no zone: those are the calendar's."""

from dataclasses import dataclass
from datetime import date, timedelta


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
