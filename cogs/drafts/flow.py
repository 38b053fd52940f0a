"""What commands, presses and forms of /draft share: support first, consent, the letter, and what follows sending it."""

from collections.abc import Mapping

from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.services.drafts import Kept
from bot.ui.actions import logged_card
from bot.ui.request import Request
from bot.ui.support import care_first
from cogs.drafts.cards import draft_card, names_of, offer_card, reminded_card, sent_card
from cogs.drafts.forms import DraftForm


async def choose(request: Request, rejection_id: int | None) -> None:
    """Show which letters there are."""
    offer = await request.services.drafts.offer(request.user_id, rejection_id, request.now)
    await request.show(offer_card(request, offer))


async def begin(request: Request, kind_id: str, rejection_id: int | None) -> None:
    """Open the form of one letter."""
    kind = await request.services.drafts.opened(request.user_id, kind_id, request.now)
    about = await request.services.drafts.about(request.user_id, rejection_id)
    signed = await request.services.drafts.signed(request.user_id)
    await request.open(DraftForm(request, kind, about, signed))


async def write(request: Request, form: DraftForm, typed: Mapping[str, str]) -> None:
    """Put the letter together, keep it and show it. What was typed is given back by whatever goes wrong."""
    asked = await care_first(request, typed.values())
    text, again = request.typed, form.again()

    async def go_on(later: Request) -> None:
        later.typed, later.again = text, later.again or again
        kept = await later.services.drafts.write(
            later.known, form.kind.id, typed, rejection_id=form.about.id if form.about else None,
            interaction_id=later.id, now=later.now,
        )  # fmt: skip
        later.kept()
        await _show(later, kept, *typed.values(), beside=asked)

    await request.as_member(go_on)


async def rewrite(request: Request, draft_id: int, who: str, text: str) -> None:
    """Put another text in place and show it."""
    asked = await care_first(request, (who, text))
    kept = await request.services.drafts.edit(request.user_id, draft_id, who, text, request.now)
    request.kept()
    await _show(request, kept, who, text, beside=asked)


async def _show(request: Request, kept: Kept, *typed: str, beside: bool) -> None:
    """In place of the private card that was pressed; beside the support card when that came first."""
    card = draft_card(request, kept, typed)
    await (request.show(card) if beside else request.update(card))


async def view(request: Request, draft_id: int) -> None:
    """One letter, in place of the private card that was pressed."""
    kept = await request.services.drafts.get(request.user_id, draft_id, request.now)
    await request.update(draft_card(request, kept))


async def find(request: Request, picked: str) -> Kept:
    """The draft an autocomplete value names, or the single one that holds what was typed. Raises NotYours."""
    drafts = request.services.drafts
    if is_id(picked):
        return await drafts.get(request.user_id, int(picked), request.now)
    found = await drafts.completions(request.user_id, picked, names_of(request.voice, request.content))
    if len(found) != 1:
        raise UserError("draft-pick") if found else NotYours
    return await drafts.get(request.user_id, found[0].id, request.now)


async def sent(request: Request, draft_id: int) -> None:
    """Note that it was sent: the answer is that of the action it was, with a reminder of what follows."""
    done = await request.services.drafts.sent(
        request.known, draft_id, interaction_id=request.id, guild_id=request.guild_id, now=request.now
    )
    request.kept()
    card = await logged_card(request, done.logged, heavy=done.heavy)
    await request.update(sent_card(request, card, done))


async def remind(request: Request, draft_id: int, days: int) -> None:
    """Set the reminder and say when it comes."""
    due_at = await request.services.drafts.remind(request.known, draft_id, days, request.now)
    request.kept()
    kept = await request.services.drafts.get(request.user_id, draft_id, request.now)
    await request.update(reminded_card(request, draft_id, due_at, waits=kept.withheld is not None))
