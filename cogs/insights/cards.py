"""The cards of /insights patterns: what repeats, the entries it came from, what could be done. Never why."""

from datetime import date

from discord import ButtonStyle

from bot.domain.paging import Page, clamp
from bot.domain.patterns import Shared, Source
from bot.services.patterns import Evidence, Insight, Insights
from bot.ui.cards import Card, Option, press, shorten
from bot.ui.request import Request
from bot.ui.words import shown
from config.words import Voice

PATTERNS_SHOWN, ENTRIES_SHOWN, WHO_SHOWN, ASIDE_SHOWN = 5, 5, 40, 25
LOOKED = "pattern-looked-for"
"""The action that looking is; it counts when the member says so."""
_NAMES = {Source.REJECTION: "kind", Source.NEWS: "goodnews", Source.JOURNAL: "entry"}
"""How the words for what an entry is begin."""
_OPENS = {Source.REJECTION: "rejection-view", Source.JOURNAL: "journal-view"}


def overview_card(request: Request, found: Insights, page: int) -> Card:
    """Everything that repeats, each with a button to look closer, and what was put aside."""
    voice = request.voice
    card = Card().title(voice("patterns-title"))
    if not found.mine:
        card.text(voice("patterns-none-left" if found.declined else "patterns-none"))
    else:
        card.text(voice("patterns-intro"))
    number = clamp(page, PATTERNS_SHOWN, len(found.mine))
    first = number * PATTERNS_SHOWN
    shown_now = found.mine[first : first + PATTERNS_SHOWN]
    for one in shown_now:
        look = press("pattern-look", f"{one.key}.0", label=voice("pattern-look"))
        card.beside(f"**{_said(voice, one, 'title')}**\n{_said(voice, one, 'says')}", look)
    if found.declined:
        aside = [Option(f"{one.key}.0", _said(voice, one, "title")) for one in found.declined[:ASIDE_SHOWN]]
        card.choose(
            "pattern-look", "aside", aside, placeholder=voice("patterns-aside", count=len(found.declined))
        )
    if found.mine:
        card.note(voice("patterns-note"))
    pages = Page(shown_now, number, PATTERNS_SHOWN, len(found.mine)).pages
    looked = request.content.action(LOOKED) if found.mine else None
    return card.row(
        press("patterns", number - 1, label=voice("page-back")) if number else None,
        press("patterns", number + 1, label=voice("page-on")) if number < pages - 1 else None,
        press("act", f"{LOOKED}.0", label=voice("patterns-looked")) if looked else None,
        press("progress", label=voice("progress-button")),
    )


def pattern_card(request: Request, insight: Insight, page: int, *, aside: bool = False) -> Card:
    """One pattern: what it says, whether it is mine, what could help, and what it came from.

    `aside`: it was put aside, and can be taken back.
    """
    voice = request.voice
    card = Card().title(_said(voice, insight, "title")).text(_said(voice, insight, "says"))
    card.note(voice("pattern-note")).row(
        press("pattern-mine", insight.key, label=voice("pattern-mine"), style=ButtonStyle.primary)
        if aside
        else press("pattern-not-mine", insight.key, label=voice("pattern-not-mine")),
        press("patterns", 0, label=voice("patterns-back")),
    )
    card.rule().text(f"**{voice('pattern-do')}**\n{_said(voice, insight, 'do')}")
    card.note(voice("pattern-did"))
    card.row(*(press("act", f"{one}.0", label=voice(f"action-{one}")) for one in insight.actions))
    _entries(request, card.rule(), insight, page)
    return card


def _entries(request: Request, card: Card, insight: Insight, page: int) -> None:
    """One page of the entries, a select to open a rejection among them, and buttons to turn."""
    voice, number = request.voice, clamp(page, ENTRIES_SHOWN, len(insight.entries))
    first = number * ENTRIES_SHOWN
    there = insight.entries[first : first + ENTRIES_SHOWN]
    pages = Page(there, number, ENTRIES_SHOWN, len(insight.entries)).pages
    lines = "\n".join(f"- {_line(request, insight, one)}" for one in there)
    card.text(f"**{voice('pattern-entries')}**\n{lines}")
    if pages > 1:
        card.note(voice("list-page", page=number + 1, pages=pages, total=len(insight.entries)))
    for source, verb in _OPENS.items():
        own = [Option(str(one.id), _label(request, one)) for one in there if one.source is source]
        if own:
            card.choose(verb, "list", own, placeholder=voice(f"pattern-open-{source}"))
    card.row(
        press("pattern-look", f"{insight.key}.{number - 1}", label=voice("page-back")) if number else None,
        press("pattern-look", f"{insight.key}.{number + 1}", label=voice("page-on"))
        if number < pages - 1
        else None,
    )


def _label(request: Request, one: Evidence) -> str:
    """One line of a select: what it was, when, where; the place is what a select cuts off."""
    parts = (request.voice(f"{_NAMES[one.source]}-{one.kind}"), _day(request, one.on), one.who)
    return " · ".join(part for part in parts if part)


def _line(request: Request, insight: Insight, one: Evidence) -> str:
    """Date, what it was, where, and the sentence that speaks of the theme: short, because there are several."""
    name = request.voice(f"{_NAMES[one.source]}-{one.kind}")
    who = f" · {shown(shorten(one.who, WHO_SHOWN))}" if one.who else ""
    said = insight.quote(one)
    quote = f"\n  “{shown(said)}”" if said else ""
    day = request.voice.short(one.on, "MMMd" if one.on.year == request.today.year else "yMMMd")
    return f"{day} · {name}{who}{quote}"


def _day(request: Request, on: date) -> str:
    return request.voice.day(on, request.today.year)


def aside_card(request: Request, insight: Insight) -> Card:
    """Put aside, and the way back."""
    voice = request.voice
    card = Card().text(voice("pattern-put-aside", pattern=_said(voice, insight, "title")))
    return card.row(
        press("pattern-mine", insight.key, label=voice("pattern-take-back")),
        press("patterns", 0, label=voice("patterns-back")),
    )


def _said(voice: Voice, insight: Insight, part: str) -> str:
    """One of a pattern's own sentences; a theme has sentences of its own."""
    name = f"theme-{insight.theme}" if insight.shared is Shared.THEME else f"pattern-{insight.pattern}"
    return voice(
        f"{name}-{part}", count=len(insight.entries), among=insight.among, what=_what(voice, insight)
    )


def _what(voice: Voice, insight: Insight) -> str:
    """The kind, stage or month that is shared."""
    if insight.shared is Shared.MONTH:
        year, _, month = insight.theme.partition("-")
        return voice.month(date(int(year), int(month), 1))
    return voice(f"{insight.shared}-{insight.theme}") if insight.shared in (Shared.KIND, Shared.STAGE) else ""
