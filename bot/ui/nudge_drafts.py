"""What a reminder of a draft says and offers. Nothing of the draft but its kind and date: a lock screen may show it."""

from collections.abc import Iterator, Sequence

from bot.domain.drafts import Reminder
from bot.domain.merging import NudgeItem
from bot.services.contacts import contacts_program
from bot.ui.cards import Card, press
from bot.ui.nudge_faces import Asking, Ways
from config.content import Content
from config.words import Voice


class DraftFace:
    """Reminders to send a draft, and of what follows one that was sent: to look for the answer, or to write again."""

    def done_key(self, item: NudgeItem) -> str:
        """I sent it, I looked, or it is done."""
        return _key(item, "done")

    def words(self, card: Card, voice: Voice, content: Content, item: NudgeItem) -> None:
        """Which draft, and what it was to be remembered for."""
        card.title(voice(_key(item, "title")))
        card.text(
            voice(_key(item, "about"), kind=_kind(voice, content, item), day=voice.day(item.occurred_on))
        )
        card.text(voice(_body(content, item)))

    def line(self, voice: Voice, content: Content, item: NudgeItem) -> str:
        """Kind and date."""
        return voice(_key(item, "line"), kind=_kind(voice, content, item), day=voice.day(item.occurred_on))

    def besides(
        self, voice: Voice, content: Content, items: Sequence[NudgeItem]
    ) -> Iterator[tuple[str, str]]:
        """What each sort of reminder is for."""
        for item in {_body(content, item): item for item in items}.values():
            yield voice(_key(item, "title")), voice(_body(content, item))

    def ways(self, voice: Voice, content: Content, items: Sequence[NudgeItem], ask: Asking) -> Ways:
        """The way to the draft, or to all of them; it opens for its owner alone, and is sent from somewhere else."""
        if len(items) == 1:
            view = press("draft-view", items[0].subject_id, label=voice("nudge-draft-open"))
            if items[0].step == Reminder.AGAIN:
                return Ways(press("draft-new", label=voice("draft-new-button")), view)
            return Ways(view)
        return Ways(press("draft-list", 0, label=voice("draft-list-button")))


def _key(item: NudgeItem, tail: str) -> str:
    what = item.step if item.step in (Reminder.ANSWER, Reminder.AGAIN) else "send"
    return f"nudge-draft-{what}-{tail}"


def _body(content: Content, item: NudgeItem) -> str:
    """No message about a program suggests to write to it again, nor one of which nobody knows whom it went to."""
    kind = content.draft(item.kind)
    if item.step not in (Reminder.ANSWER, Reminder.AGAIN):
        return _key(item, "body")
    if kind is None or contacts_program(content, kind.action):
        return "nudge-draft-answer-body-program"
    return "nudge-draft-answer-body-last" if kind.last else _key(item, "body")


def _kind(voice: Voice, content: Content, item: NudgeItem) -> str:
    """What the draft is called; plainly when the host has taken its kind out of the file."""
    return voice("draft-gone" if content.draft(item.kind) is None else f"draft-{item.kind}")
