"""How a database is, for `doctor`: looked at as it lies there. Nothing is made, migrated or mended."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.processes import FACT as BEATS
from bot.domain.processes import Beat, beats_of
from bot.errors import DiskFull
from bot.storage.engine import Engines, async_url
from bot.storage.facts import FactStore
from bot.storage.schema import current, head
from bot.storage.trouble import TROUBLES, cause

FACT = "doctor"
MOST_BEATS = 500


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found. `trouble` is the kind of error that ended the look, empty when it came to its end."""

    sqlite: bool
    there: bool
    wanted: str
    schema: str | None = None
    journal: str = ""
    sound: str = ""
    writable: bool = False
    trouble: str = ""
    processes: tuple[Beat, ...] = ()


async def check_up(url: str, now: datetime) -> Checkup:
    """Look at a database. A schema that is not this program's is not written to. Raises ValueError for no address."""
    engines = Engines(url)
    try:
        if not engines.there:
            return Checkup(engines.sqlite, there=False, wanted=head())
        return await _look(engines, now)
    except TROUBLES as error:
        trouble = cause(error) or type(error).__name__
        return Checkup(engines.sqlite, there=True, wanted=head(), trouble=trouble)
    finally:
        await engines.close()


async def _look(engines: Engines, now: datetime) -> Checkup:
    schema = await current(engines)
    journal, sound = "", ""
    if engines.sqlite:
        async with engines.read(aside=True) as connection:
            journal = await _pragma(connection, "journal_mode")
            sound = await _pragma(connection, "quick_check(1)")
    writable = schema == head() and sound in ("", "ok") and await _write(engines, now)
    beats = () if engines.sqlite or schema != head() else await _beats(engines)
    return Checkup(engines.sqlite, True, head(), schema, journal, sound, writable, processes=beats)


async def _beats(engines: Engines) -> tuple[Beat, ...]:
    async with engines.read() as connection:
        return tuple(beats_of(await FactStore(connection).oldest(BEATS, MOST_BEATS)))


async def _pragma(connection: AsyncConnection, name: str) -> str:
    return str((await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one())


async def _write(engines: Engines, now: datetime) -> bool:
    try:
        async with engines.write() as connection:
            await FactStore(connection).set(FACT, now.isoformat(), now)
    except (SQLAlchemyError, DiskFull):
        return False
    return True


def disk_of(url: str) -> tuple[int, int] | None:
    """(total, free) bytes under a SQLite file, or under the nearest folder that is there; None for a server's."""
    path = make_url(async_url(url)).database
    if not url.startswith("sqlite") or not path:
        return None
    folder = next(folder for folder in Path(path).absolute().parents if folder.exists())
    found = shutil.disk_usage(folder)
    return found.total, found.free
