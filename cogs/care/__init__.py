"""Care: the support card, by command and by press. It works when nothing else does."""

from bot.app import StepForward
from cogs.care.buttons import PRESSES
from cogs.care.cog import CareCog


async def setup(bot: StepForward) -> None:
    """Add the command and the presses."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(CareCog())
