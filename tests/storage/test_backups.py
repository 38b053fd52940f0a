"""Backups: whole, checked, named when they are done, and deleted when they are old."""

import asyncio
import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.storage import backups
from bot.storage.backups import MADE_AT, BackupFailed, Backups, damage
from bot.storage.columns import metadata
from bot.storage.copying import Tally, copy_tables, tally_tables
from bot.storage.engine import Engines
from bot.storage.interrupting import on_file
from bot.storage.schema import head, migrate
from tests.storage.everything import fill

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
KEPT = timedelta(days=14)
ALL = metadata.sorted_tables


async def test_a_backup_holds_every_row_and_says_when_it_was_made(filled: Engines, tmp_path: Path) -> None:
    made = await Backups(filled, tmp_path / "b", KEPT).make(NOW)
    assert made.path.name == "stepforward-20261122T033000Z.sqlite3"
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name], "nothing beside it"
    assert made.path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(made.path)) as connection:
        assert damage(connection) is None
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (head(),)
        [(said,)] = connection.execute("SELECT value FROM facts WHERE name = ?", (MADE_AT,)).fetchall()
    assert datetime.fromisoformat(said) == NOW
    copy = Engines(f"sqlite:///{made.path}")
    async with filled.read() as source, copy.read() as target:
        whole, held = await tally_tables(source, ALL), await tally_tables(target, ALL)
    await copy.close()
    assert held.pop("facts").rows == whole.pop("facts").rows + 1
    assert held == whole


async def test_two_backups_in_one_second_get_two_names(filled: Engines, tmp_path: Path) -> None:
    place = Backups(filled, tmp_path / "b", KEPT)
    first, second = await place.make(NOW), await place.make(NOW)
    assert second.path.name == "stepforward-20261122T033000Z-2.sqlite3"
    assert {backup.path for backup in place.listed()} == {first.path, second.path}


async def test_a_copy_that_differs_is_thrown_away(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgets_one(*args: object) -> dict[str, object]:
        found = await copy_tables(*args)  # type: ignore[arg-type]  # whatever it is given
        await args[1].execute(metadata.tables["receipts"].delete())  # type: ignore[attr-defined]  # the target
        return dict(found)

    engines = Engines(postgres_url)
    await migrate(engines)
    async with engines.write() as connection:
        await fill(connection, each=3)
    monkeypatch.setattr(backups, "copy_tables", forgets_one)
    with pytest.raises(BackupFailed, match="thrown away"):
        await Backups(engines, tmp_path / "b", KEPT).make(NOW)
    assert list((tmp_path / "b").iterdir()) == []
    await engines.close()


async def test_a_damaged_copy_gets_no_name(
    filled: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "damage", lambda _connection: "a page is gone")
    with pytest.raises(BackupFailed, match="a page is gone"):
        await Backups(filled, tmp_path / "b", KEPT).make(NOW)
    assert list((tmp_path / "b").iterdir()) == []


async def test_a_full_disk_leaves_nothing_behind(
    filled: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backups, "damage", full)
    with pytest.raises(BackupFailed, match="disk is full"):
        await Backups(filled, tmp_path / "b", KEPT).make(NOW)
    assert list((tmp_path / "b").iterdir()) == []


@pytest.mark.postgres
async def test_a_database_that_goes_away_is_a_backup_that_failed(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines, other = Engines(postgres_url), Engines(postgres_url)
    await migrate(engines)

    async def cut_off(*args: Any) -> dict[str, Tally]:
        everybody_else = "datname = current_database() AND pid <> pg_backend_pid()"
        async with other.write() as connection:
            await connection.execute(
                text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {everybody_else}")
            )
        return await copy_tables(*args)

    monkeypatch.setattr(backups, "copy_tables", cut_off)
    with pytest.raises(BackupFailed, match="was not made"):
        await Backups(engines, tmp_path / "b", KEPT).make(NOW)
    assert list((tmp_path / "b").iterdir()) == []
    await other.close()
    await engines.close()


async def test_who_ends_the_bot_ends_its_long_work_on_a_file(tmp_path: Path) -> None:
    (tmp_path / "test.sqlite3").touch()
    begun = threading.Event()

    def for_hours(connection: sqlite3.Connection) -> None:
        begun.set()
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        ).fetchone()

    work = asyncio.create_task(on_file(tmp_path / "test.sqlite3", for_hours))
    await asyncio.to_thread(begun.wait)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(work, 5)


class TestAge:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for days in (0, 1, 13, 14, 15, 29, 31):
            (tmp_path / f"stepforward-{NOW - timedelta(days=days):%Y%m%dT%H%M%SZ}.sqlite3").touch()
        for other in ("stepforward-mine.sqlite3", "stepforward.sqlite3", "notes.txt"):
            (tmp_path / other).touch()
        return tmp_path

    async def place(self, url: str, folder: Path, keep_for: timedelta = KEPT) -> Backups:
        return Backups(Engines(url), folder, keep_for)

    async def test_what_is_older_than_it_may_be_kept_goes(self, sqlite_url: str, folder: Path) -> None:
        place = await self.place(sqlite_url, folder)
        assert len(place.prune(NOW)) == 3
        ages = [(NOW - backup.made_at).days for backup in place.listed()]
        assert ages == [0, 1, 13, 14]
        assert (folder / "stepforward-mine.sqlite3").exists(), "a name of the host's own is never touched"

    async def test_the_newest_stays_longer_when_no_newer_one_came(
        self, sqlite_url: str, folder: Path
    ) -> None:
        place = await self.place(sqlite_url, folder)
        place.prune(NOW + timedelta(days=29))
        assert [backup.made_at for backup in place.listed()] == [NOW]
        place.prune(NOW + timedelta(days=31))
        assert place.listed() == []

    async def test_nothing_is_kept_longer_than_thirty_days(self, sqlite_url: str, folder: Path) -> None:
        place = await self.place(sqlite_url, folder, timedelta(days=400))
        place.prune(NOW)
        assert max((NOW - backup.made_at).days for backup in place.listed()) == 29

    async def test_what_a_killed_backup_left_goes_after_a_day(self, sqlite_url: str, folder: Path) -> None:
        for age in (0, 2):
            draft = folder / f".stepforward-{age}.draft"
            draft.touch()
            then = (NOW - timedelta(days=age)).timestamp()
            os.utime(draft, (then, then))
        (await self.place(sqlite_url, folder)).prune(NOW)
        assert (folder / ".stepforward-0.draft").exists()
        assert not (folder / ".stepforward-2.draft").exists()

    async def test_the_nightly_job_makes_one_a_day(self, filled: Engines, tmp_path: Path) -> None:
        place = Backups(filled, tmp_path / "b", KEPT)
        for hours in (0, 1, 12, 24, 30, 48):
            await place.nightly(NOW + timedelta(hours=hours))
        assert [(backup.made_at - NOW).days for backup in place.listed()] == [2, 1, 0]
