"""A server: its settings, and when its weekly post is due. Instants are aware UTC; no name of anybody is here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.text import public_text
from bot.domain.timetable import local_instant
from bot.errors import UserError

NO_ZONE = "UTC"
"""The zone of a server whose lead has not chosen one."""
SUNDAY = 6
DEFAULT_HOUR = 18
KEPT_FOR = timedelta(days=30)
"""How long a server's data waits after the bot was removed, in case it is invited again."""
FEWEST_TO_SAY = 5
"""A number of people is told from this many on."""
MOST_ENTRIES = 25
ENTRY_MAX = 60

GONE = "gone"
NO_VIEW = "view"
NO_SEND = "send"
NO_EMBED = "embed"
NO_FILES = "files"
REFUSED = "refused"
NEEDED = (NO_VIEW, NO_SEND, NO_EMBED, NO_FILES)
"""The four permissions the bot asks for, by the code of each one missing."""
TROUBLES = (GONE, NO_VIEW, NO_SEND, NO_EMBED, NO_FILES, REFUSED)
"""What can be wrong with the channel: deleted, one permission of the bot's missing there, or refused all the same."""
_TROUBLE_OF = {"10003": GONE, "50001": NO_VIEW, "50013": NO_SEND}


@dataclass(frozen=True, slots=True)
class Guild:
    """One server. `weekly_day` is 0 for Monday; day and hour are the server's own, in `zone`.

    `channel_trouble` is why Discord refused a post there; nothing is posted until that has changed.
    """

    guild_id: int
    zone: str
    language: str
    joined_at: datetime
    channel_id: int | None = None
    weekly_on: bool = True
    weekly_day: int = SUNDAY
    weekly_hour: int = DEFAULT_HOUR
    weekly_when_empty: bool = False
    peer_role_id: int | None = None
    weekly_due_at: datetime | None = None
    channel_trouble: str | None = None
    set_up_at: datetime | None = None
    removed_at: datetime | None = None

    @property
    def can_post(self) -> bool:
        """Whether there is a channel that takes posts, as far as is known."""
        return self.channel_id is not None and self.channel_trouble is None and self.removed_at is None

    @property
    def posts_weekly(self) -> bool:
        """Whether a weekly post is wanted and possible."""
        return self.weekly_on and self.can_post


@dataclass(frozen=True, slots=True)
class ShownWin:
    """A win as the group sees it: which message, and the kind of its action. Whose it is, is not part of it."""

    message_id: int
    kind: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who was just found to lead this server. Made by `lead_of` alone, so a service that takes one is safe."""

    guild_id: int
    user_id: int


def lead_of(guild_id: int | None, user_id: int, *, manages: bool) -> Lead:
    """The proof that somebody leads a server. Raises UserError outside servers, and without Manage Server."""
    if guild_id is None:
        raise UserError("error-server-needed")
    if not manages:
        raise UserError("error-lead-needed")
    return Lead(guild_id, user_id)


def trouble_of(reason: str) -> str:
    """What is wrong with a channel, from Discord's error code: 10003 unknown, 50001 no access, 50013 no permission."""
    return _TROUBLE_OF.get(reason, REFUSED)


def newly_joined(guild_id: int, language: str, now: datetime) -> Guild:
    """A server as it begins: no channel, so nothing is posted; Sunday 18:00 once there is one."""
    return Guild(guild_id, NO_ZONE, language, now)


def next_weekly(guild: Guild, now: datetime) -> datetime | None:
    """The first instant after `now` at which the server's clock shows its day and hour; None when nothing is posted.

    An hour that a clock change skips is the first instant after the gap; of a repeated hour it is the first pass.
    """
    if not guild.posts_weekly:
        return None
    today = now.astimezone(ZoneInfo(guild.zone)).date()
    # Yesterday's hour can lie after `now` where a zone skips a whole day, so the search begins there.
    ahead = (today + timedelta(days=days) for days in range(-1, 16))
    fitting = (
        local_instant(day, guild.weekly_hour, guild.zone)
        for day in ahead
        if day.weekday() == guild.weekly_day
    )
    return next(at for at in fitting if at > now)


def local_day(guild: Guild, at: datetime) -> date:
    """The server's date at an instant."""
    return at.astimezone(UTC).astimezone(ZoneInfo(guild.zone)).date()


def entry_label(raw: str) -> str:
    """A label for the server's own entry of the catalogue. Raises UserError for what the group should not read."""
    label = public_text(raw, ENTRY_MAX)
    lowered = label.casefold()
    if (
        any(mark in label for mark in "<>@`*_~|[]()#\\")
        or "://" in label
        or "www." in lowered
        or "discord.gg" in lowered
    ):
        raise UserError("server-entry-marks")
    if not any(ch.isalpha() for ch in label):
        raise UserError("server-entry-letters")
    return label
