"""The private answers to a pressed check-in."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.merging import NudgeItem
from bot.domain.nudges import Subject
from bot.services.actions import ActionLogged
from bot.services.checkins import Answered, Snoozed, Target
from bot.services.recoveries import Standing
from bot.ui.actions import LABEL_MAX, kind_name, logged_card, undo_press
from bot.ui.cards import Card, press, shorten
from bot.ui.nudge_body import answers, item_words
from bot.ui.request import Request

_STOPPED = {Subject.CHALLENGE: "nudge-stopped-challenge", Subject.DRAFT: "nudge-stopped-draft"}
"""What is said of other subjects that were stopped, and where they are found again."""

UNDOS = 4
"""Actions that one answer offers to take back; `/action undo` has the others."""


async def answered_card(
    request: Request, answered: Answered, next_at: datetime | None, *, heavy: bool = False, words: bool = False
) -> Card:  # fmt: skip
    """What was noted, whether it scores, whether that was the last check-in, and when the next one comes.

    `words`: something was written with it, and is kept.
    """
    told = words and not all(logged.already for logged in answered.logged)
    kept = [request.voice("nudge-words-kept")] if told else []
    follows = [*kept, *_what_follows(request, answered, next_at)]
    if len(answered.logged) == 1:
        return await logged_card(request, answered.logged[0], heavy=heavy, follows=follows)
    noted = "\n".join(_noted(request, logged, heavy=heavy) for logged in answered.logged)
    new = [logged.action for logged in answered.logged if not logged.already]
    return _said(noted, *follows).row(*(undo_press(request, one, named=True) for one in new[:UNDOS]))


def _noted(request: Request, logged: ActionLogged, *, heavy: bool) -> str:
    counted = "nudge-kept" if logged.over_ceiling else "nudge-noted"
    before = "nudge-noted-under" if logged.noted else "nudge-noted-before"
    key = before if logged.already else "nudge-kept-quietly" if heavy else counted
    return request.voice(key, action=kind_name(request.voice, logged.action.kind, {}))


def skipped_card(request: Request, answered: Answered, next_at: datetime | None) -> Card:
    """Let go, without a word of blame, and when the next one comes."""
    said = request.voice("nudge-skipped" if answered.new else "nudge-answered-already")
    return _said(said, *_what_follows(request, answered, next_at))


def _said(*sentences: str) -> Card:
    card = Card()
    for sentence in sentences:
        card.text(sentence)
    return card


def _what_follows(request: Request, answered: Answered, next_at: datetime | None) -> list[str]:
    follows = [request.voice(said.key, **said.values) for said in answered.said]
    if answered.finished:
        follows.append(request.voice("nudge-finished", count=answered.finished))
    return follows if next_at is None else [*follows, next_line(request, next_at)]


def next_line(request: Request, next_at: datetime, key: str = "nudge-next") -> str:
    """When the next check-in comes, on the member's clock."""
    return request.voice(key, when=request.voice.moment(next_at, request.known.zone, request.today.year))


def snoozed_card(request: Request, snoozed: Snoozed) -> Card:
    """When it comes again."""
    voice = request.voice
    if snoozed.due_at is None:
        return Card().text(voice("nudge-snoozed-held"))
    card = Card().text(voice("nudge-snoozed", when=when_asked(request, snoozed)))
    return card.note(voice("draft-remind-waits")) if snoozed.waits else card


def when_asked(request: Request, snoozed: Snoozed) -> str:
    """The moment a snoozed check-in comes again; empty while it waits for the end of a pause."""
    if snoozed.due_at is None:
        return ""
    return request.voice.moment(snoozed.due_at, request.known.zone, request.today.year)


def stopped_card(
    request: Request, stopped: Mapping[Subject, list[int]], back: list[Standing], next_at: datetime | None
) -> Card:
    """What is stopped, what still comes about others, and the way back for each entry."""
    voice, entries = request.voice, stopped.get(Subject.REJECTION, [])
    card = Card()
    if entries:
        card.text(voice("recovery-stopped-many", count=len(entries)))
    for subject, key in _STOPPED.items():
        if subject in stopped:
            card.text(voice(key))
    if next_at is not None:
        card.text(next_line(request, next_at, "nudge-next-others"))
    if back:
        card.note(voice("nudge-stop-back"))
    days = stopped.get(Subject.CHALLENGE, [])
    return card.row(
        *(
            press("recovery-resume", one.rejection.id, label=_resume_label(request, one, many=len(back) > 1))
            for one in back[:5]
        ),
        *(press("challenge-resume", number, label=voice("challenge-resume-button")) for number in days),
    )


def _resume_label(request: Request, standing: Standing, *, many: bool) -> str:
    voice, entry = request.voice, standing.rejection
    if not many:
        return voice("recovery-resume-button")
    what = voice("recovery-resume-one", kind=voice(f"kind-{entry.kind}"), day=voice.day(entry.occurred_on))
    return shorten(what, LABEL_MAX)


def item_card(request: Request, item: NudgeItem) -> Card:
    """One entry of a merged message, with buttons that act on it alone."""
    card = item_words(Card(), request.voice, request.content, item)
    return answers(card, request.voice, request.content, [item], str(Target(item.nudge_id, one=True)))
