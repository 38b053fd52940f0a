"""The cards of the journal. Each is a function of what a service gave."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from discord import ButtonStyle, ui

from bot.domain.journal import (
    Asks,
    EntryKind,
    JournalBook,
    JournalEntry,
    Question,
    first_words,
)
from bot.domain.merging import NudgeItem
from bot.domain.reframes import fitting
from bot.domain.rejections import Rejection
from bot.domain.timetable import Pace
from bot.services.journal import Kept
from bot.ui.actions import logged_card
from bot.ui.cards import Card, Option, press, shorten
from bot.ui.journal import about_what, entry_name, open_journal
from bot.ui.request import Request
from bot.ui.words import shown
from cogs.journal.forms import OPTION_MAX
from config.words import Voice

ALL = "all"
SHOWN = 2600
"""Characters of answers on one card, which holds 4,000 with everything else; more goes into a file."""
LINE = 140
OPTIONS = 24


def entry_label(voice: Voice, book: JournalBook, entry: JournalEntry) -> str:
    """One line for an autocomplete: how it begins, then day and kind; it holds all of them."""
    tail = f" · {facts(voice, entry)}"
    return shorten(begins(voice, book, entry), OPTION_MAX - len(tail)) + tail


def facts(voice: Voice, entry: JournalEntry) -> str:
    """Day and kind."""
    return f"{voice.day(entry.written_on)} · {entry_name(voice, entry.kind)}"


def begins(voice: Voice, book: JournalBook, entry: JournalEntry) -> str:
    """The first words of the first answer."""
    return first_words(next(iter(answered(voice, book, entry)), ("", ""))[1])


def start_card(
    request: Request, about: Rejection | None, before: Sequence[JournalEntry], own: Sequence[Rejection]
) -> Card:
    """What there is about a rejection, and every kind of entry to write."""
    voice = request.voice
    card = Card().title(voice("journal-title"))
    card.text(
        voice("journal-start")
        if about is None
        else voice("journal-start-about", **about_what(request, about))
    )
    rejection_id = 0 if about is None else about.id
    kinds = [
        Option(kind.id, voice(f"entry-{kind.id}"), voice(f"entry-{kind.id}-about"))
        for kind in request.content.journal.kinds
    ]
    card.choose("journal-kind", rejection_id, kinds, placeholder=voice("journal-choose"))
    if own:
        card.choose(
            "journal-about",
            "own",
            _rejections(request, own, about),
            placeholder=voice("journal-which-rejection"),
        )
    if before:
        card.text(voice("journal-there"))
        card.choose("journal-view", "before", options(request, before), placeholder=voice("journal-open"))
    return card.row(to_list(voice))


def _rejections(request: Request, own: Sequence[Rejection], about: Rejection | None) -> list[Option]:
    voice = request.voice
    options = [Option("0", voice("journal-about-none"), chosen=about is None)]
    for one in own[:OPTIONS]:
        parts = (
            voice(f"kind-{request.content.kind(one.kind).id}"),
            one.who or "",
            voice.day(one.occurred_on),
        )
        label = " · ".join(part for part in parts if part)
        options.append(Option(str(one.id), label, chosen=about is not None and one.id == about.id))
    return options


def which_card(
    request: Request,
    asked: Sequence[tuple[NudgeItem, EntryKind]],
    places: Mapping[int, str],
    written: Container[tuple[int | None, str]],
) -> Card:
    """The choice among what a merged check-in is about. It is private, so it may say who or what place.

    `written`: what there is an entry about already.
    """
    voice = request.voice

    def noted(rejection_id: int, kind: str) -> str | None:
        there = voice("journal-which-written") if (rejection_id, kind) in written else None
        return " · ".join(fact for fact in (there, places.get(rejection_id)) if fact) or None

    things = [
        Option(
            str(item.nudge_id),
            voice(
                "journal-which-line",
                entry=voice(f"entry-{kind.id}"),
                kind=voice(f"kind-{request.content.kind(item.kind).id}"),
                day=voice.day(item.occurred_on),
            ),
            noted(item.subject_id, kind.id),
        )
        for item, kind in asked[: OPTIONS + 1]
    ]
    return Card().choose("journal-pick", "which", things, placeholder=voice("journal-which"))


async def saved_card(request: Request, kept: Kept, next_at: datetime | None, *, heavy: bool = False) -> Card:
    """What was kept, what it counts as, and what it suggests.

    `heavy`: nothing of it is quoted, praised or answered with an idea, also when the support card was shown before.
    """
    voice, entry, logged = request.voice, kept.entry, kept.answered.logged
    card = Card().title(voice("journal-changed" if entry.edited_at else "journal-kept"))
    card.note(f"{entry_name(voice, entry.kind)} · {voice.day(entry.written_on, request.today.year)}")
    if kept.about is not None:
        card.note(voice("journal-about", **about_what(request, kept.about)))
    if not heavy:
        _given_back(voice, card, entry)
        _offered(request, card, entry)
    if logged is not None and not logged.already:
        await logged_card(request, logged, heavy=heavy, onto=card)
    if kept.suggested:
        card.text(voice("journal-suggests"))
        for one in kept.suggested:
            did = _suggested(one.id, entry.rejection_id, voice("ideas-done"))
            card.beside(voice(f"action-{one.id}-idea"), did)
        if entry.rejection_id is not None and request.known.pace is Pace.FULL:
            card.note(voice("journal-suggests-later"))
    if kept.answered.finished:
        card.text(voice("nudge-finished", count=kept.answered.finished))
    if next_at is not None:
        when = voice.moment(next_at, request.known.zone, request.today.year)
        card.note(voice("nudge-next", when=when))
    room = not heavy and entry.kind == "day" and request.content.journal.kind("reframe") is not None
    return card.row(
        press("journal-view", entry.id, label=voice("journal-view-button")),
        open_journal("reframe", entry.rejection_id, label=voice("journal-reframe-button")) if room else None,
    )


def _suggested(action: str, rejection_id: int | None, label: str) -> ui.Button[Any]:
    """About a rejection it can come again in a check-in, and then counts once."""
    if rejection_id is None:
        return press("act", f"{action}.0", label=label)
    return press("journal-act", f"{action}.{rejection_id}", label=label)


def _given_back(voice: Voice, card: Card, entry: JournalEntry) -> None:
    """The feeling by its name, and the sentence that leaves room."""
    if entry.answers.get("feeling"):
        card.text(voice("journal-feeling", feeling=shown(shorten(entry.answers["feeling"], LINE))))
    if (sentence := entry.answers.get("own") or entry.answers.get("picked")) is not None:
        card.text(voice("journal-room", sentence=shown(shorten(sentence, LINE))))


def _offered(request: Request, card: Card, entry: JournalEntry) -> None:
    """The sentence that answers the story, where none was picked or written."""
    voice, book = request.voice, request.content.journal
    kind = book.kind(entry.kind)
    stories = {one: voice(f"reframe-{one}-story") for one in book.reframes}
    if kind is None or (found := fitting(kind, entry.answers, stories, voice("reframe-noes"))) is None:
        return
    card.text(voice("journal-offer", story=stories[found], sentence=voice(f"reframe-{found}-room")))
    card.row(press("journal-keep", f"{entry.id}.{found}", label=voice("journal-offer-button")))


def view_card(request: Request, entry: JournalEntry, about: Rejection | None, *, saved: bool = False) -> Card:
    """One entry, with everything the member wrote; as a file when it is too long for a card."""
    voice = request.voice
    card = Card().title(entry_name(voice, entry.kind)).text(_facts(request, entry))
    if about is not None:
        card.note(voice("journal-about", **about_what(request, about)))
    everything = list(answered(voice, request.content.journal, entry))
    texts = [f"**{label}**\n{shown(text)}" for label, text in everything]
    if sum(map(len, texts)) <= SHOWN:
        for text in texts:
            card.text(text)
    else:
        card.text(voice("journal-long"))
        whole = "\n\n".join(f"{label}\n{text}" for label, text in everything)
        card.attach("journal.txt", whole.encode())
    if saved:
        card.note(voice("journal-saved"))
    return card.row(
        press("journal-edit", entry.id, label=voice("edit-button")),
        press("journal-delete", entry.id, label=voice("delete-button")),
        to_list(voice),
    )


def _facts(request: Request, entry: JournalEntry) -> str:
    voice, year = request.voice, request.today.year
    day = voice.day(entry.written_on, year)
    if entry.edited_at is None:
        return day
    edited_on = entry.edited_at.astimezone(request.known.rhythm.tz).date()
    if edited_on == entry.written_on:
        return day
    return f"{day} · {voice('journal-edited', day=voice.day(edited_on, year))}"


def answered(voice: Voice, book: JournalBook, entry: JournalEntry) -> Iterable[tuple[str, str]]:
    """Label and text of each answer: in the order of the form, then what an older form asked."""
    kind = book.kind(entry.kind)
    questions = () if kind is None else kind.questions
    left = dict(entry.answers)
    for question in questions:
        if (text := left.pop(question.id, None)) is not None:
            key = f"entry-{entry.kind}-{question.id}"
            yield voice(key), _as_said(voice, key, question, text)
    yield from left.items()


def _as_said(voice: Voice, key: str, question: Question, text: str) -> str:
    picked = question.asks is Asks.CHOICE and question.chosen({question.id: text}) is not None
    return voice(f"{key}-{text}") if picked else text


def delete_card(request: Request, entry: JournalEntry) -> Card:
    """The question before an entry is gone."""
    voice = request.voice
    card = Card().text(voice("journal-delete-ask", day=voice.day(entry.written_on, request.today.year)))
    return card.row(
        press("journal-delete-now", entry.id, label=voice("journal-delete-now"), style=ButtonStyle.danger),
        press("journal-view", entry.id, label=voice("journal-delete-keep")),
    )


def options(request: Request, entries: Sequence[JournalEntry]) -> list[Option]:
    """Entries to choose from."""
    voice, book = request.voice, request.content.journal
    return [
        Option(str(entry.id), begins(voice, book, entry), facts(voice, entry)) for entry in entries[:OPTIONS]
    ]


def to_list(voice: Voice) -> ui.Button[Any]:
    """The way to the list."""
    return press("journal-list", f"0.{ALL}.{ALL}", label=voice("journal-list-button"))
