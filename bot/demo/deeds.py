"""What somebody in the demo's history may do, and when. Data alone: `seed` does it with the real services."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.boards import Visibility
from bot.domain.kinds import How
from bot.domain.timetable import Pace


@dataclass(frozen=True, slots=True)
class Join:
    """Consent, with the person's own zone, and how they want to stand on the board."""

    shown: Visibility = Visibility.SHOWN
    alias: str | None = None
    pace: Pace = Pace.LIGHT
    hour: int = 18


@dataclass(frozen=True, slots=True)
class SetUp:
    """The lead makes the group's channel known, and with it the weekly post."""


@dataclass(frozen=True, slots=True)
class Say:
    """A message of the person's own in a channel."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Log:
    """A rejection. `late` is how many days ago it came; `who` and `said` are private."""

    kind: str
    who: str | None = None
    how: How | None = None
    said: str | None = None
    feeling: int | None = None
    late: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """An action; `note` is private. Shared it becomes a win. `late` is how many days ago it was done."""

    kind: str
    note: str | None = None
    share: bool = False
    anonymous: bool = False
    late: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the last check-in asked is answered by one of its buttons."""

    button: str


@dataclass(frozen=True, slots=True)
class Begin:
    """Ten days begin, with steps that are drawn."""


@dataclass(frozen=True, slots=True)
class Step:
    """The step of the ten days that one would look at now is done."""


@dataclass(frozen=True, slots=True)
class News:
    """Good news that answers the newest rejection it can answer."""

    kind: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Thank:
    """Thanks under the newest win in the channel."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The newest recovery rests."""


@dataclass(frozen=True, slots=True)
class Write:
    """A message from a short form: what was typed, by field. `about` is the kind of the newest rejection it is about."""

    kind: str
    typed: Mapping[str, str]
    about: str | None = None
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """An entry in the journal, about the newest rejection of a kind, or about none."""

    kind: str
    answers: Mapping[str, str]
    about: str | None = None


Deed = Begin | Step | Join | SetUp | Say | Log | Act | Answer | News | Thank | Pause | Write | Note


@dataclass(frozen=True, slots=True)
class Moment:
    """Somebody does something: so many days before the visit, at an hour (UTC, with a fraction)."""

    days_ago: int
    hour: float
    person: str
    deed: Deed
