"""The /recovery commands."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import StepForward
from bot.domain.rejections import Recovery
from bot.services.recoveries import Standing
from bot.ui.request import Request, answer
from bot.ui.words import choices
from cogs.recoveries import flow
from cogs.recoveries.cards import plan_card

Steer = Callable[[Request, int], Awaitable[None]]


class RecoveryCog(commands.GroupCog, group_name="recovery"):
    """See and steer the protocols."""

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @app_commands.command(name="today")
    async def today(self, interaction: discord.Interaction[Any]) -> None:
        """Every open protocol."""
        await answer(interaction, flow.today)

    @app_commands.command(name="plan")
    async def plan(self, interaction: discord.Interaction[Any], rejection: str | None = None) -> None:
        """The plan of one protocol."""

        async def show(request: Request, rejection_id: int) -> None:
            standing = await request.services.recoveries.standing(request.user_id, rejection_id)
            await request.show(plan_card(request, standing))

        await self._steer(interaction, rejection, show)

    @app_commands.command(name="pause")
    async def pause(self, interaction: discord.Interaction[Any], rejection: str | None = None) -> None:
        """Pause one."""
        await self._steer(interaction, rejection, flow.pause)

    @app_commands.command(name="resume")
    async def resume(self, interaction: discord.Interaction[Any], rejection: str | None = None) -> None:
        """Resume one."""
        waiting = (Recovery.PAUSED, Recovery.STOPPED)
        await self._steer(interaction, rejection, flow.resume, waiting, "recovery-none-waiting")

    @app_commands.command(name="stop")
    async def stop(self, interaction: discord.Interaction[Any], rejection: str | None = None) -> None:
        """Stop one."""
        await self._steer(interaction, rejection, flow.stop)

    async def _steer(
        self,
        interaction: discord.Interaction[Any],
        rejection: str | None,
        steer: Steer,
        states: tuple[Recovery, ...] = (Recovery.OPEN, Recovery.PAUSED),
        nothing: str = "recovery-nothing",
    ) -> None:
        async def run(request: Request) -> None:
            await flow.with_one(request, rejection, states, steer, nothing)

        await answer(interaction, run)

    @plan.autocomplete("rejection")
    @pause.autocomplete("rejection")
    @resume.autocomplete("rejection")
    @stop.autocomplete("rejection")
    async def _own(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        voice = self.bot.words.speak(interaction.locale.value)
        standings = await self.bot.services.recoveries.steerable(interaction.user.id)
        return choices(((str(s.rejection.id), _label(voice, s)) for s in standings), typed)


def _label(voice: Callable[..., str], standing: Standing) -> str:
    entry = standing.rejection
    who = f" · {entry.who}" if entry.who else ""
    return f"{voice(f'kind-{entry.kind}')}{who} · {entry.occurred_on.isoformat()}"
