"""/me: one's own settings, pauses, delivery record, export, import and erasure. All of it private."""

from bot.app import StepForward
from cogs.mine import buttons, data, fallback, importing
from cogs.mine.cog import MineCog


async def setup(bot: StepForward) -> None:
    """Add the commands and the presses."""
    bot.add_presses(*buttons.PRESSES, *data.PRESSES, *fallback.PRESSES, *importing.PRESSES)
    await bot.add_cog(MineCog(bot))
