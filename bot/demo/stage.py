"""One visit to the demo: the program, its world and the open window, and everything a visitor can do to them."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import discord

from bot.demo.clock import TravelClock, present
from bot.demo.people import CHANNELS, PEOPLE, PLACES, Person
from bot.demo.seam import Build, DemoProgram, Seed
from bot.demo.travel import tick, walk
from bot.demo.window import Window
from bot.demo.world import DemoWorld, open_world

log = logging.getLogger(__name__)

HISTORY = timedelta(days=28)
HEARTBEAT = 2.0


class Busy(Exception):
    """Something long is under way; the visitor waits for it."""


@dataclass(frozen=True, slots=True)
class Journey:
    """How far a long thing has come. `done` of `days`; both 0 where there is nothing to count."""

    what: str
    done: int = 0
    days: int = 0


class Stage:
    """All calls that touch SimCord hold `lock`, because SimCord refuses overlapping operations.

    `program` is None while the bot is stopped; its files stay, as on a real machine.
    """

    def __init__(
        self, build: Build, seed: Seed | None, directory: Path, *, history: timedelta = HISTORY
    ) -> None:
        self._build, self._seed, self._directory = build, seed, directory
        self._history = history if seed is not None else timedelta()
        self.lock = asyncio.Lock()
        self.window = Window()
        self.clock = TravelClock(present())
        self.program: DemoProgram | None = None
        self.journey: Journey | None = None
        self._world: DemoWorld | None = None
        self._seen: dict[tuple[str, str], int] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def world(self) -> DemoWorld:
        """The present world."""
        if self._world is None:
            raise RuntimeError("the demo has not been opened")
        return self._world

    # ------------------------------------------------------------------ life

    async def open(self) -> None:
        """Make the world, tell its history and look at the group's channel as the first person."""
        today = present()
        self.clock = TravelClock(today - self._history)
        self.program = await self._build(self.clock, self._directory)
        self._world = await open_world(self.program, self.clock())
        if self._seed is not None:
            with self.world.env.time_context():
                await self._seed(self.world, self.program, self.clock)
            await walk(self.world, self.clock, today - self.clock(), self.program)
        await tick(self.world, self.program, self.clock)
        self._seen = {(p.key, q.key): self.world.newest(p, q.key) for p in PEOPLE for q in PLACES}
        await self.window.open(self.world, PEOPLE[0], CHANNELS[0].key)

    async def close(self) -> None:
        """End everything; safe to call twice."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        async with self.lock:
            await self._strike()

    async def _strike(self) -> None:
        await self.window.close()
        if self._world is not None:
            await self._world.env.shutdown()
        await self._close_program()

    async def _close_program(self) -> None:
        program, self.program = self.program, None
        if program is not None:
            # The bot first, so that nothing is asked of a database that is gone.
            await program.bot.close()
            await program.close()

    # ------------------------------------------------------- what one can do

    async def go(self, person: Person, place: str) -> None:
        """Look at a place as somebody."""
        self._refuse_when_busy()
        async with self.lock:
            self.look()
            await self.world.keep_time(self.clock())
            await self.window.open(self.world, person, place)

    def skip(self, days: int) -> None:
        """Start walking forward by whole days; `journey` says how far it is."""
        self._begin(Journey("travel", 0, days), lambda: self._travel(days))

    def switch(self, on: bool) -> None:
        """Stop the bot, or start it again over the same files."""
        if on != (self.program is not None):
            self._begin(Journey("start" if on else "stop"), self._start if on else self._stop)

    def reset(self) -> None:
        """Throw everything away and begin anew, today."""
        self._begin(Journey("reset"), self._reset)

    async def count(self, command: str, message_id: int | None) -> None:
        """Run a message context-menu command as the present person; without an id, on their own last message."""
        self._refuse_when_busy()
        async with self.lock:
            person, place = self.window.person or PEOPLE[0], self.window.place
            channel, member = self.world.channel(person, place), self.world.members[person.key]
            seen = channel.history(viewer=member)
            wanted = [m for m in seen if (m.id == message_id if message_id else m.author.id == member.id)]
            if not wanted:
                raise LookupError("no such message")
            await self.world.keep_time(self.clock())
            await self.window.present(await member.context_menu(channel, command, wanted[-1]))

    async def settled(self) -> None:
        """Wait for the long thing under way, if there is one."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    def look(self) -> None:
        """Remember that what is on the screen has been read."""
        person = self.window.person
        if person is not None:
            self._seen[person.key, self.window.place] = self.world.newest(person, self.window.place)

    def unread(self, person: Person, place: str) -> int:
        """How many messages there the person has not looked at."""
        return self.world.unread(person, place, self._seen.get((person.key, place), 0))

    def menu_commands(self) -> list[str]:
        """The message context-menu commands the running bot offers."""
        tree = getattr(self.program.bot if self.program else None, "tree", None)
        if tree is None:
            return []
        return [c.name for c in tree.get_commands(type=discord.AppCommandType.message)]

    # ---------------------------------------------------------- long things

    async def heartbeat(self) -> None:
        """Let real time reach the bot while nobody skips; ends only by cancellation."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            if self.journey is None:
                try:
                    async with self.lock:
                        await self.beat()
                except Exception:
                    # The boundary of a tick: the next one comes in two seconds, as in the real program.
                    log.exception("a tick of the demo failed")

    async def beat(self) -> None:
        """One turn of the heartbeat; the caller holds the lock."""
        if self.program is not None and self._world is not None:
            await tick(self.world, self.program, self.clock)
            await self.window.refresh()

    def _refuse_when_busy(self) -> None:
        if self.journey is not None:
            raise Busy

    def _begin(self, journey: Journey, work: Callable[[], Awaitable[None]]) -> None:
        self._refuse_when_busy()
        self.journey = journey
        self._task = asyncio.create_task(self._carry_out(work))

    async def _carry_out(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            async with self.lock:
                await work()
        except Exception:
            # The boundary of a visitor's press: said in the terminal, and the page stays usable.
            log.exception("the demo could not do that")
        finally:
            self.journey = None

    async def _travel(self, days: int) -> None:
        begun = self.clock()

        async def arrived(now: datetime) -> None:
            # What arrived is shown at the end: drawing a conversation anew each day takes longer than the days.
            self.journey = Journey("travel", min(days, (now - begun).days), days)

        await walk(self.world, self.clock, timedelta(days=days), self.program, arrived=arrived)
        await self.window.refresh(always=True)

    async def _stop(self) -> None:
        # SimCord has no empty chair: a client that hears everything and answers nothing takes the bot's place.
        absent = discord.AutoShardedClient(intents=discord.Intents.none(), shard_count=1)
        await self.world.env.restart_bot(absent)
        await self._close_program()
        await self._reopen()

    async def _start(self) -> None:
        program = await self._build(self.clock, self._directory)
        await self.world.keep_time(self.clock())
        await self.world.env.restart_bot(program.bot)
        self.program = program
        await tick(self.world, program, self.clock)
        await self._reopen()

    async def _reopen(self) -> None:
        await self.window.open(self.world, self.window.person or PEOPLE[0], self.window.place)

    async def _reset(self) -> None:
        await self._strike()
        for entry in self._directory.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        await self.open()
