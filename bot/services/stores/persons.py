"""The store of people named in what members wrote."""

from collections.abc import Callable, Iterable
from typing import Protocol

from bot.domain.people import Place


class PersonStore(Protocol):
    """See bot.storage.persons."""

    async def holding(self, words: Iterable[str]) -> list[Place]: ...
    async def change(
        self, place: Place, change: Callable[[str, str], tuple[str, int]], *, store: bool
    ) -> int: ...
