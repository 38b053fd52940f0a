"""Good news: what it is, and which rejections it may answer. Who wrote it down is nobody else's business."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.rejections import OPEN_RECOVERY, Recovery, Rejection

UNDO_FOR = timedelta(minutes=15)
ACTION_SOURCE = "goodnews:"
"""How the source of an action begins that stands for good news, so that it can become a win; nothing was done in it."""
OFFERED = 24
"""A select holds 25 options; one of them is "none of these"."""


@dataclass(frozen=True, slots=True)
class GoodNewsDraft:
    """What the form gave. `who` is private free text; `rejection_id` is what it answers, if anything."""

    kind: str
    happened_on: date
    who: str | None = None
    rejection_id: int | None = None


@dataclass(frozen=True, slots=True)
class GoodNewsEntry:
    """One saved piece of good news. `happened_on` is the member's local date; `logged_at` is aware UTC."""

    id: int
    user_id: int
    kind: str
    happened_on: date
    logged_at: datetime
    who: str | None = None
    rejection_id: int | None = None


def answerable(rejections: Iterable[Rejection], kinds: frozenset[str] | None) -> list[Rejection]:
    """What may be answered, open ones first, the newest first; `kinds` narrows it, None means any kind."""
    fitting = [
        rejection
        for rejection in rejections
        if rejection.recovery is not Recovery.ANSWERED and (kinds is None or rejection.kind in kinds)
    ]
    fitting.sort(
        key=lambda rejection: (rejection.recovery in OPEN_RECOVERY, rejection.occurred_on, rejection.id)
    )
    return fitting[::-1][:OFFERED]


def reason(news_id: int, was: Recovery) -> str:
    """Why a check-in was cancelled, so that an undo finds what this very news ended, and whether it was paused."""
    return f"news:{news_id}:p" if was is Recovery.PAUSED else f"news:{news_id}"


def can_undo(entry: GoodNewsEntry, now: datetime) -> bool:
    """Whether the undo button still works."""
    return now - entry.logged_at <= UNDO_FOR
