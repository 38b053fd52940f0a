"""Copies of the data in one SQLite file each, made while the bot runs. They never hold a key.

Whether a copy may be put back, and what is done to it then, is bot.storage.restoring's.
"""

import asyncio
import logging
import os
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.crypto import sync_folder
from bot.storage.columns import metadata
from bot.storage.copying import Progress, copy_tables, silent, tally_tables
from bot.storage.engine import Engines
from bot.storage.interrupting import on_file
from bot.storage.schema import current, head, migrate

MADE_AT = "backup:made-at"
"""The fact that tells of a copy when it was made."""
LONGEST = timedelta(days=30)
"""No copy is kept longer than this, whatever the settings: PRIVACY.md says so."""
_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"stepforward-(\d{8}T\d{6}Z)(?:-\d+)?\.sqlite3")
_DRAFT = re.compile(r"\.stepforward-.*\.draft(-wal|-shm|-journal)?")
_DAILY = timedelta(hours=20)

log = logging.getLogger(__name__)


class BackupFailed(Exception):
    """No copy was made, and nothing was left behind. The message is one clear line for the host."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy. `made_at` is aware UTC."""

    path: Path
    made_at: datetime
    size: int


class Backups:
    """Makes copies in one folder and deletes the old ones there; files with other names are never touched."""

    def __init__(self, engines: Engines, folder: Path, keep_for: timedelta) -> None:
        self._engines = engines
        self._folder = folder
        self._keep_for = min(keep_for, LONGEST)

    async def make(self, now: datetime, progress: Progress = silent) -> Backup:
        """Copy everything as it is at one instant, check the copy, and only then give it its name.

        Raises BackupFailed; the bot may run meanwhile, on SQLite and on PostgreSQL. Who cancels it ends it at once.
        """
        try:
            with draft_in(self._folder) as draft:
                if self._engines.sqlite:
                    await on_file(Path(self._engines.writer.url.database or ""), _vacuum_into(draft))
                else:
                    await _copy_out(self._engines, draft, progress)
                await on_file(draft, _seal(now))
                await asyncio.to_thread(sync_file, draft)
                return Backup(path := self._name(draft, now), now, path.stat().st_size)
        except (OSError, sqlite3.Error) as error:
            raise BackupFailed(f"The backup was not made: {error}") from None
        except DBAPIError as error:
            raise BackupFailed(f"The backup was not made: {type(error.orig).__name__}") from None

    def _name(self, draft: Path, now: datetime) -> Path:
        base, number = f"stepforward-{now.astimezone(UTC):{_TIME}}", 1
        path = self._folder / f"{base}.sqlite3"
        while path.exists():
            number += 1
            path = self._folder / f"{base}-{number}.sqlite3"
        draft.replace(path)
        sync_folder(self._folder)
        return path

    def listed(self) -> list[Backup]:
        """The copies in the folder, the newest first."""
        found = [
            Backup(path, datetime.strptime(match[1], _TIME).replace(tzinfo=UTC), path.stat().st_size)
            for path in self._files()
            if (match := _NAME.fullmatch(path.name))
        ]
        return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)

    def _files(self) -> list[Path]:
        return list(self._folder.iterdir()) if self._folder.is_dir() else []

    def prune(self, now: datetime) -> list[Path]:
        """Delete what is older than it may be kept. The newest copy stays for 30 days, so that one is there."""
        gone = [
            backup.path
            for number, backup in enumerate(self.listed())
            if now - backup.made_at > (LONGEST if number == 0 else self._keep_for)
        ]
        for path in (*gone, *(path for path in self._files() if _left_over(path, now))):
            path.unlink(missing_ok=True)
        return gone

    async def nightly(self, now: datetime) -> None:
        """The nightly job: a copy unless one was made in the last 20 hours, then the old ones go."""
        newest = next(iter(self.listed()), None)
        if newest is None or now - newest.made_at >= _DAILY:
            made = await self.make(now)
            log.info("backup made: %s, %d bytes", made.path.name, made.size)
        gone = await asyncio.to_thread(self.prune, now)
        if gone:
            log.info("backups deleted for their age: %d", len(gone))


def _left_over(path: Path, now: datetime) -> bool:
    """Whether it is what a killed backup left: unfinished, and a day old."""
    return bool(_DRAFT.fullmatch(path.name)) and now.timestamp() - path.stat().st_mtime > 86_400


@contextmanager
def draft_in(folder: Path) -> Iterator[Path]:
    """A name beside the last one; whatever carries it at the end is deleted."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".stepforward-{secrets.token_hex(4)}.draft"
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield draft
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _vacuum_into(target: Path) -> Callable[[sqlite3.Connection], None]:
    """SQLite's own copy of one instant: writers go on meanwhile, and nothing deleted comes along."""

    def copy(connection: sqlite3.Connection) -> None:
        connection.execute("VACUUM INTO ?", (str(target),))

    return copy


async def _copy_out(engines: Engines, target: Path, progress: Progress) -> None:
    """Every row of one instant of a PostgreSQL database, into a SQLite file, read back and compared."""
    if await current(engines) != head():
        raise BackupFailed("The database is not at this version's schema: run `python -m bot migrate` first.")
    copy = Engines(f"sqlite:///{target}")
    try:
        await migrate(copy)
        async with engines.snapshot() as source, copy.write() as connection:
            written = await copy_tables(source, connection, metadata.sorted_tables, progress)
            if await tally_tables(connection, metadata.sorted_tables) != written:
                raise BackupFailed("The copy does not hold what was read; it was thrown away.")
    finally:
        await copy.close()


def _seal(now: datetime) -> Callable[[sqlite3.Connection], None]:
    """Writes into a copy when it was made, and checks it from end to end. Raises BackupFailed."""
    made_at = now.astimezone(UTC)
    row = MADE_AT, made_at.isoformat(), made_at.replace(tzinfo=None).isoformat(" ")

    def seal(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("INSERT OR REPLACE INTO facts (name, value, set_at) VALUES (?, ?, ?)", row)
        if trouble := damage(connection):
            raise BackupFailed(
                f"The copy is damaged ({trouble}); it was thrown away. Check the disk and the database."
            )

    return seal


def sync_file(path: Path) -> None:
    """Put a copy on the disk. Raises OSError when the disk does not take it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def damage(connection: sqlite3.Connection) -> str | None:
    """What is wrong with a SQLite file from end to end: the first thing, or None."""
    answer = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if answer != "ok":
        return answer
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    return None if broken is None else f"a row of {broken[0]} points at nothing"
