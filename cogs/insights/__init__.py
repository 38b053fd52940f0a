"""/insights: what a member's own entries say when they are looked at together."""

from bot.app import StepForward
from cogs.insights.buttons import PRESSES
from cogs.insights.cog import InsightsCog


async def setup(bot: StepForward) -> None:
    """Add the commands and the presses."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(InsightsCog(bot))
