"""Moving between engines: the same rows on both sides, or an empty target."""

import os
import random
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from bot.storage import moving
from bot.storage.copying import Tally, count_rows, tally_tables
from bot.storage.keytables import erased, host_key_check, member_keys
from bot.storage.moving import DATA, KEYS, Moved, MoveRefused, Pair, move, size
from bot.storage.schema import migrate
from tests.storage.everything import fill

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
Opened = Callable[[str, str], Awaitable[Pair]]


async def filled(pair: Pair, each: int, seed: int = 1) -> None:
    """Rows in every table of both."""
    chance = random.Random(seed)
    await moving._make_ready(pair)
    async with pair.data.write() as connection:
        await fill(connection, seed, each)
    async with pair.keys.write() as connection:
        keys = await moving._translated(connection, pair.keys)
        rows = [
            {"user_id": n, "key_id": chance.randbytes(4), "wrapped": chance.randbytes(65), "made_at": NOW}
            for n in range(each)
        ]
        await keys.execute(insert(member_keys), rows)
        marks = [{"fingerprint": chance.randbytes(32), "erased_at": NOW} for _ in range(each)]
        await keys.execute(insert(erased), marks)
        await keys.execute(insert(host_key_check).values(id=1, value=chance.randbytes(77)))


async def tallies(pair: Pair) -> dict[str, Tally]:
    async with pair.data.read() as data, moving._keys(pair.keys) as keys:
        return {**await tally_tables(data, DATA), **await tally_tables(keys, KEYS)}


async def there_and_back(folder: Path, postgres: str, each: int) -> tuple[int, float]:
    """SQLite to PostgreSQL to another SQLite. Gives the rows, and the seconds of both moves."""
    first, last = (f"sqlite:///{folder / name}" for name in ("first.sqlite3", "last.sqlite3"))
    async with (
        Pair.opened(first, first.replace(".sqlite3", "-keys.sqlite3")) as source,
        Pair.opened(postgres, postgres) as middle,
        Pair.opened(last, last.replace(".sqlite3", "-keys.sqlite3")) as end,
    ):
        await filled(source, each)
        before, began = await tallies(source), time.monotonic()
        assert (await move(source, middle)).tables == before
        assert (await move(middle, end)).tables == before
        seconds = time.monotonic() - began
        assert await tallies(end) == before == await tallies(source)
        return await size(source), seconds


@pytest.mark.postgres
async def test_there_and_back_every_sum_is_the_same(tmp_path: Path, postgres_url: str) -> None:
    rows, _ = await there_and_back(tmp_path, postgres_url, each=20)
    assert rows == 20 * (len(DATA) + 2) + 1


@pytest.mark.soak
@pytest.mark.postgres
async def test_a_hundred_thousand_rows_there_and_back(
    tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = int(os.environ.get("SOAK_ROWS", "100000"))
    rows, seconds = await there_and_back(tmp_path, postgres_url, each=wanted // (len(DATA) + 2) + 1)
    with capsys.disabled():
        sys.stdout.write(f"{rows} rows to PostgreSQL and back in {seconds:.1f} s: every sum the same\n")


class TestNothingIsLeftBehind:
    async def moved(self, folder: Path, target: str) -> tuple[dict[str, Tally], Moved]:
        first = f"sqlite:///{folder / 'first.sqlite3'}"
        async with (
            Pair.opened(first, first.replace(".sqlite3", "-keys.sqlite3")) as source,
            Pair.opened(target, target if "postgres" in target else f"{target}-keys") as end,
        ):
            if not (folder / "first.sqlite3").exists():
                await filled(source, 5)
            return await tallies(source), await move(source, end)

    async def test_a_target_with_rows_is_refused(self, tmp_path: Path, database_url: str) -> None:
        await self.moved(tmp_path, database_url)
        with pytest.raises(MoveRefused, match="not empty"):
            await self.moved(tmp_path, database_url)

    async def test_a_sum_that_differs_leaves_it_empty(
        self, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def other(*args: object) -> dict[str, Tally]:
            found = await tally_tables(*args)  # type: ignore[arg-type]  # as it was called
            return {name: Tally(9, 9) if name == "nudges" else tally for name, tally in found.items()}

        with monkeypatch.context() as patch:
            patch.setattr(moving, "tally_tables", other)
            with pytest.raises(MoveRefused, match=r"\(nudges\); it was left empty"):
                await self.moved(tmp_path, database_url)
        before, moved = await self.moved(tmp_path, database_url)
        assert moved.tables == before, "and it can be done again"

    async def test_what_postgres_does_not_take_leaves_it_empty(
        self, tmp_path: Path, postgres_url: str
    ) -> None:
        first = f"sqlite:///{tmp_path / 'first.sqlite3'}"
        async with (
            Pair.opened(first, f"{first}-keys") as source,
            Pair.opened(postgres_url, postgres_url) as end,
        ):
            await filled(source, 5)
            async with source.data.write() as connection:
                await connection.execute(text("UPDATE memberships SET alias = 'a' || char(0) || 'b'"))
            with pytest.raises(MoveRefused, match="does not take"):
                await move(source, end)
            async with end.data.read() as data, moving._keys(end.keys) as keys:
                counts = {**await count_rows(data, DATA), **await count_rows(keys, KEYS)}
            assert set(counts.values()) == {0}

    async def test_an_older_schema_is_migrated_first(self, tmp_path: Path) -> None:
        first = f"sqlite:///{tmp_path / 'first.sqlite3'}"
        async with Pair.opened(first, f"{first}-keys") as source:
            with pytest.raises(MoveRefused, match="no database"):
                await size(source)
            await migrate(source.data)
            async with source.data.write() as connection:
                await connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
            with pytest.raises(MoveRefused, match="migrate"):
                await size(source)
