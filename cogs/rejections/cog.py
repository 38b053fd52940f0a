"""The /rejection commands. Each reads the interaction, calls one service method and shows one card."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.domain.kinds import How
from bot.domain.rejections import OPEN_RECOVERY, RejectionFilter
from bot.ui.request import Request, answer
from bot.ui.words import choices
from cogs.rejections import flow
from cogs.rejections.cards import list_card, rejection_label
from cogs.rejections.forms import RejectionForm, Typed


class RejectionCog(commands.GroupCog, group_name="rejection"):
    """Log a rejection in fifteen seconds, and find it again."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="log")
    @app_commands.rename(when="date")
    async def log(
        self,
        interaction: discord.Interaction[Any],
        kind: str | None = None,
        who: app_commands.Range[str, 1, 200] | None = None,
        when: app_commands.Range[str, 1, 40] | None = None,
        how: How | None = None,
    ) -> None:
        """Open the form at once; the options fill it beforehand."""

        async def run(request: Request) -> None:
            await request.open(RejectionForm(request, Typed(kind=kind, who=who, day=when, how=how)))

        await answer(interaction, run)

    @app_commands.command(name="list")
    @app_commands.rename(open_only="open")
    async def list_own(
        self, interaction: discord.Interaction[Any], kind: str | None = None, open_only: bool = False
    ) -> None:
        """One page, with filters and buttons to turn it."""

        async def run(request: Request) -> None:
            wanted = RejectionFilter(
                kind=flow.known_kind(request, kind), recoveries=OPEN_RECOVERY if open_only else None
            )
            page = await request.services.rejections.listed(request.user_id, wanted)
            await request.show(list_card(request, page, wanted))

        await answer(interaction, run)

    @app_commands.command(name="view")
    async def view(self, interaction: discord.Interaction[Any], rejection: str) -> None:
        """Show one entry."""

        async def run(request: Request) -> None:
            await request.show(await flow.view(request, await flow.find(request, rejection)))

        await answer(interaction, run)

    @app_commands.command(name="edit")
    async def edit(
        self, interaction: discord.Interaction[Any], rejection: str, how: How | None = None
    ) -> None:
        """Open the form with what is there."""

        async def run(request: Request) -> None:
            entry = await flow.find(request, rejection)
            await request.open(RejectionForm(request, Typed.of(entry, how=how), editing=entry.id))

        await answer(interaction, run)

    @app_commands.command(name="delete")
    async def delete(self, interaction: discord.Interaction[Any], rejection: str) -> None:
        """Delete, with an undo."""

        async def run(request: Request) -> None:
            await flow.delete(request, (await flow.find(request, rejection)).id)

        await answer(interaction, run)

    @log.autocomplete("kind")
    @list_own.autocomplete("kind")
    async def _kinds(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        voice = self.bot.words.speak(interaction.locale.value)
        return choices(((kind.id, voice(f"kind-{kind.id}")) for kind in self.bot.content.kinds), typed)

    @view.autocomplete("rejection")
    @edit.autocomplete("rejection")
    @delete.autocomplete("rejection")
    async def _own(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        voice = self.bot.words.speak(interaction.locale.value)
        own = await self.bot.services.rejections.completions(interaction.user.id, typed)
        return choices((str(entry.id), rejection_label(voice, entry)) for entry in own)
