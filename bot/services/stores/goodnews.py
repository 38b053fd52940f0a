"""The store of good news."""

from typing import Protocol

from bot.domain.goodnews import GoodNewsEntry


class GoodNewsStore(Protocol):
    """See bot.storage.goodnews."""

    async def add(self, entry: GoodNewsEntry) -> None: ...
    async def get(self, user_id: int, entry_id: int) -> GoodNewsEntry | None: ...
    async def listed(self, user_id: int) -> list[GoodNewsEntry]: ...
    async def delete(self, user_id: int, entry_id: int) -> bool: ...
