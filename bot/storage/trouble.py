"""A database that cannot be reached, opened or written, told to the host. Never an address: it may hold a password."""

import socket
import sqlite3

from asyncpg import PostgresError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from bot.errors import DiskFull
from bot.storage.engine import async_url

TROUBLES = (SQLAlchemyError, PostgresError, OSError)
"""Whatever a database raises; `cause` gives words for what a host can mend."""
WRITE_SO = "sqlite:///data/stepforward.sqlite3 or postgresql://user:password@host/database"

_NOT_THERE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_NOT_OURS = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL})
_FILE_TROUBLES = _NOT_THERE | _NOT_OURS | _BUSY
# Connection, login, no such database, no room, an end by the server; and: may not, read only.
_SERVER_TROUBLES = ("08", "28", "3D", "53", "57", "42501", "25006")
_OURS = ("builtins", "socket", "ssl")
_PORTS = range(1, 65536)


def address_refused(url: str) -> str:
    """Why an address cannot be a database's, as a clause that does not repeat it; empty when it can."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return (
            f"that is no address of a database; write {WRITE_SO}, and in a password %40 for @ and %2F for /"
        )
    try:
        async_url(url)
    except ValueError as error:
        return str(error)
    return _wrong_part(parsed)


def _wrong_part(parsed: URL) -> str:
    if parsed.get_backend_name() == "sqlite":
        named = parsed.database and parsed.database != ":memory:" and not parsed.host
        return "" if named else f"it names no file; write {WRITE_SO}"
    if parsed.port is not None and parsed.port not in _PORTS:
        return "its port is not between 1 and 65535"
    return "write ssl=require instead of sslmode=require" if "sslmode" in parsed.query else ""


def cause(error: BaseException) -> str | None:
    """What keeps a database from being used, in a few words; None for what is a fault of the program."""
    found = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(found, sqlite3.Error):
        code = getattr(found, "sqlite_errorcode", None)
        return str(found) if code is not None and code & 0xFF in _FILE_TROUBLES else None
    if state := getattr(found, "sqlstate", None):
        return str(found).rpartition(">: ")[2] if str(state).startswith(_SERVER_TROUBLES) else None
    # A library's own kinds of OSError are about something else, such as Discord.
    return _of_system(found) if isinstance(found, OSError) and type(found).__module__ in _OURS else None


def _of_system(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, socket.gaierror):
        return f"nobody knows the name of its host ({error.strerror})"
    return error.strerror or type(error).__name__


def told(error: BaseException) -> str | None:
    """One line for whoever typed a command: what is wrong and where to look; None for a fault of the program."""
    if isinstance(error, ArgumentError):
        return f"That is no address of a database. Write {WRITE_SO}."
    if isinstance(error, DiskFull):
        return "The disk is full. Make room, then try again; nothing was lost."
    why = cause(error)
    if why is None:
        return None
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename} cannot be used: {why}. Let the bot's user read and write there."
    if isinstance(error.orig if isinstance(error, DBAPIError) else error, sqlite3.Error):
        return (
            f"The database cannot be used: {why}. Look who owns its file and folder, and whether the disk has room; "
            "`python -m bot doctor` looks at the rest."
        )
    return (
        f"The database cannot be reached: {why}. Look at its address, in STEPFORWARD_DATABASE_URL or as you typed "
        "it, and whether PostgreSQL runs there and lets the bot in."
    )
