"""One transaction and the stores that work inside it; the Database that opens such transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.actions import ActionStore
from bot.storage.boards import BoardStore
from bot.storage.challenges import ChallengeStore
from bot.storage.claims import ClaimStore
from bot.storage.deliveries import DeliveryStore
from bot.storage.drafts import DraftStore
from bot.storage.engine import Engines
from bot.storage.facts import FactStore
from bot.storage.goodnews import GoodNewsStore
from bot.storage.guilds import GuildStore
from bot.storage.journal import JournalStore
from bot.storage.keystore import Keystore
from bot.storage.members import MemberStore
from bot.storage.memberships import MembershipStore
from bot.storage.nudges import NudgeStore
from bot.storage.owned import OwnedStore
from bot.storage.patterns import PatternStore
from bot.storage.persons import PersonStore
from bot.storage.progress import ProgressStore
from bot.storage.receipts import ReceiptStore
from bot.storage.rejections import RejectionStore
from bot.storage.retention import RetentionStore
from bot.storage.share import Share
from bot.storage.subjects import SubjectStore
from bot.storage.wins import WinStore


class Unit:
    """The stores of one transaction. Sealed text is opened and sealed here, with the member's own key.

    The order of locks is: the member, their rejections, their nudges, the deliveries (PostgreSQL; SQLite has one
    writer). Reading a rejection in a unit that writes locks the member and the rejection; who touches nudges or
    deliveries before that locks the member first.
    """

    def __init__(
        self,
        connection: AsyncConnection,
        keys: Keystore,
        share: Share | None = None,
        *,
        writing: bool = False,
    ) -> None:
        self._connection = connection
        self._keys = keys
        self._share = share
        self._writing = writing

    @cached_property
    def members(self) -> MemberStore:
        """Members and their settings."""
        return MemberStore(self._connection)

    @cached_property
    def receipts(self) -> ReceiptStore:
        """Which interactions have already written something."""
        return ReceiptStore(self._connection)

    @cached_property
    def rejections(self) -> RejectionStore:
        """Rejections, with their private text."""
        return RejectionStore(self._connection, self._keys, locking=self._writing)

    @cached_property
    def nudges(self) -> NudgeStore:
        """Check-ins: planned, cancelled, held, answered."""
        return NudgeStore(self._connection, self._share)

    @cached_property
    def claims(self) -> ClaimStore:
        """Check-ins on their way out; for the delivery machine alone."""
        return ClaimStore(self._connection, self._share)

    @cached_property
    def subjects(self) -> SubjectStore:
        """What check-ins are about, as far as a message may say it."""
        return SubjectStore(self._connection)

    @cached_property
    def deliveries(self) -> DeliveryStore:
        """Messages to members and channels, and what became of them."""
        return DeliveryStore(self._connection, self._share)

    @cached_property
    def facts(self) -> FactStore:
        """The program's own small facts."""
        return FactStore(self._connection)

    @cached_property
    def actions(self) -> ActionStore:
        """Actions, with the member's own words."""
        return ActionStore(self._connection, self._keys)

    @cached_property
    def memberships(self) -> MembershipStore:
        """Who was seen where, and how they want to be shown there."""
        return MembershipStore(self._connection)

    @cached_property
    def boards(self) -> BoardStore:
        """The counters behind the leaderboard."""
        return BoardStore(self._connection)

    @cached_property
    def wins(self) -> WinStore:
        """Wins, and the thanks they got."""
        return WinStore(self._connection)

    @cached_property
    def guilds(self) -> GuildStore:
        """Servers, their settings and their own catalogue entries."""
        return GuildStore(self._connection, self._share)

    @cached_property
    def challenges(self) -> ChallengeStore:
        """The ten days."""
        return ChallengeStore(self._connection)

    @cached_property
    def goodnews(self) -> GoodNewsStore:
        """Good news, with its private text."""
        return GoodNewsStore(self._connection, self._keys)

    @cached_property
    def patterns(self) -> PatternStore:
        """Patterns that a member has said are not theirs."""
        return PatternStore(self._connection)

    @cached_property
    def progress(self) -> ProgressStore:
        """What a member's entries come to, by day."""
        return ProgressStore(self._connection)

    @cached_property
    def journal(self) -> JournalStore:
        """Journal entries, with their private answers."""
        return JournalStore(self._connection, self._keys)

    @cached_property
    def drafts(self) -> DraftStore:
        """Letters, with their private text."""
        return DraftStore(self._connection, self._keys)

    @cached_property
    def owned(self) -> OwnedStore:
        """Everything that is one member's, for the export and the erasure."""
        return OwnedStore(self._connection, self._keys)

    @cached_property
    def persons(self) -> PersonStore:
        """Third persons, named in what members wrote."""
        return PersonStore(self._connection, self._keys)

    @cached_property
    def retention(self) -> RetentionStore:
        """What is old enough to go."""
        return RetentionStore(self._connection)


class SqlDatabase:
    """Opens units of work over the engines. `share` is what this process begins with, where several work."""

    def __init__(self, engines: Engines, keys: Keystore) -> None:
        self.engines = engines
        self.keys = keys
        self.share: Share | None = None

    @asynccontextmanager
    async def write(self, *, aside: bool = False) -> AsyncIterator[Unit]:
        """A unit that is committed at the end, or rolled back on any error. `aside` is for work over many rows."""
        async with self.engines.write(aside=aside) as connection:
            yield Unit(connection, self.keys, self.share, writing=True)

    @asynccontextmanager
    async def read(self, *, aside: bool = False) -> AsyncIterator[Unit]:
        """A unit to look with. `aside` is for work over many rows."""
        async with self.engines.read(aside=aside) as connection:
            yield Unit(connection, self.keys, self.share)
