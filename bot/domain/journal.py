"""The journal: what an entry is, what its form asks, how it is found again, and which actions its answers suggest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.text import folded, free_text
from bot.domain.timetable import Step
from bot.errors import NotYours, SentenceId, UserError

ANSWER_MAX = 1200
SNIPPET_WORDS = 16
_BEFORE = 5


class Asks(StrEnum):
    """What a question asks for: a paragraph, one line, one of its choices, or one of the reframes."""

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    REFRAME = "reframe"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be picked, and the actions it suggests."""

    id: str
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One field of an entry's form."""

    id: str
    asks: Asks = Asks.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()

    def chosen(self, answers: Mapping[str, str]) -> Choice | None:
        """The choice that was picked; None for no answer, and for one that the file no longer has."""
        return next((one for one in self.choices if one.id == answers.get(self.id)), None)


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry: at most five questions, the check-in it belongs to, and what writing it counts as."""

    id: str
    questions: tuple[Question, ...]
    step: Step | None = None
    action: str | None = None

    def checked(self, given: Mapping[str, str | None]) -> dict[str, str]:
        """The answers as they are kept, in the order of the form. Raises UserError for text that cannot be kept."""
        answers: dict[str, str] = {}
        for question in self.questions:
            text = free_text(given.get(question.id), ANSWER_MAX)
            if text is None:
                continue
            if question.asks is Asks.CHOICE and question.chosen({question.id: text}) is None:
                raise NotYours
            answers[question.id] = text
        missing = [one for one in self.questions if one.required and one.id not in answers]
        if missing:
            raise UserError("journal-needs", field=self._label(missing[0]))
        if not answers:
            raise UserError("journal-empty", field=self._label(self.questions[0]))
        return answers

    def _label(self, question: Question) -> SentenceId:
        return SentenceId(f"entry-{self.id}-{question.id}")

    def changed(self, old: Mapping[str, str], given: Mapping[str, str | None]) -> dict[str, str]:
        """The answers after a change. What this form cannot show stays: an answer to a question that it no longer
        asks, and a choice that it no longer has, until another is picked. Raises as `checked` does.
        """
        shown = {
            one.id for one in self.questions if one.asks is not Asks.CHOICE or one.chosen(old) is not None
        }
        answers = self.checked(given)
        return answers | {
            question: text for question, text in old.items() if question not in shown | set(answers)
        }

    def reframe_left(self, answers: Mapping[str, str]) -> Question | None:
        """The question for a reframe, where none was picked; None where the kind asks for none."""
        return next(
            (one for one in self.questions if one.asks is Asks.REFRAME and one.id not in answers), None
        )

    @property
    def suggesting(self) -> Question | None:
        """The question whose choices suggest actions, if it has one."""
        return next((one for one in self.questions if any(choice.actions for choice in one.choices)), None)

    def suggests(self, answers: Mapping[str, str]) -> tuple[str, ...]:
        """The actions that the picked answers suggest, each once: the rule is the file's own list and nothing else."""
        picked = (question.chosen(answers) for question in self.questions)
        return tuple(dict.fromkeys(action for one in picked if one is not None for action in one.actions))


@dataclass(frozen=True, slots=True)
class JournalBook:
    """What the host's files say: the kinds of entries in their order, and the reframes that can be picked."""

    kinds: tuple[EntryKind, ...]
    reframes: tuple[str, ...]

    def kind(self, kind_id: str) -> EntryKind | None:
        """The kind, or None when it is not, or no longer, in the file."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)

    def of_step(self, step: str) -> EntryKind | None:
        """The kind that a check-in opens, if any."""
        return next((kind for kind in self.kinds if kind.step is not None and kind.step == step), None)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One saved entry. `written_on` is the member's local date; `answers` are private, by question."""

    id: int
    user_id: int
    kind: str
    rejection_id: int | None
    written_on: date
    written_at: datetime
    edited_at: datetime | None
    answers: Mapping[str, str]

    def edited(self, answers: Mapping[str, str], now: datetime) -> "JournalEntry":
        """The entry with other answers."""
        return replace(self, answers=answers, edited_at=now)


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What a list is narrowed to; None means everything. `month` is as 2026-11."""

    kind: str | None = None
    month: str | None = None
    rejection_id: int | None = None

    def fits(self, entry: JournalEntry) -> bool:
        """Whether an entry is of this kind, this month and about this rejection."""
        return (
            self.kind in (None, entry.kind)
            and self.month in (None, month_of(entry))
            and self.rejection_id in (None, entry.rejection_id)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that holds every word that was searched for, and the words around the first."""

    entry: JournalEntry
    snippet: str


def month_of(entry: JournalEntry) -> str:
    """As 2026-11."""
    return f"{entry.written_on:%Y-%m}"


def months(entries: Iterable[JournalEntry]) -> list[str]:
    """The months that have an entry, the latest first."""
    return sorted({month_of(entry) for entry in entries}, reverse=True)


def first_words(text: str) -> str:
    """How a text begins, for a line in a list."""
    words = text.split()
    return " ".join(words[:SNIPPET_WORDS]) + (" …" if len(words) > SNIPPET_WORDS else "")


def holds(entry: JournalEntry, words: Iterable[str]) -> bool:
    """Whether the answers hold every word, in any order, whatever the case, width or accents' spelling of the text.

    The words are folded already; no word at all is held by everything.
    """
    everything = folded("\n".join(entry.answers.values()))
    return all(word in everything for word in words)


def found_in(entry: JournalEntry, words: Sequence[str]) -> Found:
    """An entry that holds the words, with those around the first place."""
    return Found(entry, _snippet(list(entry.answers.values()), words))


def _snippet(answers: Sequence[str], sought: Sequence[str]) -> str:
    """Some words around the first place of any of the words; the beginning when a word runs over a space."""
    for answer in answers:
        words = answer.split()
        for at, word in enumerate(words):
            if any(one in folded(word) for one in sought):
                start = max(0, at - _BEFORE)
                end = start + SNIPPET_WORDS
                before, after = "… " if start else "", " …" if end < len(words) else ""
                return before + " ".join(words[start:end]) + after
    return first_words(answers[0]) if answers else ""
