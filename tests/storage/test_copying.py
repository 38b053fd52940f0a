"""Copying between engines: every row of every table, and sums that tell when one bit differs."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.storage import tables
from bot.storage.columns import metadata
from bot.storage.copying import Tally, copy_tables, count_rows, encoded, tally_tables
from bot.storage.engine import Engines
from bot.storage.schema import migrate

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALL = metadata.sorted_tables


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Engines]:
    engines = Engines(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    await migrate(engines)
    yield engines
    await engines.close()


async def test_every_table_gets_rows_to_be_tried_on(filled: Engines) -> None:
    async with filled.read() as connection:
        assert set((await count_rows(connection, ALL)).values()) == {25}


async def test_a_copy_holds_every_row_of_every_table(filled: Engines, file: Engines) -> None:
    async with filled.snapshot() as source, file.write() as target:
        read = await copy_tables(source, target, ALL)
    async with file.read() as target, filled.read() as source:
        assert await tally_tables(target, ALL) == read == await tally_tables(source, ALL)
    assert {tally.rows for tally in read.values()} == {25}


async def test_one_changed_value_changes_the_sum(filled: Engines) -> None:
    async with filled.write() as connection:
        before = await tally_tables(connection, ALL)
        row = (await connection.execute(select(tables.nudges).limit(1))).one()
        later = update(tables.nudges).where(tables.nudges.c.id == row.id)
        await connection.execute(later.values(due_at=row.due_at + timedelta(microseconds=1)))
        after = await tally_tables(connection, ALL)
    assert {name for name in before if before[name] != after[name]} == {"nudges"}
    assert before["nudges"].rows == after["nudges"].rows


async def test_a_snapshot_sees_one_instant_whatever_is_written_meanwhile(filled: Engines) -> None:
    async with filled.snapshot() as connection:
        before = await tally_tables(connection, ALL)
        async with filled.write() as other:
            await other.execute(tables.receipts.delete())
        assert await tally_tables(connection, ALL) == before


def test_the_same_values_read_the_same_and_others_do_not() -> None:
    lagos = NOON.astimezone(timezone(timedelta(hours=1)))
    assert encoded((1, NOON, None)) == encoded((1, lagos, None))
    rows = [
        (1,), ("1",), (b"1",), (True,), (None,), ("",), (b"",), (date(2026, 1, 1),), (NOON,),
        ("a", "b"), ("ab", ""), ("a", None), (None, "a"), ("é",), ("e\u0301",),
    ]  # fmt: skip
    assert len({encoded(row) for row in rows}) == len(rows)


def test_a_sum_knows_nothing_of_order_and_counts_what_is_twice() -> None:
    one, two = (1, "a"), (2, "b")
    assert Tally().with_rows([one, two]) == Tally().with_rows([two]).with_rows([one])
    assert Tally().with_rows([one, one]) != Tally().with_rows([one])
    assert Tally().with_rows([one, one]).checksum != Tally().with_rows([two, two]).checksum
