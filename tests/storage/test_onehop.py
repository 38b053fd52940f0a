import asyncio
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.storage.engine import Engines

ADD = text("INSERT INTO things VALUES (:id)")


@pytest.fixture
async def engines(sqlite_url):
    opened = Engines(sqlite_url)
    async with opened.write() as connection:
        await connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY)"))
    yield opened
    await opened.close()


async def there(engines):
    async with engines.read() as connection:
        return list((await connection.execute(text("SELECT id FROM things ORDER BY id"))).scalars())


async def test_results_counts_and_ids_are_those_of_the_statement(engines):
    async with engines.write() as connection:
        assert (await connection.execute(ADD, {"id": 7})).lastrowid == 7
        many = await connection.execute(ADD, [{"id": 1}, {"id": 2}])
        assert many.rowcount == 2
        changed = await connection.execute(text("UPDATE things SET id = id + 10 WHERE id < 3"))
        assert changed.rowcount == 2
        back = await connection.execute(text("DELETE FROM things WHERE id = 7 RETURNING id AS gone"))
        assert list(back.keys()) == ["gone"]
        assert back.all() == [(7,)]
    assert await there(engines) == [11, 12]


async def test_an_error_rolls_everything_back_and_the_next_transaction_works(engines):
    async def twice():
        async with engines.write() as connection:
            await connection.execute(ADD, {"id": 1})
            await connection.execute(ADD, {"id": 1})

    with pytest.raises(IntegrityError):
        await twice()
    async with engines.write() as connection:
        await connection.execute(ADD, {"id": 2})
    assert await there(engines) == [2]


async def test_a_transaction_without_a_statement_begins_and_ends_nothing(engines):
    async with engines.write():
        pass
    async with engines.write() as connection:
        await connection.execute(ADD, {"id": 3})
    assert await there(engines) == [3]


async def test_streamed_rows_are_read_inside_the_transaction(engines):
    async with engines.write() as connection:
        await connection.execute(ADD, [{"id": 1}, {"id": 2}])
    async with engines.snapshot() as connection:
        rows = await connection.stream(text("SELECT id FROM things ORDER BY id"))
        assert [row.id async for row in rows] == [1, 2]
        async with engines.write() as other:
            await other.execute(ADD, {"id": 3})
        assert (await connection.execute(text("SELECT count(*) FROM things"))).scalar_one() == 2


async def test_whoever_is_cancelled_in_a_statement_leaves_no_transaction_behind(engines):
    begun = asyncio.Event()

    async def slow():
        async with engines.write() as connection:
            await connection.execute(ADD, {"id": 1})
            begun.set()
            count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)"
            await connection.execute(text(f"{count} SELECT count(*) FROM n"))

    task = asyncio.create_task(slow())
    await begun.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with engines.write() as connection:
        await connection.execute(ADD, {"id": 2})
    assert await there(engines) == [2]


async def test_a_lock_held_elsewhere_is_said_by_the_first_statement(engines, sqlite_url):
    async def write():
        async with engines.write() as connection:
            await (await connection.get_raw_connection()).driver_connection.execute("PRAGMA busy_timeout=1")
            await connection.execute(ADD, {"id": 1})

    with closing(sqlite3.connect(sqlite_url.partition(":///")[2], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DBAPIError, match="locked"):
            await write()
    assert await there(engines) == []
