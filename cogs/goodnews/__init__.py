"""/goodnews: what went well, and what it ends."""

from bot.app import StepForward
from cogs.goodnews.buttons import PRESSES
from cogs.goodnews.cog import GoodNewsCog


async def setup(bot: StepForward) -> None:
    """Add the command and the presses."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(GoodNewsCog(bot))
