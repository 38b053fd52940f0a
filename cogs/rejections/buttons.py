"""What the presses on rejection cards do. The owner is always looked up, never believed from the button."""

from bot.domain.kinds import How
from bot.domain.rejections import OPEN_RECOVERY, RejectionFilter, can_undo
from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.rejections import flow
from cogs.rejections.cards import NO_FILTER, deleted_card, edited_card, list_card
from cogs.rejections.forms import RejectionForm, Typed


class RejectionNew(Press, verb="rejection-new"):
    """Open the form."""

    async def pressed(self, request: Request) -> None:
        await request.open(RejectionForm(request, Typed(kind=self.arg or None)))


class RejectionDay(Press, verb="rejection-day"):
    """Which of two days was meant."""

    async def pressed(self, request: Request) -> None:
        token, _, index = self.arg.rpartition(".")
        await flow.answer_day(request, token, 1 if index == "1" else 0)


class RejectionView(Press, verb="rejection-view"):
    """Open an entry of the list."""

    async def pressed(self, request: Request) -> None:
        picked = (self.chosen(request) or [self.arg])[0]
        await request.update(await flow.view(request, await flow.find(request, picked)))


class RejectionEdit(Press, verb="rejection-edit"):
    """Open the form with what is there."""

    async def pressed(self, request: Request) -> None:
        entry = await request.services.rejections.get(request.user_id, self.number)
        await request.open(RejectionForm(request, Typed.of(entry), editing=entry.id))


class RejectionHow(Press, verb="rejection-how"):
    """How the news came."""

    async def pressed(self, request: Request) -> None:
        picked = self.picked(request)
        if picked not in set(How):
            raise NotYours
        how = How(picked)
        entry = await request.services.rejections.set_how(request.user_id, self.number, how)
        request.kept()
        await request.update(edited_card(request, entry))


class RejectionDelete(Press, verb="rejection-delete"):
    """Delete; it can be put back for 15 minutes."""

    async def pressed(self, request: Request) -> None:
        await flow.delete(request, self.number)


class RejectionUndo(Press, verb="rejection-undo"):
    """Take back a log, within 15 minutes of it."""

    async def pressed(self, request: Request) -> None:
        entry = await request.services.rejections.get(request.user_id, self.number)
        if not can_undo(entry.logged_at, request.now):
            raise UserError("rejection-undo-late")
        entry = await request.services.rejections.delete(request.user_id, entry.id, request.now)
        request.kept()
        await request.update(deleted_card(request, entry))


class RejectionRestore(Press, verb="rejection-restore"):
    """Put back what was deleted."""

    async def pressed(self, request: Request) -> None:
        entry = await request.services.rejections.restore(request.known, self.number, request.now)
        request.kept()
        await request.update(await flow.view(request, entry))


class RejectionList(Press, verb="rejection-list"):
    """Turn the page: `<page>.<kind>.<open only>`."""

    async def pressed(self, request: Request) -> None:
        page, _, rest = self.arg.partition(".")
        kind, _, own = rest.partition(".")
        wanted = RejectionFilter(
            kind=None if kind == NO_FILTER else kind, recoveries=OPEN_RECOVERY if own == "1" else None
        )
        found = await request.services.rejections.listed(
            request.user_id, wanted, int(page) if is_id(page) else 0
        )
        await request.update(list_card(request, found, wanted))


class RejectionKinds(Press, verb="rejection-kinds"):
    """Filter the list by kind."""

    async def pressed(self, request: Request) -> None:
        kind = self.picked(request)
        wanted = RejectionFilter(
            kind=None if kind == NO_FILTER else kind, recoveries=OPEN_RECOVERY if self.arg == "1" else None
        )
        await request.update(
            list_card(request, await request.services.rejections.listed(request.user_id, wanted), wanted)
        )


PRESSES = (
    RejectionNew,
    RejectionDay,
    RejectionView,
    RejectionEdit,
    RejectionHow,
    RejectionDelete,
    RejectionUndo,
    RejectionRestore,
    RejectionList,
    RejectionKinds,
)
