"""SQLite's connections that go to their thread for what may wait; SQLAlchemy's adapter goes there four times a statement.

A hop is what costs: the statement itself takes microseconds, waking the other thread and the event loop a hundred
times that. So a statement runs where it is asked, but for three: what opens a write, which may wait for a lock; the
commit, which waits for the disk; and what took long a short while ago. Nothing here knows a table.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_only

from bot.breath import BREATH_SECONDS

T = TypeVar("T")

WRITE = "BEGIN IMMEDIATE"

LONG_SECONDS = 0.005
ASIDE_FOR_SECONDS = 60.0
"""A statement that took longer than `LONG_SECONDS` runs on the thread for so long, and then is tried here again."""


MOST_LONG = 1000
"""Of these so many are remembered; a list in a statement makes a text of its own for each length."""


class LongOnes:
    """Statements that took long lately, by their text."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def __contains__(self, statement: str) -> bool:
        until = self._until.get(statement)
        if until is None:
            return False
        if until < time.monotonic():
            del self._until[statement]
            return False
        return True

    def note(self, statement: str, seconds: float) -> None:
        """Remember it when it took long."""
        if seconds > LONG_SECONDS:
            if len(self._until) >= MOST_LONG:
                self._until.clear()
            self._until[statement] = time.monotonic() + ASIDE_FOR_SECONDS


long_ones = LongOnes()


@dataclass(slots=True)
class Finished:
    """What a cursor leaves behind that ran to its end on its thread, and was closed there."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1

    def close(self) -> None:
        """It is closed."""


class OneHopCursor(AsyncAdapt_aiosqlite_cursor):
    """Makes its cursor, executes, fetches every row and closes, all in one function."""

    __slots__ = ()
    _awaitable_cursor_close = False
    _adapt_connection: "OneHopConnection"

    def __init__(self, adapt_connection: "OneHopConnection") -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._cursor: Any = Finished()
        self._rows = deque()
        self._soft_closed_memoized = EMPTY_DICT

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._run(operation, lambda connection: connection.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Sequence[Any]) -> Any:
        await self._run(operation, lambda connection: connection.executemany(operation, seq_of_parameters))

    async def _run(self, operation: str, execute: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        def work(connection: sqlite3.Connection) -> tuple[Finished, list[Any]]:
            begun = time.perf_counter()
            cursor = execute(connection)
            try:
                rows = cursor.fetchall() if cursor.description else []
                return Finished(cursor.description, cursor.rowcount, cursor.lastrowid), rows
            finally:
                cursor.close()
                long_ones.note(operation, time.perf_counter() - begun)

        self._cursor, rows = await self._adapt_connection.run(work, aside=operation in long_ones)
        self._rows = deque(rows)


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose BEGIN travels with the first statement, and that rolls back when there is something to.

    With `aside` every statement goes to the thread: for work over many rows.
    """

    __slots__ = ("_abandoned", "_begin", "_breathed_at", "aside")
    _cursor_cls = OneHopCursor  # type: ignore[assignment] # the base narrows its own declaration

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begin: str | None = None
        self._abandoned = False
        self._breathed_at = 0.0
        self.aside = True

    def begin_with_next(self, statement: str) -> None:
        """Begin a transaction by this statement, right before the next one. A refusal is raised by that one."""
        self._begin = statement
        self._breathed_at = time.monotonic()

    def cursor(self, server_side: bool = False) -> Any:
        """A cursor; one that streams its rows is aiosqlite's own, so what waits to begin begins before it."""
        if server_side and self._begin is not None:
            self._await(self.hop(lambda _connection: None))
        return super().cursor(server_side)

    async def run(self, work: Callable[[sqlite3.Connection], T], *, aside: bool) -> T:
        """Run this here, unless it may wait or take long; between two of many the loop serves others."""
        if aside or self.aside or self._begin == WRITE or self._abandoned:
            done = await self.hop(work)
            self._breathed_at = time.monotonic()
            return done
        raw = self._connection._conn
        begin, self._begin = self._begin, None
        if begin is not None:
            raw.execute(begin)
        done = work(raw)
        if time.monotonic() - self._breathed_at > BREATH_SECONDS:
            await asyncio.sleep(0)
            self._breathed_at = time.monotonic()
        return done

    async def hop(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run this on the connection's thread, in its turn. Whoever is cancelled leaves the work running there."""
        begin, self._begin = self._begin, None
        raw = self._connection._conn

        def run() -> T:
            if begin is not None:
                raw.execute(begin)
            return work(raw)

        async with self._execute_mutex:
            try:
                done: T = await self._connection._execute(run)
            except asyncio.CancelledError:
                self._abandoned = True
                raise
        return done

    def rollback(self) -> None:
        """Roll back. Without a transaction there is nothing to do; after a cancel one may still be on its way."""
        self._begin = None
        if self._abandoned:
            super().rollback()
        elif self._connection.in_transaction:
            self._connection._conn.rollback()

    def commit(self) -> None:
        """Commit, when a transaction was begun."""
        self._begin = None
        self._await(self.hop(lambda connection: connection.commit()))

    def _await(self, hop: Coroutine[Any, Any, None]) -> None:
        try:
            await_only(hop)
        except ValueError as error:  # How aiosqlite says that it is closed.
            self._handle_exception(error)


def run_aside(connection: AsyncConnection, *, aside: bool) -> None:
    """Let every statement of this transaction run on the connection's thread, or not; nothing to do on PostgreSQL."""
    driver = connection.sync_connection.connection.dbapi_connection if connection.sync_connection else None
    if isinstance(driver, OneHopConnection):
        driver.aside = aside


def use_one_hop(engine: Engine) -> None:
    """Let this SQLite engine make connections of this kind."""

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, _record: object, arguments: Any, named: Any) -> OneHopConnection:
        # Two threads use it, one at a time: whoever asks waits for the thread's answer. Should a stream be cancelled
        # in the middle of a fetch, SQLite's own lock keeps the rollback waiting for it.
        plain = dialect.loaded_dbapi.connect(*arguments, **{**named, "check_same_thread": False})
        return OneHopConnection(plain.dbapi, plain._connection)
