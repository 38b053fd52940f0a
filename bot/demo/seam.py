"""What the demo asks of the program: a bot, a tick, an end. The wiring keeps this promise, and so do tests."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import discord

from bot.clock import Clock

if TYPE_CHECKING:
    from bot.demo.clock import TravelClock
    from bot.demo.world import DemoWorld


class DemoProgram(Protocol):
    """One run of the real bot, from start to stop. It starts no heartbeat of its own: the demo calls `tick`."""

    @property
    def bot(self) -> discord.AutoShardedClient:
        """The real bot, built with `shard_count=1` and not logged in; SimCord logs it in."""

    async def tick(self) -> None:
        """Do everything that is due now, until nothing is due."""

    async def next_due_at(self) -> datetime | None:
        """When the next thing is due (aware); in the past while something is left to do, None for nothing."""

    async def close(self) -> None:
        """Release the database and every task. Called after the bot has left SimCord."""


Build = Callable[[Clock, Path], Awaitable[DemoProgram]]
"""Makes a program over the files of a directory. Calling it again with the same directory is a restart."""

Seed = Callable[["DemoWorld", DemoProgram, "TravelClock"], Awaitable[None]]
"""Fills a new world. It begins four weeks ago and may walk the clock forward up to the present."""
