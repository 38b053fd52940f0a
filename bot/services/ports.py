"""What the services need from the world, on one screen."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.figures import Figure
from bot.services.stores.actions import ActionStore, BoardStore, MembershipStore, WinStore
from bot.services.stores.challenges import ChallengeStore
from bot.services.stores.deliveries import ClaimStore, DeliveryStore, FactStore
from bot.services.stores.drafts import DraftStore
from bot.services.stores.goodnews import GoodNewsStore
from bot.services.stores.guilds import GuildStore
from bot.services.stores.journal import JournalStore
from bot.services.stores.members import MemberStore, ReceiptStore
from bot.services.stores.nudges import NudgeStore
from bot.services.stores.owned import OwnedStore
from bot.services.stores.patterns import PatternStore
from bot.services.stores.persons import PersonStore
from bot.services.stores.progress import ProgressStore
from bot.services.stores.rejections import RejectionStore
from bot.services.stores.retention import RetentionStore
from bot.services.stores.subjects import SubjectStore


class Unit(Protocol):
    """One transaction and its stores."""

    @property
    def members(self) -> MemberStore: ...
    @property
    def receipts(self) -> ReceiptStore: ...
    @property
    def rejections(self) -> RejectionStore: ...
    @property
    def nudges(self) -> NudgeStore: ...
    @property
    def claims(self) -> ClaimStore: ...
    @property
    def subjects(self) -> SubjectStore: ...
    @property
    def deliveries(self) -> DeliveryStore: ...
    @property
    def facts(self) -> FactStore: ...
    @property
    def actions(self) -> ActionStore: ...
    @property
    def memberships(self) -> MembershipStore: ...
    @property
    def boards(self) -> BoardStore: ...
    @property
    def wins(self) -> WinStore: ...
    @property
    def guilds(self) -> GuildStore: ...
    @property
    def challenges(self) -> ChallengeStore: ...
    @property
    def goodnews(self) -> GoodNewsStore: ...
    @property
    def patterns(self) -> PatternStore: ...
    @property
    def progress(self) -> ProgressStore: ...
    @property
    def journal(self) -> JournalStore: ...
    @property
    def drafts(self) -> DraftStore: ...
    @property
    def owned(self) -> OwnedStore: ...
    @property
    def persons(self) -> PersonStore: ...
    @property
    def retention(self) -> RetentionStore: ...


class Database(Protocol):
    """Opens transactions. A write is committed at the end of its block and rolled back on any error.

    `aside` is for work over many rows: no statement of it then runs on the event loop.
    """

    def write(self, *, aside: bool = False) -> AbstractAsyncContextManager[Unit]: ...
    def read(self, *, aside: bool = False) -> AbstractAsyncContextManager[Unit]: ...


class Painter(Protocol):
    """Draws pictures somewhere else than here."""

    async def draw(self, *figures: Figure) -> bytes | None:
        """The first figure that can be written, as PNG; None when there is no picture, which is no reason to fail."""

    async def close(self) -> None:
        """End what was started for it."""


Waker = Callable[[datetime], None]
"""Tells the clockwork that something became due at an instant, so that it need not wait for its next look."""
