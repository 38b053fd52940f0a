"""What goes out together: of everything due for one member, what is sent, moved, held or skipped.

Nothing here knows how a message is worded, stored or sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.challenges import DAY_STEPS
from bot.domain.members import DmState, Member
from bot.domain.nudges import Delivery, Nudge, Subject
from bot.domain.quiet import in_quiet, out_of_quiet
from bot.domain.timetable import Step, next_hour

LATE_AFTER = timedelta(hours=2)
"""A check-in this far behind says so."""

FRESH_FOR = timedelta(minutes=2)
"""A message made longer ago than this is made anew before its first attempt: the night may have fallen."""

REST_AFTER = 3
"""A daily message rests by itself once so many of them went out and nothing was heard of their member since."""

UNHEARD = "unheard"
"""The reason of a nudge that rests so. It is never made up for: a later one comes once its member was here again."""

_LATE = "late-since "
_ORDER = {str(step): number for steps in (Step, DAY_STEPS) for number, step in enumerate(steps)}


class Stands(StrEnum):
    """How the thing a nudge is about stands. `OPEN` alone lets the nudge go out."""

    OPEN = "open"
    RESTING = "resting"
    """Paused by itself, so nothing of it may be lost."""
    OVER = "over"
    """It ended by itself and goes on when it is asked about once more."""
    CLOSED = "closed"


GOES_ON = frozenset({Stands.OPEN, Stands.RESTING})


@dataclass(frozen=True, slots=True)
class About:
    """What a message may say of the thing a nudge is about: its kind and local date, never free text.

    `unheard`: how many daily messages about it went out since its member was last here; 0 for what is not daily.
    `goes_on`: daily ones are still to come after it.
    """

    kind: str
    occurred_on: date
    stands: Stands = Stands.OPEN
    unheard: int = 0
    goes_on: bool = True


Abouts = Mapping[int, About]
"""What is known of the things that nudges are about, by the id of the nudge; without those that are gone."""


@dataclass(frozen=True, slots=True)
class NudgeItem:
    """One check-in in a message. `last`: after it the daily ones rest, and it says so."""

    nudge_id: int
    step: str
    kind: str
    occurred_on: date
    subject_id: int
    subject: Subject = Subject.REJECTION
    last: bool = False

    @classmethod
    def of(cls, nudge: Nudge, about: About) -> "NudgeItem":
        """A nudge with what may be said of it."""
        last = about.goes_on and about.unheard == REST_AFTER - 1
        return cls(nudge.id, nudge.step, about.kind, about.occurred_on, nudge.subject_id, nudge.subject, last)


@dataclass(frozen=True, slots=True)
class NudgeMessage:
    """All that goes out together. `late_since` is the aware UTC instant the oldest item was due, if late."""

    delivery_id: int
    items: tuple[NudgeItem, ...]
    late: bool
    late_since: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of nudges that are due; each id stands in exactly one place.

    `covered` are skipped because a later step of the same thing is among `send`. `moved` gives the new instant.
    """

    send: tuple[Nudge, ...] = ()
    covered: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    refused: tuple[int, ...] = ()
    moved: tuple[Nudge, ...] = ()
    moved_to: datetime | None = None


def since(nudge: Nudge) -> datetime:
    """When a nudge was due at first, also after the machine moved it. Aware UTC."""
    if nudge.reason is not None and nudge.reason.startswith(_LATE):
        return datetime.fromisoformat(nudge.reason.removeprefix(_LATE)).replace(tzinfo=UTC)
    return nudge.due_at


def moved_reason(nudge: Nudge, now: datetime) -> str | None:
    """What a nudge remembers when it is moved: since when it is late, or nothing."""
    was_due_at = since(nudge)
    if now - was_due_at <= LATE_AFTER:
        return None
    return _LATE + was_due_at.replace(tzinfo=None).isoformat(timespec="minutes")


def late_since(nudges: Sequence[Nudge], now: datetime) -> datetime | None:
    """When the oldest of these was due, if that is more than two hours ago."""
    oldest = min(since(nudge) for nudge in nudges)
    return oldest if now - oldest > LATE_AFTER else None


def local_day(now: datetime, member: Member) -> tuple[datetime, datetime]:
    """The member's local day around an instant: its first UTC instant and the next day's."""
    zone = member.rhythm.tz
    today = now.astimezone(zone).date()
    midnights = (datetime.combine(day, time(), zone) for day in (today, today + timedelta(days=1)))
    start_at, end_at = (midnight.astimezone(UTC) for midnight in midnights)
    return start_at, end_at


def next_days_hour(now: datetime, member: Member) -> datetime:
    """The member's hour on a later local day than today, in UTC."""
    _, tomorrow_at = local_day(now, member)
    return next_hour(tomorrow_at - timedelta(microseconds=1), member.rhythm)


def decide(
    member: Member, due: Sequence[Nudge], still_open: Abouts, *,
    messaged_today: bool, now: datetime,
) -> Verdict:  # fmt: skip
    """Sort what is due for one member.

    Closed things are skipped; what is for a stopped or paused member is held and not lost. With closed DMs nothing is asked of
    Discord. Otherwise all of it moves out of the quiet hours or to tomorrow's hour, or goes out in one message; daily ones
    that nobody answers rest, unless a message goes out anyway.
    """
    closed = tuple((nudge.id, "closed") for nudge in due if nudge.id not in still_open)
    alive = [nudge for nudge in due if nudge.id in still_open]
    if not member.reachable:
        return Verdict(skipped=closed, held=tuple(nudge.id for nudge in alive))
    if member.dm_state is DmState.CLOSED:
        return Verdict(skipped=closed, refused=tuple(nudge.id for nudge in alive))
    moved_to = _not_now(member, messaged_today=messaged_today, now=now)
    if moved_to is not None:
        return Verdict(skipped=closed, moved=tuple(alive), moved_to=moved_to)
    if all(still_open[nudge.id].unheard >= REST_AFTER for nudge in alive):
        return Verdict(skipped=closed + tuple((nudge.id, UNHEARD) for nudge in alive))
    send = _latest(alive)
    kept = {nudge.id for nudge in send}
    return Verdict(send=send, skipped=closed, covered=tuple(n.id for n in alive if n.id not in kept))


def _not_now(member: Member, *, messaged_today: bool, now: datetime) -> datetime | None:
    if messaged_today:
        return next_days_hour(now, member)
    if in_quiet(now, member.rhythm):
        return out_of_quiet(now, member.rhythm)
    return None


def _latest(due: Sequence[Nudge]) -> tuple[Nudge, ...]:
    """Of each thing the last step, whenever it was due: a snoozed step before it is stale, and it covers that."""
    ordered = sorted(due, key=lambda nudge: (since(nudge), nudge.id))
    latest = {(nudge.subject, nudge.subject_id): nudge.id for nudge in sorted(ordered, key=_place)}
    return tuple(nudge for nudge in ordered if latest[nudge.subject, nudge.subject_id] == nudge.id)


def _place(nudge: Nudge) -> int:
    # A step that this version does not know, of a later one, goes before those it does; so does one without a place.
    return _ORDER.get(nudge.step, -1)


def is_fresh(delivery: Delivery, now: datetime) -> bool:
    """Whether a message was made so lately that what it says still holds."""
    return now - delivery.made_at <= FRESH_FOR


def is_fit(member: Member | None, nudges: Sequence[Nudge], still_open: Abouts, now: datetime) -> bool:
    """Whether a message made a moment ago may begin its first attempt as it is; if not it is made anew."""
    if member is None or not member.reachable or member.dm_state is DmState.CLOSED or not nudges:
        return False
    if in_quiet(now, member.rhythm):
        return False
    return all(nudge.id in still_open for nudge in nudges)


def is_wanted(member: Member | None, nudges: Sequence[Nudge], still_open: Abouts) -> bool:
    """Whether a message already attempted may be attempted once more; its content is fixed by then."""
    if member is None or not member.reachable:
        return False
    return any(nudge.id in still_open for nudge in nudges)


def message_of(delivery_id: int, send: Sequence[Nudge], still_open: Abouts, now: datetime) -> NudgeMessage:
    """The one message for everything that is sent."""
    items = tuple(NudgeItem.of(nudge, still_open[nudge.id]) for nudge in send)
    behind = late_since(send, now)
    return NudgeMessage(delivery_id, items, late=behind is not None, late_since=behind)
