"""What can be done: the catalogue, what each server's lead added to it, and what fits a member now."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actions import CUSTOM, SHARED_POST, GuildAction, server_action_id
from bot.domain.catalogue import ActionKind, suggest
from bot.domain.members import Member
from bot.domain.rejections import OPEN_RECOVERY, RejectionFilter
from bot.domain.seasons import match_week
from bot.errors import UserError
from bot.services.ports import Database, Unit
from config.content import Content

IDEAS = 4
RECENT_DAYS = 7


async def check_kind(tx: Unit, content: Content, user_id: int, kind: str, note: str | None) -> None:
    """Raises UserError for a kind that neither the catalogue nor one of the member's servers has."""
    entry = server_action_id(kind)
    if entry is not None:
        found = await tx.guilds.entry(entry)
        if found is None or await tx.memberships.get(user_id, found.guild_id) is None:
            raise UserError("action-unknown")
    elif kind == CUSTOM:
        if note is None:
            raise UserError("action-words-missing")
    elif kind != SHARED_POST and content.action(kind) is None:
        raise UserError("action-unknown")


class Catalogue:
    """The catalogue as a member reads it."""

    def __init__(self, db: Database, content: Content) -> None:
        self._db = db
        self._content = content

    async def ideas(self, member: Member, now: datetime) -> list[ActionKind]:
        """What could be done next, from the kinds and stages of the open rejections; done lately comes last."""
        today = now.astimezone(ZoneInfo(member.zone)).date()
        async with self._db.read() as tx:
            rejections = await tx.rejections.listed(member.user_id, RejectionFilter(recoveries=OPEN_RECOVERY))
            recent = await tx.actions.kinds_since(member.user_id, today - timedelta(days=RECENT_DAYS))
        kinds = {rejection.kind: self._content.kind(rejection.kind) for rejection in rejections}
        no_program = match_week(self._content.match_weeks, now) is not None
        return suggest(
            self._content.choices, list(kinds.values()), recent, IDEAS, contacts_withdrawn=no_program
        )

    async def of_guild(self, guild_id: int | None) -> list[GuildAction]:
        """What a server's lead added; nothing outside a server."""
        if guild_id is None:
            return []
        async with self._db.read() as tx:
            return await tx.guilds.entries([guild_id])

    async def labels(self, kinds: Iterable[str]) -> dict[str, str]:
        """The labels of servers' own entries among these kinds; one removed since has none."""
        ids = {entry for kind in kinds if (entry := server_action_id(kind)) is not None}
        if not ids:
            return {}
        async with self._db.read() as tx:
            found = [await tx.guilds.entry(entry_id) for entry_id in sorted(ids)]
        return {entry.kind: entry.label for entry in found if entry is not None}
