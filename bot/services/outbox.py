"""What the delivery machine needs from the world: somebody who sends, paces, composes and raises alarms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.answers import Answer
from bot.domain.members import Member
from bot.domain.merging import NudgeMessage
from bot.domain.nudges import Delivery


@dataclass(frozen=True, slots=True)
class Letter:
    """One message for Discord. `body` is a JSON list of component payloads; `nonce` has at most 25 characters.

    `mentions` is the one member whom it may notify; without it nobody is, whatever the body says.
    """

    channel_id: int
    body: str
    nonce: str
    silent: bool = False
    mentions: int | None = None


class Outbox(Protocol):
    """Speaks to Discord. Never raises for what Discord or the network answers; gives an Answer instead."""

    async def open(self, user_id: int) -> Answer:
        """Open the DM channel of a user; `made_id` is the channel."""
        ...

    async def send(self, letter: Letter) -> Answer:
        """Create a message; `made_id` is the message."""
        ...

    async def find(self, channel_id: int, delivery_id: int, *, since: datetime | None = None) -> Answer:
        """Look for a delivery's marker in the last 50 messages; OK without `made_id` means it is not there.

        With `since`, the instant from which on an attempt can stand there, all of its minutes are read, however busy
        the channel is. NO_ACCESS when that shows nothing for certain: there is no message at all (the history may be
        closed to the bot), or there are far too many.
        """
        ...


class Pace(Protocol):
    """Keeps the bot below every limit. The one place of the machine that reads a clock and waits."""

    @property
    def group(self) -> int:
        """How many messages fit into a quarter of a second, at least one."""
        ...

    async def take(self, count: int) -> datetime:
        """Wait for the budget of this many messages; gives the instant it was granted."""
        ...

    def try_take(self) -> bool:
        """Take the budget of one message if it is there now."""
        ...

    @property
    def opened(self) -> list[datetime]:
        """When DM channels were opened in the last ten minutes."""
        ...

    def opens_at(
        self, user_id: int, now: datetime, opened: Iterable[datetime] | None = None
    ) -> datetime | None:
        """Take one opening of a DM channel: None when it may be now, else when this member's turn comes.

        `opened` is what all processes opened, where it is known.
        """
        ...

    def saw(self, answer: Answer, now: datetime) -> None:
        """Count an answer towards the breaker; a ban makes everything rest."""
        ...

    def rest(self, now: datetime, until: datetime | None = None) -> None:
        """Rest as another process does until an instant, or because all together were refused too often."""
        ...

    def resting_until(self, now: datetime) -> datetime | None:
        """Until when nothing may be asked of Discord, or None."""
        ...


class Alarms(Protocol):
    """Who is told when something needs a person, or another part of the program."""

    async def token_dead(self) -> None:
        """Discord refused the token: the program must end."""
        ...

    async def channel_trouble(self, guild_id: int, reason: str) -> None:
        """A group's channel is gone or closed to the bot."""
        ...

    async def gone(self, user_id: int, reason: str) -> None:
        """The member shares no server with the bot any more, or their account is gone."""
        ...

    async def host(self, reason: str) -> None:
        """Whoever runs the program should look; `reason` is a short code."""
        ...


class Meter(Protocol):
    """Counts what became of each attempt, for the host's figures; ids and texts never reach it."""

    def settled(self, purpose: str, outcome: str, reason: str, late: timedelta) -> None:
        """One attempt ended, so long after it was due."""
        ...


class NoMeter:
    """Counts nothing."""

    def settled(self, purpose: str, outcome: str, reason: str, late: timedelta) -> None:
        """Nobody looks."""


Compose = Callable[[NudgeMessage, Member], str]
"""The body of a check-in. It must hold a component whose custom id ends in `:<delivery_id>`."""

Fallback = Callable[[Delivery, Member | None], str | None]
"""The fixed plain body that replaces one Discord refuses, with the same marker; None when there is none."""


def no_fallback(_delivery: Delivery, _member: Member | None) -> str | None:
    """For whoever has no plain text to offer: what Discord refuses is then set aside at once."""
    return None
