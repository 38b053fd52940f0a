"""What a check-in of a recovery protocol says and offers: the step's lens, words and buttons."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.merging import NudgeItem
from bot.domain.timetable import Step
from bot.ui.cards import PREFIX, Card, press
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
        """What the earliest step opens stands first, as its words do; the other buttons wait, each once."""
        steps = _steps(items)
        own: dict[str, tuple[StepButton, Step]] = {}
        for step in steps:
            kinds = (content.kind(item.kind).id for item in items if item.step == step)
            for button in content.protocol.step(step).buttons_for(kinds):
                own.setdefault(button.id, (button, step))
        several = len(steps) > 1
        buttons = [
            _step_button(voice, button, step if several else None, ask, items)
            for button, step in own.values()
        ]
        beside = _writing(buttons[1:]) if ask.alone else None
        buttons = [button for button in buttons if button is not beside]
        first = next(iter(own.values()), None)
        if first is not None and first[0].opens is not None:
            return Ways(buttons[0], beside, buttons[1:])
        if steps[0] not in _LEADS:
            return Ways(beside=beside, rest=buttons)
        verb, key = _LEADS[steps[0]]
        about = ask.target if verb == "nudge-do" else str(items[0].subject_id) if len(items) == 1 else ""
        return Ways(press(verb, about, label=voice(key)), beside, buttons)


def _steps(items: Iterable[NudgeItem]) -> list[Step]:
    """The steps of a message, each once, in their order."""
    there = {Step(item.step) for item in items}
    return [step for step in Step if step in there]


def _writing(buttons: Iterable[Press]) -> Press | None:
    """The step's own form in the journal: where it does not stand first it is a button all the same."""
    journal = f"{PREFIX}:{_OPENS[Opens.JOURNAL]}:"
    return next((button for button in buttons if (button.custom_id or "").startswith(journal)), None)


def _step_button(
    voice: Voice, button: StepButton, step: Step | None, ask: Asking, items: Sequence[NudgeItem]
) -> Press:
    """`step`: the one that the button is of, where the message has several."""
    if button.opens is None:
        verb, about = "nudge-act", f"{button.id}.{ask.target}"
    else:
        verb, about = _OPENS[button.opens], ""
    if button.opens is Opens.DRAFTS and len(items) == 1:
        about = str(items[0].subject_id)
    elif button.opens is Opens.ANALYSIS or (button.opens is Opens.JOURNAL and step is None):
        about = ask.target
    elif button.opens is Opens.JOURNAL:
        about = f"{step}.{ask.target}"
    return press(verb, about, label=voice(button.label_key))
