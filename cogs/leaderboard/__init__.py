"""/leaderboard, and how a member wants to be shown on it."""

from bot.app import StepForward
from cogs.leaderboard.buttons import PRESSES
from cogs.leaderboard.cog import LeaderboardCog


async def setup(bot: StepForward) -> None:
    """Add the command and the presses."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(LeaderboardCog(bot))
