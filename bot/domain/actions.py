"""An action: one concrete thing a member did, when it may be logged, and when it scores. No board is here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.errors import UserError

PER_DAY = 10
PER_KIND = 3
"""The fair-use ceiling of one local day. Over it an action is kept and does not score: it keeps farming out."""

BACKDATE_DAYS = 30
UNDO_BUTTON_FOR = timedelta(minutes=15)
UNDO_FOR = timedelta(hours=24)
NOTE_MAX = 300
NOTES_MAX = 10 * NOTE_MAX
"""Room for what is written onto an action that has a note already."""

CUSTOM = "custom"
"""The kind of an action in the member's own words; the words are the note."""
SHARED_POST = "shared-post"
"""The kind of an action that was a message in the group's channel. Nothing of the message is kept."""
_SERVER = "server-"


_DIGITS = 19
_MOST = (1 << 63) - 1
"""No entry has this id, and both engines can hold it."""


@dataclass(frozen=True, slots=True)
class Action:
    """One saved action. `done_on` is the member's local date; `note` is private free text.

    `source` says what logged it and is unique for a member, so that no press and no replay counts twice.
    """

    id: int
    user_id: int
    kind: str
    done_on: date
    logged_at: datetime
    scores: bool
    source: str
    note: str | None = None
    rejection_id: int | None = None


@dataclass(frozen=True, slots=True)
class GuildAction:
    """An entry that a group lead added to the catalogue of one server."""

    id: int
    guild_id: int
    label: str

    @property
    def kind(self) -> str:
        """The kind its actions carry."""
        return f"{_SERVER}{self.id}"


def server_action_id(kind: str) -> int | None:
    """The id of a server's own entry, or None for the catalogue's kinds."""
    number = kind.removeprefix(_SERVER)
    if not kind.startswith(_SERVER) or not number.isascii() or not number.isdigit() or len(number) > _DIGITS:
        return None
    return min(int(number), _MOST)


def from_interaction(interaction_id: int) -> str:
    """The source of an action logged by a command or a form."""
    return f"interaction:{interaction_id}"


def from_press(message_id: int, kind: str) -> str:
    """The source of an action logged by a button: the same button of the same message counts once."""
    return f"press:{message_id}:{kind}"[:48]


def from_message(message_id: int) -> str:
    """The source of an action that was a message of the member's own."""
    return f"message:{message_id}"


def from_nudge(number: int, button: str) -> str:
    """The source of an action that answered one check-in, or all those of a message."""
    return f"nudge:{number}:{button}"


def joined(note: str | None, more: str | None) -> str | None:
    """The note with one more text under it, once. Raises UserError when there is no room for it."""
    if more is None or note is None or more in note.split("\n\n"):
        return note or more
    both = f"{note}\n\n{more}"
    if len(both) > NOTES_MAX:
        raise UserError("text-too-long", length=len(both), limit=NOTES_MAX)
    return both


def may_score(that_day: Iterable[str], kind: str) -> bool:
    """Whether one more action of a kind scores, after the kinds that scored that day."""
    kinds = list(that_day)
    return len(kinds) < PER_DAY and kinds.count(kind) < PER_KIND


def check_day(done_on: date, today: date) -> None:
    """Raises UserError for a day that has not come, or one more than 30 days back."""
    if done_on > today:
        raise UserError("date-future", today=today.isoformat())
    if done_on < today - timedelta(days=BACKDATE_DAYS):
        earliest = today - timedelta(days=BACKDATE_DAYS)
        raise UserError("action-day-too-old", days=BACKDATE_DAYS, earliest=earliest.isoformat())


def can_undo(action: Action, now: datetime, within: timedelta = UNDO_FOR) -> bool:
    """Whether the action was logged recently enough to be taken back."""
    return now - action.logged_at <= within
