"""The button under the weekly post."""

from bot.app import StepForward
from cogs.weekly.buttons import PRESSES


async def setup(bot: StepForward) -> None:
    """Add the presses; the post itself is made by the clockwork."""
    bot.add_presses(*PRESSES)
