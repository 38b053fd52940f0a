"""A new host key takes the place of the old one. Whatever moment it is killed at, everything stays readable.

The key file becomes the new key while the old one stays beside it as `<file>.old`; then every member's key is wrapped
anew, a few hundred at a time; then the old key is destroyed. Begun again, it goes on where it was.
What members wrote is not touched: their own keys stay, and with them every seal.
"""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.crypto import HostKey, HostKeyError, old_key_file, sync_folder, wrapping_place, write_new_key
from bot.storage.copying import Progress, silent
from bot.storage.engine import Engines
from bot.storage.keytables import CHECK_PLACE, host_key_check, member_keys, reading, writing

BATCH = 200
_TURN = -1  # no member has this id, so two rotations at once wait for each other (PostgreSQL)


def begin_in_file(path: Path) -> HostKey:
    """Put a new key into the file, the old one beside it, or go on where that was interrupted.

    Gives the new key, which opens what either wrapped. Raises HostKeyError, and then the old key is in its place.
    """
    new, old = path.with_name(f"{path.name}.new"), old_key_file(path)
    try:
        if not new.exists() and not old.exists():
            write_new_key(new)
        if new.exists():
            HostKey.load(new)  # a whole key, before it becomes the key
            if not old.exists():
                os.link(path, old)
                sync_folder(path.parent)
            new.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise HostKeyError(f"the host key {path} cannot be replaced: {error.strerror}") from None
    return HostKey.load(path)


def end_in_file(path: Path) -> None:
    """Destroy the old key. Nothing is wrapped by it any more."""
    old = old_key_file(path)
    if old.exists():
        with old.open("rb+") as file:
            file.write(secrets.token_bytes(old.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        old.unlink()
        sync_folder(path.parent)


async def count_keys(url: str) -> int:
    """How many members have a key."""
    engines = Engines(url)
    try:
        async with reading(engines) as connection:
            return (await connection.execute(select(func.count()).select_from(member_keys))).scalar_one()
    finally:
        await engines.close()


async def rewrap(url: str, key: HostKey, progress: Progress = silent) -> int:
    """Wrap everything anew that the old key wrapped, the check value last. Gives how many members' keys that were.

    Raises SealBroken for a key that neither opens, and then everything stays as it is.
    """
    engines = Engines(url)
    done, last = 0, -(1 << 62)
    try:
        while True:
            async with writing(engines, _TURN) as connection:
                after = select(member_keys).where(member_keys.c.user_id > last)
                rows = (await connection.execute(after.order_by(member_keys.c.user_id).limit(BATCH))).all()
                if not rows:
                    await _rewrap_check(connection, key)
                    break
                done += await _rewrap_rows(connection, rows, key)
            last = rows[-1].user_id
            progress("keys", len(rows))
        await engines.truncate_log()
    finally:
        await engines.close()
    return done


async def _rewrap_rows(connection: AsyncConnection, rows: Sequence[Row[Any]], key: HostKey) -> int:
    changes = [
        {"member": row.user_id, "before": row.wrapped, "after": _wrapped_anew(key, row)}
        for row in rows
        if not key.has_wrapped(row.wrapped)
    ]
    if changes:
        # Only where it is still what was read: a member may be erased meanwhile.
        same = (member_keys.c.user_id == bindparam("member")) & (member_keys.c.wrapped == bindparam("before"))
        await connection.execute(update(member_keys).where(same).values(wrapped=bindparam("after")), changes)
    return len(changes)


def _wrapped_anew(key: HostKey, row: Row[Any]) -> bytes:
    place = wrapping_place(row.user_id, row.key_id)
    return key.wrap(key.unwrap(row.wrapped, place), place)


async def _rewrap_check(connection: AsyncConnection, key: HostKey) -> None:
    stored = (await connection.execute(select(host_key_check.c.value))).scalar_one()
    if not key.has_wrapped(stored):
        value = key.wrap(key.unwrap(stored, CHECK_PLACE), CHECK_PLACE)
        await connection.execute(update(host_key_check).values(value=value))
