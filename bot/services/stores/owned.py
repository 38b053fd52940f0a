"""The store of everything that is one member's."""

from typing import Protocol


class OwnedStore(Protocol):
    """See bot.storage.owned."""

    async def rows(self, user_id: int) -> dict[str, list[dict[str, object]]]: ...
    async def counts(self, user_id: int) -> dict[str, int]: ...
    async def erase(self, user_id: int) -> None: ...
