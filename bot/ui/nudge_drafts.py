"""What a reminder of a draft says and offers. Nothing of the draft but its kind and date: a lock screen may show it."""

from collections.abc import Iterator, Sequence

from bot.domain.merging import NudgeItem
from bot.ui.cards import Card
from bot.ui.nudge_faces import Press
from config.content import Content
from config.words import Voice


class DraftFace:
    """Reminders of drafts that were not sent yet."""

    done_key = "nudge-draft-sent"

    def words(self, card: Card, voice: Voice, content: Content, item: NudgeItem) -> None:
        """Which draft, and where it is."""
        card.title(voice("nudge-draft-title"))
        card.text(voice("nudge-draft-about", kind=_kind(voice, item), day=voice.day(item.occurred_on)))
        card.text(voice("nudge-draft-body"))

    def line(self, voice: Voice, content: Content, item: NudgeItem) -> str:
        """Kind and date."""
        return voice("nudge-draft-line", kind=_kind(voice, item), day=voice.day(item.occurred_on))

    def besides(
        self, voice: Voice, content: Content, items: Sequence[NudgeItem]
    ) -> Iterator[tuple[str, str]]:
        """Where drafts are."""
        yield voice("nudge-draft-title"), voice("nudge-draft-body")

    def buttons(self, voice: Voice, content: Content, items: Sequence[NudgeItem], target: str) -> list[Press]:
        """None: the ways to answer are enough."""
        return []

    def do_now(self, voice: Voice, items: Sequence[NudgeItem], target: str) -> Press | None:
        """None here."""
        return None


def _kind(voice: Voice, item: NudgeItem) -> str:
    """What the draft is, as a select of drafts names it."""
    key = f"draft-kind-{item.kind}"
    return voice(key) if voice.has(key) else voice("draft-kind-other")
