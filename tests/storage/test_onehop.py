import asyncio
import sqlite3
import time
from contextlib import closing
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.storage import onehop
from bot.storage.engine import Engines
from bot.storage.onehop import OneHopConnection

ADD = text("INSERT INTO things VALUES (:id)")


@pytest.fixture
async def engines(sqlite_url, monkeypatch):
    monkeypatch.setattr(onehop, "long_ones", onehop.LongOnes())
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
        async with engines.write(aside=True) as connection:
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


COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT count(*) FROM n"


@pytest.fixture
async def hops(engines, monkeypatch):
    """A list that grows with each visit to a connection's thread."""
    assert await there(engines) == []  # both connections are open from here on
    seen, hop = [], OneHopConnection.hop

    async def noted(self, work):
        seen.append("hop")
        return await hop(self, work)

    monkeypatch.setattr(OneHopConnection, "hop", noted)
    return seen


async def test_a_write_goes_to_the_thread_to_begin_and_to_commit_and_a_look_never(engines, hops):
    async with engines.write() as connection:
        for number in range(5):
            await connection.execute(ADD, {"id": number})
    assert len(hops) == 2
    assert await there(engines) == [0, 1, 2, 3, 4]
    assert len(hops) == 2


async def test_work_over_many_rows_is_all_done_on_the_thread(engines, hops):
    async with engines.read(aside=True) as connection:
        await connection.execute(text("SELECT 1"))
        await connection.execute(text("SELECT 2"))
    assert len(hops) == 2
    assert await there(engines) == []
    assert len(hops) == 2, "the next one on that connection is itself again"


async def test_what_took_long_runs_on_the_thread_from_then_on_and_here_again_a_minute_later(
    engines, hops, monkeypatch
):
    monkeypatch.setattr(onehop, "LONG_SECONDS", 0.0)
    statement, later = text(COUNT.format(3)), time.monotonic() + onehop.ASIDE_FOR_SECONDS + 1

    async def ask():
        async with engines.read() as connection:
            assert (await connection.execute(statement)).scalar_one() == 3

    await ask()
    assert hops == []
    await ask()
    assert hops == ["hop"]
    monkeypatch.setattr(onehop, "LONG_SECONDS", 60.0)
    monkeypatch.setattr(
        onehop, "time", SimpleNamespace(monotonic=lambda: later, perf_counter=time.perf_counter)
    )
    await ask()
    await ask()
    assert hops == ["hop"]


async def test_a_lock_held_elsewhere_stops_nobody_else(engines, sqlite_url):
    with closing(sqlite3.connect(sqlite_url.partition(":///")[2], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        async def write():
            async with engines.write() as connection:
                await connection.execute(ADD, {"id": 1})

        waiting = asyncio.create_task(write())
        await asyncio.sleep(0)
        assert await there(engines) == []
        assert not waiting.done()
        other.execute("ROLLBACK")
    await waiting
    assert await there(engines) == [1]


async def test_between_two_of_many_statements_the_loop_serves_others(engines, monkeypatch):
    monkeypatch.setattr(onehop, "BREATH_SECONDS", -1.0)
    served = []

    async def other():
        while True:
            served.append(1)
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    async with engines.read() as connection:
        for _ in range(5):
            await connection.execute(text("SELECT 1"))
    task.cancel()
    assert len(served) >= 5


async def test_who_was_cancelled_leaves_a_connection_that_is_itself_again(engines, hops):
    async def slow():
        async with engines.read(aside=True) as connection:
            await connection.execute(text(COUNT.format(200_000)))

    task = asyncio.create_task(slow())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(hops) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await there(engines) == []  # over a new connection: the other one was given up
    hops.clear()
    assert await there(engines) == []
    assert hops == []
