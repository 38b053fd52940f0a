"""From a submitted form to saved good news: support first, consent, the date asked when unclear, then the answer."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.dates import parse_day
from bot.domain.goodnews import GoodNewsDraft
from bot.domain.rejections import Rejection
from bot.errors import UserError
from bot.ui.cards import Card, press
from bot.ui.patients import warned
from bot.ui.request import Again, Request
from bot.ui.support import care_first
from cogs.goodnews.cards import news_card
from cogs.goodnews.forms import NOTHING, GoodNewsForm, Typed


@dataclass(frozen=True, slots=True)
class NewsDayAsked:
    """A form whose date can be read two ways, waiting for the press that says which."""

    typed: Typed
    offered: list[Rejection]
    days: tuple[date, date]
    heavy: bool


async def begin(request: Request, typed: Typed) -> None:
    """Open the form, with what there is to answer for somebody who is known."""
    offered = []
    if request.member is not None:
        offered = await request.services.goodnews.answerable(request.user_id, typed.kind)
    await request.open(GoodNewsForm(request, typed, offered))


async def take(request: Request, typed: Typed, offered: list[Rejection]) -> None:
    """Work through a submitted form."""
    heavy = request.services.care.is_heavy((typed.who,))
    await care_first(request, (typed.who,))
    text, again = request.typed, Again(lambda: GoodNewsForm(request, typed, offered))

    async def go_on(later: Request) -> None:
        later.typed, later.again = text, later.again or again
        parsed = parse_day(typed.day or "", today=later.today)
        if parsed.day is not None:
            await save(later, typed, parsed.day, heavy=heavy)
        elif parsed.choices is not None:
            await _ask_day(later, NewsDayAsked(typed, offered, parsed.choices, heavy))

    await request.as_member(go_on)


async def _ask_day(request: Request, asked: NewsDayAsked) -> None:
    token = request.pending.put(request.user_id, asked, request.now)
    card = Card().text(request.voice("rejection-day-asked", typed=asked.typed.day))
    await request.show(
        card.row(
            *(
                press("goodnews-day", f"{token}.{index}", label=request.voice.day(day, request.today.year))
                for index, day in enumerate(asked.days)
            )
        )
    )


async def answer_day(request: Request, token: str, index: int) -> None:
    """The press that says which day was meant."""
    asked = request.pending.take(request.user_id, token, NewsDayAsked, request.now)
    if asked is None:
        raise UserError("error-form-gone")
    typed = replace(asked.typed, day=asked.days[index].isoformat())
    request.typed = typed.who or None
    request.again = Again(lambda: GoodNewsForm(request, typed, asked.offered))
    await save(request, typed, asked.days[index], heavy=asked.heavy)


async def save(request: Request, typed: Typed, day: date, *, heavy: bool = False) -> None:
    """Save, then say so: quietly when the member's words asked for support."""
    assert typed.kind is not None
    answers = None if typed.answers in (None, NOTHING) else int(typed.answers)
    draft = GoodNewsDraft(typed.kind, day, typed.who, answers)
    logged = await request.services.goodnews.log(
        request.known, draft, interaction_id=request.id, now=request.now
    )
    request.kept()
    card = news_card(request, logged, heavy=heavy)
    await request.show(warned(request, card, typed.who))
