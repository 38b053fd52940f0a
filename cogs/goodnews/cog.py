"""The /goodnews command."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.errors import UserError
from bot.ui.request import Request, answer
from bot.ui.words import choices
from cogs.goodnews import flow
from cogs.goodnews.forms import Typed


class GoodNewsCog(commands.Cog):
    """One command: what went well."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="goodnews", description="…")
    async def goodnews(
        self,
        interaction: discord.Interaction[Any],
        kind: app_commands.Range[str, 1, 100] | None = None,
        who: app_commands.Range[str, 1, 200] | None = None,
        date: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        """Open the form; the options fill it beforehand."""

        async def run(request: Request) -> None:
            await flow.begin(request, Typed(kind=_known_kind(request, kind), day=date, who=who))

        await answer(interaction, run)

    @goodnews.autocomplete("kind")
    async def _kinds(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        voice = self.bot.words.speak(interaction.locale.value)
        return choices(((news.id, voice(f"goodnews-{news.id}")) for news in self.bot.content.goodnews), typed)


def _known_kind(request: Request, picked: str | None) -> str | None:
    """The kind an option names, by id or by its name in the member's language. Raises UserError."""
    if picked is None:
        return None
    for news in request.content.goodnews:
        if picked.casefold() in (news.id, request.voice(f"goodnews-{news.id}").casefold()):
            return news.id
    raise UserError("goodnews-kind-unknown")
