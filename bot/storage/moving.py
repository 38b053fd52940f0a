"""Moves data and keys to another database of either engine. The source is read and never written."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, delete
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import keytables
from bot.storage.columns import metadata
from bot.storage.copying import Progress, Tally, copy_tables, count_rows, silent, tally_tables
from bot.storage.engine import Engines, make_folder
from bot.storage.keytables import make_tables, schemas
from bot.storage.schema import SchemaRefused, current, head, migrate

DATA = tuple(metadata.sorted_tables)
KEYS = tuple(keytables.metadata.sorted_tables)


class MoveRefused(Exception):
    """Nothing was moved, and the source is as it was. The message says why."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, table by table; the keystore's tables are among them."""

    tables: Mapping[str, Tally]

    @property
    def rows(self) -> int:
        """All rows, the keystore's as well."""
        return sum(tally.rows for tally in self.tables.values())


@dataclass(frozen=True, slots=True)
class Pair:
    """The data of one bot, and the keystore that belongs to it."""

    data: Engines
    keys: Engines

    @classmethod
    @asynccontextmanager
    async def opened(cls, data: str, keys: str) -> AsyncIterator["Pair"]:
        """Both, closed at the end."""
        pair = cls(Engines(data), Engines(keys))
        try:
            yield pair
        finally:
            await pair.data.close()
            await pair.keys.close()


async def size(source: Pair) -> int:
    """How many rows there are to move. Raises MoveRefused when there is nothing, or an older schema."""
    if not source.data.there or await current(source.data) is None:
        raise MoveRefused("There is no database to move.")
    if await current(source.data) != head():
        raise MoveRefused("The database is not at this version's schema: run `python -m bot migrate` first.")
    async with source.data.read() as data, _keys(source.keys) as keys:
        counts = {**await count_rows(data, DATA), **await count_rows(keys, KEYS)}
    return sum(counts.values())


async def move(source: Pair, target: Pair, progress: Progress = silent) -> Moved:
    """Copy everything, read it back, and keep it only when every table's sum is the same. Raises MoveRefused.

    Each of the two databases is written in one transaction. Whatever happens, the target is whole or empty.
    """
    made = [engines for engines in (target.data, target.keys) if not engines.there]
    try:
        await _make_ready(target)
        found = await _move_keys(source, target, progress)
        try:
            async with source.data.snapshot() as reading, target.data.write() as writing:
                return Moved({**found, **await _copied(reading, writing, DATA, progress)})
        except BaseException:
            await _empty_keys(target)
            raise
    except BaseException:
        for engines in made:
            await engines.close()
            _remove(engines)
        raise


async def _make_ready(target: Pair) -> None:
    """The tables, without a row in any of them."""
    make_folder(str(target.data.writer.url))
    make_folder(str(target.keys.writer.url))
    try:
        await migrate(target.data)
    except SchemaRefused as error:
        raise MoveRefused(f"The target cannot be used: {error}.") from None
    async with target.keys.write() as connection:
        await make_tables(await _translated(connection, target.keys), target.keys)
    async with target.data.read() as data, _keys(target.keys) as keys:
        rows = {**await count_rows(data, DATA), **await count_rows(keys, KEYS)}
    if any(rows.values()):
        raise MoveRefused("The target is not empty. Give an empty database; nothing was changed.")


async def _move_keys(source: Pair, target: Pair, progress: Progress) -> dict[str, Tally]:
    async with _keys(source.keys) as reading, target.keys.write() as writing:
        return await _copied(reading, await _translated(writing, target.keys), KEYS, progress)


async def _copied(
    reading: AsyncConnection, writing: AsyncConnection, tables: Sequence[Table], progress: Progress
) -> dict[str, Tally]:
    try:
        read = await copy_tables(reading, writing, tables, progress)
    except DBAPIError as error:
        raise MoveRefused(
            f"The target does not take what the source holds: {type(error.orig).__name__}."
        ) from None
    held = await tally_tables(writing, tables, progress)
    if wrong := sorted(name for name in read if read[name] != held[name]):
        raise MoveRefused(f"The target does not hold what was read ({', '.join(wrong)}); it was left empty.")
    return read


@asynccontextmanager
async def _keys(engines: Engines) -> AsyncIterator[AsyncConnection]:
    async with engines.snapshot() as connection:
        yield await _translated(connection, engines)


async def _translated(connection: AsyncConnection, engines: Engines) -> AsyncConnection:
    return await connection.execution_options(schema_translate_map=schemas(engines))


async def _empty_keys(target: Pair) -> None:
    async with target.keys.write() as connection:
        for table in KEYS:
            await (await _translated(connection, target.keys)).execute(delete(table))


def _remove(engines: Engines) -> None:
    """Take away a SQLite file that the move made."""
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            Path(f"{engines.writer.url.database}{ending}").unlink()
