"""The private answers to a pressed check-in."""

from bot.domain.merging import NudgeItem
from bot.services.actions import ActionLogged
from bot.services.checkins import Answered, Snoozed, Target
from bot.ui.actions import kind_name, logged_card
from bot.ui.cards import Card, press
from bot.ui.nudge_body import answers, step_words
from bot.ui.request import Request


async def answered_card(request: Request, answered: Answered, *, heavy: bool = False) -> Card:
    """What was noted, whether it scores, and whether that was the last check-in."""
    voice = request.voice
    if len(answered.logged) == 1:
        card = await logged_card(request, answered.logged[0], heavy=heavy)
    else:
        card = Card().text("\n".join(_noted(request, logged, heavy=heavy) for logged in answered.logged))
    return card.text(voice("nudge-finished", count=answered.finished)) if answered.finished else card


def _noted(request: Request, logged: ActionLogged, *, heavy: bool) -> str:
    counted = "nudge-kept" if logged.over_ceiling else "nudge-noted"
    before = "nudge-noted-under" if logged.noted else "nudge-noted-before"
    key = before if logged.already else "nudge-kept-quietly" if heavy else counted
    return request.voice(key, action=kind_name(request.voice, logged.action.kind, {}))


def skipped_card(request: Request, answered: Answered) -> Card:
    """Let go, without a word of blame."""
    voice = request.voice
    if not answered.new:
        return Card().text(voice("nudge-answered-already"))
    card = Card().text(voice("nudge-skipped"))
    return card.text(voice("nudge-finished", count=answered.finished)) if answered.finished else card


def snoozed_card(request: Request, snoozed: Snoozed) -> Card:
    """When it comes again."""
    voice = request.voice
    if snoozed.due_at is None:
        return Card().text(voice("nudge-snoozed-held"))
    when = voice.moment(snoozed.due_at, request.known.zone, request.today.year)
    return Card().text(voice("nudge-snoozed", when=when))


def stopped_card(request: Request, rejection_ids: list[int]) -> Card:
    """Stopped, and the way back."""
    voice = request.voice
    card = (
        Card().text(voice("recovery-stopped-many", count=len(rejection_ids))).note(voice("nudge-stop-back"))
    )
    label = voice("recovery-resume-button")
    return card.row(
        *(press("recovery-resume", rejection_id, label=label) for rejection_id in rejection_ids[:5])
    )


def item_card(request: Request, item: NudgeItem) -> Card:
    """One entry of a merged message, with buttons that act on it alone."""
    card = step_words(Card(), request.voice, request.content, item)
    return answers(card, request.voice, request.content, [item], str(Target(item.nudge_id, one=True)))
