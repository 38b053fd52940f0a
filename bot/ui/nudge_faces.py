"""What a check-in shows of the thing it is about: each subject has its face. Around them `nudge_body` puts the message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from discord import ui

from bot.domain.merging import NudgeItem
from bot.ui.cards import Card
from config.content import Content
from config.words import Voice

Press = ui.Button[Any]


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be pressed besides the answers that every message has.

    `lead` is what helps most and stands first; `beside` stands behind *Done*; the `rest` waits in the select.
    """

    lead: Press | None = None
    beside: Press | None = None
    rest: Sequence[Press] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What a press answers: a delivery, or one nudge of it. `alone`: it asks about one thing and nothing else."""

    target: str
    alone: bool


class Face(Protocol):
    """One subject's words and buttons. Free text is never part of them: an item carries none."""

    def done_key(self, item: NudgeItem) -> str:
        """The sentence on the button that says it is done, where the message is about one thing."""

    def words(self, card: Card, voice: Voice, content: Content, item: NudgeItem) -> None:
        """All of a message about one thing."""

    def line(self, voice: Voice, content: Content, item: NudgeItem) -> str:
        """One line of a merged message, and its option in the select."""

    def besides(
        self, voice: Voice, content: Content, items: Sequence[NudgeItem]
    ) -> Iterator[tuple[str, str]]:
        """What a merged message says under the lines: pairs of title and text, the most needed first.

        The first is always said; the others as far as there is room.
        """

    def ways(self, voice: Voice, content: Content, items: Sequence[NudgeItem], ask: Asking) -> Ways:
        """What can be pressed about these."""
