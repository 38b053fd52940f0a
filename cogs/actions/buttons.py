"""What the presses about actions do. The owner is always looked up, never believed from the button."""

from bot.domain.actions import CUSTOM, from_press
from bot.errors import NotYours
from bot.ids import is_id
from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.actions import flow
from cogs.actions.cards import ideas_card, list_card
from cogs.actions.forms import ActionForm, Typed


async def show_ideas(request: Request) -> None:
    """What could be done next, for a member."""
    ideas = await request.services.catalogue.ideas(request.known, request.now)
    await request.show(ideas_card(request, ideas, await flow.every_kind(request)))


async def show_list(request: Request, page: int = 0) -> None:
    """One page of the member's own actions."""
    found = await request.services.actions.listed(request.user_id, page)
    labels = await request.services.catalogue.labels([item.action.kind for item in found.items])
    await request.update(list_card(request, found, labels))


async def act(request: Request, kind: str, rejection_id: int) -> None:
    """Log an action that stands on the card that was pressed: each counts once for each message."""
    message = request.interaction.message
    if message is None:
        raise NotYours
    typed = Typed(kind, rejection_id=rejection_id or None)
    source = from_press(message.id, kind)

    async def go_on(later: Request) -> None:
        await flow.save(later, typed, later.today, source)

    await request.as_member(go_on)


class Act(Press, verb="act"):
    """I did this: `<kind>.<rejection or 0>`."""

    async def pressed(self, request: Request) -> None:
        kind, _, rejection = self.arg.partition(".")
        await act(request, kind, int(rejection) if is_id(rejection) else 0)


class ActPick(Press, verb="act-pick"):
    """I did what I picked from the list; the argument is the rejection, or 0."""

    async def pressed(self, request: Request) -> None:
        await act(request, self.picked(request), self.number)


class ActOwn(Press, verb="act-own"):
    """I did something in my own words; the argument is the rejection, or 0."""

    async def pressed(self, request: Request) -> None:
        await request.open(ActionForm(request, Typed(CUSTOM, rejection_id=self.number or None)))


class ActPost(Press, verb="act-post"):
    """What my message in the channel was; the argument is the message."""

    async def pressed(self, request: Request) -> None:
        kind = self.picked(request)

        async def go_on(later: Request) -> None:
            await flow.count_message(later, self.number, kind)

        await request.as_member(go_on)


class Ideas(Press, verb="ideas"):
    """What could be done next."""

    async def pressed(self, request: Request) -> None:
        await request.as_member(show_ideas)


class ActionDay(Press, verb="action-day"):
    """Which of two days was meant."""

    async def pressed(self, request: Request) -> None:
        token, _, index = self.arg.rpartition(".")
        await flow.answer_day(request, token, 1 if index == "1" else 0)


class ActionList(Press, verb="action-list"):
    """Turn the page."""

    async def pressed(self, request: Request) -> None:
        await show_list(request, self.number)


class ActionUndo(Press, verb="action-undo"):
    """Take an action back, within fifteen minutes of it."""

    async def pressed(self, request: Request) -> None:
        await flow.undo_by_button(request, self.number)


PRESSES = (Act, ActPick, ActOwn, ActPost, Ideas, ActionDay, ActionList, ActionUndo)
