"""The first message to a member, in the member's language."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.members import DmState
from bot.services.deliveries import DeliveryRun

TestBody = Callable[[int, str], str]
"""The body of the test message for a delivery's id and a language; with a marker, like every body."""


class Openings:
    """Sends the test message that a member's press asked for; the machine stores what came of it."""

    def __init__(self, run: DeliveryRun, body: TestBody) -> None:
        self._run = run
        self._body = body

    async def open_and_test(
        self, user_id: int, language: str, now: datetime, *, interaction_id: int
    ) -> DmState:
        """The state found; the machine itself stores it, with the channel's id. One message for an interaction."""
        return await self._run.open_and_test(
            user_id, lambda number: self._body(number, language), now, key=f"dm-test:{interaction_id}"
        )
