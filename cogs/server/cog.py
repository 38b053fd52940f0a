"""The /server commands, for group leads. What a client shows or hides is a hint; the handlers check."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.errors import UserError
from bot.ui.request import Request, answer
from bot.ui.words import choices
from cogs.server import flow


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class ServerCog(commands.GroupCog, group_name="server"):
    """Set up the bot in a server, see how it stands, and take away what does not belong."""

    action = app_commands.Group(name="action", description="The server's own catalogue entries")

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="setup")
    async def setup(self, interaction: discord.Interaction[Any]) -> None:
        """The checklist."""
        await answer(interaction, flow.show_setup)

    @app_commands.command(name="status")
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        """How the server stands."""
        await answer(interaction, flow.show_status)

    @app_commands.command(name="remove")
    async def remove(
        self, interaction: discord.Interaction[Any], what: app_commands.Range[str, 1, 120]
    ) -> None:
        """Remove an alias, a win or a catalogue entry."""

        async def run(request: Request) -> None:
            await flow.remove(request, what)

        await answer(interaction, run)

    @action.command(name="add")
    async def add(
        self, interaction: discord.Interaction[Any], label: app_commands.Range[str, 1, 100]
    ) -> None:
        """Add an entry to the server's catalogue."""

        async def run(request: Request) -> None:
            await flow.add_entry(request, label)

        await answer(interaction, run)

    @remove.autocomplete("what")
    async def _removable(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        try:
            asker = flow.lead(interaction)
        except UserError:
            return []
        voice = self.bot.words.speak(interaction.locale.value)
        found = await self.bot.services.moderation.removable(asker)
        return choices(flow.removable_choices(voice, found), typed)
