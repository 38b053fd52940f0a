"""/action: log, list, undo and ideas, and a message of one's own that counts."""

from bot.app import StepForward
from cogs.actions.buttons import PRESSES
from cogs.actions.cog import ActionCog


async def setup(bot: StepForward) -> None:
    """Add the commands, the menu and the presses."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(ActionCog(bot))
