"""Puts a backup back: a copy of it is checked, brought to this version's schema and cleaned, and then takes the place.

The backup itself is never changed, and the database it replaces is moved aside, not deleted.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateSchema

from bot.crypto import SealBroken, sync_folder
from bot.domain.nudges import RESTORED, DeliveryState, NudgeState
from bot.domain.wins import WinState
from bot.storage.backups import MADE_AT, damage
from bot.storage.columns import metadata
from bot.storage.copying import Progress, copy_tables, tally_tables
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore
from bot.storage.owned import OWNED, Owned
from bot.storage.schema import SchemaRefused, migrate, run_migrations
from bot.storage.sealing import Sealing
from bot.storage.tables import deliveries, facts, members, nudges, wins

RESTORED_AT = "restored:at"
_AT_ONCE = 500
_SYNCED = "commands"
_BEGINNING = b"SQLite format 3\x00"


class RestoreRefused(Exception):
    """Nothing was changed. The message says why, and what would help."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose rows in a copy must not come back, and whose texts nobody could read."""

    erased: tuple[int, ...]
    unreadable: tuple[int, ...]


def take_copy(backup: Path, draft: Path) -> datetime | None:
    """Copy a backup into a draft, checked from end to end; gives when it was made, if it says. Raises RestoreRefused."""
    try:
        with backup.open("rb") as file:
            beginning = file.read(len(_BEGINNING))
    except OSError as error:
        raise RestoreRefused(f"{backup} cannot be read: {error.strerror}.") from None
    if beginning != _BEGINNING:
        raise RestoreRefused(f"{backup} is no backup of this bot: it is not a SQLite file.")
    try:
        with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as source:
            if trouble := damage(source):
                raise RestoreRefused(f"{backup} is damaged ({trouble}). Take another backup.")
            known = {
                name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            if not {"alembic_version", "members", "facts"} <= known:
                raise RestoreRefused(f"{backup} is no backup of this bot: its tables are not there.")
            source.execute("VACUUM INTO ?", (str(draft),))
            made = source.execute("SELECT value FROM facts WHERE name = ?", (MADE_AT,)).fetchone()
    except sqlite3.Error as error:
        raise RestoreRefused(f"{backup} cannot be read: {error}. Take another backup.") from None
    return None if made is None else datetime.fromisoformat(made[0])


async def bring_up(copy: Engines) -> None:
    """Bring the copy to this version's schema. Raises RestoreRefused for one of a newer version."""
    try:
        await migrate(copy)
    except SchemaRefused as error:
        raise RestoreRefused(f"The backup does not fit: {error}.") from None


async def look(copy: Engines, keys: Keystore) -> Standing:
    """Compare the members of a copy with the keys there are: who was erased since, and who cannot be read."""
    marks, erased, unreadable = await keys.erased_fingerprints(), set[int](), set[int]()
    statement = select(members.c.user_id, members.c.consented_at).order_by(members.c.user_id)
    async with copy.read() as connection:
        rows = (await connection.execute(statement)).all()
        for start in range(0, len(rows), _AT_ONCE):
            batch = {row.user_id: row.consented_at for row in rows[start : start + _AT_ONCE]}
            lives = await keys.lives(list(batch))
            gone = {
                user_id
                for user_id, consented_at in batch.items()
                if keys.fingerprint(user_id) in marks
                or ((life := lives.get(user_id)) and life.made_at and consented_at < life.made_at)
            }
            erased |= gone
            unreadable |= await _unreadable(connection, keys, [one for one in batch if one not in gone])
    return Standing(tuple(sorted(erased)), tuple(sorted(unreadable)))


async def _unreadable(connection: AsyncConnection, keys: Keystore, user_ids: Sequence[int]) -> set[int]:
    """Of these members, those whose newest texts do not open. One row of each table stands for all of theirs."""
    found: set[int] = set()
    for owned in (one for one in OWNED if one.sealed):
        table = owned.table
        newest = select(func.max(table.c.id)).where(table.c.user_id.in_(user_ids)).group_by(table.c.user_id)
        for row in (await connection.execute(select(table).where(table.c.id.in_(newest)))).mappings():
            if any(row[column] is not None for column in owned.sealed) and not await _opens(keys, owned, row):
                found.add(row["user_id"])
    return found


async def _opens(keys: Keystore, owned: Owned, row: object) -> bool:
    values = dict(row)  # type: ignore[call-overload]  # a mapping of SQLAlchemy's
    key = await keys.existing(values["user_id"])
    if key is None:
        return False
    sealing = Sealing(key, owned.name)
    try:
        for column in owned.sealed:
            sealing.open(values[column], column, values["id"])
    except SealBroken:
        return False
    return True


async def leave_out_overdue(connection: AsyncConnection, now: datetime) -> int:
    """Whatever was due by now may have gone out after the backup was made: it is marked, and never sent.

    Gives how many check-ins that were.
    """
    due = update(nudges).where(
        nudges.c.state.in_((NudgeState.DUE, NudgeState.CLAIMED)), nudges.c.due_at <= now
    )
    skipped = await connection.execute(
        due.values(state=NudgeState.SKIPPED, reason=RESTORED, lease_until=None)
    )
    pending = update(deliveries).where(
        deliveries.c.state.in_((DeliveryState.MADE, DeliveryState.SENDING)), deliveries.c.due_at <= now
    )
    await connection.execute(pending.values(state=DeliveryState.UNDELIVERABLE, reason=RESTORED))
    waiting = update(wins).where(wins.c.state == WinState.WAITING, wins.c.publish_at <= now)
    await connection.execute(waiting.values(state=WinState.WITHDRAWN))
    return skipped.rowcount


async def note(connection: AsyncConnection, now: datetime) -> None:
    """Remember the restore, and forget which commands Discord knows: the bot sends them once more."""
    await connection.execute(delete(facts).where(facts.c.name.in_((MADE_AT, RESTORED_AT, _SYNCED))))
    await connection.execute(facts.insert().values(name=RESTORED_AT, value=now.isoformat(), set_at=now))


def swap_files(draft: Path, place: Path, now: datetime) -> Path | None:
    """Put a closed draft in the place of a SQLite database; gives the name under which the old one stays.

    There is no moment without a database under the name: whoever started a bot then would begin an empty one.
    """
    with closing(sqlite3.connect(draft)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    aside = None
    if place.exists():
        aside = _free_name(place, now)
        _take_log_in(place)
        _keep_as(place, aside)
        # A log that could not be taken in belongs to the old file, and must never be played into the new one.
        for ending in ("-wal", "-shm"):
            log = place.with_name(place.name + ending)
            if log.exists():
                log.rename(aside.with_name(aside.name + ending))
    draft.replace(place)
    sync_folder(place.parent)
    return aside


def _take_log_in(place: Path) -> None:
    """Bring what lies in the log into the file. A file that cannot be read is left alone: opened to be written, SQLite
    would throw its log away.
    """
    with suppress(sqlite3.Error):
        with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as looking:
            looking.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(place)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _keep_as(place: Path, aside: Path) -> None:
    """A second name for the file; where the disk knows no such thing, another name instead of the first."""
    try:
        os.link(place, aside)
    except OSError:
        place.rename(aside)


def _free_name(place: Path, now: datetime) -> Path:
    stamp, number = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}", 1
    aside = place.with_name(f"{place.stem}-before-{stamp}{place.suffix}")
    while aside.exists():
        number += 1
        aside = place.with_name(f"{place.stem}-before-{stamp}-{number}{place.suffix}")
    return aside


async def put_into_postgres(copy: Engines, target: Engines, now: datetime, progress: Progress) -> str | None:
    """The same for PostgreSQL, in one transaction; what was there goes to a schema, whose name this gives."""
    ours = [*metadata.tables, "alembic_version"]
    async with copy.snapshot() as source, target.write() as connection:
        there = (
            select(text("tablename"))
            .select_from(text("pg_tables"))
            .where(text("schemaname = current_schema()"))
        )
        standing = set((await connection.execute(there)).scalars()) & set(ours)
        aside = None
        if standing:
            aside = f"stepforward_before_{now.astimezone(UTC):%Y%m%dt%H%M%S}"
            await connection.execute(CreateSchema(aside))
            for name in sorted(standing):
                await connection.execute(text(f'ALTER TABLE "{name}" SET SCHEMA "{aside}"'))
        await connection.run_sync(run_migrations)
        read = await copy_tables(source, connection, metadata.sorted_tables, progress)
        if await tally_tables(connection, metadata.sorted_tables) != read:
            raise RestoreRefused("The database does not hold what was written; nothing was changed.")
    return aside
