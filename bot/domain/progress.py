"""What became of a member's noes, in numbers: where on the road they came, what was done beside them, how soon.

Days are the member's local dates. Nothing here says why something happened, or what will.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.kinds import Stage

HANDFUL = 5
"""Fewer than this is told in words: a picture of three noes shows nothing, and shows it large."""
COLUMNS = 8
"""As many columns of time as a telephone shows with a number in each."""
WAITS = (0, 3, 7, 14, 30)
"""Days from a no to the next action, as upper ends: the same day, three days, a week ...; the rest took longer."""

Days = Mapping[date, int]


class Grain(StrEnum):
    """How long a time one column stands for."""

    WEEK = "week"
    MONTH = "month"
    TWO_MONTHS = "two-months"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Columns of time that begin on `starts`, and what fell into each. `earlier` did not fit: noes and actions."""

    grain: Grain
    starts: tuple[date, ...]
    noes: Mapping[Stage, tuple[int, ...]]
    actions: tuple[int, ...]
    earlier: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Waits:
    """How long it was from each no to the next action. `bars` has one number for each of `WAITS`, and one more.

    `middle`: half of them took so many days or fewer; None beyond the last of WAITS, where a number tells nobody anything. `open` are those after which there is none yet.
    """

    bars: tuple[int, ...]
    middle: int | None
    open: int

    @property
    def known(self) -> int:
        """How many noes were followed by an action."""
        return sum(self.bars)


@dataclass(frozen=True, slots=True)
class Reached:
    """A round number of noes, the day of the one that made it, and what was done and came from that day on."""

    noes: int
    on: date
    actions: int
    good_news: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything `/insights progress` tells. `good_news` is how many of each kind, the commonest first."""

    noes: int
    actions: int
    good_news: tuple[tuple[str, int], ...]
    first_on: date | None
    timeline: Timeline | None
    waits: Waits
    reached: tuple[Reached, ...]


def start_of(grain: Grain, day: date) -> date:
    """The first day of the column that a day falls into; weeks begin on Monday."""
    match grain:
        case Grain.WEEK:
            return day - timedelta(days=day.weekday())
        case Grain.MONTH:
            return day.replace(day=1)
        case Grain.TWO_MONTHS:
            return date(day.year, day.month - (day.month - 1) % 2, 1)
        case Grain.QUARTER:
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case Grain.YEAR:
            return date(day.year, 1, 1)


_LONGEST = {
    Grain.WEEK: 7,
    Grain.MONTH: 31,
    Grain.TWO_MONTHS: 62,
    Grain.QUARTER: 92,
    Grain.YEAR: 366,
}


def columns(grain: Grain, first: date, last: date) -> list[date]:
    """The starts of all columns from the one of `first` to the one of `last`."""
    longest = _LONGEST[grain]
    found = [start_of(grain, first)]
    while (following := start_of(grain, found[-1] + timedelta(days=longest))) <= last:
        found.append(following)
    return found


def timeline(noes: Iterable[tuple[Stage, date, int]], actions: Days, today: date) -> Timeline | None:
    """Noes by stage and actions, from the first of either until today, in the finest columns that fit."""
    by_day = [(stage, day, number) for stage, day, number in noes if number > 0]
    first = min([day for _, day, _ in by_day] + list(actions), default=None)
    if first is None:
        return None
    last = max([today, *(day for _, day, _ in by_day), *actions])
    grain, starts = _fitting(first, last)
    counts: Counter[tuple[Stage, int]] = Counter()
    for stage, day, number in by_day:
        counts[stage, _column(starts, day)] += number
    did: Counter[int] = Counter()
    for day, number in actions.items():
        did[_column(starts, day)] += number
    stages = [stage for stage in Stage if any(found is stage for found, _ in counts)]
    return Timeline(
        grain,
        tuple(starts),
        {stage: tuple(counts[stage, n] for n in range(len(starts))) for stage in stages},
        tuple(did[n] for n in range(len(starts))),
        (sum(counts[stage, -1] for stage in stages), did[-1]),
    )


def _fitting(first: date, last: date) -> tuple[Grain, list[date]]:
    """The finest grain whose columns are few enough; of years the latest."""
    for grain in (Grain.WEEK, Grain.MONTH, Grain.TWO_MONTHS, Grain.QUARTER):
        found = columns(grain, first, last)
        if len(found) <= COLUMNS:
            return grain, found
    return Grain.YEAR, columns(Grain.YEAR, first, last)[-COLUMNS:]


def _column(starts: Sequence[date], day: date) -> int:
    """Which column a day falls into; -1 is before the first."""
    return bisect_left(starts, day + timedelta(days=1)) - 1


def waits(noes: Days, actions: Days) -> Waits:
    """How long it was from each no to the first action on that day or later, whatever it was about."""
    did = sorted(day for day, number in actions.items() if number > 0)
    bars, took, still_open = [0] * (len(WAITS) + 1), Counter[int](), 0
    for day, number in noes.items():
        found = bisect_left(did, day)
        if found == len(did):
            still_open += number
            continue
        days = (did[found] - day).days
        took[days] += number
        bars[bisect_left(WAITS, days)] += number
    return Waits(tuple(bars), _middle(took), still_open)


def _middle(took: Mapping[int, int]) -> int | None:
    half, so_far = sum(took.values()) / 2, 0
    for days in sorted(took):
        so_far += took[days]
        if so_far >= half:
            return days if days <= WAITS[-1] else None
    return None


def reached(numbers: Iterable[int], noes: Days, actions: Days, good_news: Days) -> tuple[Reached, ...]:
    """The round numbers that the noes have come to, in the order of their days, and what followed each."""
    days = sorted(day for day, number in noes.items() for _ in range(number))
    return tuple(
        Reached(
            number, days[number - 1], _since(actions, days[number - 1]), _since(good_news, days[number - 1])
        )
        for number in sorted(numbers)
        if number <= len(days)
    )


def _since(days: Days, first: date) -> int:
    return sum(number for day, number in days.items() if day >= first)
