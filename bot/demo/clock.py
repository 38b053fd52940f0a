"""The demo's clock: it runs like the real one, from another instant, and can be moved forward."""

from datetime import datetime, timedelta

from bot.clock import Clock, system_clock


class TravelClock:
    """Answers the demo's present instant, aware, in UTC. It starts at `start` and keeps the real clock's pace."""

    def __init__(self, start: datetime, *, base: Clock = system_clock) -> None:
        self._base = base
        self._offset = start - base()

    def __call__(self) -> datetime:
        return self._base() + self._offset

    def skip(self, by: timedelta) -> None:
        """Jump forward. Nothing happens on the way: see `travel.walk` for a journey with ticks."""
        if by < timedelta():
            raise ValueError("the demo's time only moves forward")
        self._offset += by


def present(base: Clock = system_clock) -> datetime:
    """The instant at which a visit begins: today, 13:00 UTC.

    At night the bot keeps quiet, and a visitor would wait for it. At this hour it is day from Lima to Dhaka.
    """
    return base().replace(hour=13, minute=0, second=0, microsecond=0)
