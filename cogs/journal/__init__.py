"""/journal: write, list, search, view, edit and delete, all of it private; and the way in from a check-in."""

from bot.app import StepForward
from cogs.journal.buttons import PRESSES
from cogs.journal.cog import JournalCog
from cogs.journal.forms import JournalForm


async def setup(bot: StepForward) -> None:
    """Add the commands, the presses and the form."""
    bot.add_presses(*PRESSES)
    bot.add_forms(JournalForm)
    await bot.add_cog(JournalCog(bot))
