"""The /challenge commands."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.domain.challenges import DAYS
from bot.ui.request import answer
from cogs.challenge import flow


class ChallengeCog(commands.GroupCog, group_name="challenge"):
    """Ten days, one small step each. Private."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="start")
    async def start(self, interaction: discord.Interaction[Any]) -> None:
        """See ten steps, and begin with them or with others."""
        await answer(interaction, flow.offer)

    @app_commands.command(name="today")
    async def today(self, interaction: discord.Interaction[Any]) -> None:
        """Today's step, and how far it is."""
        await answer(interaction, flow.today)

    @app_commands.command(name="swap")
    async def swap(
        self, interaction: discord.Interaction[Any], day: app_commands.Range[int, 1, DAYS] | None = None
    ) -> None:
        """Take another step for a day; without one for today."""
        await answer(interaction, lambda request: flow.swap_any(request, day))

    @swap.autocomplete("day")
    async def _days(
        self, interaction: discord.Interaction[Any], typed: int | str
    ) -> list[app_commands.Choice[int]]:
        challenge = await self.bot.services.challenges.current(interaction.user.id)
        voice = self.bot.words.speak(interaction.locale.value)
        return flow.day_choices(voice, challenge, str(typed))

    @app_commands.command(name="past")
    async def past(self, interaction: discord.Interaction[Any]) -> None:
        """The ten days that are over; one of them can be deleted."""
        await answer(interaction, flow.past)

    @app_commands.command(name="stop")
    async def stop(self, interaction: discord.Interaction[Any]) -> None:
        """End it; what was done stays."""
        await answer(interaction, flow.stop_current)
