"""/server: setup as a checklist, status, and what a lead may remove; and the bot's coming and going."""

from bot.app import StepForward
from cogs.server.buttons import PRESSES
from cogs.server.cog import ServerCog
from cogs.server.events import ServerEvents


async def setup(bot: StepForward) -> None:
    """Add the commands, the presses and the events."""
    bot.add_presses(*PRESSES)
    await bot.add_cog(ServerCog(bot))
    await bot.add_cog(ServerEvents(bot))
