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
        return f"nudge-draft-{_asked(item)}-done"

    def words(self, card: Card, voice: Voice, content: Content, item: NudgeItem) -> None:
        """Which draft, and what it was to be remembered for."""
        card.title(voice(_key(item, "title", content)))
        card.text(
            voice(
                _key(item, "about", content),
                kind=_kind(voice, content, item),
                day=voice.day(item.occurred_on),
            )
        )
        card.text(voice(_body(content, item)))

    def line(self, voice: Voice, content: Content, item: NudgeItem) -> str:
        """Kind and date."""
        return voice(
            _key(item, "line", content), kind=_kind(voice, content, item), day=voice.day(item.occurred_on)
        )

    def besides(
        self, voice: Voice, content: Content, items: Sequence[NudgeItem]
    ) -> Iterator[tuple[str, str]]:
        """What each sort of reminder is for."""
        for item in {_body(content, item): item for item in items}.values():
            yield voice(_key(item, "title", content)), voice(_body(content, item))

    def ways(self, voice: Voice, content: Content, items: Sequence[NudgeItem], ask: Asking) -> Ways:
        """The way to the draft, or to all of them; it opens for its owner alone, and is sent from somewhere else."""
        if len(items) == 1:
            view = press("draft-view", items[0].subject_id, label=voice("nudge-draft-open"))
            if _what(items[0], content) == Reminder.AGAIN:
                return Ways(press("draft-new", label=voice("draft-new-button")), view)
            return Ways(view)
        return Ways(press("draft-list", 0, label=voice("draft-list-button")))


def _asked(item: NudgeItem) -> str:
    return item.step if item.step in (Reminder.ANSWER, Reminder.AGAIN) else "send"


def _what(item: NudgeItem, content: Content) -> str:
    """What it is a reminder of.

    No message about a program suggests to write to it again, nor one of which nobody knows whom it went to, nor one
    that said it was the last: these ask for an answer alone.
    """
    asked, kind = _asked(item), content.draft(item.kind)
    fits = kind is not None and not kind.last and not contacts_program(content, kind.action)
    return Reminder.ANSWER if asked == Reminder.AGAIN and not fits else asked


def _key(item: NudgeItem, tail: str, content: Content) -> str:
    return f"nudge-draft-{_what(item, content)}-{tail}"


def _body(content: Content, item: NudgeItem) -> str:
    kind, key = content.draft(item.kind), _key(item, "body", content)
    if _what(item, content) != Reminder.ANSWER:
        return key
    if kind is None or contacts_program(content, kind.action):
        return f"{key}-program"
    return f"{key}-last" if kind.last else key


def _kind(voice: Voice, content: Content, item: NudgeItem) -> str:
    """What the draft is called; plainly when the host has taken its kind out of the file."""
    return voice("draft-gone" if content.draft(item.kind) is None else f"draft-{item.kind}")
