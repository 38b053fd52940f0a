"""The /leaderboard command. It answers privately; what the group sees is the weekly post."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.domain.boards import Period
from bot.ui.request import Request, answer
from cogs.leaderboard import flow


class LeaderboardCog(commands.Cog):
    """The board of this server, this week first."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="leaderboard")
    async def leaderboard(self, interaction: discord.Interaction[Any], period: Period | None = None) -> None:
        """The board; in a direct message, of a server the member is in."""

        async def run(request: Request) -> None:
            await flow.show(request, period or Period.WEEK, None)

        await answer(interaction, run)
