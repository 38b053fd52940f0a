"""What a check-in becomes once it is answered: its words, one line, and the presses that still mean something.

The message is copied as it went out, never composed anew: that is frozen, and the entry it is about may be gone.
"""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Any

from discord import Message

from bot.domain.timetable import Step
from bot.errors import UserError
from bot.services.actions import ActionLogged
from bot.services.checkins import Target
from bot.ui.cards import Card, custom_id, press
from bot.ui.nudge_body import choose_more
from bot.ui.nudge_faces import Press
from bot.ui.request import Request, aside

TEXT, BUTTON = 10, 2
SMALL = "-# "
"""Small print; a check-in as it is sent ends in other words."""
_CLOSED = ("nudge-closed", "nudge-answered-already")
_ASKING = frozenset(
    {"nudge-done", "nudge-do", "nudge-later", "nudge-skip", "challenge-day", "challenge-swap"}
)
"""The presses that wait for an answer; the selects do too, but for what else the one of all other ways holds."""


class State(StrEnum):
    """How a message was answered, in the words of its last line: `nudge-state-<state>`."""

    DONE = "done"
    SKIPPED = "skipped"
    LATER = "later"
    HELD = "held"
    STOPPED = "stopped"
    ENDED = "ended"
    """Stopped, and nothing of it comes back by `/recovery resume`."""
    CLOSED = "closed"


@asynccontextmanager
async def closing(request: Request, target: Target) -> AsyncIterator[None]:
    """Settle the message too when it turns out that nothing was left to answer."""
    try:
        yield
    except UserError as error:
        if error.key in _CLOSED:
            await settle(request, target, State.CLOSED)
        raise


async def settle(
    request: Request, target: Target, state: State, *, when: str = "", ends: bool = False,
    button: str | None = None, logged: Collection[ActionLogged] = (), resume: int | None = None,
) -> None:  # fmt: skip
    """Put the answered message in place of the one that was pressed. A failure of that harms no answer.

    `ends`: nothing more is planned, so there is nothing to stop. `button`: the step's own that was pressed.
    `resume`: the entry that a press can bring back.
    """
    message = request.interaction.message
    if message is None or message.flags.ephemeral or request.guild_id is not None:
        return
    gone = set(_ASKING)
    if ends or state in (State.STOPPED, State.ENDED, State.CLOSED):
        gone.add("nudge-stop")
    spent = {button, *_spent(request, logged)}
    if state not in (State.DONE, State.SKIPPED):
        gone |= {"nudge-act", "journal-step", "journal-next"}
    voice = request.voice
    card = _copied(message, voice(f"nudge-state-{state}", when=when))

    def kept_of(presses: Iterator[tuple[str, str, str]]) -> list[Press]:
        return [
            press(verb, arg, label=label)
            for verb, arg, label in presses
            if verb not in {*gone, "support"} and not (verb == "nudge-act" and arg.partition(".")[0] in spent)
        ]

    kept = kept_of(_buttons(message))
    if resume is not None:
        kept.append(press("recovery-resume", resume, label=voice("recovery-resume-button")))
    # The machine may still look for this message by its delivery's id, so one press goes on carrying it.
    card.row(*kept, press("support", target.number, label=voice("support-button")))
    if more := kept_of(_options(message)):
        choose_more(card, voice, more, str(target), "nudge-more-left")
    await aside(request.settle_pressed(card), "the end of a check-in")


def _copied(message: Message, line: str) -> Card:
    """The words of the message with a line under them, in place of the line of an earlier answer."""
    texts = [str(part["content"]) for part in parts_of(message.components) if part["type"] == TEXT]
    if texts and texts[-1].startswith(SMALL):
        texts.pop()
    card = Card()
    for text in texts:
        card.text(text)
    return card.note(line)


def _buttons(message: Message) -> Iterator[tuple[str, str, str]]:
    """Verb, argument and label of each button."""
    for part in parts_of(message.components):
        if part["type"] == BUTTON and part.get("custom_id"):
            _, _, verb, arg = str(part["custom_id"]).split(":", 3)
            yield verb, arg, str(part["label"])


def _options(message: Message) -> Iterator[tuple[str, str, str]]:
    """Verb, argument and label of each press in the select of all other ways."""
    for part in parts_of(message.components):
        if str(part.get("custom_id", "")).startswith(custom_id("nudge-more")):
            for option in part["options"]:
                verb, _, arg = str(option["value"]).partition(":")
                yield verb, arg, str(option["label"])


def parts_of(components: Any) -> Iterator[Mapping[str, Any]]:
    """Every component of a message as Discord sends it, parents before children."""
    for component in components:
        part = component if isinstance(component, dict) else component.to_dict()
        yield part
        yield from parts_of(part.get("components", ()))


def _spent(request: Request, logged: Collection[ActionLogged]) -> set[str]:
    """The steps' own buttons whose action was logged now."""
    kinds = {one.action.kind for one in logged}
    steps = (request.content.protocol.step(step) for step in Step)
    return {button.id for step in steps for button in step.buttons if button.action in kinds}
