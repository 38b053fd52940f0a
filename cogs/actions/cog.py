"""The /action commands, and the menu on a message of one's own."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.ui.picking import picked_id, rejection_choices
from bot.ui.request import Request, answer
from bot.ui.words import choices
from cogs.actions import flow
from cogs.actions.buttons import show_ideas, show_list
from cogs.actions.cards import action_label
from cogs.actions.forms import Typed

Choices = list[app_commands.Choice[str]]


class ActionCog(commands.GroupCog, group_name="action"):
    """Log what was done, find it again, take it back, see what could be next."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name="Count as my action", callback=self.count_mine)
        self._menu.guild_only = True

    async def cog_load(self) -> None:
        """A menu cannot be declared inside a cog, so it is added by hand."""
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """And taken away by hand."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="log")
    @app_commands.rename(when="date", about="rejection")
    async def log(
        self,
        interaction: discord.Interaction[Any],
        what: app_commands.Range[str, 1, 100] | None = None,
        when: app_commands.Range[str, 1, 40] | None = None,
        about: str | None = None,
    ) -> None:
        """Log an action; without a word of what, show ideas with their buttons."""

        async def run(request: Request) -> None:
            if what is None:
                await request.as_member(show_ideas)
                return
            kind, note = await flow.named(request, what)
            request.typed = note
            await flow.take(request, Typed(kind, note, when, picked_id(about)))

        await answer(interaction, run)

    @app_commands.command(name="list")
    async def list(self, interaction: discord.Interaction[Any]) -> None:
        """One page of one's own actions."""
        await answer(interaction, show_list)

    @app_commands.command(name="undo")
    async def undo(self, interaction: discord.Interaction[Any], action: str | None = None) -> None:
        """Take an action of the last day back, the latest when none is named."""

        async def run(request: Request) -> None:
            await flow.undo(request, picked_id(action))

        await answer(interaction, run)

    @app_commands.command(name="ideas")
    async def ideas(self, interaction: discord.Interaction[Any]) -> None:
        """What could be done next."""

        async def run(request: Request) -> None:
            await request.as_member(show_ideas)

        await answer(interaction, run)

    async def count_mine(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """One's own message in the group's channel counts as an action."""

        async def run(request: Request) -> None:
            await flow.offer_own_message(request, message)

        await answer(interaction, run)

    @log.autocomplete("what")
    async def _whats(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        entries = await self.bot.services.catalogue.of_guild(interaction.guild_id)
        pairs = [(entry.kind, entry.label) for entry in entries]
        pairs += [(kind.id, voice(f"action-{kind.id}")) for kind in self.bot.content.choices]
        return choices(pairs, typed) or choices([(typed, typed)])

    @log.autocomplete("about")
    async def _rejections(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        own = await self.bot.services.rejections.completions(interaction.user.id, typed)
        return rejection_choices(voice, own)

    @undo.autocomplete("action")
    async def _undoable(self, interaction: discord.Interaction[Any], typed: str) -> "Choices":
        voice = self.bot.words.speak(interaction.locale.value)
        own = await self.bot.services.actions.undoable(interaction.user.id, self.bot.clock())
        labels = await self.bot.services.catalogue.labels([action.kind for action in own])
        return choices(((str(action.id), action_label(voice, action, labels)) for action in own), typed)
