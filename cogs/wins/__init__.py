"""Wins: showing an action to the group, taking it back, thanking. There is no command, presses are enough."""

from bot.app import StepForward
from cogs.wins.buttons import PRESSES


async def setup(bot: StepForward) -> None:
    """Add the presses."""
    bot.add_presses(*PRESSES)
