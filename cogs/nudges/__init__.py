"""Check-ins: what the buttons of a direct message do, from two minutes to two months later."""

from bot.app import StepForward
from cogs.nudges.buttons import PRESSES


async def setup(bot: StepForward) -> None:
    """Add the presses; there is no command for this."""
    bot.add_presses(*PRESSES)
