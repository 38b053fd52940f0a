"""The cards of /action."""

from collections.abc import Iterable, Mapping, Sequence

from discord import ButtonStyle

from bot.domain.actions import Action
from bot.domain.catalogue import ActionKind
from bot.domain.paging import Page
from bot.services.actions import ListedAction, Undone
from bot.ui.actions import private_name
from bot.ui.cards import Card, Option, press
from bot.ui.request import Request
from config.words import Voice

OPTIONS = 24


def kind_options(kinds: Sequence[tuple[str, str]], first: Sequence[str] = ()) -> list[Option]:
    """Options for a select, those in `first` before the rest."""
    ordered = sorted(kinds, key=lambda pair: first.index(pair[0]) if pair[0] in first else len(first))
    return [Option(kind, label) for kind, label in ordered[:OPTIONS]]


def ideas_card(
    request: Request, ideas: Iterable[ActionKind], kinds: Sequence[tuple[str, str]], rejection_id: int = 0
) -> Card:
    """What could be done next: each idea with its button, then everything else in a select."""
    voice = request.voice
    card = Card().title(voice("ideas-title"))
    shown = list(ideas)
    for idea in shown:
        card.beside(
            voice(f"action-{idea.id}-idea"),
            press("act", f"{idea.id}.{rejection_id}", label=voice("ideas-done")),
        )
    others = kind_options([pair for pair in kinds if pair[0] not in {idea.id for idea in shown}])
    if others:
        card.choose("act-pick", rejection_id, others, placeholder=voice("ideas-others"))
    return card.row(press("act-own", rejection_id, label=voice("ideas-own"), style=ButtonStyle.primary))


def list_card(request: Request, page: Page[ListedAction], labels: Mapping[str, str]) -> Card:
    """One page of the member's actions, with the thanks they were given."""
    voice = request.voice
    card = Card().title(voice("action-list-title"))
    if not page.items:
        card.text(voice("action-list-none"))
    for item in page.items:
        card.text(_line(request, item, labels))
    if page.pages > 1:
        card.note(voice("list-page", page=page.number + 1, pages=page.pages, total=page.total))
    return card.row(
        press("action-list", page.number - 1, label=voice("page-back")) if page.number else None,
        press("action-list", page.number + 1, label=voice("page-on"))
        if page.number < page.pages - 1
        else None,
        press("ideas", label=voice("ideas-button"), style=ButtonStyle.primary),
    )


def _line(request: Request, item: ListedAction, labels: Mapping[str, str]) -> str:
    voice, action = request.voice, item.action
    facts = [voice.day(action.done_on, request.today.year)]
    if not action.scores:
        facts.append(voice("action-not-scored"))
    if item.thanks:
        facts.append(voice("action-thanks", count=item.thanks))
    elif item.shared:
        facts.append(voice("action-shared"))
    return f"**{private_name(voice, action, labels)}**\n-# {' · '.join(facts)}"


def undone_card(request: Request, undone: Undone, labels: Mapping[str, str]) -> Card:
    """What was taken back."""
    voice = request.voice
    card = Card().text(voice("action-undone", action=private_name(voice, undone.action, labels)))
    if undone.post_stands:
        card.text(voice("action-undone-post"))
    if any(kind.action == undone.action.kind for kind in request.content.journal.kinds):
        card.text(voice("action-undone-written"))
    return card.row(press("ideas", label=voice("ideas-button")))


def action_label(voice: Voice, action: Action, labels: Mapping[str, str]) -> str:
    """One line for an autocomplete: what and when."""
    name = action.note or labels.get(action.kind, "")
    if not name:
        name = voice(f"action-{action.kind}") if voice.has(f"action-{action.kind}") else voice("action-gone")
    return f"{name[:60]} · {voice.day(action.done_on)}"
