"""Who is a member where, and how they want to be shown there. Every change of it moves the counters along."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from bot.domain.boards import ALIAS_MAX, CHECK_AFTER, Membership, Visibility, check_alias, totals
from bot.domain.seasons import Season
from bot.domain.text import public_text
from bot.errors import UserError
from bot.services.ports import Database, Unit

MOST_LOOKED_UP = 18
"""How many members one board asks Discord about: ten, the viewer with two around, five newcomers."""
NAME_MAX = 64


class Presence(Protocol):
    """Asks Discord whether somebody is in a server. The bot has no list of members, on purpose."""

    async def is_member(self, guild_id: int, user_id: int) -> bool | None:
        """True, False, or None when Discord gave no clear answer."""
        ...


class Memberships:
    """Remembers where members were seen, and keeps the boards true to how they want to be shown."""

    def __init__(self, db: Database, season: Season) -> None:
        self._db = db
        self._season = season

    async def touch(
        self,
        user_id: int,
        guild_id: int,
        display_name: str,
        now: datetime,
        *,
        place: Membership | None = None,
    ) -> None:
        """Note that a member who consented is in a server under this name; writes once a day, or when it changed.

        Who had left and is back stands on the board again as before. `place` is what was read of it a moment ago.
        """
        name = display_name[:NAME_MAX]
        known = place or await self.get(user_id, guild_id)
        there = known is not None and known.left_at is None and known.display_name == name
        if known is not None and there and known.seen_at.date() == now.date():
            return
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            known = await tx.memberships.get(user_id, guild_id)
            await tx.memberships.see(user_id, guild_id, name, now)
            if known is not None and known.left_at is not None:
                await self._change(tx, known, now, left_at=None)

    async def get(self, user_id: int, guild_id: int) -> Membership | None:
        """One membership."""
        async with self._db.read() as tx:
            return await tx.memberships.get(user_id, guild_id)

    async def of_member(self, user_id: int) -> list[Membership]:
        """Every server the member was seen in and has not left."""
        async with self._db.read() as tx:
            return [m for m in await tx.memberships.of_member(user_id) if m.left_at is None]

    async def choose(
        self, user_id: int, guild_id: int, visibility: Visibility, *, alias: str | None = None, now: datetime
    ) -> Membership:
        """Be shown, shown under an alias, or hidden. Shown brings the history along; hidden takes all of it away.

        Raises UserError for an alias that is taken, too short or not plain, and for a server the bot has not
        seen the member in.
        """
        wanted = None
        if visibility is Visibility.ALIAS:
            wanted = check_alias(public_text(alias or "", ALIAS_MAX))
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            known = await tx.memberships.get(user_id, guild_id)
            if known is None:
                raise UserError("board-not-here")
            if wanted is not None:
                await tx.guilds.lock(guild_id)  # Two who ask for one alias at once come one after the other.
            if wanted is not None and await tx.memberships.name_taken(guild_id, wanted, user_id):
                raise UserError("board-alias-taken")
            return await self._change(tx, known, now, visibility=visibility, alias=wanted)

    async def drop_alias(self, guild_id: int, alias: str, now: datetime) -> Membership | None:
        """A lead removes an abusive alias: its member is hidden until they choose again. None when nobody has it."""
        async with self._db.write() as tx:
            found = await tx.memberships.of_alias(guild_id, alias)
            if found is None:
                return None
            await tx.actions.lock(found.user_id)
            # Read again: they may have changed how they are shown before we held them.
            known = await tx.memberships.of_alias(guild_id, alias)
            if known is None or known.user_id != found.user_id:
                return None
            return await self._change(tx, known, now, visibility=Visibility.UNASKED, alias=None)

    async def confirm(
        self, guild_id: int, user_ids: Iterable[int], presence: Presence, now: datetime
    ) -> set[int]:
        """Look up those who were not looked up today, at most eighteen; gives those who are gone from the server.

        They vanish from the board at once. An unclear answer changes nothing.
        """
        async with self._db.read() as tx:
            known = await tx.memberships.among(guild_id, user_ids)
        stale = [
            m.user_id for m in known.values() if m.checked_at is None or now - m.checked_at >= CHECK_AFTER
        ]
        answers = {who: await presence.is_member(guild_id, who) for who in sorted(stale)[:MOST_LOOKED_UP]}
        there = [who for who, answer in answers.items() if answer is True]
        gone = [who for who, answer in answers.items() if answer is False]
        if there or gone:
            async with self._db.write() as tx:
                await tx.memberships.checked(guild_id, there, now)
        for user_id in gone:
            await self.leave(user_id, guild_id, now)
        return set(gone)

    async def leave(self, user_id: int, guild_id: int, now: datetime) -> None:
        """A member is no longer in a server: they vanish from its board, and everything of their own stays."""
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            known = await tx.memberships.get(user_id, guild_id)
            if known is not None and known.left_at is None:
                await self._change(tx, known, now, left_at=now)

    async def gone(self, user_id: int, now: datetime) -> None:
        """A member shares no server with the bot any more: they vanish from every board."""
        for membership in await self.of_member(user_id):
            await self.leave(user_id, membership.guild_id, now)

    async def _change(self, tx: Unit, known: Membership, now: datetime, **changes: object) -> Membership:
        """Change a membership, and add or take the member's whole history when that puts them on or off the board."""
        await tx.memberships.update(known.user_id, known.guild_id, checked_at=now, **changes)
        changed = await tx.memberships.get(known.user_id, known.guild_id)
        assert changed is not None
        if changed.counts != known.counts:
            days = (await tx.actions.scored_by_day([known.user_id])).get(known.user_id, [])
            sign = 1 if changed.counts else -1
            counts = totals([(day, sign * number) for day, number in days], self._season)
            await tx.boards.add([known.guild_id], known.user_id, counts)
        return changed


async def forget_counters(tx: Unit, user_id: int) -> None:
    """For erasure, in its transaction and before the rows go: the member's counters, and their part of the group's."""
    for guild_id in await tx.boards.guilds_of(user_id):
        held = await tx.boards.of_member(guild_id, user_id)
        await tx.boards.add([guild_id], user_id, {key: -number for key, number in held.items()})
