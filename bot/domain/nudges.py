"""A nudge is one check-in the bot owes a member; a delivery is what goes out together in one message.

nudge:     due -> claimed -> sent | skipped(reason) | undeliverable(reason) | dead; due <-> held while paused
delivery:  made -> sending(attempt_at) -> sent | undeliverable | dead; withdrawn before the first attempt
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

OVERTAKEN = "overtaken"
"""The reason of a nudge whose successor was due as well: the successor's message covers it."""


RESTORED = "restored"
"""The reason of what was due when a backup was put back: it may have gone out after the backup was made."""

MENTION_KEY = "fallback:"
"""The keys of posts that mention a member whose direct messages are closed begin so."""


REMINDER = "reminder"
"""The one step of a thing that has no timetable: it is asked about again, and that is all."""


class NudgeState(StrEnum):
    """Where one nudge stands."""

    DUE = "due"
    HELD = "held"
    CLAIMED = "claimed"
    SENT = "sent"
    SKIPPED = "skipped"
    UNDELIVERABLE = "undeliverable"
    DEAD = "dead"


class DeliveryState(StrEnum):
    """Where one message stands."""

    MADE = "made"
    SENDING = "sending"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


class Purpose(StrEnum):
    """What a message is for."""

    CHECKIN = "checkin"
    DM_TEST = "dm-test"
    WEEKLY = "weekly"
    WIN = "win"
    POST = "post"


class Subject(StrEnum):
    """What a nudge is about. Whoever adds one reads docs/delivery.md, "Other subjects"."""

    REJECTION = "rejection"
    CHALLENGE = "challenge"
    """A day of the ten days; `subject_id` is the challenge, `step` the day."""
    DRAFT = "draft"
    """A reminder of a draft: to send it (`REMINDER`), or to look for an answer once it is sent (`domain.drafts.Reminder`)."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """One row of the timetable. `occurrence` grows with each snooze; instants are aware UTC."""

    id: int
    user_id: int
    subject: Subject
    subject_id: int
    step: str
    occurrence: int
    due_at: datetime
    state: NudgeState = NudgeState.DUE
    reason: str | None = None
    delivery_id: int | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message, frozen before the first attempt: body (component payloads as JSON) and nonce never change.

    `user_id` names the member a DM goes to, or whom a post is by or for; `guild_id` is set for channel posts alone.
    """

    id: int
    purpose: Purpose
    nonce: str
    body: str
    due_at: datetime
    made_at: datetime
    next_try_at: datetime
    user_id: int | None = None
    guild_id: int | None = None
    channel_id: int | None = None
    key: str | None = None
    state: DeliveryState = DeliveryState.MADE
    reason: str | None = None
    attempt_at: datetime | None = None
    attempts: int = 0
    sent_at: datetime | None = None
    message_id: int | None = None

    @property
    def mentions(self) -> int | None:
        """The one member whom Discord is to notify of this post; None for every message but a mention."""
        for_somebody = self.purpose is Purpose.POST and (self.key or "").startswith(MENTION_KEY)
        return self.user_id if for_somebody and self.guild_id is not None else None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What Discord said of a delivery that it took; `token` is its id and the attempts it had."""

    token: tuple[int, int]
    message_id: int | None
    channel_id: int | None
