"""The /insights commands."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.ui.request import answer
from cogs.insights.buttons import show_patterns
from cogs.insights.progress import show_progress


class InsightsCog(commands.GroupCog, group_name="insights"):
    """Look at all entries together. Private."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="patterns")
    async def patterns(self, interaction: discord.Interaction[Any]) -> None:
        """What repeats, with the entries behind it."""
        await answer(interaction, show_patterns)

    @app_commands.command(name="progress")
    async def progress(self, interaction: discord.Interaction[Any]) -> None:
        """What became of it: a picture, and the same in words."""
        await answer(interaction, show_progress)
