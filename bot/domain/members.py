"""Who a member is to the bot: their rhythm and choices. No name and nothing about health is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.timetable import Pace, Rhythm

CONSENT_VERSION = 2
"""Raised whenever what is kept, or who sees it, changes: everybody is then asked anew. 2: journal, drafts, the ten days."""

DEFAULT_HOUR = 18
DEFAULT_QUIET = (21, 8)


class DmState(StrEnum):
    """What is known about the member's direct messages."""

    UNKNOWN = "unknown"
    QUEUED = "queued"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Member:
    """A person who agreed. Hours are whole local hours in `zone`; instants are aware UTC."""

    user_id: int
    zone: str
    hour: int
    quiet_from: int
    quiet_to: int
    pace: Pace
    language: str
    silent: bool
    consent_version: int
    consented_at: datetime
    last_seen_at: datetime
    dm_state: DmState = DmState.UNKNOWN
    dm_channel_id: int | None = None
    fallback_guild_id: int | None = None
    paused_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def rhythm(self) -> Rhythm:
        """When the bot may write to them."""
        return Rhythm(zone=self.zone, hour=self.hour, quiet_from=self.quiet_from, quiet_to=self.quiet_to)

    @property
    def reachable(self) -> bool:
        """Whether a nudge may be planned to go out at all: not paused, not stopped."""
        return self.paused_at is None and self.stopped_at is None


def newcomer(user_id: int, zone: str, language: str, now: datetime) -> Member:
    """A member with the settled defaults: light pace, 18:00, quiet from 21:00 to 08:00."""
    return Member(
        user_id=user_id,
        zone=zone,
        hour=DEFAULT_HOUR,
        quiet_from=DEFAULT_QUIET[0],
        quiet_to=DEFAULT_QUIET[1],
        pace=Pace.LIGHT,
        language=language,
        silent=False,
        consent_version=CONSENT_VERSION,
        consented_at=now,
        last_seen_at=now,
    )
