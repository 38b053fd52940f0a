"""/challenge: ten days, one small step each."""

from bot.app import StepForward
from cogs.challenge.buttons import PRESSES
from cogs.challenge.cog import ChallengeCog
from cogs.challenge.forms import ChooseForm


async def setup(bot: StepForward) -> None:
    """Add the commands, the presses and the form."""
    bot.add_presses(*PRESSES)
    bot.add_forms(ChooseForm)
    await bot.add_cog(ChallengeCog(bot))
