"""/help and /about: the way in, by what one wants to do; and what is kept, who sees it, how to report a problem."""

from bot.app import StepForward
from cogs.help.buttons import PRESSES
from cogs.help.cog import HelpCog


async def setup(bot: StepForward) -> None:
    """Add the commands and the presses."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(HelpCog())
