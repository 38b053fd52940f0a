"""What the services need from the world, on one screen."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.services.stores.actions import ActionStore, BoardStore, MembershipStore, WinStore
from bot.services.stores.deliveries import ClaimStore, DeliveryStore, FactStore
from bot.services.stores.goodnews import GoodNewsStore
from bot.services.stores.guilds import GuildStore
from bot.services.stores.members import MemberStore, ReceiptStore
from bot.services.stores.nudges import NudgeStore
from bot.services.stores.owned import OwnedStore
from bot.services.stores.persons import PersonStore
from bot.services.stores.rejections import RejectionStore
from bot.services.stores.retention import RetentionStore


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
    def goodnews(self) -> GoodNewsStore: ...
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


Waker = Callable[[datetime], None]
"""Tells the clockwork that something became due at an instant, so that it need not wait for its next look."""
