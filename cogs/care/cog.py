"""/support. Asks nothing of the database or of anybody; the language is guessed from the member's client."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.ui.support import support_card
from cogs.care.buttons import answer_at_once


class CareCog(commands.Cog):
    """The one command that works when nothing else does."""

    @app_commands.command(name="support")
    async def support(self, interaction: discord.Interaction[Any]) -> None:
        """Show the support card, whatever else is broken."""
        await answer_at_once(
            interaction,
            lambda request: request.show(support_card(request.voice, request.services.care.lines)),
        )
