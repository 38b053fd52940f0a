"""Databases to measure on: real files on a disk, with the pragmas of the product, and rows in bulk."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.clock import system_clock
from bot.crypto import HostKey
from bot.domain.answers import Answer, Kind
from bot.domain.members import DmState, newcomer
from bot.domain.nudges import NudgeState, Subject
from bot.domain.rejections import Recovery
from bot.domain.timetable import Pace
from bot.services.deliveries import MOST_AT_ONCE, DeliveryRun
from bot.services.nudges import NudgeService
from bot.services.settling import Settling
from bot.storage.columns import metadata
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore
from bot.storage.tables import members, nudges, rejections
from bot.storage.unit import SqlDatabase
from bot.ui.nudge_body import composer, fallback
from bot.wiring.opening import CONFIG
from config.content import Content, load_content
from config.words import Words

FIRST_USER = 100_000
ALWAYS: dict[str, Any] = {"quiet_from": 0, "quiet_to": 0}
"""No quiet hours: what is measured must not depend on the hour of the day."""


@asynccontextmanager
async def opened(url: str, folder: Path, *, new: bool = True) -> AsyncIterator[SqlDatabase]:
    """The database with every table, opened exactly as the program opens it."""
    engines = Engines(url)
    keys = await Keystore.open(f"sqlite:///{folder / 'keys.sqlite3'}", HostKey(b"k" * 32))
    if new:
        async with engines.write() as connection:
            await connection.run_sync(metadata.create_all)
    try:
        yield SqlDatabase(engines, keys)
    finally:
        await engines.close()
        await keys.close()


def sqlite_in(folder: Path) -> str:
    """The address of a file in a folder."""
    return f"sqlite:///{folder / 'bench.sqlite3'}"


async def fill(db: SqlDatabase, count: int, due_at: datetime, *, first: int = FIRST_USER) -> None:
    """So many members, each with an open rejection and a check-in due at this instant."""
    for start in range(first, first + count, 5000):
        ids = range(start, min(start + 5000, first + count))
        async with db.engines.write() as connection:
            await connection.execute(members.insert(), [_member(number) for number in ids])
            await connection.execute(rejections.insert(), [_rejection(number) for number in ids])
            await connection.execute(nudges.insert(), [_nudge(number, due_at) for number in ids])


def _member(number: int) -> dict[str, Any]:
    fresh = newcomer(number, "Africa/Lagos", "en", system_clock())
    return asdict(replace(fresh, dm_state=DmState.OPEN, dm_channel_id=number * 10, **ALWAYS))


def _rejection(number: int) -> dict[str, Any]:
    return {
        "id": number, "user_id": number, "kind": "exam", "occurred_on": date(2026, 11, 21), "pace": Pace.LIGHT,
        "logged_at": datetime(2026, 11, 21, tzinfo=UTC), "recovery": Recovery.OPEN,
    }  # fmt: skip


def _nudge(number: int, due_at: datetime) -> dict[str, Any]:
    return {
        "id": number, "user_id": number, "subject": Subject.REJECTION, "subject_id": number, "step": "day1",
        "occurrence": 0, "due_at": due_at, "state": NudgeState.DUE,
    }  # fmt: skip


class Nobody:
    """An outbox behind which nobody is: every request succeeds at once."""

    def __init__(self) -> None:
        self.sent = 0
        self._took_back = 0

    async def open(self, user_id: int) -> Answer:
        return Answer(Kind.OK, made_id=user_id)

    async def send(self, letter: Any) -> Answer:
        self.sent += 1
        return Answer(Kind.OK, made_id=self.sent)

    async def find(self, channel_id: int, delivery_id: int, *, since: datetime | None = None) -> Answer:
        return Answer(Kind.OK)


class NoPace:
    """A budget without end."""

    group = MOST_AT_ONCE

    async def take(self, count: int) -> datetime:
        return system_clock()

    def try_take(self) -> bool:
        return True

    @property
    def opened(self) -> list[datetime]:
        return []

    def opens_at(
        self, user_id: int, now: datetime, opened: Iterable[datetime] | None = None
    ) -> datetime | None:
        return None

    def rest(self, now: datetime, until: datetime | None = None) -> None:
        """Nothing rests."""

    def saw(self, answer: Answer, now: datetime) -> None:
        """Nothing is counted."""

    def resting_until(self, now: datetime) -> datetime | None:
        return None


class NoAlarms:
    """Nobody to tell."""

    async def token_dead(self) -> None:
        raise AssertionError("the token is dead")

    async def channel_trouble(self, guild_id: int, reason: str) -> None:
        raise AssertionError(reason)

    async def gone(self, user_id: int, reason: str) -> None:
        raise AssertionError(reason)

    async def host(self, reason: str) -> None:
        raise AssertionError(reason)


@cache
def texts() -> tuple[Words, Content]:
    """The real words and content, read once."""
    words = Words.load(CONFIG / "locales")
    return words, load_content(CONFIG / "content", words)


class Pipeline:
    """The delivery machine as the program builds it, with its real words, and a sender that does nothing."""

    def __init__(self, db: SqlDatabase) -> None:
        words, content = texts()
        self.outbox = Nobody()
        run = DeliveryRun(db, self.outbox, NoPace(), Settling(db, NoAlarms(), fallback(words)))
        self.service = NudgeService(db, run, composer(words, content), lambda _at: None, fallback(words))

    async def drain(self) -> None:
        """Run as the clockwork does, until nothing is due."""
        while True:
            now = system_clock()
            report = await self.service.run_due(now)
            if report.next_at is None or report.next_at > now + timedelta(seconds=1):
                return
            await asyncio.sleep(0)


async def count(db: SqlDatabase, table: str, condition: str) -> int:
    """How many rows of a table meet a condition."""
    async with db.engines.read() as connection:
        statement = text(f"SELECT count(*) FROM {table} WHERE {condition}")
        return int((await connection.execute(statement)).scalar_one())


def multiply(connection: sqlite3.Connection, table: str, count: int, **changed: object) -> None:
    """Copy a table's first row so many times; `changed` says what differs, in SQL, with `n` from 1 on."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(f"{changed.get(name, name)} AS {name}" for name in names)
    connection.execute(
        f"WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < ?) "
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM seq, (SELECT * FROM {table} LIMIT 1)",
        (count,),
    )
    connection.commit()
