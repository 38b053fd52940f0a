"""A win: an action its member chose to show to the group, by name or anonymously. Free text is never part of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SOONEST = timedelta(hours=6)
LATEST = timedelta(hours=48)
"""An anonymous win appears after a random delay between these."""
FEWEST_ANONYMOUS = 5
"""Anonymous wins appear only together with those of this many different people."""


class WinState(StrEnum):
    """Where one win stands; `withdrawn` by its member, `removed` by a group lead."""

    WAITING = "waiting"
    POSTED = "posted"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Win:
    """One win in one server. Instants are aware UTC; `publish_at` is when it may appear, or did."""

    id: int
    user_id: int
    guild_id: int
    action_id: int
    anonymous: bool
    state: WinState
    made_at: datetime
    publish_at: datetime
    delivery_id: int | None = None


@dataclass(frozen=True, slots=True)
class WinPost:
    """What a win's post may say: `name` is None for an anonymous one, `label` is a server's own entry.

    Its button carries `delivery_id`, by which the delivery machine knows the post again. The id of the win stays
    inside: it tells the minute in which an anonymous win was made.
    """

    delivery_id: int
    kind: str
    language: str
    name: str | None = None
    label: str | None = None


def delay(fraction: float) -> timedelta:
    """The wait of an anonymous win for a random fraction in [0, 1)."""
    return SOONEST + (LATEST - SOONEST) * fraction


def ready(waiting: Iterable[Win], now: datetime) -> list[Win]:
    """The anonymous wins of one server that may appear now: all that are due, of five people or none.

    Whose wins appeared before does not count: a single one after them would stand alone, and whoever watches the
    board could tell whose it is. Who still waits out the delay does not count either: they may yet withdraw.
    """
    due = [win for win in waiting if win.publish_at <= now]
    return due if len({win.user_id for win in due}) >= FEWEST_ANONYMOUS else []
