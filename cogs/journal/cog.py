"""The /journal commands. Each reads the interaction, calls one service method and shows one card."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.domain.journal import JournalFilter
from bot.ui.picking import picked_id, rejection_choices
from bot.ui.request import Request, answer
from bot.ui.words import choices
from cogs.journal import flow
from cogs.journal.cards import delete_card, entry_label
from cogs.journal.forms import SEARCH_MAX
from cogs.journal.lists import month_name

Choices = list[app_commands.Choice[str]]


class JournalCog(commands.GroupCog, group_name="journal"):
    """Write about a no, find it again, change it, delete it."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="write")
    @app_commands.rename(about="rejection")
    async def write(
        self, interaction: discord.Interaction[Any], kind: str | None = None, about: str | None = None
    ) -> None:
        """Open the form of a kind; without one, show the kinds."""

        async def run(request: Request) -> None:
            rejection_id = picked_id(about)
            picked = flow.known_kind(request, kind)
            if picked is None:
                await flow.start(request, rejection_id)
            else:
                await flow.begin(request, picked, rejection_id)

        await answer(interaction, run)

    @app_commands.command(name="list")
    async def list_own(
        self,
        interaction: discord.Interaction[Any],
        kind: str | None = None,
        month: app_commands.Range[str, 1, 20] | None = None,
    ) -> None:
        """One page by date."""

        async def run(request: Request) -> None:
            wanted = JournalFilter(flow.known_kind(request, kind), await flow.known_month(request, month))
            await flow.show_list(request, wanted)

        await answer(interaction, run)

    @app_commands.command(name="search")
    async def search(
        self, interaction: discord.Interaction[Any], words: app_commands.Range[str, 1, SEARCH_MAX]
    ) -> None:
        """What holds every word."""

        async def run(request: Request) -> None:
            await flow.find(request, words)

        await answer(interaction, run)

    @app_commands.command(name="view")
    async def view(self, interaction: discord.Interaction[Any], entry: str) -> None:
        """Show one entry."""

        async def run(request: Request) -> None:
            await flow.view(request, await flow.named(request, entry))

        await answer(interaction, run)

    @app_commands.command(name="edit")
    async def edit(self, interaction: discord.Interaction[Any], entry: str) -> None:
        """Open the form with what is there."""

        async def run(request: Request) -> None:
            await flow.change(request, await flow.named(request, entry))

        await answer(interaction, run)

    @app_commands.command(name="delete")
    async def delete(self, interaction: discord.Interaction[Any], entry: str) -> None:
        """Ask, then delete."""

        async def run(request: Request) -> None:
            await request.show(delete_card(request, await flow.named(request, entry)))

        await answer(interaction, run)

    @write.autocomplete("kind")
    @list_own.autocomplete("kind")
    async def _kinds(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        return choices(((k.id, voice(f"entry-{k.id}")) for k in self.bot.content.journal.kinds), typed)

    @write.autocomplete("about")
    async def _rejections(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        own = await self.bot.services.rejections.completions(interaction.user.id, typed)
        return rejection_choices(voice, own)

    @list_own.autocomplete("month")
    async def _months(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        own = await self.bot.services.journal.months(interaction.user.id)
        return choices(((month, month_name(voice, month)) for month in own), typed)

    @view.autocomplete("entry")
    @edit.autocomplete("entry")
    @delete.autocomplete("entry")
    async def _own(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        own = await self.bot.services.journal.completions(interaction.user.id, typed)
        return choices((str(entry.id), entry_label(voice, self.bot.content.journal, entry)) for entry in own)
