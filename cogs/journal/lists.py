"""The lists of the journal: by date, and what a search found."""

from datetime import date
from typing import Any

from discord import ButtonStyle, ui

from bot.domain.journal import Found, JournalEntry, JournalFilter
from bot.domain.paging import Page
from bot.services.journal import JournalPage
from bot.ui.cards import Card, Option, press, shorten
from bot.ui.journal import entry_name
from bot.ui.request import Request
from bot.ui.words import shown
from cogs.journal.cards import ALL, LINE, OPTIONS, begins, options, to_list
from config.words import Voice


def list_card(request: Request, found: JournalPage, wanted: JournalFilter) -> Card:
    """One page by date, with selects to open an entry and to narrow the list."""
    voice, page = request.voice, found.page
    card = Card().title(voice("journal-title"))
    narrowed = wanted.kind is not None or wanted.month is not None
    if not page.items:
        card.text(voice("journal-none-here" if narrowed else "journal-none"))
    for entry in page.items:
        card.text(_line(request, entry, begins(voice, request.content.journal, entry)))
    if page.items:
        card.choose("journal-view", "list", options(request, page.items), placeholder=voice("journal-open"))
    kind, month = wanted.kind or ALL, wanted.month or ALL
    if page.total > 1 or narrowed:
        kinds = [Option(ALL, voice("journal-all-kinds"), chosen=wanted.kind is None)]
        kinds += [
            Option(one.id, voice(f"entry-{one.id}"), chosen=one.id == kind)
            for one in request.content.journal.kinds
        ]
        card.choose("journal-kinds", month, kinds[: OPTIONS + 1], placeholder=voice("journal-filter"))
    if len(found.months) > 1:
        shown_months = [Option(ALL, voice("journal-all-months"), chosen=wanted.month is None)]
        shown_months += [
            Option(one, month_name(voice, one), chosen=one == month) for one in found.months[:OPTIONS]
        ]
        card.choose("journal-months", kind, shown_months, placeholder=voice("journal-months"))
    _pages(card, voice, page)
    return card.row(
        *_turns(voice, page, "journal-list", f"{kind}.{month}"),
        press("journal-search", label=voice("journal-search-button")) if page.total > 1 else None,
        press("journal-start", 0, label=voice("journal-write-button"), style=ButtonStyle.primary),
    )


def found_card(request: Request, page: Page[Found], sought: str) -> Card:
    """One page of the entries that hold the words, each with the place where they stand."""
    voice = request.voice
    card = Card().title(voice("journal-search-title"))
    key = "journal-found" if page.items else "journal-found-none"
    card.text(voice(key, count=page.total, words=shown(sought)))
    for found in page.items:
        card.text(_line(request, found.entry, found.snippet))
    if page.items:
        entries = [found.entry for found in page.items]
        card.choose("journal-view", "found", options(request, entries), placeholder=voice("journal-open"))
    _pages(card, voice, page)
    return card.row(
        *_turns(voice, page, "journal-found", sought),
        press("journal-search", label=voice("journal-search-button")),
        to_list(voice),
    )


def month_name(voice: Voice, month: str) -> str:
    """`November 2026` for 2026-11."""
    return voice.month(date.fromisoformat(f"{month}-01"))


def _line(request: Request, entry: JournalEntry, words: str) -> str:
    day = request.voice.day(entry.written_on, request.today.year)
    return f"**{day}** · {entry_name(request.voice, entry.kind)}\n-# {shown(shorten(words, LINE))}"


def _pages(card: Card, voice: Voice, page: Page[Any]) -> None:
    if page.pages > 1:
        card.note(voice("list-page", page=page.number + 1, pages=page.pages, total=page.total))


def _turns(voice: Voice, page: Page[Any], verb: str, rest: str) -> list[ui.Button[Any] | None]:
    last = page.pages - 1
    return [
        press(verb, f"{page.number - 1}.{rest}", label=voice("page-back")) if page.number else None,
        press(verb, f"{page.number + 1}.{rest}", label=voice("page-on")) if page.number < last else None,
    ]
