"""A small world for the services of actions, boards and wins: a database, servers, members, no Discord."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from bot.domain.actions import from_interaction
from bot.domain.answers import Answer, Kind
from bot.domain.boards import Visibility
from bot.domain.guilds import newly_joined
from bot.domain.members import Member, newcomer
from bot.domain.seasons import Season
from bot.domain.wins import WinPost
from bot.services.actions import ActionLogged, Actions
from bot.services.boards import Boards
from bot.services.catalogue import Catalogue
from bot.services.memberships import Memberships
from bot.services.wins import Wins
from bot.storage.unit import SqlDatabase
from config.content import Content

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
TODAY = date(2026, 11, 18)
OURS, THEIRS = 1_100_000_000_000_000_001, 22
CHANNEL = 5


class Everybody:
    """Says that everybody is there but those in `gone`, and nothing about those in `unclear`."""

    def __init__(self) -> None:
        self.gone: set[int] = set()
        self.unclear: set[int] = set()
        self.asked: list[int] = []

    async def is_member(self, guild_id: int, user_id: int) -> bool | None:
        self.asked.append(user_id)
        return None if user_id in self.unclear else user_id not in self.gone


class Channel:
    """Remembers which messages were removed; does not answer while `closed`, and says no while `refused`."""

    def __init__(self) -> None:
        self.removed: list[tuple[int, int]] = []
        self.closed = self.refused = False

    async def remove(self, channel_id: int, message_id: int) -> Answer:
        if self.closed:
            return Answer(Kind.LOST)
        if self.refused:
            return Answer(Kind.HTTP, 403, 50013)
        self.removed.append((channel_id, message_id))
        return Answer(Kind.OK)


@dataclass
class Group:
    """Two servers and their members; every method is one thing that somebody does."""

    db: SqlDatabase
    content: Content
    presence: Everybody = field(default_factory=Everybody)
    channel: Channel = field(default_factory=Channel)
    interaction: int = 1000

    def __post_init__(self) -> None:
        season = Season()
        self.memberships = Memberships(self.db, season)
        self.actions = Actions(self.db, self.content)
        self.catalogue = Catalogue(self.db, self.content)
        self.boards = Boards(self.db, self.memberships, self.presence, season)
        self.wins = Wins(self.db, lambda _at: None, self.write, self.channel, Random(7))

    @staticmethod
    def write(post: WinPost) -> str:
        return f'["{post.delivery_id}", "{post.kind}", "{post.name}", "{post.label}"]'

    async def open(self) -> "Group":
        async with self.db.write() as tx:
            for guild_id in (OURS, THEIRS):
                await tx.guilds.add(newly_joined(guild_id, "en", NOW))
                await tx.guilds.update(guild_id, channel_id=CHANNEL)
        return self

    async def join(self, user_id: int, visibility: Visibility = Visibility.SHOWN, *guild_ids: int) -> Member:
        member = newcomer(user_id, "Africa/Lagos", "en", NOW)
        async with self.db.write() as tx:
            await tx.members.add(member)
        for guild_id in guild_ids or (OURS,):
            await self.memberships.touch(user_id, guild_id, f"Member {user_id}", NOW)
            if visibility is not Visibility.UNASKED:
                alias = f"Owl {user_id}" if visibility is Visibility.ALIAS else None
                await self.memberships.choose(user_id, guild_id, visibility, alias=alias, now=NOW)
        return member

    async def log(self, member: Member, kind: str = "cv-revised", **changes: Any) -> ActionLogged:
        self.interaction += 1
        wanted: dict[str, Any] = {
            "done_on": TODAY,
            "source": from_interaction(self.interaction),
            "interaction_id": self.interaction,
            "guild_id": OURS,
            "now": NOW,
        }
        return await self.actions.log(member, kind, **{**wanted, **changes})

    async def undo(self, member: Member, action_id: int | None = None, now: datetime = NOW) -> bool:
        self.interaction += 1
        undone = await self.actions.undo(member, action_id, interaction_id=self.interaction, now=now)
        return undone.post_stands
