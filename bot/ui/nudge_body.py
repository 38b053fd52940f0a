"""Composes check-ins as Discord will show them: neutral first, kind and date, the step's words, the ways to answer.

The machine stores the result and looks for its marker, a custom id that ends in the delivery's id. Free text never
gets in here, because nothing of the message carries any.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from discord import ButtonStyle, ui

from bot.domain.kinds import Kind
from bot.domain.members import Member
from bot.domain.merging import NudgeItem, NudgeMessage
from bot.domain.nudges import Delivery, Purpose
from bot.domain.timetable import Step
from bot.services.outbox import Compose, Fallback
from bot.ui.cards import Card, Option, press
from config.content import Content, Opens, StepButton
from config.words import Voice, Words

SNOOZES = (1, 3, 7)
LINES = 10
OPTIONS = 25
BODY_BUDGET = 1500
"""Characters for the steps' own words in a merged message; a card holds 4,000 in every language."""

SHAPES = 2000
"""Composed messages kept, about three kilobytes each."""

_MARKS = (9_000_000_000_000_000_041, 9_000_000_000_000_000_042, 9_000_000_000_000_000_043)
"""Numbers of nineteen digits that no sentence holds and no id reaches for 80 years."""

_OPENS = {
    Opens.SUPPORT: "support",
    Opens.IDEAS: "ideas",
    Opens.TODAY: "recovery-today",
    Opens.PATTERNS: "patterns",
}
_DO_NOW = {Step.DAYS2: "talk", Step.WEEK2: "ideas"}
"""Steps whose "do it now" opens what is there already; the others open a form of their own."""


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
        key = (member.language, item.step, item.kind, item.occurred_on, late_on)
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
        step_words(card, voice, content, message.items[0])
    else:
        _merged_words(card, voice, content, message)
    return answers(card, voice, content, message.items, str(message.delivery_id))


def step_words(card: Card, voice: Voice, content: Content, item: NudgeItem) -> Card:
    """What one step says about one entry: its title, the kind and date, the lens, and the sentences for this kind."""
    kind = content.kind(item.kind)
    card.title(voice(f"step-{item.step}-title"))
    card.text(voice("protocol-about", kind=voice(f"kind-{kind.id}-short"), day=voice.day(item.occurred_on)))
    step = content.protocol.step(Step(item.step))
    if step.lens is not None:
        card.note(voice(f"lens-{step.lens}"))
    for key in step.sentences(kind.id):
        card.text(voice(key))
    return card


def _merged_words(card: Card, voice: Voice, content: Content, message: NudgeMessage) -> None:
    card.text(voice("protocol-merged", count=len(message.items)))
    lines = [_line(voice, content.kind(item.kind), item) for item in message.items[:LINES]]
    if len(message.items) > LINES:
        lines.append(voice("nudge-more", count=len(message.items) - LINES))
    card.text("\n".join(f"- {line}" for line in lines))
    left = BODY_BUDGET
    for step in _steps(message.items):
        lens = content.protocol.step(step).lens
        body = voice(f"step-{step}-body")
        if lens is not None:
            body = f"-# {voice(f'lens-{lens}')}\n{body}"
        if len(body) > left:
            break
        left -= len(body)
        card.text(f"**{voice(f'step-{step}-title')}**\n{body}")


def _line(voice: Voice, kind: Kind, item: NudgeItem) -> str:
    step, about = voice(f"step-{item.step}-short"), voice(f"kind-{kind.id}")
    return voice("protocol-merged-line", step=step, kind=about, day=voice.day(item.occurred_on))


def answers(card: Card, voice: Voice, content: Content, items: Sequence[NudgeItem], target: str) -> Card:
    """The ways to answer. `target` names what a press answers: a delivery, or one nudge of it."""
    steps = _steps(items)
    own = [_step_button(voice, button, target) for button in _buttons(content, steps)]
    card.row(*_unlike(own, own[:0]))
    if len(items) > 1:
        options = [
            Option(str(i.nudge_id), _line(voice, content.kind(i.kind), i), None) for i in items[:OPTIONS]
        ]
        card.choose("nudge-pick", target, options, placeholder=voice("nudge-pick"))
    done = press("nudge-done", target, label=voice("nudge-done"), style=ButtonStyle.primary)
    card.row(done, *_unlike([_do_now(voice, steps, items, target)], own))
    later = [Option(str(days), voice(f"nudge-snooze-{days}")) for days in SNOOZES]
    card.choose("nudge-snooze", target, later, placeholder=voice("nudge-later"))
    return card.row(
        press("nudge-skip", target, label=voice("nudge-skip")),
        press("nudge-stop", target, label=voice("nudge-stop")),
        *_unlike([press("support", label=voice("support-button"))], own),
    )


def _steps(items: Iterable[NudgeItem]) -> list[Step]:
    """The steps of a message, each once, in their order."""
    there = {Step(item.step) for item in items}
    return [step for step in Step if step in there]


def _buttons(content: Content, steps: Iterable[Step]) -> list[StepButton]:
    """The steps' own buttons, each once, one row of them; those of the latest step come first."""
    found = {b.id: b for step in reversed(list(steps)) for b in content.protocol.step(step).buttons}
    return list(found.values())[:5]


def _step_button(voice: Voice, button: StepButton, target: str) -> ui.Button[Any]:
    label = voice(button.label_key)
    if button.opens is not None:
        return press(_OPENS[button.opens], label=label)
    return press("nudge-act", f"{button.id}.{target}", label=label)


def _do_now(voice: Voice, steps: Sequence[Step], items: Sequence[NudgeItem], target: str) -> ui.Button[Any]:
    label = voice("nudge-do")
    if len(steps) > 1:
        return press("recovery-today", label=label)
    verb = _DO_NOW.get(steps[0])
    if verb is None:
        return press("nudge-do", target, label=label)
    about = items[0].subject_id if len(items) == 1 and verb == "talk" else ""
    return press(verb, about, label=label)


def _unlike(buttons: Sequence[ui.Button[Any]], there: Sequence[ui.Button[Any]]) -> list[ui.Button[Any]]:
    """Those buttons that do something no other one does: Discord refuses two with one custom id."""
    seen = {button.custom_id for button in there}
    kept = []
    for button in buttons:
        if button.custom_id not in seen:
            seen.add(button.custom_id)
            kept.append(button)
    return kept
