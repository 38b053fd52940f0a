"""What the presses on letters do. The owner is always looked up, never believed from the button."""

from bot.errors import NotYours
from bot.ids import is_id
from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.drafts import flow
from cogs.drafts.cards import delete_card, deleted_card, list_card
from cogs.drafts.forms import TextForm


class DraftNew(Press, verb="draft-new"):
    """Which letters there are, about a rejection when the argument names one."""

    async def pressed(self, request: Request) -> None:
        if self.arg and not self.number:
            raise NotYours
        await flow.choose(request, self.number or None)


class DraftWrite(Press, verb="draft-write"):
    """Open a form: `<rejection or 0>.<kind>`, or the kind that is chosen."""

    async def pressed(self, request: Request) -> None:
        number, _, kind = self.arg.partition(".")
        if not is_id(number):
            raise NotYours
        await flow.begin(request, kind or self.picked(request), int(number) or None)


class DraftView(Press, verb="draft-view"):
    """Open a letter, from a list or from a reminder."""

    async def pressed(self, request: Request) -> None:
        picked = (self.chosen(request) or [self.arg])[0]
        await flow.view(request, int(picked) if is_id(picked) else 0)


class DraftCopy(Press, verb="draft-copy"):
    """The letter as a plain message, which a phone copies whole."""

    async def pressed(self, request: Request) -> None:
        kept = await request.services.drafts.to_copy(request.user_id, self.number, request.now)
        await request.show_plain(kept.draft.text)


class DraftEdit(Press, verb="draft-edit"):
    """Open the form with the whole text."""

    async def pressed(self, request: Request) -> None:
        kept = await request.services.drafts.get(request.user_id, self.number, request.now)
        await request.open(TextForm(request, kept.draft))


class DraftSent(Press, verb="draft-sent"):
    """I sent it."""

    async def pressed(self, request: Request) -> None:
        await flow.sent(request, self.number)


class DraftRemind(Press, verb="draft-remind"):
    """Remind me in so many days."""

    async def pressed(self, request: Request) -> None:
        picked = self.picked(request)
        await flow.remind(request, self.number, int(picked) if is_id(picked) else 0)


class DraftDelete(Press, verb="draft-delete"):
    """Ask before it is gone."""

    async def pressed(self, request: Request) -> None:
        kept = await request.services.drafts.get(request.user_id, self.number, request.now)
        await request.update(delete_card(request, kept.draft))


class DraftDeleteNow(Press, verb="draft-delete-now"):
    """Delete it for good."""

    async def pressed(self, request: Request) -> None:
        await request.services.drafts.delete(request.user_id, self.number)
        request.kept()
        await request.update(deleted_card(request))


class DraftList(Press, verb="draft-list"):
    """One page of the list."""

    async def pressed(self, request: Request) -> None:
        found = await request.services.drafts.listed(request.user_id, self.number)
        await request.update(list_card(request, found))


PRESSES = (
    DraftNew, DraftWrite, DraftView, DraftCopy, DraftEdit, DraftSent, DraftRemind, DraftDelete, DraftDeleteNow,
    DraftList,
)  # fmt: skip
