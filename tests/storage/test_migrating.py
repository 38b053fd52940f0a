"""Migrations of a database with rows in every table: none is lost, and there is no state between old and new."""

import asyncio
import contextlib
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.storage import schema
from bot.storage.backups import damage
from bot.storage.columns import metadata
from bot.storage.copying import count_rows, tally_tables
from bot.storage.engine import Engines
from bot.storage.schema import SchemaRefused, current, head, is_older, migrate
from tests.process.forked import PRELOADED
from tests.storage.everything import fill
from tests.storage.later import NEXT, tomorrow

ALL = metadata.sorted_tables


async def test_a_table_that_is_rebuilt_keeps_every_row_and_what_hangs_on_it(
    filled: Engines, tmp_path: Path
) -> None:
    async with filled.read() as connection:
        before = await tally_tables(connection, ALL)
    assert await migrate(filled, scripts=tomorrow(tmp_path)) == (head(), NEXT)
    async with filled.read() as connection:
        assert await tally_tables(connection, ALL) == before, "every column of today holds what it held"
        assert set((await connection.execute(text("SELECT tomorrow FROM rejections"))).scalars()) == {8}


@pytest.mark.parametrize(
    "more, why",
    [
        ('op.execute("DELETE FROM receipts")', "lose rows of receipts"),
        ('op.execute("DELETE FROM members")', "lose rows|point at nothing"),
        ('raise ValueError("a fault of ours")', "a fault of ours"),
    ],
)
async def test_a_migration_that_would_lose_rows_changes_nothing(
    filled: Engines, tmp_path: Path, more: str, why: str
) -> None:
    async with filled.read() as connection:
        before = await tally_tables(connection, ALL)
    with pytest.raises((SchemaRefused, ValueError), match=why):
        await migrate(filled, scripts=tomorrow(tmp_path, more))
    assert await current(filled) == head()
    async with filled.read() as connection:
        assert await tally_tables(connection, ALL) == before


async def test_a_database_of_an_earlier_version_is_told_from_one_of_ours(
    filled: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not await is_older(filled)
    revisions = (NEXT, head())
    monkeypatch.setattr(schema, "_revisions", lambda: revisions)
    assert await is_older(filled)


def migrate_here(url: str, scripts: Path, begun: Path) -> None:
    """Runs in a process of its own."""

    async def work() -> None:
        engines = Engines(url)
        await migrate(engines, scripts=scripts)
        await engines.close()

    begun.touch()
    asyncio.run(work())


def started(path: Path, scripts: Path, begun: Path) -> Any:
    begun.unlink(missing_ok=True)
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, "tests.storage.test_migrating"])
    process = context.Process(target=migrate_here, args=(f"sqlite:///{path}", scripts, begun), daemon=True)
    process.start()
    while not begun.exists() and process.exitcode is None:
        process.join(0.001)
    return process


def state_of(path: Path, rows: int) -> str:
    """The revision of a file that is whole in every respect."""
    with closing(sqlite3.connect(path)) as connection:
        assert damage(connection) is None
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        names = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        assert ("keepsakes" in names) == (revision == NEXT)
        assert not {name for name in names if name.startswith("_alembic_tmp")}
        for name in ("members", "rejections", "deliveries", "wins"):
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            assert ("tomorrow" in columns) == (revision == NEXT)
        for table in ALL:
            assert connection.execute(f"SELECT count(*) FROM {table.name}").fetchone() == (rows,), table.name
        return str(revision)


def renew(whole: Path, copy: Path) -> None:
    """A fresh copy, without the log of the one before."""
    for path in copy.parent.glob(f"{copy.name}*"):
        path.unlink()
    shutil.copy(whole, copy)


async def killed(folder: Path, kills: int, rows: int) -> dict[str, int]:
    """Migrate a copy, and kill it, again and again. Gives how often it was found at which revision."""
    whole, copy, begun, chance = (
        folder / "whole.sqlite3",
        folder / "copy.sqlite3",
        folder / "begun",
        random.Random(kills),
    )
    engines = Engines(f"sqlite:///{whole}")
    await migrate(engines)
    async with engines.write() as connection:
        await fill(connection, each=rows)
        assert set((await count_rows(connection, ALL)).values()) == {rows}
    await engines.close()
    scripts, found = tomorrow(folder), {head(): 0, NEXT: 0}
    renew(whole, copy)
    process = started(copy, scripts, begun)
    since = time.monotonic()
    process.join()
    seconds = time.monotonic() - since
    assert (process.exitcode, state_of(copy, rows)) == (0, NEXT)
    for _ in range(kills):
        renew(whole, copy)
        process = started(copy, scripts, begun)
        process.join(chance.uniform(0, seconds))
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        found[state_of(copy, rows)] += 1
    return found


@pytest.mark.timeout(300)
async def test_a_kill_in_the_middle_leaves_the_old_or_the_new_schema(tmp_path: Path) -> None:
    assert sum((await killed(tmp_path, kills=4, rows=200)).values()) == 4


@pytest.mark.soak
async def test_two_hundred_kills_leave_the_old_or_the_new_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kills = int(os.environ.get("SOAK_MIGRATIONS", "200"))
    found = await killed(tmp_path, kills, rows=1000)
    with capsys.disabled():
        sys.stdout.write(f"{kills} kills of a migration: {found[head()]} old, {found[NEXT]} new, 0 between\n")
