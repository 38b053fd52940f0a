"""What waits in memory between two presses: drafts before consent, forms to open again. Never stored."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

KEPT_FOR = timedelta(minutes=15)
_MOST = 10_000
_MOST_EACH = 10


@dataclass(frozen=True, slots=True)
class _Waiting:
    user_id: int
    what: object
    until: datetime


class Pending:
    """Things that wait 15 minutes for one member, behind a token that fits in a button."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()

    def put(self, user_id: int, what: object, now: datetime) -> str:
        """Keep it and give the token. One member holds at most ten things; the oldest goes first."""
        self._drop(now)
        own = [token for token, held in self._waiting.items() if held.user_id == user_id]
        for token in own[: max(0, len(own) - _MOST_EACH + 1)]:
            del self._waiting[token]
        token = secrets.token_urlsafe(9)
        self._waiting[token] = _Waiting(user_id, what, now + KEPT_FOR)
        return token

    def get(self, user_id: int, token: str, kind: type[T], now: datetime) -> T | None:
        """What waits, if it is this member's, of this kind, and not too old."""
        held = self._waiting.get(token)
        if held is None or held.user_id != user_id or held.until < now or not isinstance(held.what, kind):
            return None
        return held.what

    def replace(self, token: str, what: object) -> None:
        """Put something else behind a token that is still there."""
        held = self._waiting.get(token)
        if held is not None:
            self._waiting[token] = _Waiting(held.user_id, what, held.until)

    def take(self, user_id: int, token: str, kind: type[T], now: datetime) -> T | None:
        """Like `get`, and it is gone afterwards: the second press finds nothing."""
        found = self.get(user_id, token, kind, now)
        if found is not None:
            del self._waiting[token]
        return found

    def give_back(self, user_id: int, token: str, what: object, now: datetime) -> None:
        """Put back under its token what was taken and could not be used, for another 15 minutes."""
        self._waiting[token] = _Waiting(user_id, what, now + KEPT_FOR)

    def forget(self, user_id: int) -> None:
        """Drop all that waits for one member (erasure)."""
        for token in [token for token, held in self._waiting.items() if held.user_id == user_id]:
            del self._waiting[token]

    def _drop(self, now: datetime) -> None:
        while self._waiting:
            token, held = next(iter(self._waiting.items()))
            if held.until >= now and len(self._waiting) < _MOST:
                return
            del self._waiting[token]
