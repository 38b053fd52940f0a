"""One host: database files, a process that dies and comes back over them, and the services a member's presses reach."""

import json
import shutil
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.domain.boards import GROUP, Visibility, totals
from bot.domain.guilds import newly_joined
from bot.domain.members import DmState, newcomer
from bot.domain.nudges import Nudge, Subject
from bot.domain.rejections import Rejection, RejectionFilter
from bot.domain.seasons import Season
from bot.services.actions import Actions
from bot.services.checkins import CheckIns
from bot.services.doors import Doors
from bot.services.erasure import Erasure
from bot.services.memberships import Memberships
from bot.services.openings import Openings
from bot.services.recoveries import Recoveries
from bot.services.rejections import Rejections
from bot.services.settings import SettingsService
from bot.services.takedown import Takedown
from bot.services.topics import RecoveryTopic
from bot.storage.tables import deliveries, nudges
from bot.storage.unit import SqlDatabase
from tests.conftest import FakeClock
from tests.delivery.crashes import MortalDatabase, Steps
from tests.delivery.world import NOW, Killed, Machine, marked
from tests.lives.watching import WallClock, WatchfulDiscord
from tests.storage.conftest import opened, reopened
from tests.texts import content

SERVER = 900


class Deaths(Steps):
    """Dies at a boundary, if at all, and knows how many transactions were committed before."""

    committed = 0

    def __init__(self, kill_at: int | None = None) -> None:
        super().__init__(kill_at)

    def __call__(self, name: str) -> None:
        self.committed += name == "after commit"
        super().__call__(name)


class Host:
    """A process over its files. `crash` forgets all that was in memory; the files are copied as they lie there."""

    def __init__(self, folder: Path) -> None:
        self.clock = WallClock(FakeClock(NOW))
        self.discord = WatchfulDiscord(self.clock.true, wall=self.clock)
        self._folder, self._boots, self._interactions = folder, count(1), count(1)
        self._stack = AsyncExitStack()

    async def begin(self) -> None:
        """The first start: every table, one server."""
        self._here = self._folder / "0"
        self._here.mkdir()
        await self._boot(opened)
        async with self.db.write() as tx:
            await tx.guilds.add(newly_joined(SERVER, "en", NOW))

    async def _boot(self, way: Callable[..., Any]) -> None:
        self.db: SqlDatabase = await self._stack.enter_async_context(
            way(f"sqlite+aiosqlite:///{self._here / 'bot.sqlite3'}", self._here)
        )
        self.steps = Deaths()
        self.discord.step, self.discord.db = self.steps, self.db
        # Each deed has its own boundaries, so they are looked up at each.
        mortal = MortalDatabase(self.db, lambda name: self.steps(name))  # noqa: PLW0108 - as said
        self.machine = Machine(mortal, self.clock, self.discord, per_second=8)
        self._serve(mortal)
        await self.erasure.finish_interrupted(self.clock())

    def _serve(self, db: Any) -> None:
        wake = self.machine.woken.append
        self.rejections, self.recoveries = Rejections(db, wake), Recoveries(db, wake)
        self.settings = SettingsService(db, self.recoveries, wake)
        self.actions, self.memberships = Actions(db, content()), Memberships(db, Season())
        recovery = RecoveryTopic(db, self.actions, self.recoveries, content())
        self.checkins = CheckIns(db, {Subject.REJECTION: recovery}, wake)
        self.doors = Doors(db, Openings(self.machine.run, lambda number, _language: body_of(marked(number))))
        self.erasure = Erasure(
            db, self.db.keys, Takedown(db, self.discord), self.db.engines, (), _nobody_named
        )

    async def crash(self) -> None:
        """The process is gone, and another one starts over what lies on the disk at this moment, logs and all."""
        old, self._here = self._here, self._folder / str(next(self._boots))
        shutil.copytree(old, self._here)
        await self.end()
        shutil.rmtree(old)
        await self._boot(reopened)

    async def restart(self) -> None:
        """A clean stop, and the next start."""
        await self.end()
        await self._boot(reopened)

    async def end(self) -> None:
        """Close the files."""
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    async def deed(self, what: Callable[[], Awaitable[Any]], kill_at: int | None) -> tuple[Any, bool]:
        """Do something, and perhaps die of it: what it gave, and whether it was committed."""
        self.steps = Deaths(kill_at)
        self.discord.step = self.steps
        try:
            return await what(), True
        except Killed:
            committed = self.steps.committed > 0
            await self.crash()
            return None, committed
        finally:
            self.steps = Deaths()
            self.discord.step = self.steps

    def interaction(self) -> int:
        """The id of the next press."""
        return next(self._interactions)

    async def join(self, user_id: int) -> None:
        """Somebody agrees, opens their direct messages and stands on the board."""
        now = self.clock()
        await self.db.keys.welcome(user_id, now)
        async with self.db.write() as tx:
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", now))
            await tx.members.update(user_id, dm_state=DmState.OPEN, dm_channel_id=user_id * 10)
        await self.memberships.touch(user_id, SERVER, f"Member {user_id}", now)
        await self.memberships.choose(user_id, SERVER, Visibility.SHOWN, now=now)

    async def passes(self, duration: timedelta) -> None:
        """Time passes, and the clockwork ticks whenever something is due, or was brought forward."""
        end_at = self.clock() + duration
        await self.machine.settle(until=duration)
        self.clock.now = max(self.clock(), end_at)
        await self.machine.tick()

    async def next_at(self) -> datetime | None:
        """When the machine has something to do."""
        async with self.db.read() as tx:
            instants = [await tx.nudges.earliest_due(), await tx.deliveries.earliest_try()]
        return min((at for at in instants if at is not None), default=None)

    async def member(self, user_id: int) -> Any:
        """The member as stored."""
        async with self.db.read() as tx:
            return await tx.members.get(user_id)

    async def rejections_of(self, user_id: int) -> list[Rejection]:
        """All that a member keeps."""
        async with self.db.read() as tx:
            return await tx.rejections.listed(user_id, RejectionFilter())

    async def nudges_of(self, user_id: int, rejection_id: int) -> list[Nudge]:
        """All check-ins of one entry, whatever became of them."""
        async with self.db.read() as tx:
            return await tx.nudges.of_subject(user_id, Subject.REJECTION, rejection_id)

    async def everything(self, user_ids: list[int]) -> tuple[dict[int, list[Nudge]], set[int], list[int]]:
        """Every check-in by its entry, the messages on their way, and whose counters a recount contradicts.

        Of the counters the group's stand under the id 0.
        """
        async with self.db.read() as tx:
            rows = await tx.nudges._listed(nudges.c.user_id.in_(user_ids))
            found = select(deliveries.c.id).where(deliveries.c.state.in_(("made", "sending")))
            pending = set((await tx.nudges._connection.execute(found)).scalars())
            days = await tx.actions.scored_by_day(user_ids)
            days[GROUP] = [day for dated in days.values() for day in dated]
            miscounted = [
                who
                for who in (GROUP, *user_ids)
                if await tx.boards.of_member(SERVER, who) != totals(days.get(who, []), Season())
            ]
        by_entry: dict[int, list[Nudge]] = {}
        for nudge in rows:
            by_entry.setdefault(nudge.subject_id, []).append(nudge)
        return by_entry, pending, miscounted

    async def left_of(self, user_id: int) -> dict[str, int]:
        """How many rows anywhere are somebody's, with the facts that name them."""
        async with self.db.read() as tx:
            facts = [name for name in await tx.facts.names("") if str(user_id) in name]
            return {**await tx.owned.counts(user_id), "facts": len(facts)}


def body_of(parts: list[dict[str, Any]]) -> str:
    """A body."""
    return json.dumps(parts)


async def _nobody_named(_user_id: int, _now: datetime) -> list[Any]:
    return []
