"""What the presses on good news do."""

from bot.ui.buttons import Press
from bot.ui.cards import Card
from bot.ui.request import Request
from cogs.goodnews import flow
from cogs.goodnews.cards import share_card
from cogs.goodnews.forms import Typed


class GoodNewsNew(Press, verb="goodnews-new"):
    """Open the form."""

    async def pressed(self, request: Request) -> None:
        await flow.begin(request, Typed(kind=self.arg or None))


class GoodNewsDay(Press, verb="goodnews-day"):
    """Which of two days was meant."""

    async def pressed(self, request: Request) -> None:
        token, _, index = self.arg.rpartition(".")
        await flow.answer_day(request, token, 1 if index == "1" else 0)


class GoodNewsUndo(Press, verb="goodnews-undo"):
    """Take it back, within 15 minutes."""

    async def pressed(self, request: Request) -> None:
        await request.services.goodnews.undo(request.known, self.number, request.now)
        request.kept()
        await request.update(Card().text(request.voice("goodnews-undone")))


class GoodNewsShare(Press, verb="goodnews-share"):
    """Make it something that can be shown to the group; showing it is the next press."""

    async def pressed(self, request: Request) -> None:
        action_id = await request.services.goodnews.as_action(request.known, self.number, request.now)
        await request.show(share_card(request, action_id))


PRESSES = (GoodNewsNew, GoodNewsDay, GoodNewsUndo, GoodNewsShare)
