"""Consent, settings, and being known: everything the bot keeps about a member as such."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from bot.domain.boards import Membership
from bot.domain.members import CONSENT_VERSION, DmState, Member, newcomer
from bot.services.ports import Database

SEEN_EVERY = timedelta(days=1)


class Keyring(Protocol):
    """The members' keys, as far as consent needs them."""

    async def welcome(self, user_id: int, now: datetime) -> None:
        """They have a key, and are on no list of erased people."""
        ...


class Met(NamedTuple):
    """What is known of whoever uses a command: the member, check-ins given up of which they were not told, the place.

    `unheard`: a daily message went out since they were last seen, and they are here again.
    """

    member: Member | None
    lost: list[int]
    place: Membership | None
    unheard: bool


class Members:
    """Finds members and takes their consent. Before consent nothing at all is written."""

    def __init__(self, db: Database, keys: Keyring) -> None:
        self._db = db
        self._keys = keys

    async def find(self, user_id: int) -> Member | None:
        """The member, or None before consent."""
        async with self._db.read() as tx:
            return await tx.members.get(user_id)

    async def meet(self, user_id: int, guild_id: int | None = None) -> Met:
        """Who they are, what they were not told yet, and how this server knows them; one look for each command."""
        async with self._db.read() as tx:
            return Met(*await tx.members.meet(user_id, guild_id))

    async def told(self, delivery_ids: Sequence[int]) -> None:
        """An answer that tells of these was taken by Discord: they are not told again."""
        async with self._db.write() as tx:
            await tx.deliveries.told(delivery_ids)

    async def note_visit(self, member: Member | None, now: datetime, *, unheard: bool = False) -> None:
        """Remember that a member acted, at most once a day: retention counts in months.

        And at once after a daily message (`unheard`), so that the next ones do not rest.
        """
        if member is not None and (unheard or now - member.last_seen_at >= SEEN_EVERY):
            async with self._db.write() as tx:
                await tx.members.seen(member.user_id, now)

    async def consent(self, user_id: int, zone: str, language: str, now: datetime) -> Member:
        """Write the member with version and time of consent. Asking twice keeps their settings."""
        await self._keys.welcome(user_id, now)
        async with self._db.write() as tx:
            known = await tx.members.get(user_id)
            if known is None:
                member = newcomer(user_id, zone, language, now)
                await tx.members.add(member)
                return member
            changes = {
                "consent_version": CONSENT_VERSION,
                "consented_at": now,
                "zone": zone,
                "last_seen_at": now,
            }
            await tx.members.update(user_id, **changes)
            return replace(
                known, consent_version=CONSENT_VERSION, consented_at=now, zone=zone, last_seen_at=now
            )

    def notice(self, member: Member | None) -> str | None:
        """The key of what the next private reply should tell the member, if anything."""
        notes = {DmState.CLOSED: "dm-closed-note", DmState.QUEUED: "dm-queued-note"}
        return None if member is None else notes.get(member.dm_state)
