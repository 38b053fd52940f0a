"""The cards of /rejection. Each is a function of what a service gave."""

from collections.abc import Sequence
from typing import Any

from discord import ButtonStyle, ui

from bot.domain.paging import Page
from bot.domain.rejections import HEAVY, Recovery, Rejection, RejectionFilter
from bot.domain.timetable import Pace, Planned
from bot.services.plans import Shift
from bot.services.rejections import Logged
from bot.ui.cards import Card, Option, press
from bot.ui.drafts import reply_button
from bot.ui.journal import choose_entry
from bot.ui.request import Request
from bot.ui.words import shown
from config.words import Voice

NO_FILTER = "all"
_SAID_SHOWN = 3000
"""Characters on one card, which holds 4,000 with everything else."""


def rejection_label(voice: Voice, entry: Rejection) -> str:
    """One line for a select or an autocomplete: kind, who, date."""
    parts = [voice(f"kind-{entry.kind}"), entry.who or "", voice.day(entry.occurred_on, None)]
    return " · ".join(part for part in parts if part)


def _line(request: Request, entry: Rejection) -> str:
    day = request.voice.day(entry.occurred_on, request.today.year)
    who = f" · {shown(entry.who)}" if entry.who else ""
    return f"**{request.voice(f'kind-{entry.kind}')}**{who}\n-# {day} · {request.voice(f'recovery-{entry.recovery}')}"


def _plan_lines(request: Request, planned: Sequence[Planned]) -> str:
    zone = request.known.zone
    return "\n".join(
        f"- {request.voice.moment(step.due_at, zone, request.today.year)} · {request.voice(f'step-{step.step}-title')}"
        for step in planned
    )


def logged_card(
    request: Request, logged: Logged, milestone: int | None = None, reply: str | None = None
) -> Card:
    """The answer to a log: what is saved, what comes next and when, and three ways to have it otherwise.

    `milestone`: the round number that this entry is, when something is to be said of it. `reply`: the kind of message
    that answers it, when it came with words.
    """
    voice, entry = request.voice, logged.rejection
    day = voice.day(entry.occurred_on, request.today.year)
    card = (
        Card()
        .title(voice("logged-title"))
        .text(voice("logged-what", kind=voice(f"kind-{entry.kind}"), day=day))
    )
    if entry.feeling is not None and entry.feeling <= HEAVY:
        card.text(voice("logged-heavy"))
    if logged.near_duplicate is not None:
        card.text(voice("logged-twin")).row(
            press("rejection-delete", entry.id, label=voice("logged-twin-remove")),
        )
    if logged.planned:
        card.text(f"{voice('logged-next', zone=request.known.zone)}\n{_plan_lines(request, logged.planned)}")
        if not request.known.reachable:
            card.text(voice("logged-paused"))
    elif not logged.replay:
        card.text(voice("logged-old")).row(press("recovery-start", entry.id, label=voice("logged-old-start")))
    if logged.cooling:
        card.text(voice("cooling-again"))
    elif logged.planned:
        card.text(voice("logged-today"))
    if milestone is not None:
        card.text(voice(f"milestone-{milestone}")).row(press("progress", label=voice("milestone-look")))
    return _logged_presses(request, card, logged, reply)


def _logged_presses(request: Request, card: Card, logged: Logged, reply: str | None) -> Card:
    voice, entry = request.voice, logged.rejection
    light = entry.pace is Pace.LIGHT
    pace = press(
        "recovery-pace",
        f"{entry.id}.{Pace.FULL if light else Pace.LIGHT}",
        label=voice("recovery-full" if light else "recovery-light"),
    )
    return card.row(
        press("talk", entry.id, label=voice("talk-button"), style=ButtonStyle.primary),
        pace if logged.planned else None,
        press("recovery-pause", entry.id, label=voice("recovery-not-now")) if logged.planned else None,
        # The first day asks nothing of anybody: then the way to reply stands on the entry itself alone.
        reply_button(voice, reply, entry.id) if reply and entry.occurred_on < request.today else None,
        press("rejection-undo", entry.id, label=voice("undo-button")),
    )


def view_card(request: Request, entry: Rejection, reply: str | None = None) -> Card:
    """One rejection, with everything the member wrote. `reply`: the kind of message that answers it."""
    voice = request.voice
    card = Card().title(voice(f"kind-{entry.kind}"))
    facts = [
        voice.day(entry.occurred_on, request.today.year),
        voice(f"stage-{request.content.kind(entry.kind).stage}"),
    ]
    if entry.how is not None:
        facts.append(voice(f"how-{entry.how}"))
    if entry.feeling is not None:
        facts.append(voice(f"feeling-{entry.feeling}"))
    card.text(" · ".join(facts))
    if entry.who:
        card.text(f"**{voice('rejection-form-who')}**\n{shown(entry.who)}")
    if entry.said:
        _said(card, voice, entry.said)
    card.note(voice(f"recovery-{entry.recovery}"))
    hows = [
        Option(how, voice(f"how-{how}"), chosen=how == entry.how)
        for how in ("email", "portal", "phone", "silence")
    ]
    card.choose("rejection-how", entry.id, hows, placeholder=voice("rejection-how-choose"))
    return card.row(
        reply_button(voice, reply, entry.id) if reply else None,
        press("rejection-edit", entry.id, label=voice("edit-button")),
        press("rejection-delete", entry.id, label=voice("delete-button")),
        press("recovery-view", entry.id, label=voice("recovery-button"))
        if entry.recovery is not Recovery.NONE
        else None,
        choose_entry(entry.id, label=voice("journal-button")),
        press("rejection-list", f"0.{NO_FILTER}.0", label=voice("list-button")),
    )


def _said(card: Card, voice: Voice, said: str) -> None:
    """What they said; as a file when escaping makes it too long for a card, so that nothing is cut."""
    text = shown(said)
    card.text(f"**{voice('rejection-form-said')}**")
    if len(text) <= _SAID_SHOWN:
        card.text(text)
    else:
        card.attach("what-they-said.txt", said.encode())


def edited_card(request: Request, entry: Rejection, shift: Shift | None = None) -> Card:
    """The entry after a change, and what became of its check-ins when the date changed."""
    voice = request.voice
    card = view_card(request, entry).note(voice("rejection-saved"))
    if shift is None:
        return card
    if shift.planned:
        card.text(f"{voice('edited-next', zone=request.known.zone)}\n{_plan_lines(request, shift.planned)}")
        if entry.recovery is Recovery.PAUSED or not request.known.reachable:
            card.text(voice("logged-paused"))
    else:
        card.text(voice("edited-none-ahead"))
    if shift.past:
        card.note(voice("edited-past", count=shift.past))
    if entry.recovery is Recovery.NONE:
        card.row(press("recovery-start", entry.id, label=voice("logged-old-start")))
    return card


def deleted_card(request: Request, entry: Rejection) -> Card:
    """Gone, and how to have it back."""
    card = Card().text(request.voice("rejection-deleted", kind=request.voice(f"kind-{entry.kind}")))
    return card.row(press("rejection-restore", entry.id, label=request.voice("undo-button")))


def list_card(request: Request, page: Page[Rejection], wanted: RejectionFilter) -> Card:
    """One page of the list, a select to open an entry, a select to filter, and buttons to turn."""
    voice = request.voice
    card = Card().title(voice("list-title"))
    narrowed = wanted.kind is not None or wanted.recoveries is not None
    if not page.items:
        card.text(voice("list-none-here" if narrowed else "list-none"))
    for entry in page.items:
        card.text(_line(request, entry))
    if page.items:
        own = [Option(str(entry.id), rejection_label(voice, entry)) for entry in page.items]
        card.choose("rejection-view", "list", own, placeholder=voice("list-open"))
    if not page.items and not narrowed:
        return card.row(press("rejection-new", label=voice("list-log"), style=ButtonStyle.primary))
    kinds = [Option(NO_FILTER, voice("list-all-kinds"), chosen=wanted.kind is None)]
    kinds += [Option(k.id, voice(f"kind-{k.id}"), chosen=k.id == wanted.kind) for k in request.content.kinds]
    card.choose(
        "rejection-kinds", str(int(wanted.recoveries is not None)), kinds, placeholder=voice("list-filter")
    )
    if page.pages > 1:
        card.note(voice("list-page", page=page.number + 1, pages=page.pages, total=page.total))
    return card.row(*_turns(request, page, wanted))


def _turns(request: Request, page: Page[Rejection], wanted: RejectionFilter) -> list[ui.Button[Any] | None]:
    voice, kind, own = request.voice, wanted.kind or NO_FILTER, int(wanted.recoveries is not None)
    last = page.pages - 1
    return [
        press("rejection-list", f"{page.number - 1}.{kind}.{own}", label=voice("page-back"))
        if page.number
        else None,
        press("rejection-list", f"{page.number + 1}.{kind}.{own}", label=voice("page-on"))
        if page.number < last
        else None,
        press(
            "rejection-list",
            f"0.{kind}.{1 - own}",
            label=voice("list-everything" if own else "list-open-only"),
        ),
        press("rejection-new", label=voice("list-log"), style=ButtonStyle.primary),
    ]
