"""Copies tables row by row from one database to another of either engine, and tells whether both hold the same.

The one mechanism behind `move`, behind a backup of PostgreSQL and behind a restore into it. What is sealed stays
sealed: bytes are copied, nothing is opened.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

BATCH = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MODULUS = 1 << 256

Progress = Callable[[str, int], None]
"""Told the table, and how many more of its rows are done."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a table holds: how many rows, and the sum of their hashes, which no order of reading can change."""

    rows: int = 0
    checksum: int = 0

    def with_rows(self, rows: Iterable[Sequence[object]]) -> "Tally":
        """The tally with these rows as well."""
        digests = [int.from_bytes(hashlib.sha256(encoded(row)).digest(), "big") for row in rows]
        return Tally(self.rows + len(digests), (self.checksum + sum(digests)) % _MODULUS)


def silent(_table: str, _rows: int) -> None:
    """For who wants to see no progress."""


def encoded(row: Sequence[object]) -> bytes:
    """One row's values as bytes that are the same on every engine. Instants count in microseconds since 1970, UTC."""
    return b"".join(part for value in row for part in _parts(value))


def _parts(value: object) -> tuple[bytes, bytes]:
    """What begins a value's bytes (its type, and how long it is), and the bytes."""
    match value:
        case None:
            return b"n", b""
        case bool():
            return b"b", b"1" if value else b"0"
        case datetime():
            kind, body = b"t", str((value - _EPOCH) // _MICROSECOND).encode()
        case date():
            kind, body = b"d", value.isoformat().encode()
        case int():
            kind, body = b"i", str(value).encode()
        case str():
            kind, body = b"s", value.encode("utf-8", "surrogatepass")
        case bytes():
            kind, body = b"x", value
        case _:
            raise TypeError(f"no column of ours holds a {type(value).__name__}")
    return kind + str(len(body)).encode() + b":", body


async def _batches(connection: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Row[Any]]]:
    rows = await connection.stream(select(table).order_by(*table.primary_key.columns))
    async for batch in rows.partitions(BATCH):
        yield batch


async def copy_tables(
    source: AsyncConnection, target: AsyncConnection, tables: Sequence[Table], progress: Progress = silent
) -> dict[str, Tally]:
    """Copy every row, in the order given, and give what was read. The caller begins and ends both transactions."""
    found = {}
    for table in tables:
        tally = Tally()
        async for batch in _batches(source, table):
            await target.execute(table.insert(), [dict(row._mapping) for row in batch])
            tally = tally.with_rows(batch)
            progress(table.name, len(batch))
        found[table.name] = tally
    return found


async def tally_tables(
    connection: AsyncConnection, tables: Sequence[Table], progress: Progress = silent
) -> dict[str, Tally]:
    """What these tables hold."""
    found = {}
    for table in tables:
        tally = Tally()
        async for batch in _batches(connection, table):
            tally = tally.with_rows(batch)
            progress(table.name, len(batch))
        found[table.name] = tally
    return found


async def count_rows(connection: AsyncConnection, tables: Sequence[Table]) -> dict[str, int]:
    """How many rows each of these tables has."""
    return {
        table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
        for table in tables
    }
