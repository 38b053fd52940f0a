"""The bot coming into a server and leaving it: the welcome, the grace period, and the purge after it."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from bot.domain.guilds import KEPT_FOR, newly_joined
from bot.domain.nudges import Purpose
from bot.services.guilds import restored
from bot.services.making import new_delivery
from bot.services.ports import Database, Unit, Waker

WriteWelcome = Callable[[str, int], str]
"""The body of the welcome post: the language, and the delivery's id for the marker."""

PURGED_AT_ONCE = 20

log = logging.getLogger(__name__)


class Installs:
    """Remembers in which servers the bot is. An outage of Discord's is not a removal and never gets here."""

    def __init__(self, db: Database, write_welcome: WriteWelcome, wake: Waker) -> None:
        self._db = db
        self._write_welcome = write_welcome
        self._wake = wake

    async def arrived(
        self, guild_id: int, language: str, welcome_channel_id: int | None, now: datetime
    ) -> None:
        """The bot was invited, perhaps again. The welcome post goes out once ever, where the server allows it."""
        async with self._db.write() as tx:
            await self._met(tx, guild_id, language, now)
            welcomed = welcome_channel_id is None or await self._welcome(
                tx, guild_id, language, welcome_channel_id, now
            )
        log.info("server %s: arrived", guild_id)
        if not welcomed:
            self._wake(now)

    async def _met(self, tx: Unit, guild_id: int, language: str, now: datetime) -> None:
        if not await tx.guilds.add(newly_joined(guild_id, language, now)):
            guild = await tx.guilds.lock(guild_id)
            if guild is not None:
                await restored(tx, guild, now)

    async def _welcome(self, tx: Unit, guild_id: int, language: str, channel_id: int, now: datetime) -> bool:
        """Store the welcome post; True when it had been made before."""
        key = f"welcome:{guild_id}"
        if await tx.deliveries.of_key(key) is not None:
            return True
        body = partial(self._write_welcome, language)
        await tx.deliveries.add(
            new_delivery(Purpose.POST, body, now, guild_id=guild_id, channel_id=channel_id, key=key)
        )
        return False

    async def removed(self, guild_id: int, now: datetime) -> None:
        """The bot was removed: nothing is posted or shown any more, and the data waits thirty days."""
        async with self._db.write() as tx:
            guild = await tx.guilds.lock(guild_id)
            if guild is None or guild.removed_at is not None:
                return
            await tx.guilds.update(guild_id, removed_at=now, weekly_due_at=None)
        log.info("server %s: removed", guild_id)

    async def reconcile(
        self, there: Iterable[tuple[int, str]], ours: Callable[[int], bool], now: datetime
    ) -> None:
        """After connecting: what changed while the bot was away. `there` also holds servers with an outage.

        `ours` tells whether this process would see a server, so that other processes' are left alone.
        """
        seen = dict(there)
        async with self._db.read() as tx:
            known = set(await tx.guilds.present())
        for guild_id in sorted(set(seen) - known):
            async with self._db.write() as tx:
                await self._met(tx, guild_id, seen[guild_id], now)
        for guild_id in sorted(known - set(seen)):
            if ours(guild_id):
                await self.removed(guild_id, now)

    async def sweep(self, now: datetime) -> int:
        """Purge servers the bot was removed from thirty days ago: settings, memberships, counters, posts.

        Nothing of a member's own goes. Gives how many servers were purged; a later run takes the rest.
        """
        async with self._db.read() as tx:
            gone = await tx.guilds.removed_before(now - KEPT_FOR, PURGED_AT_ONCE)
        purged = 0
        for guild_id in gone:
            async with self._db.write() as tx:
                guild = await tx.guilds.lock(guild_id)
                if guild is None or guild.removed_at is None or guild.removed_at >= now - KEPT_FOR:
                    continue
                rows = await tx.guilds.purge(guild_id)
            purged += 1
            log.info("server %s: purged %d rows", guild_id, rows)
        return purged
