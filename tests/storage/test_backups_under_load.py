"""Backups made while members write: each restores whole, and holds everything that was saved before it began."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.crypto import HostKey
from bot.domain.members import newcomer
from bot.storage.backups import Backups
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore
from bot.storage.restoring import Standing, bring_up, look, take_copy
from bot.storage.schema import migrate
from bot.storage.sealing import Sealing
from bot.storage.tables import rejections
from bot.storage.unit import SqlDatabase
from tests.storage.test_rejections import NOW, entry

WRITERS = (101, 102, 103, 104)


@pytest.fixture
async def db(database_url: str, tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    """A migrated database with the synchronous writes of the product."""
    engines = Engines(database_url)
    await migrate(engines)
    keys = await Keystore.open(f"sqlite:///{tmp_path / 'keys.sqlite3'}", HostKey(b"k" * 32))
    opened = SqlDatabase(engines, keys)
    async with opened.write() as tx:
        for user_id in WRITERS:
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
    yield opened
    await engines.close()
    await keys.close()


class Load:
    """Members who log one rejection after the other, and what was saved for them so far."""

    def __init__(self, db: SqlDatabase) -> None:
        self._db, self._over, self.saved = db, False, set[int]()
        self._one, self._go, self._most = asyncio.Event(), asyncio.Event(), 0

    async def __aenter__(self) -> "Load":
        self._tasks = [asyncio.create_task(self._write(user_id)) for user_id in WRITERS]
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._over = True
        self._go.set()
        await asyncio.gather(*self._tasks)

    async def _write(self, user_id: int) -> None:
        number = user_id * 1_000_000
        while not self._over:
            await self._go.wait()
            number += 1
            async with self._db.write() as tx:
                await tx.rejections.add(entry(number, user_id, who=f"Lab {number}", said="no" * 100))
            self.saved.add(number)
            self._one.set()
            if len(self.saved) >= self._most and not self._over:
                self._go.clear()

    async def more(self, rows: int) -> None:
        """Wait until so many more are saved; four times as many may follow, so that a slow backup meets no mountain."""
        wanted = len(self.saved) + rows
        self._most = wanted + 4 * rows
        self._go.set()
        while len(self.saved) < wanted:
            self._one.clear()
            await self._one.wait()


async def restored(backup: Path, draft: Path, keys: Keystore) -> set[int]:
    """The rejections of a backup, each opened with its member's key."""
    assert take_copy(backup, draft) is not None
    copy = Engines(f"sqlite:///{draft}")
    await bring_up(copy)
    assert await look(copy, keys) == Standing((), ())
    found, sealings = set(), {user_id: await Sealing.of(keys, user_id, "rejections") for user_id in WRITERS}
    async with copy.read() as connection:
        for row in await connection.execute(select(rejections)):
            assert sealings[row.user_id].open(row.who, "who", row.id) == f"Lab {row.id}"
            found.add(row.id)
    await copy.close()
    return found


async def hammered(db: SqlDatabase, folder: Path, backups: int, rows: int) -> tuple[int, int]:
    """So many backups under load. Gives how many rows were missing or unreadable, and how many were written."""
    place, missing = Backups(db.engines, folder / "b", timedelta(days=30)), 0
    async with Load(db) as load:
        for number in range(backups):
            await load.more(rows)
            saved = set(load.saved)
            made = await place.make(NOW + timedelta(seconds=number))
            missing += len(saved - await restored(made.path, folder / f"draft-{number}.sqlite3", db.keys))
    return missing, len(load.saved)


async def test_each_backup_under_load_restores_whole_and_is_not_stale(
    db: SqlDatabase, tmp_path: Path
) -> None:
    missing, written = await hammered(db, tmp_path, backups=3, rows=20)
    assert missing == 0
    assert written >= 60


@pytest.mark.soak
async def test_sixty_backups_under_load_restore_whole(
    db: SqlDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backups = int(os.environ.get("SOAK_BACKUPS", "60"))
    missing, written = await hammered(db, tmp_path, backups, rows=200)
    with capsys.disabled():
        engine = "SQLite" if db.engines.sqlite else "PostgreSQL"
        sys.stdout.write(
            f"{engine}: {backups} backups while {written} rows were written: {missing} missing\n"
        )
    assert missing == 0
