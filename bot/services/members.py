"""Consent, settings, and being known: everything the bot keeps about a member as such."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.domain.members import CONSENT_VERSION, DmState, Member, newcomer
from bot.services.ports import Database


class Keyring(Protocol):
    """The members' keys, as far as consent needs them."""

    async def forget_erasure(self, user_id: int) -> None:
        """Somebody who was erased came back and consented anew."""
        ...


class Members:
    """Finds members and takes their consent. Before consent nothing at all is written."""

    def __init__(self, db: Database, keys: Keyring) -> None:
        self._db = db
        self._keys = keys

    async def find(self, user_id: int) -> Member | None:
        """The member, or None before consent."""
        async with self._db.read() as tx:
            return await tx.members.get(user_id)

    async def meet(self, user_id: int) -> tuple[Member | None, int]:
        """The member, and how many check-ins were given up since they were last told; being met, they are told."""
        async with self._db.read() as tx:
            member = await tx.members.get(user_id)
            lost = [] if member is None else await tx.deliveries.given_up(user_id)
        if lost:
            async with self._db.write() as tx:
                await tx.deliveries.told(lost)
        return member, len(lost)

    async def consent(self, user_id: int, zone: str, language: str, now: datetime) -> Member:
        """Write the member with version and time of consent. Asking twice keeps their settings."""
        await self._keys.forget_erasure(user_id)
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
        if member is not None and member.dm_state is DmState.CLOSED:
            return "dm-closed-note"
        return None
