"""What a lead may take away from the group's sight: an alias, a win, an own catalogue entry. Never anything private."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions import GuildAction
from bot.domain.boards import ALIAS_MAX
from bot.domain.guilds import MOST_ENTRIES, Lead, ShownWin, entry_label
from bot.domain.text import free_text
from bot.errors import NotYours, UserError
from bot.ids import new_id
from bot.services.memberships import Memberships
from bot.services.ports import Database
from bot.services.redaction import Redaction
from bot.services.takedown import Takedown
from bot.services.wins import Wins

RECENT_WINS = 15
ALIASES = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Removable:
    """Everything public that can be removed, for the lead to choose from. No member is named by it."""

    aliases: tuple[str, ...]
    wins: tuple[ShownWin, ...]
    entries: tuple[GuildAction, ...]


class Moderation:
    """Removes on a lead's word. The log says who removed what kind of thing, never what it said."""

    def __init__(
        self, db: Database, memberships: Memberships, wins: Wins, redaction: Redaction, takedown: Takedown
    ) -> None:
        self._db = db
        self._redaction = redaction
        self._takedown = takedown
        self._memberships = memberships
        self._wins = wins

    async def removable(self, lead: Lead) -> Removable:
        """Aliases, the latest wins, and the server's own entries."""
        async with self._db.read() as tx:
            return Removable(
                tuple(await tx.guilds.aliases(lead.guild_id, ALIASES)),
                tuple(await tx.guilds.shown_wins(lead.guild_id, RECENT_WINS)),
                tuple(await tx.guilds.entries([lead.guild_id])),
            )

    async def remove_alias(self, lead: Lead, alias: str, now: datetime) -> None:
        """Take an alias away, from earlier posts and with the wins posted by name; its member is on no board until they choose again. Raises NotYours."""
        # It is typed, or forged: text that no engine could hold is nobody's alias either.
        name = free_text(alias, ALIAS_MAX) or ""
        dropped = await self._memberships.drop_alias(lead.guild_id, name, now)
        if dropped is None:
            raise NotYours
        if left := await self._redaction.of_names(lead.guild_id, [name], now):
            await self._takedown.remember(left, now)
        if await self._wins.remove_named(lead.guild_id, dropped.user_id):
            await self._wins.clean_up(now)
        log.info("server %s: %s removed the alias of %s", lead.guild_id, lead.user_id, dropped.user_id)

    async def remove_win(self, lead: Lead, message_id: int, now: datetime) -> None:
        """End the win that a message shows, and take the message down, now or at a later tick. Raises NotYours."""
        standing = await self._wins.remove(lead.guild_id, message_id)
        log.info("server %s: %s removed the win of message %s", lead.guild_id, lead.user_id, message_id)
        if standing:
            await self._wins.clean_up(now)

    async def add_entry(self, lead: Lead, label: str, now: datetime) -> GuildAction:
        """Add an entry to the server's catalogue. Raises UserError for text the group should not read, a double, or
        more than twenty-five.
        """
        entry = GuildAction(new_id(now), lead.guild_id, entry_label(label))
        async with self._db.write() as tx:
            if await tx.guilds.lock(lead.guild_id) is None:
                raise NotYours
            entries = await tx.guilds.entries([lead.guild_id])
            if any(known.label.casefold() == entry.label.casefold() for known in entries):
                raise UserError("server-entry-double")
            if len(entries) >= MOST_ENTRIES:
                raise UserError("server-entries-full", most=MOST_ENTRIES)
            await tx.guilds.add_entry(entry, now)
        log.info("server %s: %s added entry %s", lead.guild_id, lead.user_id, entry.id)
        return entry

    async def remove_entry(self, lead: Lead, entry_id: int, now: datetime) -> None:
        """Take an entry out of the catalogue; actions logged with it stay and are called by a plain name."""
        async with self._db.write() as tx:
            if not await tx.guilds.remove_entry(lead.guild_id, entry_id, now):
                raise NotYours
        log.info("server %s: %s removed entry %s", lead.guild_id, lead.user_id, entry_id)
