"""Loads `config/content/challenges.toml`: the steps of the ten days, proved to agree with the actions and the words."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from bot.domain.challenges import DAYS, SMALL_STEP, ChallengeStep, Group
from config.content import Content
from config.documents import ContentError, Document
from config.needs import BUTTON, LABEL, Need, read_shape, twice, unknown, wordless
from config.schema import Form, Id
from config.words import Words

CHALLENGES = "challenges.toml"
HOW = 300
A_GROUP = 25
"""Options of one select."""


class StepForm(Form):
    """One `[[steps]]`."""

    id: Id
    group: Group
    action: Id
    after: Id | None = None

    def built(self) -> ChallengeStep:
        """The frozen data."""
        return ChallengeStep(self.id, self.group, self.action, self.after)


class ChallengesFile(Form):
    """`challenges.toml`; ten are needed for ten days."""

    steps: list[StepForm] = Field(min_length=DAYS)


def load_challenges(folder: Path, content: Content, words: Words) -> tuple[ChallengeStep, ...]:
    """Read the steps and prove that they agree with the rest. Raises the first ContentError."""
    errors: list[ContentError] = []
    read = read_shape(folder / CHALLENGES, ChallengesFile, errors)
    if read is not None:
        errors += [*_disagreements(*read, content), *wordless(_needs(*read), words)]
    if read is None or errors:
        raise errors[0]
    return tuple(step.built() for step in read[0].steps)


def check_challenges(folder: Path, content: Content, words: Words) -> list[ContentError]:
    """Everything wrong with the file, in the order of its lines."""
    errors: list[ContentError] = []
    read = read_shape(folder / CHALLENGES, ChallengesFile, errors)
    if read is not None:
        errors += [*_disagreements(*read, content), *wordless(_needs(*read), words)]
    return sorted(errors, key=lambda error: (error.path.as_posix(), error.line))


def _disagreements(file: ChallengesFile, document: Document, content: Content) -> Iterator[ContentError]:
    """Ids written twice, actions that do not exist or contact a program, and groups that no select holds."""
    yield from twice(document, ("steps",), [step.id for step in file.steps])
    actions = {action.id: action for action in content.actions}
    if SMALL_STEP not in actions:
        yield document.error(
            f"there must be an action {SMALL_STEP!r}: steps taken out of this file count as it"
        )
    for n, step in enumerate(file.steps):
        place = ("steps", n, "action")
        yield from unknown(document, place, [step.action], actions)
        if step.action in actions and actions[step.action].contacts_program:
            yield document.error(f"{step.action!r} contacts a program, which no step may", *place)
        if step.after is not None and step.after not in {one.id for one in file.steps[:n]}:
            yield document.error(f"no step {step.after!r} stands above this one", "steps", n, "after")
    for group in Group:
        there = [n for n, step in enumerate(file.steps) if step.group is group]
        if len(there) > A_GROUP:
            reason = f"{group.value!r} has {len(there)} steps, at most {A_GROUP} fit"
            yield document.error(reason, "steps", there[A_GROUP], "group")


def _needs(file: ChallengesFile, document: Document) -> Iterator[Need]:
    """Every sentence the file asks for."""
    for n, step in enumerate(file.steps):
        yield Need(f"challenge-step-{step.id}", BUTTON, document, ("steps", n, "id"))
        yield Need(f"challenge-step-{step.id}-how", HOW, document, ("steps", n, "id"))
    for group in Group:
        yield Need(f"challenge-group-{group}", LABEL, document, ())
