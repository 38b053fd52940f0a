"""The bot's own database, opened by the test while the bot is down or beside it: filled, aged and read.

The bot's clock is the real one. Where a test needs an hour to pass, it moves every stored instant an hour back, and
what the stand-in remembers with it; there is no switch for tests in the product.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Column, Table, func, select, update

from bot.clock import system_clock
from bot.domain.members import DmState, Member, newcomer
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.rejections import Recovery, Rejection
from bot.services.fresh_channels import OPENED
from bot.storage.columns import UtcDateTime
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore
from bot.storage.schema import migrate
from bot.storage.tables import deliveries, nudges
from bot.storage.unit import SqlDatabase
from tests.standin import Standin

T = TypeVar("T")
NOON: dict[str, Any] = {"hour": 12, "quiet_from": 0, "quiet_to": 0}
PENDING = ("made", "sending")


def daytime() -> str:
    """A zone where it is about noon, so that no night and no midnight falls into a test."""
    ahead = 12 - system_clock().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@dataclass(frozen=True, slots=True)
class New:
    """A member to be made; with `known` the channel of their direct messages is known already."""

    user_id: int
    known: bool = True
    nudges: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """One bot's files. Each method opens them, does its work and closes them."""

    folder: Path

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[SqlDatabase]:
        """The database with the bot's own key, migrated as the bot would."""
        is_new = not (self.folder / "bot.sqlite3").exists()
        engines = Engines(f"sqlite:///{self.folder / 'bot.sqlite3'}")
        if is_new:
            await migrate(engines)
        keys = await Keystore.open(
            f"sqlite:///{self.folder / 'bot-keys.sqlite3'}", self.folder / "secret.key"
        )
        try:
            yield SqlDatabase(engines, keys)
        finally:
            await engines.close()
            await keys.close()

    def work(self, job: Callable[[SqlDatabase], Awaitable[T]]) -> T:
        """Run a job over the open database."""

        async def run() -> T:
            async with self.opened() as db:
                return await job(db)

        return asyncio.run(run())

    def fill(self, standin: Standin, *new: New) -> None:
        """Members with open rejections and a check-in due a minute ago for each."""

        async def job(db: SqlDatabase) -> None:
            async with db.write() as tx:
                for one in new:
                    channel = standin.world.dm(one.user_id) if one.known else None
                    await tx.members.add(_member(one.user_id, channel))
                    for number in range(one.user_id * 10, one.user_id * 10 + one.nudges):
                        await tx.rejections.add(_rejection(number, one.user_id))
                        await tx.nudges.add_many([_nudge(number, one.user_id)])

        self.work(job)

    def pass_time(self, standin: Standin, seconds: float) -> None:
        """So much time passes for what is stored and for what the stand-in remembers, while the bot is down."""
        age = timedelta(seconds=seconds)

        async def job(db: SqlDatabase) -> None:
            async with db.engines.write() as connection:
                for table, condition in (
                    (deliveries, deliveries.c.state.in_(PENDING)),
                    (nudges, nudges.c.state.in_(("due", "claimed"))),
                ):
                    instants = _instants(table)
                    rows = (await connection.execute(select(table.c.id, *instants).where(condition))).all()
                    for row in rows:
                        older = {
                            c.name: value - age
                            for c in instants
                            if (value := row._mapping[c.name]) is not None
                        }
                        await connection.execute(update(table).where(table.c.id == row.id).values(**older))
            async with db.write() as tx:
                opened = json.loads(await tx.facts.get(OPENED) or "[]")
                await tx.facts.set(OPENED, json.dumps([at - seconds for at in opened]), system_clock())

        self.work(job)
        with standin.world.changed:
            for message in standin.world.nonces.values():
                message.at -= seconds

    def bring_forward(self, user_id: int, step: str, due_at: datetime) -> None:
        """One step of a member becomes due at this instant, and it is noon where they live."""

        async def job(db: SqlDatabase) -> None:
            async with db.write() as tx:
                await tx.members.update(user_id, **NOON, zone=daytime())
            async with db.engines.write() as connection:
                ours = (nudges.c.user_id == user_id) & (nudges.c.step == step)
                await connection.execute(update(nudges).where(ours).values(due_at=due_at))

        self.work(job)

    def fates(self) -> dict[int, list[tuple[str, str | None, int | None]]]:
        """Of every member: state, reason and delivery of each check-in."""

        async def job(db: SqlDatabase) -> dict[int, list[tuple[str, str | None, int | None]]]:
            found: dict[int, list[tuple[str, str | None, int | None]]] = {}
            async with db.read() as tx:
                for row in await tx._connection.execute(select(nudges)):
                    found.setdefault(row.user_id, []).append((row.state, row.reason, row.delivery_id))
            return found

        return self.work(job)

    def count(self, table: Table) -> int:
        """How many rows a table holds."""

        async def job(db: SqlDatabase) -> int:
            async with db.engines.read() as connection:
                return (await connection.execute(select(func.count()).select_from(table))).scalar_one()

        return self.work(job)

    def all(self, table: Table) -> list[dict[str, Any]]:
        """Every row of a table."""

        async def job(db: SqlDatabase) -> list[dict[str, Any]]:
            async with db.engines.read() as connection:
                return [dict(row._mapping) for row in await connection.execute(select(table))]

        return self.work(job)

    def member(self, user_id: int) -> Member:
        """The member as stored."""

        async def job(db: SqlDatabase) -> Member:
            async with db.read() as tx:
                member = await tx.members.get(user_id)
            assert member is not None
            return member

        return self.work(job)


def _instants(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if isinstance(column.type, UtcDateTime)]


def _member(user_id: int, channel_id: int | None) -> Member:
    fresh = newcomer(user_id, daytime(), "en", system_clock())
    state = DmState.UNKNOWN if channel_id is None else DmState.OPEN
    return replace(fresh, **NOON, dm_state=state, dm_channel_id=channel_id)


def _rejection(rejection_id: int, user_id: int) -> Rejection:
    now = system_clock()
    return Rejection(rejection_id, user_id, "exam", now.date(), now, recovery=Recovery.OPEN)


def _nudge(number: int, user_id: int) -> Nudge:
    due_at = system_clock() - timedelta(minutes=1)
    return Nudge(number, user_id, Subject.REJECTION, number, "day1", 0, due_at, NudgeState.DUE)
