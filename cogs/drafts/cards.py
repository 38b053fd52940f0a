"""The cards of /draft. A message stands there to be read; *Copy* sends it plainly, as it is to be pasted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from discord import ButtonStyle

from bot.domain.drafts import GAP, REMIND_DAYS, Draft, Reminder, gist_of, questions_in
from bot.domain.paging import Page
from bot.domain.patients import looks_like_patient
from bot.services.contacts import Withheld
from bot.services.drafts import Kept, Offer, Sent
from bot.ui.cards import WARM, Card, Option, press, shorten
from bot.ui.request import Request
from bot.ui.words import shown
from config.content import Content
from config.words import Voice

WHO_SHOWN = 30
GIST_SHOWN = 80
LABEL = 100
SHOWN = 3000
"""Characters on one card, which holds 4,000 with everything else."""


def names_of(voice: Voice, content: Content) -> Mapping[str, str]:
    """What each kind of letter is called."""
    return {kind.id: voice(f"draft-{kind.id}") for kind in content.drafts}


def name_of(request: Request, kind_id: str) -> str:
    """What a letter is called; plainly when the host has taken its kind out of the file."""
    return names_of(request.voice, request.content).get(kind_id) or request.voice("draft-gone")


def offer_card(request: Request, offer: Offer) -> Card:
    """Which letters there are, those that fit first, and why some are left out."""
    voice = request.voice
    card = Card().title(voice("draft-new-title"))
    if offer.about is not None:
        kind = voice(f"kind-{request.content.kind(offer.about.kind).id}")
        card.text(
            voice("draft-new-about", kind=kind, day=voice.day(offer.about.occurred_on, request.today.year))
        )
    card.text(voice("draft-new-how"))
    options = [
        Option(kind.id, voice(f"draft-{kind.id}"), voice(f"draft-{kind.id}-hint")) for kind in offer.kinds
    ]
    about = "0" if offer.about is None else str(offer.about.id)
    if options:
        card.choose("draft-write", f"{about}.", options, placeholder=voice("draft-new-choose"))
    if offer.withheld is not None:
        card.note(_withheld(request, offer.withheld))
    return card.row(press("draft-list", 0, label=voice("draft-list-button")))


def _withheld(request: Request, withheld: Withheld) -> str:
    if withheld.until_on is None:
        return request.voice("draft-withheld-open")
    return request.voice("draft-withheld-week", day=request.voice.day(withheld.until_on, request.today.year))


def draft_card(request: Request, kept: Kept, typed: Sequence[str] = ()) -> Card:
    """One letter, how to copy it, and what can follow. `typed` is looked at for a patient's details."""
    voice, draft = request.voice, kept.draft
    card = Card().title(name_of(request, draft.kind))
    if draft.who:
        card.text(voice("draft-to", who=shown(draft.who)))
    _letter(card, draft.text)
    if looks_like_patient(typed):
        card.text(voice("patient-note"))
    if kept.withheld is not None:
        return _waiting(request, card.text(_withheld(request, kept.withheld)), draft)
    if GAP in draft.text:
        card.text(voice("draft-name-missing"))
    if questions_in(draft.text) > 1:
        card.text(voice("draft-two-questions"))
    card.note(" · ".join(filter(None, (_state(request, draft), _reminder(request, kept.remind_at)))))
    if draft.sent_at is None:
        card.note(voice("draft-copy-hint"))
    known = request.content.draft(draft.kind) is not None
    tell = press("draft-sent", draft.id, label=voice("draft-sent-button"), style=ButtonStyle.primary)
    _ask_when(request, card, draft.id, kept.reminder)
    return card.row(
        tell if known and draft.sent_at is None else None,
        press("draft-copy", draft.id, label=voice("draft-copy-button")),
        press("draft-edit", draft.id, label=voice("edit-button")),
        press("draft-delete", draft.id, label=voice("delete-button")),
        press("draft-list", 0, label=voice("draft-list-button")),
    )


def _letter(card: Card, text: str) -> None:
    """The message as a quotation; as a file when escaping makes it too long for a card, so that nothing is cut."""
    plain = shown(text)
    if len(plain) <= SHOWN:
        card.text(f">>> {plain}")
    else:
        card.attach("draft.txt", text.encode("utf-8", errors="replace"))


def _waiting(request: Request, card: Card, draft: Draft) -> Card:
    """It is kept and can be worked on; nothing on the card helps to send it now."""
    voice = request.voice
    return card.row(
        press("draft-edit", draft.id, label=voice("edit-button")),
        press("draft-delete", draft.id, label=voice("delete-button")),
        press("draft-list", 0, label=voice("draft-list-button")),
    )


def _ask_when(request: Request, card: Card, draft_id: int, reminder: Reminder | None) -> Card:
    """When to be reminded, of what there is to be reminded of."""
    voice = request.voice
    if reminder is None:
        return card
    options = [Option(str(days), voice("draft-remind-days", days=days)) for days in REMIND_DAYS[reminder]]
    return card.choose("draft-remind", draft_id, options, placeholder=voice(f"draft-remind-{reminder}"))


def _reminder(request: Request, remind_at: datetime | None) -> str | None:
    if remind_at is None or not request.known.reachable:
        return None
    when = request.voice.moment(remind_at, request.known.zone, request.today.year)
    return request.voice("draft-remind-at", when=when)


def reminded_card(request: Request, draft_id: int, due_at: datetime | None, *, waits: bool = False) -> Card:
    """When the reminder comes, and what it will not say. `waits`: later, while a program is not to be written to."""
    voice = request.voice
    if due_at is None:
        card = Card().text(voice("draft-reminded-held"))
    else:
        when = voice.moment(due_at, request.known.zone, request.today.year)
        card = Card().text(voice("draft-reminded", when=when))
        if waits:
            card.note(voice("draft-remind-waits"))
    return card.row(press("draft-view", draft_id, label=voice("draft-back-button")))


def _state(request: Request, draft: Draft) -> str:
    if draft.sent_at is None:
        return request.voice("draft-unsent")
    day = draft.sent_at.astimezone(request.known.rhythm.tz).date()
    return request.voice("draft-sent-on", day=request.voice.day(day, request.today.year))


def sent_card(request: Request, card: Card, sent: Sent) -> Card:
    """The answer to the action, with a reminder of what follows, and the way back to the letter."""
    return _ask_when(request, card, sent.draft.id, sent.reminder).row(
        press("draft-view", sent.draft.id, label=request.voice("draft-back-button"))
    )


def delete_card(request: Request, draft: Draft) -> Card:
    """The question before it is gone; the letter stands there once more."""
    voice = request.voice
    card = Card(accent=WARM).text(voice("draft-delete-ask", kind=name_of(request, draft.kind)))
    _letter(card, draft.text)
    return card.row(
        press("draft-delete-now", draft.id, label=voice("draft-delete-button"), style=ButtonStyle.danger),
        press("draft-view", draft.id, label=voice("draft-keep-button")),
    )


def deleted_card(request: Request) -> Card:
    """It is gone."""
    voice = request.voice
    return Card().text(voice("draft-deleted")).row(press("draft-list", 0, label=voice("draft-list-button")))


def list_card(request: Request, page: Page[Draft]) -> Card:
    """One page of the letters, a select to open one, and buttons to turn."""
    voice = request.voice
    card = Card().title(voice("draft-list-title"))
    if not page.items:
        card.text(voice("draft-list-none"))
    for draft in page.items:
        who = f" · {shown(draft.who)}" if draft.who else ""
        state = _state(request, draft)
        when = f"{_made(request, draft)} · {state}" if draft.sent_at is None else state
        card.text(f"**{name_of(request, draft.kind)}**{who}\n{shown(_gist(request, draft))}\n-# {when}")
    if page.items:
        own = [
            Option(
                str(one.id),
                draft_label(name_of(request, one.kind), one.who, _made(request, one)),
                _gist(request, one),
            )
            for one in page.items
        ]
        card.choose("draft-view", "list", own, placeholder=voice("draft-list-open"))
    if page.pages > 1:
        card.note(voice("list-page", page=page.number + 1, pages=page.pages, total=page.total))
    last = page.pages - 1
    return card.row(
        press("draft-list", page.number - 1, label=voice("page-back")) if page.number else None,
        press("draft-list", page.number + 1, label=voice("page-on")) if page.number < last else None,
        press("draft-new", label=voice("draft-new-button"), style=ButtonStyle.primary),
    )


def _gist(request: Request, draft: Draft) -> str:
    """How it begins, in quotation marks: letters are in English, whatever is around them."""
    gist = gist_of(request.content.draft(draft.kind), draft.text)
    return request.voice("draft-list-gist", gist=shorten(gist, GIST_SHOWN))


def _made(request: Request, draft: Draft) -> str:
    day = draft.made_at.astimezone(request.known.rhythm.tz).date()
    return request.voice.day(day, request.today.year)


def draft_label(name: str, who: str | None, day: str, gist: str | None = None) -> str:
    """One line for a select or an autocomplete: what, to whom, and when it was written. Of these the second is cut.

    `gist`: what it says, as far as there is room, so that two are told apart.
    """
    line = " · ".join(filter(None, (name, shorten(who, WHO_SHOWN) if who else None, day)))
    return shorten(f"{line} · {gist}", LABEL) if gist else line
