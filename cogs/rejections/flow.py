"""From a submitted form to a saved rejection: support first, consent, the date asked when unclear, then the answer."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from discord import ui

from bot.domain.dates import parse_day
from bot.domain.rejections import Rejection, RejectionDraft
from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.ui.cards import Card, press
from bot.ui.patients import warned
from bot.ui.request import Again, Request
from bot.ui.support import care_first
from cogs.rejections.cards import deleted_card, edited_card, logged_card, view_card
from cogs.rejections.forms import RejectionForm, Typed


@dataclass(frozen=True, slots=True)
class DayAsked:
    """A form whose date can be read two ways, waiting for the press that says which."""

    typed: Typed
    editing: int | None
    days: tuple[date, date]


async def take(request: Request, typed: Typed, editing: int | None) -> None:
    """Work through a submitted form. What the member wrote is given back by whatever goes wrong."""
    await care_first(request, (typed.who, typed.said))
    text, again = request.typed, Again(lambda: RejectionForm(request, typed, editing=editing))

    async def go_on(later: Request) -> None:
        later.typed, later.again = text, later.again or again
        await _read_day(later, typed, editing)

    await request.as_member(go_on)


async def _read_day(request: Request, typed: Typed, editing: int | None) -> None:
    parsed = parse_day(typed.day or "", today=request.today)
    if parsed.choices is None:
        assert parsed.day is not None
        await save(request, typed, editing, parsed.day)
        return
    token = request.pending.put(request.user_id, DayAsked(typed, editing, parsed.choices), request.now)
    card = Card().text(request.voice("rejection-day-asked", typed=typed.day))
    await request.show(
        card.row(
            *(
                press("rejection-day", f"{token}.{index}", label=request.voice.day(day, request.today.year))
                for index, day in enumerate(parsed.choices)
            )
        )
    )


async def save(request: Request, typed: Typed, editing: int | None, day: date) -> None:
    """Save, then say so: the words come after the commit."""
    assert typed.kind is not None
    draft = RejectionDraft(typed.kind, day, typed.who, typed.how, typed.said, typed.feeling)
    if editing is not None:
        edited = await request.services.rejections.edit(request.known, editing, draft, request.now)
        request.kept()
        card = edited_card(request, edited.rejection, edited.shift)
        await request.show(
            warned(request, card, typed.who, typed.said, edit=_edit(request, edited.rejection))
        )
        return
    logged = await request.services.rejections.log(
        request.known, draft, interaction_id=request.id, now=request.now
    )
    request.kept()
    reply = await request.services.drafts.reply_to(logged.rejection, request.now)
    card = logged_card(request, logged, request.services.progress.milestone(logged), reply)
    await request.show(warned(request, card, typed.who, typed.said, edit=_edit(request, logged.rejection)))


def _edit(request: Request, entry: Rejection) -> ui.Button[Any]:
    return press("rejection-edit", entry.id, label=request.voice("edit-button"))


async def view(request: Request, entry: Rejection) -> Card:
    """One entry, with the way to reply when it came with words."""
    return view_card(request, entry, await request.services.drafts.reply_to(entry, request.now))


async def find(request: Request, picked: str) -> Rejection:
    """The entry an autocomplete value names, or the single one whose text matches what was typed. Raises NotYours."""
    if is_id(picked):
        return await request.services.rejections.get(request.user_id, int(picked))
    found = await request.services.rejections.completions(request.user_id, picked)
    if len(found) != 1:
        raise UserError("rejection-pick") if found else NotYours
    return found[0]


def known_kind(request: Request, picked: str | None) -> str | None:
    """The kind an option names, by id or by its name in the member's language. Raises UserError."""
    if picked is None:
        return None
    for kind in request.content.kinds:
        if picked.casefold() in (kind.id, request.voice(f"kind-{kind.id}").casefold()):
            return kind.id
    raise UserError("rejection-kind-unknown")


async def delete(request: Request, rejection_id: int) -> None:
    """Delete and show the undo."""
    rejection = await request.services.rejections.delete(request.user_id, rejection_id, request.now)
    request.kept()
    await request.update(deleted_card(request, rejection))


async def answer_day(request: Request, token: str, index: int) -> None:
    """The press that says which day was meant."""
    asked = request.pending.take(request.user_id, token, DayAsked, request.now)
    if asked is None:
        raise UserError("error-form-gone")
    typed = replace(asked.typed, day=asked.days[index].isoformat())
    request.typed = "\n\n".join(part for part in (typed.who, typed.said) if part) or None
    request.again = Again(lambda: RejectionForm(request, typed, editing=asked.editing))
    await save(request, typed, asked.editing, asked.days[index])
