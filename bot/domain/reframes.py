"""Which of the offered sentences answers a story that somebody wrote in their own words."""

from collections.abc import Mapping

from bot.domain.journal import EntryKind
from bot.domain.text import folded

_TELLING = 4
"""Letters from which on a word tells something; as many of its first ones are compared, so that `grads` are graduates."""


def fitting(kind: EntryKind, answers: Mapping[str, str], stories: Mapping[str, str]) -> str | None:
    """The reframe whose story was written where no sentence was picked; None when no story is near it.

    `stories` are those of the reframes in the member's language, by their ids. A sentence of one's own is enough.
    """
    if kind.reframe_left(answers) is None or answers.get("own"):
        return None
    told = _beginnings(" ".join(answers.values()))
    near = {one: _nearness(_beginnings(story), told) for one, story in stories.items()}
    best = max(near, key=lambda one: near[one], default=None)
    return best if best is not None and near[best] else None


def _beginnings(text: str) -> set[str]:
    """How the telling words of a text begin."""
    words = "".join(sign if sign.isalnum() else " " for sign in folded(text).replace("’", "'")).split()
    return {word[:_TELLING] for word in words if len(word) >= _TELLING}


def _nearness(story: set[str], told: set[str]) -> float:
    """How much of a story was told: two of its words or more, and two in three of them; else nothing."""
    both = len(story & told)
    return both / len(story) if both > 1 and 3 * both >= 2 * len(story) else 0.0
