"""What a member's own words may ask for, and how old the facts on the support card are. Nothing here stores or tells.

Recognising risk words only ever adds a card to a private answer: it is no diagnosis and it holds nothing back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.phrases import EDGE, OTHER, Machine
from bot.domain.readings import Vocabulary, readings

WARN_AFTER_DAYS = 90
"""Past this age of a fact the content check says so."""
BLOCK_AFTER_DAYS = 120
"""Past this age of a fact nothing is released: helplines close and change."""
MOST_LINES = 4
"""A long list overwhelms; no card shows more lines than this."""


class Region(StrEnum):
    """Whom a line serves, and which card is asked for. `ANY` is the card before somebody chose."""

    ANY = "any"
    US = "us"
    WORLD = "world"


@dataclass(frozen=True, slots=True)
class SupportLine:
    """One line of the support card. `verified_on` is when it was compared with `source`, and `how` says in what way."""

    id: str
    regions: frozenset[Region]
    shown: bool
    name: str
    contact: str
    url: str | None
    hours: str
    note_key: str
    source: str
    verified_on: date
    how: str


class Age(StrEnum):
    """How old facts stand against the limits above."""

    FRESH = "fresh"
    WARN = "warn"
    BLOCK = "block"


def lines_for(lines: Iterable[SupportLine], region: Region) -> tuple[SupportLine, ...]:
    """The lines of one card, in the order of the file, never more than `MOST_LINES`."""
    return tuple(line for line in lines if line.shown and region in line.regions)[:MOST_LINES]


def oldest(facts: Sequence[SupportLine]) -> SupportLine:
    """The fact that was verified longest ago. Raises ValueError when there are none."""
    return min(facts, key=lambda line: line.verified_on)


def facts_age_days(facts: Sequence[SupportLine], today: date) -> int:
    """Days since the oldest fact was verified; `today` is the host's local day, one day more or less is nothing."""
    return (today - oldest(facts).verified_on).days


def age_of(facts: Sequence[SupportLine], today: date) -> Age:
    """Whether the facts are fresh, need a look, or must hold back a release."""
    days = facts_age_days(facts, today)
    if days > BLOCK_AFTER_DAYS:
        return Age.BLOCK
    return Age.WARN if days > WARN_AFTER_DAYS else Age.FRESH


class RiskWords:
    """What one language's file calls explicit, and what it calls ordinary. Made once, at start; safe to share."""

    def __init__(
        self,
        phrases: Iterable[str],
        ordinary: Iterable[str],
        groups: Mapping[str, str] | None = None,
        meanings: Mapping[str, tuple[str, ...]] | None = None,
        language: str = "en",
    ) -> None:
        """`meanings` maps another spelling to the words it stands for. Raises `phrases.PhraseError`."""
        meanings = meanings or {}
        self.language = language
        self._phrases = Machine(phrases, groups or {}, meanings)
        self._ordinary = Machine(ordinary, groups or {}, meanings)
        self._vocabulary = Vocabulary(self._phrases.words, self._ordinary.words, meanings)

    def found_in(self, text: str) -> bool:
        """Whether any way to read the text holds one of the phrases outside an ordinary expression."""
        return any(self._spoken(words) for words in readings(text, self._vocabulary))

    def _spoken(self, words: list[str]) -> bool:
        if next(self._phrases.spans(words), None) is None:  # nearly always
            return False
        left = list(words)
        for begin, end in self._ordinary.spans(words):
            left[begin:end] = [word if word == EDGE else OTHER for word in words[begin:end]]
        return next(self._phrases.spans(left), None) is not None


def speaks_of_self_harm(text: str, words: RiskWords) -> bool:
    """Whether a member's own text speaks plainly of dying or of hurting themselves.

    Takes time in proportion to the length of the text, whatever it holds. Errs towards showing the card.
    """
    return words.found_in(text)
