"""Notices a SQLite file that is damaged in its structure. The members' texts notice by themselves: sealed, they do not open."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.engine import Engines

SMALL = 64 * 1024 * 1024
"""A file up to this size is read in a moment, so it is checked before every start; a larger one while the bot runs."""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Damaged(Exception):
    """The database file is damaged. Nothing was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The database {path} is damaged. Nothing was changed. Keep the file, and put the newest backup in its "
            "place: python -m bot restore FILE"
        )


async def refuse_damage(engines: Engines, *, up_to: int | None = SMALL) -> None:
    """Read the file through with SQLite's quick check. Raises Damaged; a file larger than `up_to` bytes is let pass."""
    if engines.sqlite and engines.there:
        await asyncio.to_thread(_check, Path(engines.writer.url.database or ""), up_to)


def _check(path: Path, up_to: int | None) -> None:
    if up_to is not None and path.stat().st_size > up_to:
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("PRAGMA busy_timeout=5000")
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if (error.sqlite_errorcode or 0) & 0xFF not in _DAMAGE:
            raise
        raise Damaged(path) from None
    if found != "ok":
        raise Damaged(path)
