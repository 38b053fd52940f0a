"""How often the bot may say IDENTIFY to Discord: a thousand a day are allowed, and beyond them the token is reset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)

LIVED = timedelta(minutes=40)
"""A session that lasted this long did not end early."""

FREE = 4
"""So many early ends in a day cost nothing: a host tries this and that."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=45)
"""With the doubling before it, a process that dies as soon as it is ready says IDENTIFY at most 42 times a day."""

IDENTIFY_EVERY = timedelta(seconds=5)

LOW_SHARE = 10
"""Below a tenth of what Discord allows, what is left is spread until Discord's count begins anew."""


def wait_after(early: int) -> timedelta:
    """How long to wait after the last of so many early ends within a day."""
    if early < FREE:
        return timedelta(0)
    doubled = FIRST_WAIT * (1 << min(early - FREE, 10))
    return min(doubled, LONGEST_WAIT)


def recent(early: Sequence[datetime], now: datetime) -> list[datetime]:
    """Those that count at an instant, oldest first."""
    return sorted(at for at in early if now - DAY < at <= now)


def may_at(early: Sequence[datetime], now: datetime) -> datetime:
    """When the next IDENTIFY may go out, given when those went out whose sessions ended early."""
    counted = recent(early, now)
    return max(now, counted[-1] + wait_after(len(counted))) if counted else now


@dataclass(frozen=True, slots=True)
class StartLimit:
    """What Discord says: how many IDENTIFYs it allows, and how many are left until the count begins anew.

    `at_once` is its max_concurrency: so many within `IDENTIFY_EVERY`, one of each remainder of shard and this.
    """

    total: int
    remaining: int
    reset_after: timedelta
    at_once: int = 1


def spread(needed: int, limit: StartLimit) -> timedelta:
    """How long to wait for `needed` IDENTIFYs, so that what little is left lasts until the count begins anew."""
    if limit.remaining >= max(needed, limit.total // LOW_SHARE):
        return timedelta(0)
    return limit.reset_after / (max(limit.remaining, 0) // max(needed, 1) + 1)
