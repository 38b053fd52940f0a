"""Whether the support card comes first for what a member is about to save. Holds who was asked today, in memory alone.

Nothing here is stored, logged or told to anybody; a restart forgets it.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.care import RiskWords, SupportLine, speaks_of_self_harm

_REMEMBERED = 10_000


class CareMemory:
    """Who was shown the card on which local day. Bounded: the longest-ago member is forgotten first."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._shown_on: OrderedDict[int, date] = OrderedDict()

    def first_today(self, user_id: int, today: date) -> bool:
        """Whether this is the first time on this member's local day; from now on it is not."""
        if self._shown_on.get(user_id) == today:
            return False
        self._shown_on[user_id] = today
        self._shown_on.move_to_end(user_id)
        while len(self._shown_on) > self._most:
            self._shown_on.popitem(last=False)
        return True

    def forget(self, user_id: int) -> None:
        """Drop what is known of one member (erasure)."""
        self._shown_on.pop(user_id, None)


class Care:
    """Reads a member's own texts in passing. `lines` is what every support card shows."""

    def __init__(self, lines: Sequence[SupportLine], risk: Sequence[RiskWords]) -> None:
        self.lines = tuple(lines)
        self.memory = CareMemory()
        self._risk = tuple(risk)

    def is_heavy(self, texts: Iterable[str | None]) -> bool:
        """Whether one of the texts speaks of self-harm. Such an entry earns no praise and no points in its answer."""
        return any(speaks_of_self_harm(text, words) for text in texts if text for words in self._risk)

    def check(self, user_id: int, texts: Iterable[str | None], today: date) -> bool:
        """Whether to show the support card now, before saving: heavy words, and not shown yet on this local day."""
        return self.is_heavy(texts) and self.memory.first_today(user_id, today)
