"""The leaderboard as figures: periods, ranks, who is shown beside whom. Rejections have no place in here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.seasons import Season, season_of
from bot.errors import UserError

TOP = 10
FEWEST_FOR_TOTAL = 5
"""A figure for the whole group needs this many people in it."""
ALIAS_MIN = 2
ALIAS_MAX = 32
GROUP = 0
"""The user id under which the group's own total is counted."""
CHECK_AFTER = timedelta(days=1)
ALL_TIME_ON = date(1970, 1, 1)
"""The first day of the one period that never ends."""
_ALIAS_REFUSED = set("<>@#*_~|`\\[]()/")


class Period(StrEnum):
    """What a board counts over; the week comes first."""

    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    ALL = "all"


class Visibility(StrEnum):
    """How a member wants to stand on one server's board."""

    UNASKED = "unasked"
    SHOWN = "shown"
    ALIAS = "alias"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Membership:
    """A member in one server, as last seen there. Instants are aware UTC."""

    guild_id: int
    user_id: int
    visibility: Visibility
    alias: str | None
    display_name: str | None
    joined_at: datetime
    seen_at: datetime
    checked_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether this member's actions stand on the board."""
        return self.left_at is None and self.visibility in (Visibility.SHOWN, Visibility.ALIAS)

    @property
    def public_name(self) -> str | None:
        """The name the group may read, not yet escaped; None for nobody's business."""
        if not self.counts:
            return None
        return self.alias if self.visibility is Visibility.ALIAS else self.display_name


@dataclass(frozen=True, slots=True)
class Tally:
    """How many actions one member has in a period."""

    user_id: int
    actions: int


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the board. Ties share a rank. `name` is not yet escaped, None when it is not known."""

    rank: int
    user_id: int
    name: str | None
    actions: int


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whose first actions are of the week shown. `name` is not yet escaped."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """The group's actions in a period; `before` is the same for its own last week, when enough people were in it."""

    actions: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What one viewer sees. `around` is empty for somebody who stands in `top` or not on the board at all.

    `own` is the viewer's own count, known to the viewer alone while `visibility` keeps them off the board.
    """

    period: Period
    starts_on: date
    top: tuple[Place, ...]
    around: tuple[Place, ...] = ()
    total: GroupTotal | None = None
    newcomers: tuple[Newcomer, ...] = ()
    own: int = 0
    visibility: Visibility | None = None

    @property
    def first_timers(self) -> tuple[str, ...]:
        """The names of the newcomers."""
        return tuple(newcomer.name for newcomer in self.newcomers)

    @property
    def shown(self) -> tuple[Place | Newcomer, ...]:
        """Everybody who stands on it, some of them twice."""
        return (*self.top, *self.around, *self.newcomers)

    @property
    def names(self) -> dict[int, str]:
        """Everybody who stands on it by name, and their name."""
        return {one.user_id: one.name for one in self.shown if one.name}


def starts_on(period: Period, day: date, season: Season) -> date:
    """The first day of the period that a day lies in; weeks begin on Monday."""
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    if period is Period.MONTH:
        return day.replace(day=1)
    return season_of(day, season)[0] if period is Period.SEASON else ALL_TIME_ON


def ranked(tallies: Sequence[Tally], names: Mapping[int, str | None]) -> tuple[Place, ...]:
    """Places from the first on, in the order given (most actions first): ties share a rank, the next one skips."""
    places: list[Place] = []
    for index, tally in enumerate(tallies):
        tied = bool(places) and places[-1].actions == tally.actions
        rank = places[-1].rank if tied else index + 1
        places.append(Place(rank, tally.user_id, names.get(tally.user_id), tally.actions))
    return tuple(places)


def near(
    tallies: Iterable[Tally], ahead: Mapping[int, int], names: Mapping[int, str | None]
) -> tuple[Place, ...]:
    """The viewer and the two around them; `ahead` says for a number of actions how many people have more."""
    return tuple(Place(ahead[t.actions] + 1, t.user_id, names.get(t.user_id), t.actions) for t in tallies)


def check_alias(alias: str) -> str:
    """The alias, if the group may read it. Raises UserError for links, mentions, markdown and a wrong length."""
    if len(alias) < ALIAS_MIN:
        raise UserError("board-alias-short", least=ALIAS_MIN)
    lowered = alias.casefold()
    if _ALIAS_REFUSED & set(alias) or "://" in alias or "www." in lowered or "discord.gg" in lowered:
        raise UserError("board-alias-marks")
    if lowered in {"everyone", "here"} or not any(ch.isalpha() for ch in alias):
        raise UserError("board-alias-letters")
    return alias


def totals(dated: Iterable[tuple[date, int]], season: Season) -> dict[tuple[Period, date], int]:
    """What counters must hold for actions given as (day, how many): the recount everything is proved against."""
    counted: dict[tuple[Period, date], int] = {}
    for day, actions in dated:
        for period in Period:
            key = (period, starts_on(period, day, season))
            counted[key] = counted.get(key, 0) + actions
    return counted
