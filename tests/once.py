"""Work that every test would do anew, done once in a process: reading a word file, compiling a statement.

And what SimCord does thoroughly at every step of a story, done no more thoroughly than these stories need.
"""

from collections.abc import MutableMapping
from copy import deepcopy
from functools import cache
from types import SimpleNamespace
from typing import Any

import discord
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


def copied(payload: Any) -> Any:
    """A deep copy of a payload: plain containers by hand, which takes a tenth of deepcopy's time, and the rest by it."""
    if type(payload) is dict:
        return {key: copied(value) for key, value in payload.items()}
    if type(payload) is list:
        return [copied(value) for value in payload]
    return payload if payload is None or type(payload) in (str, int, bool, float) else deepcopy(payload)


def _is_wait_of_a_form(client: discord.Client, waiter: Any) -> bool:
    """Whether somebody waits for a view or a form to end; SimCord looks through all that every open form holds."""
    store = client._connection._view_store
    views = (getattr(item, "_view", None) for items in store._views.values() for item in items.values())
    open_ones = (*views, *store._modals.values())
    return any(getattr(one, "_BaseView__stopped", None) is waiter for one in open_ones) and not waiter.done()


def step_lightly(patch: pytest.MonkeyPatch) -> None:
    """SimCord copies every payload several times, and asks of every wait whether a form is behind it."""
    for module in ("results", "components"):
        patch.setattr(f"simcord.{module}.deepcopy", copied)
    for module in ("http.router", "gateway"):
        patch.setattr(f"simcord.{module}.copy", SimpleNamespace(deepcopy=copied))
    patch.setattr("simcord._dpy_internals.is_view_wait_future", _is_wait_of_a_form)
