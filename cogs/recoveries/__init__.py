"""/recovery: where each protocol stands, slower, faster, paused or stopped."""

from bot.app import StepForward
from cogs.recoveries.buttons import PRESSES
from cogs.recoveries.cog import RecoveryCog


async def setup(bot: StepForward) -> None:
    """Add the commands and the presses."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(RecoveryCog(bot))
