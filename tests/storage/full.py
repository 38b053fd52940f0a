"""A full disk without a disk: SQLite is told that its file may not grow, and is then filled to the last page."""

import itertools

import pytest

from bot.errors import DiskFull
from bot.storage.engine import Engines
from bot.storage.unit import SqlDatabase
from tests.conftest import START

SPARE_PAGES = 200


async def may_grow(engines: Engines, pages: int) -> None:
    """Let the file grow by so many pages from here on, and no further."""
    async with engines.writer.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        cursor = await driver.execute("PRAGMA page_count")
        (count,) = await cursor.fetchone()
        await driver.execute(f"PRAGMA max_page_count = {count + pages}")


async def until_full(db: SqlDatabase, length: int) -> None:
    """Small facts of so many characters until one is refused; its DiskFull is raised."""
    for number in itertools.count():
        async with db.write() as tx:
            await tx.facts.set(f"filler-{length}-{number}", "x" * length, START)


async def fill_up(db: SqlDatabase) -> int:
    """The file may grow no further, and not one more fact fits; gives how many were acknowledged."""
    await may_grow(db.engines, 0)
    for length in (400, 20, 1):
        with pytest.raises(DiskFull):
            await until_full(db, length)
    async with db.read() as tx:
        return len(await tx.facts.names("filler-"))


def growing_with_ballast(db: SqlDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, letting the ballast go gives the file room to grow again, as on a real disk."""
    make_room = Engines.make_room

    async def freed(engines: Engines) -> bool:
        was_there = await make_room(engines)
        if was_there:
            await may_grow(engines, SPARE_PAGES)
        return was_there

    monkeypatch.setattr(Engines, "make_room", freed)
