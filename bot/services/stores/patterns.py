"""The store of patterns that a member has said are not theirs."""

from datetime import datetime
from typing import Protocol


class PatternStore(Protocol):
    """See bot.storage.patterns."""

    async def declined(self, user_id: int) -> set[tuple[str, str]]: ...
    async def decline(self, user_id: int, pattern: str, theme: str, now: datetime) -> None: ...
    async def take_back(self, user_id: int, pattern: str, theme: str) -> bool: ...
