"""Which of the offered sentences answers a story that somebody wrote in their own words."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.journal import EntryKind
from bot.domain.text import folded

_TELLING = 4
"""Letters from which on a word tells something; as many of its first ones are compared, so that `grads` are graduates."""
_CLAUSE_ENDS = str.maketrans(dict.fromkeys(".,;:!?…–—\n\r", "\n"))
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ"))


@dataclass(frozen=True, slots=True)
class _Clause:
    """How the telling words of a clause begin, and how often it says no."""

    begins: frozenset[str]
    noes: int


def fitting(kind: EntryKind, answers: Mapping[str, str], stories: Mapping[str, str], noes: str) -> str | None:
    """The reframe whose story was written where no sentence was picked; None when no story is near it.

    `stories` are those of the reframes in the member's language, by their ids, and `noes` its words that say no: a clause
    tells a story when it says no as often as the story does, so "I am smart enough" is not "I am not smart enough", and
    a story that somebody no longer believes is not theirs. A sentence of one's own is enough.
    """
    if kind.reframe_left(answers) is None or answers.get("own"):
        return None
    denying = frozenset(_words(noes))
    told = [clause for answer in answers.values() for clause in _clauses(answer, denying)]
    near = {one: _nearness(_clause(story, denying), told) for one, story in stories.items()}
    best = max(near, key=lambda one: near[one], default=None)
    return best if best is not None and near[best] else None


def _clauses(text: str, denying: frozenset[str]) -> list[_Clause]:
    return [_clause(part, denying) for part in text.translate(_CLAUSE_ENDS).splitlines()]


def _clause(text: str, denying: frozenset[str]) -> _Clause:
    words = _words(text)
    begins = frozenset(word[:_TELLING] for word in words if len(word) >= _TELLING)
    return _Clause(begins, sum(word in denying for word in words))


def _words(text: str) -> list[str]:
    plain = folded(text).translate(_APOSTROPHES)
    return "".join(sign if sign.isalnum() else " " for sign in plain).split()


def _nearness(story: _Clause, told: list[_Clause]) -> float:
    """How much of a story a clause tells: two of its words or more, and two in three of them; else nothing."""
    both = max((len(story.begins & one.begins) for one in told if one.noes == story.noes), default=0)
    return both / len(story.begins) if both > 1 and 3 * both >= 2 * len(story.begins) else 0.0
