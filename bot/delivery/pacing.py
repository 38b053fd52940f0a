"""The budget: messages per second, DM channels opened in ten minutes, and the breaker before a ban.

It takes its clock and its sleep from outside, so that tests never wait.
"""

import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.answers import Answer, Kind, counts_as_invalid
from bot.domain.processes import INVALID_LIMIT

WINDOW = timedelta(minutes=10)
OPENINGS = 10
"""DM channels the bot opens by itself in ten minutes; members report quarantine after 20 to 50 at once."""

LEAST_A_SECOND, MOST_A_SECOND = 0.1, 48
"""Discord allows a bot 50 requests a second; answers to commands do not count, the few other requests need the rest."""

REST_FOR = timedelta(minutes=15)
REST_JITTER_SECONDS = 120.0

Sleeper = Callable[[float], Awaitable[None]]


class Pacing:
    """A token bucket of one second's worth, two sliding windows, and a rest.

    After a rest one message goes first, alone: a probe. If it is refused as well, the rest begins anew. Of several
    processes each gets the `part` of the budget that its shards are of all; less than one a second is possible.
    """

    def __init__(self, per_second: float, clock: Clock, sleep: Sleeper, *, part: float = 1.0) -> None:
        self._per_second = max(LEAST_A_SECOND, min(per_second, MOST_A_SECOND)) * part
        self._room = max(1.0, self._per_second)
        self._clock = clock
        self._sleep = sleep
        self._left = self._room
        self._counted_at = clock()
        self._opened: deque[datetime] = deque()
        self._kept: dict[int, datetime] = {}
        self._invalid: deque[datetime] = deque()
        self._rest_until: datetime | None = None
        self._probing = False

    @property
    def group(self) -> int:
        """How many messages fit into a quarter of a second; one while probing."""
        return 1 if self._probing else max(1, int(self._per_second) // 4)

    async def take(self, count: int) -> datetime:
        """Wait for the budget of this many messages (at most a second's worth); gives the instant."""
        while True:
            now = self._refill()
            if self._left >= count:
                self._left -= count
                return now
            await self._sleep((count - self._left) / self._per_second)

    def try_take(self) -> bool:
        """Take the budget of one message if it is there now."""
        self._refill()
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def _refill(self) -> datetime:
        now = self._clock()
        passed = (now - self._counted_at).total_seconds()
        if passed > 0:
            self._left = min(self._room, self._left + passed * self._per_second)
        self._counted_at = now
        return now

    @property
    def opened(self) -> list[datetime]:
        """When channels were opened in the last ten minutes, as far as it was asked."""
        return list(self._opened)

    def opens_at(
        self, user_id: int, now: datetime, opened: Iterable[datetime] | None = None
    ) -> datetime | None:
        """Take one opening: None when it may be now, else the instant kept free for this member.

        Whoever waits asks again at that instant, so that many who wait do not all come back for one place. A
        place kept is no right: what counts is what was really opened in the last ten minutes; `opened` says what
        all processes opened.
        """
        if opened is not None:
            self._opened = deque(opened)
        _forget(self._opened, now)
        mine_at = self._kept.get(user_id)
        if mine_at is not None and mine_at > now:
            return mine_at
        self._kept.pop(user_id, None)
        self._kept = {waiting: at for waiting, at in self._kept.items() if at > now - WINDOW}
        taken = sorted([*self._opened, *self._kept.values()])
        ahead = self._opened if mine_at is not None else taken
        if len(ahead) < OPENINGS:
            self._opened.append(now)
            return None
        self._kept[user_id] = taken[-OPENINGS] + WINDOW
        return self._kept[user_id]

    def saw(self, answer: Answer, now: datetime) -> None:
        """Count refusals; rest after a ban, or when there were too many of them."""
        if answer.kind is Kind.BANNED:
            self._rest(now)
            return
        if counts_as_invalid(answer):
            _forget(self._invalid, now)
            self._invalid.append(now)
            if len(self._invalid) >= INVALID_LIMIT:
                self._invalid.clear()
                self._rest(now)
        elif answer.kind is Kind.OK:
            self._probing = False

    def _rest(self, now: datetime) -> None:
        jitter = random.uniform(0, REST_JITTER_SECONDS)  # noqa: S311 - spreads load, guards nothing
        self._rest_until = now + REST_FOR + timedelta(seconds=jitter)
        self._probing = True

    def rest(self, now: datetime, until: datetime | None = None) -> None:
        """Rest as another process does until an instant, or because all together were refused too often."""
        self._rest(now)
        if until is not None and self._rest_until is not None:
            self._rest_until += until - (now + REST_FOR)  # The jitter stays: the first probe goes alone.

    def resting_until(self, now: datetime) -> datetime | None:
        """Until when nothing may be asked of Discord, or None."""
        if self._rest_until is not None and now >= self._rest_until:
            self._rest_until = None
        return self._rest_until


def _forget(seen: deque[datetime], now: datetime) -> None:
    while seen and now - seen[0] >= WINDOW:
        seen.popleft()
