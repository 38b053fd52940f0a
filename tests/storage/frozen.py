"""The schema of each release, frozen as text with rows in every table: what later migrations are tried on.

`python -m tests.storage.frozen 0.1.0` writes `schemas/0.1.0.sql`, once, on the day of the release. From then on the file
is never written again.
"""

import asyncio
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bot.storage.engine import Engines
from bot.storage.schema import migrate
from tests.storage.everything import fill

SCHEMAS = Path(__file__).with_name("schemas")
ROWS = 4


def freeze(path: Path) -> None:
    """Write the schema of today, with four rows in every table. Raises FileExistsError for what is frozen already."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "today.sqlite3"
        asyncio.run(_make(f"sqlite:///{database}"))
        with (
            closing(sqlite3.connect(database)) as connection,
            path.open("x", encoding="utf-8", newline="") as file,
        ):
            file.writelines(f"{line}\n" for line in connection.iterdump())


async def _make(url: str) -> None:
    engines = Engines(url)
    await migrate(engines)
    async with engines.write() as connection:
        await fill(connection, each=ROWS)
    await engines.close()


def thaw(frozen: Path, database: Path) -> None:
    """Make a database file out of what is frozen."""
    with frozen.open(encoding="utf-8", newline="") as file, closing(sqlite3.connect(database)) as connection:
        connection.executescript(file.read())


if __name__ == "__main__":
    SCHEMAS.mkdir(exist_ok=True)
    freeze(SCHEMAS / f"{sys.argv[1]}.sql")
