"""What a check-in of a recovery protocol says and offers: the step's lens, words and buttons."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.merging import NudgeItem
from bot.domain.timetable import Step
from bot.ui.cards import Card, press
from bot.ui.nudge_faces import Asking, Press, Ways
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
_LEADS = {Step.DAY1: ("nudge-do", "nudge-lead-feeling"), Step.DAYS2: ("talk", "talk-button")}
"""What stands first on a step whose own first button opens nothing."""


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

    def ways(self, voice: Voice, content: Content, items: Sequence[NudgeItem], ask: Asking) -> Ways:
        """The latest step's own opening stands first; the other buttons of the steps wait, each once."""
        steps = _steps(items)
        own = {
            b.id: b
            for step in reversed(steps)
            for b in content.protocol.step(step).buttons_for(
                content.kind(item.kind).id for item in items if item.step == step
            )
        }
        buttons = [_step_button(voice, button, ask.target, items) for button in own.values()]
        first = next(iter(own.values()), None)
        if first is not None and first.opens is not None:
            return Ways(buttons[0], rest=buttons[1:])
        if steps[-1] not in _LEADS:
            return Ways(rest=buttons)
        verb, key = _LEADS[steps[-1]]
        about = ask.target if verb == "nudge-do" else str(items[0].subject_id) if len(items) == 1 else ""
        return Ways(press(verb, about, label=voice(key)), rest=buttons)


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
