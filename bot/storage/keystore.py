"""Where members' keys live: apart from the data, so that a backup of the data holds nothing that opens it.

On SQLite it is a file of its own, on PostgreSQL a schema of its own. Only its latest copy may ever be kept: an old
copy would bring back the keys of people who asked to be erased.
"""

import hmac
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.crypto import KEY_BYTES, HostKey, MemberKey, SealBroken
from bot.storage.engine import Engines, make_folder
from bot.storage.keytables import (
    CHECK_PLACE,
    erased,
    host_key_check,
    is_there,
    make_tables,
    member_keys,
    reading,
    writing,
)

CACHED_KEYS = 4096
_PERSON = b"person|"
_OPENING = 0  # no member has this id, so its lock serves two processes that start at once


class KeystoreRefused(Exception):
    """The host key does not belong to this keystore. The bot must not start; nothing was changed."""


class KeystoreMissing(KeystoreRefused):
    """There is no keystore at this address, and none was to be made."""


class MemberErased(Exception):
    """The member asked to be erased and has not consented anew: no key is made for them."""

    def __init__(self, user_id: int) -> None:
        super().__init__(f"member {user_id} was erased")
        self.user_id = user_id


@dataclass(frozen=True, slots=True)
class Life:
    """The key a member has now: its id, and when they consented, as far as that is known (aware UTC)."""

    key_id: bytes
    made_at: datetime | None


class Keystore:
    """Makes, finds and destroys the members' keys.

    Invariant: a member has a key, or is on the erasure list, or neither; never both. The cache is trusted on SQLite
    only, where one process owns the file; on PostgreSQL another process may have destroyed the key.
    """

    def __init__(self, engines: Engines, host_key: HostKey, fingerprint_key: bytes) -> None:
        self._engines = engines
        self._host_key = host_key
        self._fingerprint_key = fingerprint_key
        self._cache: OrderedDict[int, MemberKey] = OrderedDict()

    @classmethod
    async def open(cls, url: str, host_key: HostKey | Path, *, make: bool = True) -> "Keystore":
        """Open the keystore, making its tables on the first run, unless told not to `make` anything.

        A path is loaded when the keystore was used before and made only when it is new, so that a lost key file is
        never replaced by a useless one. Raises KeystoreRefused for a wrong key, HostKeyError for a missing one.
        """
        if make:
            make_folder(url)
        engines = Engines(url)
        try:
            if not make:
                await _refuse_missing(engines)
            async with writing(engines, _OPENING) as connection:
                await make_tables(connection, engines)
                stored = await connection.scalar(select(host_key_check.c.value))
                await _refuse_lost_check(connection, stored)
                key = _resolve(host_key, is_new=stored is None)
                secret = secrets.token_bytes(KEY_BYTES) if stored is None else _checked(key, stored)
                if stored is None:
                    row = {"id": 1, "value": key.wrap(secret, CHECK_PLACE)}
                    await connection.execute(insert(host_key_check).values(row))
        except BaseException:
            await engines.close()
            raise
        return cls(engines, key, secret)

    async def any(self) -> bool:
        """Whether it holds any member's key."""
        async with reading(self._engines) as connection:
            return bool(await connection.scalar(select(sa.exists().select_from(member_keys))))

    async def close(self) -> None:
        """Give every connection back and forget every key."""
        self._cache.clear()
        await self._engines.close()

    async def key_for(self, user_id: int) -> MemberKey:
        """The member's key, made when there is none. Raises MemberErased until they have consented anew."""
        found = await self.existing(user_id)
        if found is not None:
            return found
        async with writing(self._engines, user_id) as connection:
            key = await self._stored(connection, user_id)
            if key is None:
                key = await self._make(connection, user_id)
        return self._remember(key)

    async def existing(self, user_id: int) -> MemberKey | None:
        """The member's key if they have one. Raises SealBroken when the stored key is damaged."""
        if self._engines.sqlite and user_id in self._cache:
            self._cache.move_to_end(user_id)
            return self._cache[user_id]
        async with reading(self._engines) as connection:
            key = await self._stored(connection, user_id)
        return None if key is None else self._remember(key)

    async def several(self, user_ids: Sequence[int]) -> dict[int, MemberKey]:
        """The keys of these members, as far as they have one, in one look."""
        statement = select(member_keys).where(member_keys.c.user_id.in_(user_ids))
        async with reading(self._engines) as connection:
            rows = (await connection.execute(statement)).all()
        return {row.user_id: self._host_key.member_key(row.user_id, row.key_id, row.wrapped) for row in rows}

    async def lives(self, user_ids: Sequence[int]) -> dict[int, Life]:
        """Which of these members have a key, and which."""
        statement = select(member_keys).where(member_keys.c.user_id.in_(user_ids))
        async with reading(self._engines) as connection:
            rows = await connection.execute(statement)
            return {row.user_id: Life(row.key_id, row.made_at) for row in rows}

    async def destroy(self, user_id: int, now: datetime) -> None:
        """Destroy the member's key for good and put them on the erasure list. May be repeated after a crash."""
        self._cache.pop(user_id, None)
        fingerprint = self.fingerprint(user_id)
        async with writing(self._engines, user_id) as connection:
            await connection.execute(delete(member_keys).where(member_keys.c.user_id == user_id))
            listed = await connection.scalar(
                select(erased.c.erased_at).where(erased.c.fingerprint == fingerprint)
            )
            if listed is None:
                await connection.execute(insert(erased).values(fingerprint=fingerprint, erased_at=now))
        self._cache.pop(user_id, None)
        await self._engines.truncate_log()

    def fingerprint(self, user_id: int) -> bytes:
        """A keyed hash that stands for a member on the erasure list without naming them."""
        return hmac.digest(self._fingerprint_key, f"erased|{user_id}".encode(), "sha256")

    async def note_person(self, spelling: str, now: datetime) -> None:
        """Remember that a third person was taken out, by a mark that does not name them, so that a restore can say so."""
        mark = _PERSON + hmac.digest(self._fingerprint_key, f"person|{spelling}".encode(), "sha256")
        async with writing(self._engines, _OPENING) as connection:
            await connection.execute(delete(erased).where(erased.c.fingerprint == mark))
            await connection.execute(insert(erased).values(fingerprint=mark, erased_at=now))

    async def persons_since(self, at: datetime) -> int:
        """How many spellings of third persons were taken out after an instant; a backup of then names them again."""
        after = select(erased.c.fingerprint).where(erased.c.erased_at > at)
        async with reading(self._engines) as connection:
            return sum(mark.startswith(_PERSON) for mark in await connection.scalars(after))

    async def erased_fingerprints(self) -> frozenset[bytes]:
        """Everybody who was erased and did not come back; a restored backup erases them again before it opens."""
        async with reading(self._engines) as connection:
            return frozenset(await connection.scalars(select(erased.c.fingerprint)))

    async def welcome(self, user_id: int, now: datetime) -> None:
        """The member consents: they leave the erasure list, and get their key if they have none.

        So a restored backup erases nothing they write from now on, and knows what is older than this.
        """
        async with writing(self._engines, user_id) as connection:
            await connection.execute(delete(erased).where(erased.c.fingerprint == self.fingerprint(user_id)))
            key = await self._stored(connection, user_id) or await self._make(connection, user_id, now)
        self._remember(key)

    async def _stored(self, connection: AsyncConnection, user_id: int) -> MemberKey | None:
        found = await connection.execute(select(member_keys).where(member_keys.c.user_id == user_id))
        row = found.one_or_none()
        return None if row is None else self._host_key.member_key(user_id, row.key_id, row.wrapped)

    async def _make(
        self, connection: AsyncConnection, user_id: int, now: datetime | None = None
    ) -> MemberKey:
        listed = select(erased.c.erased_at).where(erased.c.fingerprint == self.fingerprint(user_id))
        if await connection.scalar(listed) is not None:
            raise MemberErased(user_id)
        key, wrapped = self._host_key.new_member_key(user_id)
        row = {"user_id": user_id, "key_id": key.key_id, "wrapped": wrapped, "made_at": now}
        await connection.execute(insert(member_keys).values(row))
        return key

    def _remember(self, key: MemberKey) -> MemberKey:
        if self._engines.sqlite:
            self._cache[key.user_id] = key
            self._cache.move_to_end(key.user_id)
            if len(self._cache) > CACHED_KEYS:
                self._cache.popitem(last=False)
        return key


async def _refuse_missing(engines: Engines) -> None:
    if not await is_there(engines):
        raise KeystoreMissing("the members' keys are not there")


async def _refuse_lost_check(connection: AsyncConnection, stored: bytes | None) -> None:
    if stored is None and await connection.scalar(select(sa.func.count()).select_from(member_keys)):
        raise KeystoreRefused("the keystore holds keys but its check value is gone; restore the keystore")


def _resolve(host_key: HostKey | Path, *, is_new: bool) -> HostKey:
    if isinstance(host_key, HostKey):
        return host_key
    return HostKey.load_or_create(host_key) if is_new else HostKey.load(host_key)


def _checked(key: HostKey, stored: bytes) -> bytes:
    try:
        return key.unwrap(stored, CHECK_PLACE)
    except SealBroken:
        raise KeystoreRefused(
            "the host key does not open the members' keys. Put the right one back; nothing was changed"
        ) from None
