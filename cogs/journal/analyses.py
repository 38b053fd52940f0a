"""The card of a later check-in: what the member wrote in an analysis, and what it suggests."""

from collections.abc import Sequence

from bot.services.analyses import Analysis
from bot.ui.cards import Card, press, shorten
from bot.ui.journal import open_journal
from bot.ui.request import Request
from bot.ui.words import shown
from cogs.journal.cards import LINE, answered

ABOUT = 3


def analyses_card(request: Request, found: Sequence[Analysis]) -> Card:
    """What the member's own analyses suggest, and the way to what is not there yet: an analysis, or its choice."""
    voice = request.voice
    card = Card().title(voice("journal-next-title"))
    for analysis in found[:ABOUT]:
        card.text(_written(request, analysis))
        _ideas(request, card, analysis)
    if any(analysis.suggested for analysis in found[:ABOUT]):
        card.note(voice("journal-next-did"))
    return card.row(press("ideas", label=voice("journal-next-others")))


def _written(request: Request, analysis: Analysis) -> str:
    """What it is about, and how each answer begins. Words about self-harm are not quoted."""
    voice, item, entry = request.voice, analysis.item, analysis.entry
    kind, day = voice(f"kind-{request.content.kind(item.kind).id}-short"), voice.day(item.occurred_on)
    lines = [f"**{voice('journal-about', kind=kind, day=day)}**"]
    if entry is not None and not request.services.care.is_heavy(entry.answers.values()):
        lines += [
            f"{label}\n-# {shown(shorten(' '.join(text.split()), LINE))}"
            for label, text in answered(voice, request.content.journal, entry)
        ]
    return shorten("\n".join(lines), LINE * 6)


def _ideas(request: Request, card: Card, analysis: Analysis) -> None:
    voice, item, entry = request.voice, analysis.item, analysis.entry
    if entry is None:
        card.text(voice("journal-next-none"))
        week = request.content.journal.of_step("week1")
        if week is not None:
            card.row(open_journal(week.id, item.subject_id, label=voice("journal-write-button")))
    elif analysis.suggested:
        for one in analysis.suggested:
            did = press("journal-did", f"{one.id}.{item.nudge_id}", label=voice("ideas-done"))
            card.beside(voice(f"action-{one.id}-idea"), did)
    elif analysis.to_choose is not None:
        question = voice(f"entry-{entry.kind}-{analysis.to_choose}")
        card.text(voice("journal-next-unchosen", question=question))
        card.row(press("journal-edit", entry.id, label=voice("journal-next-choose")))
    else:
        card.text(voice("journal-next-unfit"))
