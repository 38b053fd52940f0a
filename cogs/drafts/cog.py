"""The /draft commands."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.domain.drafts import gist_of
from bot.errors import UserError
from bot.ui.picking import picked_id, rejection_choices
from bot.ui.request import Request, answer
from bot.ui.words import choices
from cogs.drafts import flow
from cogs.drafts.cards import draft_card, draft_label, list_card, names_of

Choices = list[app_commands.Choice[str]]


class DraftCog(commands.GroupCog, group_name="draft"):
    """Write a letter from a short form, find it again."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="write")
    @app_commands.rename(about="rejection")
    async def write(
        self, interaction: discord.Interaction[Any], kind: str | None = None, about: str | None = None
    ) -> None:
        """Open the form of a letter; without a kind, show which there are."""

        async def run(request: Request) -> None:
            rejection_id = picked_id(about)
            if kind is None:
                await flow.choose(request, rejection_id)
            else:
                await flow.begin(request, _known_kind(request, kind), rejection_id)

        await answer(interaction, run)

    @app_commands.command(name="list")
    async def list(self, interaction: discord.Interaction[Any]) -> None:
        """One page of one's own letters."""

        async def run(request: Request) -> None:
            await request.show(list_card(request, await request.services.drafts.listed(request.user_id)))

        await answer(interaction, run)

    @app_commands.command(name="view")
    async def view(self, interaction: discord.Interaction[Any], draft: str) -> None:
        """Open one letter."""

        async def run(request: Request) -> None:
            await request.show(draft_card(request, await flow.find(request, draft)))

        await answer(interaction, run)

    @write.autocomplete("kind")
    async def _kinds(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        offer = await self.bot.services.drafts.offer(interaction.user.id, None, self.bot.clock())
        return choices(((kind.id, voice(f"draft-{kind.id}")) for kind in offer.kinds), typed)

    @write.autocomplete("about")
    async def _rejections(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        own = await self.bot.services.rejections.completions(interaction.user.id, typed)
        return rejection_choices(voice, own)

    @view.autocomplete("draft")
    async def _own(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        names = names_of(voice, self.bot.content)
        own = await self.bot.services.drafts.completions(interaction.user.id, typed, names)
        member = await self.bot.services.members.find(interaction.user.id)
        if member is None:
            return []
        gone, zone, kind = voice("draft-gone"), member.rhythm.tz, self.bot.content.draft
        days = [voice.day(one.made_at.astimezone(zone).date()) for one in own]
        return choices(
            (
                str(one.id),
                draft_label(names.get(one.kind, gone), one.who, day, gist_of(kind(one.kind), one.text)),
            )
            for one, day in zip(own, days, strict=True)
        )


def _known_kind(request: Request, picked: str) -> str:
    """The letter an option names, by its id or its name in the member's language. Raises UserError."""
    for kind_id, name in names_of(request.voice, request.content).items():
        if picked.casefold() in (kind_id, name.casefold()):
            return kind_id
    raise UserError("draft-kind-unknown")
