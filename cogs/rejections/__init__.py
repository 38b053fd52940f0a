"""/rejection: log, list, view, edit, delete and undo, all of it private."""

from bot.app import StepForward
from cogs.rejections.buttons import PRESSES
from cogs.rejections.cog import RejectionCog


async def setup(bot: StepForward) -> None:
    """Add the commands and the presses."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(RejectionCog(bot))
