"""Composes check-ins as Discord will show them: neutral first, kind and date, the step's words, the ways to answer.

The machine stores the result and looks for its marker, a custom id that ends in the delivery's id. Free text never
gets in here, because nothing of the message carries any.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from discord import ButtonStyle

from bot.domain.members import Member
from bot.domain.merging import NudgeItem, NudgeMessage
from bot.domain.nudges import Delivery, Purpose, Subject
from bot.services.outbox import Compose, Fallback
from bot.ui.cards import Card, Option, press
from bot.ui.nudge_challenges import ChallengeFace
from bot.ui.nudge_drafts import DraftFace
from bot.ui.nudge_faces import Face, Press
from bot.ui.nudge_recoveries import RecoveryFace
from config.content import Content
from config.words import Voice, Words

SNOOZES = (1, 3, 7)
LINES = 10
OPTIONS = 25
ROW = 5
BODY_BUDGET = 1500
"""Characters for the steps' own words in a merged message; a card holds 4,000 in every language."""

SHAPES = 2000
"""Composed messages kept, about three kilobytes each."""

_MARKS = (9_000_000_000_000_000_041, 9_000_000_000_000_000_042, 9_000_000_000_000_000_043)
"""Numbers of nineteen digits that no sentence holds and no id reaches for 80 years."""

FACES: Mapping[Subject, Face] = MappingProxyType(
    {Subject.REJECTION: RecoveryFace(), Subject.CHALLENGE: ChallengeFace(), Subject.DRAFT: DraftFace()}
)
"""One face a subject."""


def composer(words: Words, content: Content) -> Compose:
    """The function the delivery machine calls for each message.

    Two messages of one check-in differ in three numbers once language, step, kind and days are the same. So each such
    shape is composed once, with marks where the numbers go, and then filled.
    """
    shapes: dict[tuple[object, ...], str] = {}

    def compose(message: NudgeMessage, member: Member) -> str:
        voice = words.speak(member.language)
        if len(message.items) != 1:
            return payload(nudge_card(voice, content, message, member))
        item, since = message.items[0], message.late_since
        late_on = None if since is None else since.astimezone(member.rhythm.tz).date()
        key = (member.language, item.subject, item.step, item.kind, item.occurred_on, late_on)
        if key not in shapes:
            if len(shapes) >= SHAPES:
                shapes.clear()
            marked = replace(message, delivery_id=_MARKS[0], items=(_marked(item),))
            shapes[key] = payload(nudge_card(voice, content, marked, member))
        body = shapes[key]
        numbers = (message.delivery_id, item.nudge_id, item.subject_id)
        for mark, number in zip(_MARKS, numbers, strict=True):
            body = body.replace(str(mark), str(number))
        return body

    return compose


def _marked(item: NudgeItem) -> NudgeItem:
    return replace(item, nudge_id=_MARKS[1], subject_id=_MARKS[2])


def fallback(words: Words) -> Fallback:
    """The fixed plain body for a message to a member that Discord refuses; None for posts to channels."""

    def plain(delivery: Delivery, member: Member | None) -> str | None:
        voice = words.speak(None if member is None else member.language)
        if delivery.purpose is Purpose.DM_TEST:
            return dm_test_body(voice, delivery.id)
        if delivery.purpose is not Purpose.CHECKIN:
            return None
        card = Card().text(voice("protocol-greeting"))
        return payload(card.row(press("nudge-done", delivery.id, label=voice("nudge-done"))))

    return plain


def dm_test_body(voice: Voice, delivery_id: int) -> str:
    """The first message to a member, sent because they pressed for it. The support button carries the marker."""
    card = Card().text(voice("dm-test-body"))
    return payload(card.row(press("support", delivery_id, label=voice("support-button"))))


def operator_body(voice: Voice, reason: str) -> str:
    """What the host is told; there is nothing to press."""
    return payload(Card().text(voice("operator-alarm", reason=reason)).note(voice("operator-more")))


def idle_body(voice: Voice, delivery_id: int) -> str:
    """The one question to somebody who was away for eighteen months."""
    card = Card().text(voice("idle-body"))
    card.row(
        press("me-stay", delivery_id, label=voice("idle-stay-button")),
        press("me-export", label=voice("me-export-button")),
        press("support", label=voice("support-button")),
    )
    return payload(card)


def payload(card: Card) -> str:
    """The card as the JSON list of components that is stored and sent."""
    components = card.to_components()  # type: ignore[no-untyped-call] # discord.py leaves it without types
    return json.dumps(components, ensure_ascii=False, separators=(",", ":"))


def nudge_card(voice: Voice, content: Content, message: NudgeMessage, member: Member) -> Card:
    """One check-in, or one message for all that came due together."""
    card = Card().text(voice("protocol-greeting"))
    if message.late_since is not None:
        day = voice.day(message.late_since.astimezone(member.rhythm.tz).date())
        merged = len(message.items) > 1
        card.note(voice("protocol-late-merged") if merged else voice("protocol-late", day=day))
    if len(message.items) == 1:
        item_words(card, voice, content, message.items[0])
    else:
        _merged_words(card, voice, content, message)
    return answers(card, voice, content, message.items, str(message.delivery_id))


def _merged_words(card: Card, voice: Voice, content: Content, message: NudgeMessage) -> None:
    of_each = _by_subject(message.items)
    entries = set(of_each) == {Subject.REJECTION}
    card.text(voice("protocol-merged" if entries else "nudge-merged", count=len(message.items)))
    lines = [_line(voice, content, item) for item in message.items[:LINES]]
    if len(message.items) > LINES:
        lines.append(voice("nudge-more", count=len(message.items) - LINES))
    card.text("\n".join(f"- {line}" for line in lines))
    left = BODY_BUDGET
    for subject, items in of_each.items():
        for title, body in FACES[subject].besides(voice, content, items):
            if len(body) > left:
                return
            left -= len(body)
            card.text(f"**{title}**\n{body}")


def item_words(card: Card, voice: Voice, content: Content, item: NudgeItem) -> Card:
    """What a message about one thing says."""
    FACES[item.subject].words(card, voice, content, item)
    return card


def _line(voice: Voice, content: Content, item: NudgeItem) -> str:
    return FACES[item.subject].line(voice, content, item)


def answers(card: Card, voice: Voice, content: Content, items: Sequence[NudgeItem], target: str) -> Card:
    """The ways to answer. `target` names what a press answers: a delivery, or one nudge of it."""
    of_each = _by_subject(items)
    faces = [(FACES[subject], of_one) for subject, of_one in of_each.items()]
    own = [one for face, of_one in faces for one in face.buttons(voice, content, of_one, target)]
    own = _unlike(own, [])[:ROW]
    card.row(*own)
    if len(items) > 1:
        options = [Option(str(i.nudge_id), _line(voice, content, i), None) for i in items[:OPTIONS]]
        card.choose("nudge-pick", target, options, placeholder=voice("nudge-pick"))
    done_key = faces[0][0].done_key(items[0]) if len(items) == 1 else "nudge-done-all"
    done = press("nudge-done", target, label=voice(done_key), style=ButtonStyle.primary)
    now = faces[0][0].do_now(voice, items, target) if len(faces) == 1 else None
    card.row(done, *_unlike([] if now is None else [now], own))
    later = [Option(str(days), voice(f"nudge-snooze-{days}")) for days in SNOOZES]
    card.choose("nudge-snooze", target, later, placeholder=voice("nudge-later"))
    return card.row(
        press("nudge-skip", target, label=voice("nudge-skip")),
        press("nudge-stop", target, label=voice("nudge-stop")),
        *_unlike([press("support", label=voice("support-button"))], own),
    )


def _by_subject(items: Sequence[NudgeItem]) -> dict[Subject, list[NudgeItem]]:
    """The items by what they are about, rejections first: their words are the ones to be read."""
    return {one: of_one for one in Subject if (of_one := [item for item in items if item.subject is one])}


def _unlike(buttons: Sequence[Press], there: Sequence[Press]) -> list[Press]:
    """Those buttons that do something no other one does: Discord refuses two with one custom id."""
    seen = {button.custom_id for button in there}
    kept = []
    for button in buttons:
        if button.custom_id not in seen:
            seen.add(button.custom_id)
            kept.append(button)
    return kept
