"""The demo's clock: real time, moved forward (or, before seeding, back) by a known amount."""

from datetime import datetime, timedelta

from bot.clock import Clock, system_clock


class TravelClock:
    """Answers the demo's present instant, aware, in UTC. It runs at the pace of the real clock."""

    def __init__(self, *, behind: timedelta = timedelta(), base: Clock = system_clock) -> None:
        self._base = base
        self._offset = -behind

    def __call__(self) -> datetime:
        return self._base() + self._offset

    @property
    def offset(self) -> timedelta:
        """How far the demo is from real time; negative while the past is being told."""
        return self._offset

    def skip(self, by: timedelta) -> None:
        """Jump forward. Nothing happens on the way: see `travel.walk` for a journey with ticks."""
        if by < timedelta():
            raise ValueError("the demo's time only moves forward")
        self._offset += by
