"""What each answer of Discord means: one table, so that every refusal has exactly one defined action.

Codes and statuses are those of Discord's API documentation (August 2026). Nothing here talks to Discord.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a request ended."""

    OK = "ok"
    HTTP = "http"
    LOST = "lost"
    """No answer at all: timeout, reset, disconnect."""
    LIMITED = "limited"
    """discord.py declined to wait for a rate limit; nothing was sent."""
    BANNED = "banned"
    """429 without a Via header: Cloudflare, not Discord, answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `status` and `code` are Discord's, for Kind.HTTP; `retry_after` is seconds, for Kind.LIMITED.

    `made_id` is the message or channel that a success gave.
    """

    kind: Kind
    status: int = 0
    code: int = 0
    made_id: int | None = None
    retry_after: float = 0.0


class Action(StrEnum):
    """What to do next."""

    SENT = "sent"
    UNKNOWN = "unknown"
    """It may have arrived: stays `sending`, and is looked for before it is sent again."""
    REFUSED = "refused"
    """Final for this member's DMs; never repeated by itself."""
    REOPEN = "reopen"
    """The DM channel is stale: forget its id and open it once more."""
    CHANNEL = "channel"
    """The group's channel is gone or closed to the bot: one notice to the lead, no retry."""
    HOLD = "hold"
    """Opening DMs too fast: no new ones for a day, an alert to the host."""
    FALLBACK = "fallback"
    """Our payload is wrong: a fixed text once, then set aside."""
    PLAIN = "plain"
    """A content filter: a fixed plain text once, then set aside."""
    STOP = "stop"
    """The token is dead: not one request more."""
    PAUSE = "pause"
    """Everything rests a quarter of an hour."""
    REQUEUE = "requeue"
    """Nothing was sent; later."""
    DEAD = "dead"
    """Nothing that is known helps."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The action, and the short reason that is stored and logged (a code, never text)."""

    action: Action
    reason: str


DMS_CLOSED = 50007
NO_MUTUAL_SERVER = 50278
UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
NO_SUCH_USER = frozenset({10007, 10013})
NO_ACCESS = frozenset({50001, 50013})
FILTERED = frozenset({200000, 240000, 20009})
OPENING_TOO_FAST = frozenset({40003, 20026})
"""Opening DMs too fast, and the notice that the bot was flagged for spam."""
BAD_PAYLOAD = 50035
OVERLOADED = 130000
INVALID_STATUSES = frozenset({401, 403, 429})
"""Ten thousand of these within ten minutes ban the address."""


def outcome(answer: Answer, *, dm: bool) -> Outcome:
    """The one defined action for an answer to a message sent, or to a DM channel opened."""
    if answer.kind is Kind.OK:
        return Outcome(Action.SENT, "ok")
    if answer.kind is Kind.LOST:
        return Outcome(Action.UNKNOWN, "no-answer")
    if answer.kind is Kind.LIMITED:
        return Outcome(Action.REQUEUE, "rate-limit")
    if answer.kind is Kind.BANNED:
        return Outcome(Action.PAUSE, "banned")
    reason = str(answer.code or answer.status)
    by_code = _by_code(answer.code, dm=dm) or _by_status(answer.status, dm=dm)
    return Outcome(by_code, reason)


def _by_code(code: int, *, dm: bool) -> Action | None:
    if code == UNKNOWN_MESSAGE:
        # A create with a nonce that was used: the first copy was sent, then deleted.
        return Action.SENT
    if code in NO_ACCESS or code == UNKNOWN_CHANNEL:
        if not dm:
            return Action.CHANNEL
        return Action.REOPEN if code == UNKNOWN_CHANNEL else Action.REFUSED
    if code in (DMS_CLOSED, NO_MUTUAL_SERVER) or code in NO_SUCH_USER:
        return Action.REFUSED if dm else Action.CHANNEL
    if code in OPENING_TOO_FAST:
        return Action.HOLD
    if code in FILTERED:
        return Action.PLAIN
    return {BAD_PAYLOAD: Action.FALLBACK, OVERLOADED: Action.UNKNOWN}.get(code)


def _by_status(status: int, *, dm: bool) -> Action:
    if status == 401:
        return Action.STOP
    if status == 429:
        return Action.REQUEUE
    if status >= 500 or status == 408:
        return Action.UNKNOWN
    if status == 403:
        return Action.REFUSED if dm else Action.CHANNEL
    return Action.DEAD


def counts_as_invalid(answer: Answer) -> bool:
    """Whether an answer counts towards the ban of the address."""
    return answer.kind is Kind.BANNED or (answer.kind is Kind.HTTP and answer.status in INVALID_STATUSES)
