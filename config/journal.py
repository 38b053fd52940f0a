"""Reads `journal.toml` and `reframes.toml`: the kinds of journal entries, what they ask, and the reframes to pick from."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.domain.catalogue import ActionKind
from bot.domain.journal import Asks, Choice, EntryKind, JournalBook, Question
from bot.domain.timetable import Step
from config.documents import ContentError, Document, Key
from config.needs import DESCRIPTION, LABEL, Need, read_shape, twice, unknown
from config.schema import Form, Id

ShortId = Annotated[Id, Field(max_length=20)]
FIELDS = 5
"""A form of Discord's holds no more."""


class _ChoiceForm(Form):
    id: ShortId
    actions: list[Id] = Field(default=[])


class _QuestionForm(Form):
    id: ShortId
    asks: Asks = Asks.TEXT
    required: bool = False
    choices: list[_ChoiceForm] = Field(default=[], max_length=10)

    @model_validator(mode="after")
    def _has_what_it_asks_for(self) -> Self:
        if (self.asks is Asks.CHOICE) != (len(self.choices) >= 2):
            raise ValueError(
                'a question that asks for a "choice" has two to ten choices, and no other has any'
            )
        return self

    def built(self) -> Question:
        choices = tuple(Choice(one.id, tuple(one.actions)) for one in self.choices)
        return Question(self.id, self.asks, self.required, choices)


class _KindForm(Form):
    id: ShortId
    step: Step | None = None
    action: Id | None = None
    questions: list[_QuestionForm] = Field(min_length=1, max_length=FIELDS)

    def built(self) -> EntryKind:
        return EntryKind(self.id, tuple(one.built() for one in self.questions), self.step, self.action)


class _JournalFile(Form):
    kinds: list[_KindForm] = Field(min_length=1, max_length=25)


class _ReframeForm(Form):
    id: Id


class _ReframesFile(Form):
    reframes: list[_ReframeForm] = Field(min_length=1, max_length=25)


class JournalReader:
    """Reads both files once. What is wrong with them by themselves goes under `errors`."""

    def __init__(self, folder: Path, errors: list[ContentError]) -> None:
        self._journal = read_shape(folder / "journal.toml", _JournalFile, errors)
        self._reframes = read_shape(folder / "reframes.toml", _ReframesFile, errors)

    def built(self) -> JournalBook:
        """The frozen data. Only when nothing was wrong."""
        assert self._journal is not None
        assert self._reframes is not None
        kinds = tuple(kind.built() for kind in self._journal[0].kinds)
        return JournalBook(kinds, tuple(one.id for one in self._reframes[0].reframes))

    def disagreements(self, actions: Mapping[str, ActionKind]) -> Iterator[ContentError]:
        """Ids written twice, actions that do not exist, and actions that no analysis may suggest."""
        if self._journal is None or self._reframes is None:
            return
        (journal, document), (reframes, r_document) = self._journal, self._reframes
        yield from twice(r_document, ("reframes",), [one.id for one in reframes.reframes])
        yield from twice(document, ("kinds",), [kind.id for kind in journal.kinds])
        steps = [kind.step for kind in journal.kinds]
        for n, kind in enumerate(journal.kinds):
            if kind.step is not None and kind.step in steps[:n]:
                yield document.error(f"the step {kind.step!s} has a kind already", "kinds", n, "step")
            used = [kind.action] if kind.action else []
            yield from unknown(document, ("kinds", n, "action"), used, actions)
            yield from twice(document, ("kinds", n, "questions"), [one.id for one in kind.questions])
            for q, question in enumerate(kind.questions):
                yield from _wrong_choices(
                    document, ("kinds", n, "questions", q, "choices"), question, actions
                )

    def needs(self) -> Iterator[Need]:
        """Every sentence the files ask for."""
        if self._journal is None or self._reframes is None:
            return
        (journal, document), (reframes, r_document) = self._journal, self._reframes
        for n, kind in enumerate(journal.kinds):
            yield Need(f"entry-{kind.id}", LABEL, document, ("kinds", n, "id"))
            yield Need(f"entry-{kind.id}-about", DESCRIPTION, document, ("kinds", n, "id"))
            for q, question in enumerate(kind.questions):
                key, place = f"entry-{kind.id}-{question.id}", ("kinds", n, "questions", q, "id")
                yield Need(key, LABEL, document, place)
                yield Need(f"{key}-hint", DESCRIPTION, document, place)
                for choice in question.choices:
                    yield Need(f"{key}-{choice.id}", DESCRIPTION, document, place)
        for n, one in enumerate(reframes.reframes):
            for tail in ("story", "room"):
                yield Need(f"reframe-{one.id}-{tail}", DESCRIPTION, r_document, ("reframes", n, "id"))


def _wrong_choices(
    document: Document, place: tuple[Key, ...], question: _QuestionForm, actions: Mapping[str, ActionKind]
) -> Iterator[ContentError]:
    yield from twice(document, place, [one.id for one in question.choices])
    for c, choice in enumerate(question.choices):
        where = (*place, c, "actions")
        yield from unknown(document, where, choice.actions, actions)
        for action in choice.actions:
            if action in actions and actions[action].contacts_program:
                yield document.error(f"{action!r} writes to a program, which no analysis may suggest", *where)
