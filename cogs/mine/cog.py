"""The /me commands. Each reads the interaction, calls one service method and shows one card."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.ui.request import Request, answer
from cogs.mine.cards import deliveries_card, paused_card, resumed_card, settings_card
from cogs.mine.data import show_erase, show_export
from cogs.mine.importing import begin


class MineCog(commands.GroupCog, group_name="me", group_description="What is yours. Private to you."):
    """Settings, rest, and everything one may do with one's own data."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="settings", description="…")
    async def settings(self, interaction: discord.Interaction[Any]) -> None:
        """The settings, after consent."""

        async def show(request: Request) -> None:
            await request.show(settings_card(request, request.known))

        await answer(interaction, lambda request: request.as_member(show))

    @app_commands.command(name="pause", description="…")
    async def pause(self, interaction: discord.Interaction[Any]) -> None:
        """Hold everything."""

        async def run(request: Request) -> None:
            request.member = await request.services.settings.pause(request.user_id, request.now)
            request.kept()
            await request.show(paused_card(request))

        await answer(interaction, run)

    @app_commands.command(name="resume", description="…")
    async def resume(self, interaction: discord.Interaction[Any]) -> None:
        """Go on with everything."""

        async def run(request: Request) -> None:
            request.member = await request.services.settings.resume(request.user_id, request.now)
            request.kept()
            next_at = await request.services.records.next_at(request.user_id)
            await request.show(resumed_card(request, request.member, next_at))

        await answer(interaction, run)

    @app_commands.command(name="deliveries", description="…")
    async def deliveries(self, interaction: discord.Interaction[Any]) -> None:
        """The delivery record."""

        async def run(request: Request) -> None:
            await request.show(deliveries_card(request, await request.services.records.of(request.known)))

        await answer(interaction, run)

    @app_commands.command(name="export", description="…")
    async def export(self, interaction: discord.Interaction[Any]) -> None:
        """A copy of everything, as files."""
        await answer(interaction, show_export)

    @app_commands.command(name="erase", description="…")
    async def erase(self, interaction: discord.Interaction[Any]) -> None:
        """What would go, and the way to let it go."""
        await answer(interaction, show_erase)

    @app_commands.command(name="import", description="…")
    async def bring(
        self, interaction: discord.Interaction[Any], file: discord.Attachment | None = None
    ) -> None:
        """A look at one's own list, after consent."""
        await answer(interaction, lambda request: request.as_member(lambda later: begin(later, file)))
