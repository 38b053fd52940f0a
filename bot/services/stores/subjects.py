"""The store of what nudges are about: what may be said of it, and how it stands."""

from collections.abc import Iterable
from typing import Protocol

from bot.domain.merging import About


class SubjectStore(Protocol):
    """See bot.storage.subjects."""

    async def rejections(self, rejection_ids: Iterable[int]) -> dict[int, About]: ...
    async def days(self, challenge_ids: Iterable[int]) -> dict[tuple[int, str], About]: ...
    async def drafts(self, draft_ids: Iterable[int]) -> dict[tuple[int, str], About]: ...
