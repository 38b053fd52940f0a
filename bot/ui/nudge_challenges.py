"""What a day of the ten days says and offers in a direct message."""

from collections.abc import Iterator, Sequence

from bot.domain.challenges import day_of
from bot.domain.merging import NudgeItem
from bot.ui.cards import Card, press
from bot.ui.challenges import step_how, step_name, step_words
from bot.ui.nudge_faces import Asking, Ways
from config.content import Content
from config.words import Voice


class ChallengeFace:
    """One small step a day."""

    def done_key(self, item: NudgeItem) -> str:
        """I did it."""
        return "challenge-done-button"

    def words(self, card: Card, voice: Voice, content: Content, item: NudgeItem) -> None:
        """Which day of the ten, and its step; Discord dates the message."""
        card.title(voice("nudge-challenge-title", day=day_of(item.step)))
        last = voice("nudge-challenge-rests" if item.last else "nudge-challenge-body")
        step_words(card, voice, item.kind).text(last)

    def line(self, voice: Voice, content: Content, item: NudgeItem) -> str:
        """Day, step and date."""
        step = step_name(voice, item.kind)
        return voice(
            "nudge-challenge-line", number=day_of(item.step), step=step, day=voice.day(item.occurred_on)
        )

    def besides(
        self, voice: Voice, content: Content, items: Sequence[NudgeItem]
    ) -> Iterator[tuple[str, str]]:
        """The step of the latest day, and how to do it."""
        latest = items[-1]
        how = step_how(voice, latest.kind)
        yield (
            step_name(voice, latest.kind),
            how + (f"\n{voice('nudge-challenge-rests')}" if latest.last else ""),
        )

    def ways(self, voice: Voice, content: Content, items: Sequence[NudgeItem], ask: Asking) -> Ways:
        """Another step; beside other things the day's own card, which has that and its *I did it*."""
        if ask.alone:
            return Ways(
                beside=press("challenge-swap", _about(items[0]), label=voice("challenge-swap-button"))
            )
        return Ways(press("challenge-day", _about(items[-1]), label=voice("nudge-challenge-open")))


def _about(item: NudgeItem) -> str:
    return f"{item.subject_id}.{day_of(item.step)}"
