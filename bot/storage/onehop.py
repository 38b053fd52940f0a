"""SQLite's connections with one hop to their thread for each statement; SQLAlchemy's adapter makes four.

A hop is what costs: the statement itself takes microseconds, waking the other thread and the event loop a hundred
times that. Nothing here knows a table.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_only

T = TypeVar("T")


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
    """Makes its cursor, executes, fetches every row and closes, all in one function on the connection's thread."""

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
        await self._run(lambda connection: connection.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Sequence[Any]) -> Any:
        await self._run(lambda connection: connection.executemany(operation, seq_of_parameters))

    async def _run(self, execute: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        def work(connection: sqlite3.Connection) -> tuple[Finished, list[Any]]:
            cursor = execute(connection)
            try:
                rows = cursor.fetchall() if cursor.description else []
                return Finished(cursor.description, cursor.rowcount, cursor.lastrowid), rows
            finally:
                cursor.close()

        self._cursor, rows = await self._adapt_connection.hop(work)
        self._rows = deque(rows)


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose BEGIN travels with the first statement, and that rolls back when there is something to."""

    __slots__ = ("_abandoned", "_begin")
    _cursor_cls = OneHopCursor  # type: ignore[assignment] # the base narrows its own declaration

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begin: str | None = None
        self._abandoned = False

    def begin_with_next(self, statement: str) -> None:
        """Begin a transaction by this statement, right before the next one. A refusal is raised by that one."""
        self._begin = statement

    def cursor(self, server_side: bool = False) -> Any:
        """A cursor; one that streams its rows is aiosqlite's own, so what waits to begin begins before it."""
        if server_side and self._begin is not None:
            self._await(self.hop(lambda _connection: None))
        return super().cursor(server_side)

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
        if self._abandoned or self._connection.in_transaction:
            super().rollback()

    def commit(self) -> None:
        """Commit, when a transaction was begun."""
        self._begin = None
        self._await(self.hop(lambda connection: connection.commit()))

    def _await(self, hop: Coroutine[Any, Any, None]) -> None:
        try:
            await_only(hop)
        except ValueError as error:  # How aiosqlite says that it is closed.
            self._handle_exception(error)


def use_one_hop(engine: Engine) -> None:
    """Let this SQLite engine make connections of this kind."""

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, _record: object, arguments: Any, named: Any) -> OneHopConnection:
        plain = dialect.loaded_dbapi.connect(*arguments, **named)
        return OneHopConnection(plain.dbapi, plain._connection)
