"""The /help and /about commands."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.ui.request import Request, answer
from cogs.help.cards import about_card, help_card


class HelpCog(commands.Cog):
    """Two commands that need no consent and write nothing."""

    @app_commands.command(name="help")
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """What one can do, each with a button that starts it."""

        async def run(request: Request) -> None:
            await request.show(help_card(request))

        await answer(interaction, run)

    @app_commands.command(name="about")
    async def about(self, interaction: discord.Interaction[Any]) -> None:
        """What this program is, keeps and shows."""

        async def run(request: Request) -> None:
            await request.show(about_card(request))

        await answer(interaction, run)
