"""/draft: letters from short forms, kept, copied, told to be sent, and reminded of."""

from bot.app import StepForward
from cogs.drafts.buttons import PRESSES
from cogs.drafts.cog import DraftCog
from cogs.drafts.forms import FORMS


async def setup(bot: StepForward) -> None:
    """Add the commands, the forms and the presses."""
    bot.add_presses(*PRESSES)
    bot.add_forms(*FORMS)
    await bot.add_cog(DraftCog(bot))
