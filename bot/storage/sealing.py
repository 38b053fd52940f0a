"""Seals and opens the free-text columns of one member's rows."""

from collections.abc import Iterable

from bot.crypto import TRACE_BYTES, MemberKey
from bot.domain.people import traces_of
from bot.storage.keystore import Keystore


class Sealing:
    """The key of one member, bound to one table. Row id and owner go into the associated data."""

    def __init__(self, key: MemberKey, table: str) -> None:
        self._key = key
        self._table = table

    @classmethod
    async def of(cls, keys: Keystore, user_id: int, table: str) -> "Sealing":
        """The member's key, made on first use."""
        return cls(await keys.key_for(user_id), table)

    def seal(self, text: str | None, column: str, row_id: int) -> bytes | None:
        """Sealed bytes, or None for no text."""
        return None if text is None else self._key.seal(text, table=self._table, column=column, row_id=row_id)

    def open(self, blob: bytes | None, column: str, row_id: int) -> str | None:
        """The text again. Raises crypto.SealBroken when the bytes were changed or moved."""
        return None if blob is None else self._key.open(blob, table=self._table, column=column, row_id=row_id)

    def traces(self, row_id: int, *texts: str | None) -> bytes | None:
        """What the texts of one row are found by; None when they hold no word."""
        words = set().union(*(traces_of(text) for text in texts if text))
        return self._key.traces(words, table=self._table, row_id=row_id) if words else None

    def may_hold(self, traces: bytes, row_id: int, words: Iterable[str]) -> bool:
        """Whether a row may hold all of these words; one in millions does not, so the text has the last word."""
        there = {traces[at : at + TRACE_BYTES] for at in range(0, len(traces), TRACE_BYTES)}
        return all(self._key.traces((word,), table=self._table, row_id=row_id) in there for word in words)
