"""What a day of the ten days says and offers in a direct message."""

from collections.abc import Iterator, Sequence

from bot.domain.challenges import day_of
from bot.domain.merging import NudgeItem
from bot.ui.cards import Card, press
from bot.ui.challenges import step_name, step_words
from bot.ui.nudge_faces import Press
from config.content import Content
from config.words import Voice


class ChallengeFace:
    """One small step a day."""

    def done_key(self, item: NudgeItem) -> str:
        """Done."""
        return "nudge-done"

    def words(self, card: Card, voice: Voice, content: Content, item: NudgeItem) -> None:
        """Which day of the ten, its date and its step."""
        card.title(voice("nudge-challenge-title", day=day_of(item.step)))
        card.note(voice.day(item.occurred_on))
        step_words(card, voice, item.kind).text(voice("nudge-challenge-body"))

    def line(self, voice: Voice, content: Content, item: NudgeItem) -> str:
        """Day, step and date."""
        step = step_name(voice, item.kind)
        return voice(
            "nudge-challenge-line", number=day_of(item.step), step=step, day=voice.day(item.occurred_on)
        )

    def besides(
        self, voice: Voice, content: Content, items: Sequence[NudgeItem]
    ) -> Iterator[tuple[str, str]]:
        """What holds for every day of it."""
        yield voice("nudge-challenge-title", day=day_of(items[-1].step)), voice("nudge-challenge-body")

    def buttons(self, voice: Voice, content: Content, items: Sequence[NudgeItem], target: str) -> list[Press]:
        """None: the day's own card, which "do it now" opens, has them."""
        return []

    def do_now(self, voice: Voice, items: Sequence[NudgeItem], target: str) -> Press | None:
        """The day's own card."""
        return press("challenge-day", _about(items[0]), label=voice("nudge-do"))


def _about(item: NudgeItem) -> str:
    return f"{item.subject_id}.{day_of(item.step)}"
