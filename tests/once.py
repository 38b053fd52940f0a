"""Work that every test would do anew, done once in a process: reading a word file, compiling a statement."""

from collections.abc import MutableMapping
from functools import cache
from typing import Any

import pytest
from fluent.syntax import FluentParser
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

_parse = FluentParser().parse
_compiled: MutableMapping[Any, Any] = LRUCache(5000)


class ParsedOnce:
    """Stands for `config.words`'s parser and remembers; what it gives is read by many and changed by nobody."""

    parse = staticmethod(cache(_parse))


def parse_once(patch: pytest.MonkeyPatch) -> None:
    """A test that changes one word file in a copy of all of them has that one read, and no other."""
    patch.setattr("config.words.FluentParser", ParsedOnce)


def compile_once(patch: pytest.MonkeyPatch) -> None:
    """Engines of one database know each other's statements, as those of one process that runs for long would.

    SQLAlchemy keeps what it compiled by engine and dialect; here one memory serves all, and dialects of one kind are equal.
    """
    shared = property(lambda _engine: _compiled, lambda _engine, _own: None)
    patch.setattr(Engine, "_compiled_cache", shared, raising=False)
    for dialect in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):
        patch.setattr(dialect, "__hash__", lambda self: hash(type(self)))
        patch.setattr(dialect, "__eq__", lambda self, other: type(self) is type(other))
