"""What a day of the ten days says and offers in a direct message."""

from collections.abc import Iterator, Sequence

from bot.domain.challenges import day_of
from bot.domain.merging import NudgeItem
from bot.ui.cards import Card
from bot.ui.nudge_faces import Press
from config.content import Content
from config.words import Voice


class ChallengeFace:
    """One small step a day."""

    def done_key(self, item: NudgeItem) -> str:
        """Done."""
        return "nudge-done"

    def words(self, card: Card, voice: Voice, content: Content, item: NudgeItem) -> None:
        """Which day of the ten, and its step."""
        card.title(voice("nudge-challenge-title", day=day_of(item.step)))
        card.text(voice("nudge-challenge-body"))

    def line(self, voice: Voice, content: Content, item: NudgeItem) -> str:
        """Day and date."""
        return voice("nudge-challenge-line", number=day_of(item.step), day=voice.day(item.occurred_on))

    def besides(
        self, voice: Voice, content: Content, items: Sequence[NudgeItem]
    ) -> Iterator[tuple[str, str]]:
        """What holds for every day of it."""
        yield voice("nudge-challenge-title", day=day_of(items[-1].step)), voice("nudge-challenge-body")

    def buttons(self, voice: Voice, content: Content, items: Sequence[NudgeItem], target: str) -> list[Press]:
        """None yet."""
        return []

    def do_now(self, voice: Voice, items: Sequence[NudgeItem], target: str) -> Press | None:
        """None yet."""
        return None
