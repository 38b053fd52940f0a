"""A database of every release that ever was, with rows in every table, becomes one of today and keeps every row."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.backups import damage
from bot.storage.columns import metadata
from bot.storage.engine import Engines
from bot.storage.schema import MIGRATIONS, head, migrate
from tests.storage.frozen import ROWS, SCHEMAS, freeze, thaw
from tests.storage.later import NEXT, tomorrow

RELEASES = sorted(SCHEMAS.glob("*.sql"))


def counts(path: Path) -> dict[str, int]:
    """The rows of every table of a file that is whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert damage(connection) is None
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def migrated(frozen: Path, folder: Path, scripts: Path = MIGRATIONS) -> tuple[dict[str, int], dict[str, int]]:
    """The counts before and after."""
    path = folder / "thawed.sqlite3"
    thaw(frozen, path)
    before = counts(path)

    async def work() -> None:
        engines = Engines(f"sqlite:///{path}")
        await migrate(engines, scripts=scripts)
        await engines.close()

    asyncio.run(work())
    return before, counts(path)


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_database_of_an_old_release_keeps_every_row(release: Path, tmp_path: Path) -> None:
    before, after = migrated(release, tmp_path)
    assert set(before.values()) == {1, ROWS}, "alembic's one row, and some in every table"
    assert {name: after.get(name) for name in before} == before
    assert set(metadata.tables) <= set(after)


def test_what_is_frozen_today_can_be_migrated_tomorrow(tmp_path: Path) -> None:
    freeze(tmp_path / "today.sql")
    with pytest.raises(FileExistsError):
        freeze(tmp_path / "today.sql")
    before, after = migrated(tmp_path / "today.sql", tmp_path, tomorrow(tmp_path))
    assert set(before) == {*metadata.tables, "alembic_version"}
    assert after == {**before, "keepsakes": 0}
    assert head() != NEXT
