"""Long work on a SQLite file in a thread of its own, that ends when the bot is asked to end."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

AGAIN_AFTER_SECONDS = 0.05
"""An interrupt ends one statement; the work may have been between two."""


async def on_file(path: Path, work: Callable[[sqlite3.Connection], T]) -> T:
    """Do the work over a connection of its own to a file that is there. Raises what it raises, and sqlite3.Error.

    Who cancels it interrupts the statement at work and waits for its end: no thread goes on after the bot.
    """
    with closing(_opened(path)) as connection:
        task = asyncio.create_task(asyncio.to_thread(work, connection))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            while not task.done():
                connection.interrupt()
                await asyncio.wait({task}, timeout=AGAIN_AFTER_SECONDS)
            task.exception()  # it is interrupted; nobody else asks
            raise


def _opened(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA busy_timeout=5000")
    return connection
