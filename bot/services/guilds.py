"""A server's settings, changed by its leads alone, and the truth about its channel."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.domain.actions import GuildAction
from bot.domain.guilds import FEWEST_TO_SAY, Guild, Lead, newly_joined, next_weekly, trouble_of
from bot.domain.nudges import Delivery, Purpose
from bot.errors import NotYours, UserError
from bot.services.making import new_delivery
from bot.services.ports import Database, Unit

WriteTest = Callable[[str, int], str]
"""The body of a test post: the language, and the delivery's id for the marker."""
SendNow = Callable[[datetime], Awaitable[object]]
"""Sends what is pending at once instead of at the next tick."""

_SCHEDULE = frozenset({"channel_id", "weekly_on", "weekly_day", "weekly_hour", "zone"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Overview:
    """What `/server status` shows. `people` is None while they are fewer than five."""

    guild: Guild
    people: int | None
    entries: tuple[GuildAction, ...]


class Guilds:
    """Reads and changes servers. Every change takes a Lead, which only `lead_of` makes."""

    def __init__(self, db: Database, write_test: WriteTest, send_now: SendNow) -> None:
        self._db = db
        self._write_test = write_test
        self._send_now = send_now

    async def get(self, guild_id: int) -> Guild | None:
        """The server's settings, for the bot's own use; None when it is not known."""
        async with self._db.read() as tx:
            return await tx.guilds.get(guild_id)

    async def settings(self, lead: Lead, language: str, now: datetime) -> Guild:
        """The settings for a lead's eyes; a server met for the first time begins here."""
        found = await self.get(lead.guild_id)
        if found is not None and found.removed_at is None:
            return found
        async with self._db.write() as tx:
            return await _known(tx, lead.guild_id, language, now)

    async def overview(self, lead: Lead, language: str, now: datetime) -> Overview:
        """The settings, how many people the bot has met there (from five on), and the server's own entries."""
        guild = await self.settings(lead, language, now)
        async with self._db.read() as tx:
            people = await tx.guilds.people(lead.guild_id, limit=100_000)
            entries = await tx.guilds.entries([lead.guild_id])
        return Overview(guild, people if people >= FEWEST_TO_SAY else None, tuple(entries))

    async def change(self, lead: Lead, now: datetime, **changes: Any) -> Guild:
        """Change settings, by the names of the fields of Guild, and plan the weekly post anew.

        A new channel starts without trouble. Raises NotYours for values no card offers.
        """
        _check(changes)
        async with self._db.write() as tx:
            old = await tx.guilds.lock(lead.guild_id)
            if old is None:
                raise NotYours
            if "channel_id" in changes:
                changes |= {"channel_trouble": None, "set_up_at": old.set_up_at or now}
            new = replace(old, **changes)
            if _SCHEDULE & set(changes):
                new = replace(new, weekly_due_at=next_weekly(new, now))
            await tx.guilds.update(lead.guild_id, **changes, weekly_due_at=new.weekly_due_at)
        log.info("server %s: %s changed %s", lead.guild_id, lead.user_id, ", ".join(sorted(changes)))
        return new

    async def trouble(self, guild_id: int, reason: str) -> None:
        """Discord refused a post: nothing more is posted there until that has changed. `reason` is Discord's code."""
        async with self._db.write() as tx:
            guild = await tx.guilds.lock(guild_id)
            if guild is None or guild.channel_id is None:
                return
            await tx.guilds.update(guild_id, channel_trouble=trouble_of(reason), weekly_due_at=None)
        log.warning("server %s: channel %s refused: %s", guild_id, guild.channel_id, reason)

    async def mended(self, guild_id: int, now: datetime) -> Guild | None:
        """The channel was looked at and takes posts again: they go on. None when there was no trouble."""
        async with self._db.write() as tx:
            guild = await tx.guilds.lock(guild_id)
            if guild is None or guild.channel_trouble is None:
                return None
            well = replace(guild, channel_trouble=None)
            return await tx.guilds.update(
                guild_id, channel_trouble=None, weekly_due_at=next_weekly(well, now)
            )

    async def send_test(self, lead: Lead, interaction_id: int, now: datetime) -> Delivery:
        """Post a real test through the outbox and give it back as it then stands: sent, refused, or on its way."""
        key = f"test:{interaction_id}"
        async with self._db.write() as tx:
            guild = await tx.guilds.get(lead.guild_id)
            if guild is None or guild.channel_id is None:
                raise UserError("server-channel-first")
            if await tx.deliveries.of_key(key) is None:
                await tx.deliveries.add(self._test(guild, key, now))
        await self._send_now(now)
        async with self._db.read() as tx:
            sent = await tx.deliveries.of_key(key)
        assert sent is not None
        return sent

    async def look_at_test(self, lead: Lead, delivery_id: int) -> Delivery:
        """A test post as it stands now. Raises NotYours for anything else, and for other servers'."""
        async with self._db.read() as tx:
            found = await tx.deliveries.get(delivery_id)
        if found is None or found.guild_id != lead.guild_id or not (found.key or "").startswith("test:"):
            raise NotYours
        return found

    def _test(self, guild: Guild, key: str, now: datetime) -> Delivery:
        body = partial(self._write_test, guild.language)
        return new_delivery(
            Purpose.POST, body, now, guild_id=guild.guild_id, channel_id=guild.channel_id, key=key
        )


async def _known(tx: Unit, guild_id: int, language: str, now: datetime) -> Guild:
    """The server, made or brought back when it is not there: somebody is talking to the bot in it."""
    await tx.guilds.add(newly_joined(guild_id, language, now))
    guild = await tx.guilds.lock(guild_id)
    assert guild is not None
    return await restored(tx, guild, now)


async def restored(tx: Unit, guild: Guild, now: datetime) -> Guild:
    """The server with its removal taken back, if there was one; its weekly post is planned anew."""
    if guild.removed_at is None:
        return guild
    back = replace(guild, removed_at=None)
    back = replace(back, weekly_due_at=next_weekly(back, now))
    await tx.guilds.update(guild.guild_id, removed_at=None, weekly_due_at=back.weekly_due_at)
    log.info("server %s: restored", guild.guild_id)
    return back


def _check(changes: dict[str, Any]) -> None:
    if not 0 <= changes.get("weekly_day", 0) <= 6 or not 0 <= changes.get("weekly_hour", 0) <= 23:
        raise NotYours
