"""The first press: consent, the zone, and what the member wanted to do before they were asked."""

from bot.app import StepForward
from cogs.welcome.buttons import PRESSES


async def setup(bot: StepForward) -> None:
    """Add the presses; there is no command for this."""
    bot.add_presses(*PRESSES)
