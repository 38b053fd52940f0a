"""A row or more in every table, made from a seed: what copies, moves and migrations are tried on.

The words are random and awkward; what a table demands of its rows (words out of a list, pairs that belong together)
is told here, column by column. A new table without a line here ends in `test_copying.py`.
"""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.columns import Traces, UtcDateTime, metadata

FIRST = datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)
_LETTERS = "aA ßİÄé\u0301\u200b\u202e🩺日本مرحباЖ'\"\\%_;-\n\t=@<>&０9"
WORDS: dict[tuple[str, str], tuple[str | None, ...]] = {
    ("members", "pace"): ("light", "full"),
    ("members", "dm_state"): ("unknown", "queued", "open", "closed"),
    ("rejections", "how"): ("email", "portal", "phone", "silence", None),
    ("rejections", "recovery"): ("none", "open", "paused", "stopped", "finished", "answered"),
    ("rejections", "pace"): ("light", "full"),
    ("nudges", "state"): ("due", "held", "skipped", "undeliverable", "dead"),
    ("memberships", "visibility"): ("unasked", "shown", "alias", "hidden"),
    ("counters", "period"): ("week", "month", "season", "all"),
    ("wins", "state"): ("waiting", "posted", "withdrawn", "removed"),
    ("challenges", "state"): ("finished", "stopped"),
    ("deliveries", "state"): ("made", "undeliverable", "dead", "withdrawn"),
}
NUMBERS = {
    ("members", "hour"): 23, ("rejections", "feeling"): 5, ("guilds", "weekly_day"): 6, ("guilds", "weekly_hour"): 23,
    ("challenge_days", "day"): 10,
}  # fmt: skip


class Everything:
    """Makes rows for every table, in the order in which they may be stored."""

    def __init__(self, seed: int, now: datetime = FIRST) -> None:
        self._chance = random.Random(seed)
        self._now = now
        self._numbers = iter(range(1, 1 << 62))
        self._keys: dict[str, list[int]] = {}
        self._turns: dict[Column[Any], int] = {}

    def rows(self, each: int) -> dict[str, list[dict[str, Any]]]:
        """So many rows for each table."""
        assert tables.metadata is metadata
        return {table.name: [self._row(table) for _ in range(each)] for table in metadata.sorted_tables}

    def _row(self, table: Table) -> dict[str, Any]:
        row = {column.name: self._value(table, column) for column in table.c}
        if table.name == "members":
            self._keys.setdefault("members.user_id", []).append(row["user_id"])
        for name in ("id", "guild_id"):
            if name in row and table.c[name].primary_key and not table.c[name].foreign_keys:
                self._keys.setdefault(f"{table.name}.{name}", []).append(row[name])
        return row

    def _value(self, table: Table, column: Column[Any]) -> Any:
        if (table.name, column.name) in WORDS:
            return self._chance.choice(WORDS[table.name, column.name])
        if (table.name, column.name) in NUMBERS:
            return self._chance.randint(1, NUMBERS[table.name, column.name])
        for key in column.foreign_keys:
            return self._pointed(table, column, key.target_fullname)
        if column.nullable and self._chance.random() < 0.3:
            return None
        return self._made(table, column)

    def _pointed(self, table: Table, column: Column[Any], name: str) -> int:
        """One that is there; where it is part of a key, each in its turn, so that no pair comes twice."""
        there = self._keys[name]
        if not (column.primary_key or _in_a_pair(table, column)):
            return self._chance.choice(there)
        turn = self._turns[column] = self._turns.get(column, -1) + 1
        return there[turn % len(there)]

    def _made(self, table: Table, column: Column[Any]) -> Any:
        kind = column.type
        unique = column.primary_key or column.unique or _in_a_pair(table, column)
        if isinstance(kind, String) or type(kind) is Text:
            text = self._text(min(kind.length or 4000, 4000))
            return f"{next(self._numbers)}{text}"[: kind.length or 4000] if unique else text
        makers: dict[type, Callable[[], Any]] = {
            UtcDateTime: lambda: self._now + timedelta(microseconds=self._chance.randrange(1 << 47)),
            Boolean: lambda: self._chance.random() < 0.5,
            Date: lambda: date(2020, 1, 1) + timedelta(days=self._chance.randrange(4000)),
            Traces: lambda: self._chance.randbytes(self._chance.randrange(0, 10) * 4),
            LargeBinary: lambda: self._chance.randbytes(self._chance.randrange(0, 90)),
            SmallInteger: lambda: self._chance.randint(0, 20),
            BigInteger: lambda: (self._chance.randrange(1 << 40) << 22) + next(self._numbers),
            Integer: lambda: self._chance.randint(0, (1 << 31) - 1),
        }
        return next(make for known, make in makers.items() if isinstance(kind, known))()

    def _text(self, most: int) -> str:
        length = self._chance.randrange(1, min(most, 60) + 1)
        return "".join(self._chance.choice(_LETTERS) for _ in range(length))


def _in_a_pair(table: Table, column: Column[Any]) -> bool:
    """Whether it is one of those columns that must not come twice together."""
    return any(
        column.name in pair.columns for pair in table.constraints if isinstance(pair, UniqueConstraint)
    )


async def fill(connection: AsyncConnection, seed: int = 1, each: int = 20, now: datetime = FIRST) -> int:
    """Store so many rows in every table; gives how many in all."""
    total = 0
    for name, rows in Everything(seed, now).rows(each).items():
        await connection.execute(metadata.tables[name].insert(), rows)
        total += len(rows)
    return total
