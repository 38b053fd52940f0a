"""Notices a SQLite file that is damaged in its structure. The members' texts notice by themselves: sealed, they do not open."""

import sqlite3
from pathlib import Path

from bot.storage.engine import Engines
from bot.storage.interrupting import on_file

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
    path = Path(engines.writer.url.database or "")
    if not engines.sqlite or not engines.there or _is_larger(path, up_to):
        return
    try:
        found = await on_file(path, _quick_check)
    except sqlite3.DatabaseError as error:
        if (error.sqlite_errorcode or 0) & 0xFF not in _DAMAGE:
            raise
        raise Damaged(path) from None
    if found != "ok":
        raise Damaged(path)


def _is_larger(path: Path, size: int | None) -> bool:
    return size is not None and path.stat().st_size > size


def _quick_check(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
