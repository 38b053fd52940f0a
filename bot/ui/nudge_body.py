"""Composes check-ins as Discord will show them: neutral first, kind and date, the step's words, the ways to answer.

The machine stores the result and looks for its marker, a custom id that ends in the delivery's id. Free text never
gets in here, because nothing of the message carries any.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from discord import ButtonStyle

from bot.domain.members import Member
from bot.domain.merging import NudgeItem, NudgeMessage
from bot.domain.nudges import Delivery, Purpose, Subject
from bot.services.outbox import Compose, Fallback
from bot.ui.cards import PREFIX, Card, Option, press
from bot.ui.nudge_challenges import ChallengeFace
from bot.ui.nudge_drafts import DraftFace
from bot.ui.nudge_faces import Asking, Face, Press
from bot.ui.nudge_recoveries import RecoveryFace
from config.content import Content
from config.words import Voice, Words

SNOOZES = (1, 3, 7)
LINES = 10
OPTIONS = 25
LEADS = 3
OWN = 18
"""The steps' own buttons in the select: with the answers that every message has there, it holds 25."""
BODY_BUDGET = 700
"""Characters for further steps' words in a merged message, which is read on a phone."""

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
        key = (member.language, item.subject, item.step, item.kind, item.occurred_on, item.last, late_on)
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
    of_each_sort = Counter(_line(voice, content, item) for item in message.items)
    lines = [
        line if count == 1 else voice("nudge-line-many", line=line, count=count)
        for line, count in list(of_each_sort.items())[:LINES]
    ]
    if more := sum(list(of_each_sort.values())[LINES:]):
        lines.append(voice("nudge-more", count=more))
    card.text("\n".join(f"- {line}" for line in lines))
    left = BODY_BUDGET
    for subject, items in of_each.items():
        for number, (title, body) in enumerate(FACES[subject].besides(voice, content, items)):
            left -= len(body)
            if number and left < 0:
                break
            card.text(f"**{title}**\n{body}")


def item_words(card: Card, voice: Voice, content: Content, item: NudgeItem) -> Card:
    """What a message about one thing says."""
    FACES[item.subject].words(card, voice, content, item)
    return card


def _line(voice: Voice, content: Content, item: NudgeItem) -> str:
    return FACES[item.subject].line(voice, content, item)


def answers(card: Card, voice: Voice, content: Content, items: Sequence[NudgeItem], target: str) -> Card:
    """The ways to answer: the few that help most as buttons, everything else in one select.

    `target` names what a press answers: a delivery, or one nudge of it.
    """
    alone, of_each = len(items) == 1, _by_subject(items)
    ways = [FACES[s].ways(voice, content, of_one, Asking(target, alone)) for s, of_one in of_each.items()]
    key = FACES[items[0].subject].done_key(items[0]) if alone else "nudge-done-all"
    row = [way.lead for way in ways if way.lead is not None][:LEADS]
    row.append(press("nudge-done", target, label=voice(key)))
    row += [way.beside for way in ways if way.beside is not None]
    row = _unlike([*row, press("support", label=voice("support-button"))], [])
    row[0].style = ButtonStyle.primary
    card.row(*row)
    if not alone:
        options = [Option(str(i.nudge_id), _line(voice, content, i), None) for i in items[:OPTIONS]]
        card.choose("nudge-pick", target, options, placeholder=voice("nudge-pick"))
    own = _unlike([press for way in ways for press in way.rest], row)[:OWN]
    return choose_more(card, voice, [*own, *_always(voice, target, alone=alone)], target)


def _always(voice: Voice, target: str, *, alone: bool) -> list[Press]:
    """Later, skip, and stop these: each is for all that the message is about."""
    later = [
        press("nudge-later", f"{days}.{target}", label=voice(f"nudge-snooze-{days}")) for days in SNOOZES
    ]
    skip = press("nudge-skip", target, label=voice("nudge-skip" if alone else "nudge-skip-all"))
    return [*later, skip, press("nudge-stop", target, label=voice("nudge-stop"))]


def choose_more(
    card: Card, voice: Voice, presses: Sequence[Press], target: str, key: str = "nudge-more-ways"
) -> Card:
    """A select that holds what would be too many buttons: choosing one presses it. `key`: what stands on it."""
    options = [Option((one.custom_id or "").removeprefix(f"{PREFIX}:"), one.label or "") for one in presses]
    return card.choose("nudge-more", target, options, placeholder=voice(key))


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
