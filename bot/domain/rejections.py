"""A rejection as the member keeps it, and what may be said about it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.kinds import How
from bot.domain.timetable import Pace

COOLING_FOR = timedelta(hours=24)
UNDO_FOR = timedelta(minutes=15)
NEAR_DUPLICATE_FOR = timedelta(minutes=10)
HEAVY = 2
"""Of the five feelings, the two below the middle."""
WHO_MAX = 200
SAID_MAX = 3000


class Recovery(StrEnum):
    """Where the recovery protocol of one rejection stands; `answered` means good news closed it."""

    NONE = "none"
    OPEN = "open"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class RejectionDraft:
    """What the form gave, checked but not yet saved. `who` and `said` are private free text."""

    kind: str
    occurred_on: date
    who: str | None = None
    how: How | None = None
    said: str | None = None
    feeling: int | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """One saved rejection. `occurred_on` is the member's local date; `logged_at` is aware UTC."""

    id: int
    user_id: int
    kind: str
    occurred_on: date
    logged_at: datetime
    who: str | None = None
    how: How | None = None
    said: str | None = None
    feeling: int | None = None
    recovery: Recovery = Recovery.NONE
    pace: Pace = Pace.LIGHT
    deleted_at: datetime | None = None


OPEN_RECOVERY = frozenset({Recovery.OPEN, Recovery.PAUSED})


@dataclass(frozen=True, slots=True)
class RejectionFilter:
    """What a list is narrowed to; `None` means everything."""

    kind: str | None = None
    stage_kinds: frozenset[str] | None = None
    recoveries: frozenset[Recovery] | None = None
    since_on: date | None = None
    until_on: date | None = None


def in_cooling(earlier: list[Rejection], kind: str, now: datetime) -> bool:
    """Whether a rejection of the same kind was logged within the last 24 hours."""
    return any(r.kind == kind and now - r.logged_at < COOLING_FOR for r in earlier)


def can_undo(logged_at: datetime, now: datetime) -> bool:
    """Whether the undo button still works: 15 minutes."""
    return now - logged_at <= UNDO_FOR
