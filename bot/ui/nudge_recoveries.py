"""What a check-in of a recovery protocol says and offers: the step's lens, words and buttons."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.merging import NudgeItem
from bot.domain.timetable import Step
from bot.ui.cards import Card, press
from bot.ui.nudge_faces import Press
from config.content import Content, Opens, StepButton
from config.words import Voice

_OPENS = {
    Opens.SUPPORT: "support",
    Opens.IDEAS: "ideas",
    Opens.TODAY: "recovery-today",
    Opens.DRAFTS: "draft-new",
    Opens.PATTERNS: "patterns",
    Opens.JOURNAL: "journal-step",
    Opens.ANALYSIS: "journal-next",
}
_ABOUT = frozenset({Opens.JOURNAL, Opens.ANALYSIS})
"""What opens about the very things that the message asks about."""
_DO_NOW = {
    Step.DAYS2: "talk",
    Step.WEEK1: "journal-step",
    Step.WEEK2: "ideas",
    Step.MONTH1: "journal-step",
}
"""Steps whose "do it now" opens what is there already; the others open a form of their own."""


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


class RecoveryFace:
    """Check-ins about rejections."""

    def done_key(self, item: NudgeItem) -> str:
        """Done."""
        return "nudge-done"

    def words(self, card: Card, voice: Voice, content: Content, item: NudgeItem) -> None:
        """One step about one entry."""
        step_words(card, voice, content, item)

    def line(self, voice: Voice, content: Content, item: NudgeItem) -> str:
        """Step, kind and date."""
        step, about = voice(f"step-{item.step}-short"), voice(f"kind-{content.kind(item.kind).id}")
        return voice("protocol-merged-line", step=step, kind=about, day=voice.day(item.occurred_on))

    def besides(
        self, voice: Voice, content: Content, items: Sequence[NudgeItem]
    ) -> Iterator[tuple[str, str]]:
        """Each step's words, once."""
        for step in _steps(items):
            lens = content.protocol.step(step).lens
            body = voice(f"step-{step}-body")
            if lens is not None:
                body = f"-# {voice(f'lens-{lens}')}\n{body}"
            yield voice(f"step-{step}-title"), body

    def buttons(self, voice: Voice, content: Content, items: Sequence[NudgeItem], target: str) -> list[Press]:
        """The steps' own buttons, each once; those of the latest step come first."""
        steps = reversed(_steps(items))
        found = {b.id: b for step in steps for b in content.protocol.step(step).buttons}
        return [_step_button(voice, button, target, items) for button in found.values()]

    def do_now(self, voice: Voice, items: Sequence[NudgeItem], target: str) -> Press:
        """The step's own form, or what is there already."""
        label, steps = voice("nudge-do"), _steps(items)
        if len(steps) > 1:
            return press("recovery-today", label=label)
        verb = _DO_NOW.get(steps[0])
        if verb is None:
            return press("nudge-do", target, label=label)
        about = str(items[0].subject_id) if len(items) == 1 and verb == "talk" else ""
        return press(verb, target if verb == _OPENS[Opens.JOURNAL] else about, label=label)


def _steps(items: Iterable[NudgeItem]) -> list[Step]:
    """The steps of a message, each once, in their order."""
    there = {Step(item.step) for item in items}
    return [step for step in Step if step in there]


def _step_button(voice: Voice, button: StepButton, target: str, items: Sequence[NudgeItem]) -> Press:
    label = voice(button.label_key)
    if button.opens is not None:
        if button.opens is Opens.DRAFTS:
            return press(_OPENS[button.opens], items[0].subject_id if len(items) == 1 else "", label=label)
        return press(_OPENS[button.opens], target if button.opens in _ABOUT else "", label=label)
    return press("nudge-act", f"{button.id}.{target}", label=label)
