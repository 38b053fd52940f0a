"""A visitor to the demo, without a browser, and a bot of a few lines in the program's place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import discord
from aiohttp import ClientSession
from discord import app_commands
from discord.http import handle_message_parameters

from bot.clock import Clock
from bot.demo.clock import TravelClock
from bot.demo.launch import serving
from bot.demo.seam import DemoProgram
from bot.demo.stage import Stage
from bot.demo.travel import walk
from bot.demo.world import DemoWorld

HISTORY = timedelta(days=3)


class SmallBot(discord.AutoShardedClient):
    """One slash command that opens a form, one context menu."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), shard_count=1)
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="log", description="Open the form")
        async def log(interaction: discord.Interaction, where: str | None = None) -> None:
            if where is None:
                await interaction.response.send_modal(Form())
            else:
                await interaction.response.send_message(f"Kept: {where}", ephemeral=True)

        @self.tree.context_menu(name="Count as my action")
        async def count(interaction: discord.Interaction, message: discord.Message) -> None:
            await interaction.response.send_message(f"Counted {message.id}", ephemeral=True)

        @self.tree.context_menu(name="Tell more")
        async def more(interaction: discord.Interaction, message: discord.Message) -> None:
            await interaction.response.send_modal(Form())

    async def setup_hook(self) -> None:
        await self.tree.sync()


class Form(discord.ui.Modal, title="Log"):
    """One field; its answer is private and carries a button."""

    where = discord.ui.TextInput[Any](label="Where")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Kept: {self.where.value}", ephemeral=True)


class SmallProgram:
    """Sends each member one DM a day at 18:00 UTC, and says how many days it owes when it was away."""

    def __init__(self, clock: Clock, directory: Path) -> None:
        self.bot = SmallBot()
        self._clock, self._file = clock, directory / "last"

    async def tick(self) -> None:
        """Send today's message if it is time and it has not gone."""
        today = (self._clock() - timedelta(hours=18)).date()
        last = self._last(today)
        if last >= today or not self.bot.guilds:
            return
        self._file.write_text(today.isoformat())
        owner = self.bot.guilds[0].owner_id or 0
        channel = await self.bot.http.start_private_message(owner)
        with handle_message_parameters(content=f"{today} owed {(today - last).days}") as message:
            await self.bot.http.send_message(channel["id"], params=message)

    async def next_due_at(self) -> datetime | None:
        """Six in the evening (UTC) of the day after the last letter."""
        today = (self._clock() - timedelta(hours=18)).date()
        return datetime.combine(self._last(today) + timedelta(days=1), time(18), UTC)

    def _last(self, today: date) -> date:
        return (
            date.fromisoformat(self._file.read_text()) if self._file.exists() else today - timedelta(days=1)
        )

    async def close(self) -> None:
        """Nothing but the bot to close."""
        await self.bot.close()


async def build(clock: Clock, directory: Path) -> DemoProgram:
    return SmallProgram(clock, directory)


async def seed(world: DemoWorld, program: DemoProgram, clock: TravelClock) -> None:
    await world.members["bilal"].send(world.channels["general"], "Tea at six?")
    await walk(world, clock, timedelta(days=1), program)
    await world.members["amara"].send(world.channels["accountability"], "Sent two emails today.")


@dataclass
class Visit:
    """A visitor's browser without a browser: the shell's verbs and the frame's requests."""

    session: ClientSession
    url: str
    stage: Stage

    async def state(self) -> dict[str, Any]:
        async with self.session.get(f"{self.url}demo/state") as answer:
            return dict(await answer.json())

    async def press(self, verb: str, **wish: Any) -> dict[str, Any]:
        """Press one of the shell's buttons and wait until it is done."""
        async with self.session.post(f"{self.url}demo/{verb}", json=wish) as answer:
            assert answer.status == 200, await answer.text()
        await self.stage.settled()
        return await self.state()

    async def frame(self, method: str, path: str, context: str = "", /, **body: Any) -> dict[str, Any]:
        """A request of SimCord's page inside the frame."""
        headers = {"X-Simcord-Capability": self.stage.window.capability, "X-Simcord-Context": context}
        async with self.session.request(
            method, f"{self.url}{path}", headers=headers, json=body or ({} if method == "POST" else None)
        ) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def act(self, page: dict[str, Any], sequence: int, kind: str, **body: Any) -> dict[str, Any]:
        """What the Preview's own page sends for a press."""
        return await self.frame(
            "POST",
            "api/action",
            page["context"]["id"],
            protocol_version=3,
            sequence=sequence,
            request_id=str(uuid4()),
            kind=kind,
            generation=page["context"]["generation"],
            bot_generation=page["botGeneration"],
            published_revision=page["publishedRevision"],
            **body,
        )


@asynccontextmanager
async def visit() -> AsyncIterator[Visit]:
    async with serving(build, seed, 0, history=HISTORY) as (url, stage), ClientSession() as session:
        yield Visit(session, url, stage)


def texts(page: dict[str, Any]) -> list[str]:
    return [page["messages"][key]["content"] for key in page["timeline"]]
