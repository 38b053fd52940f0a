"""What a text speaks of, by lists of phrases that a host can change. Plain words in, names of themes out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.phrases import EDGE, NUMBER, OTHER, Machine, Meanings

QUOTE_MAX = 120
BEFORE = 2
"""How many words before a phrase of praise may take the praise back: “the lack of”."""
_APOSTROPHES = "'’‘ʼ`´′"
_INITIALS = (("u.s.a.", "us "), ("u.s.", "us "), ("u.s ", "us "))
_ENDS = '.!?;:()[]"“”–—\n\r'
"""Where a clause ends."""
_SIGNS = str.maketrans(
    {chr(code): " " for code in range(128) if not chr(code).isalnum()}
    | dict.fromkeys(_ENDS, EDGE)
    | dict.fromkeys(_APOSTROPHES)
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Theme:
    """What feedback can speak of: phrases that say it, ordinary ones that sound alike, praise of it, and what it offers.

    A rejection of one of `kinds` speaks of it without a word.
    """

    id: str
    say: tuple[str, ...]
    ordinary: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    praised: tuple[str, ...] = ()


class Themes:
    """All themes, ready to be looked for. Made once, at start; safe to share. Raises `phrases.PhraseError`.

    One walk finds the phrases of all themes together. A phrase of praise is none where one of `unless` stands in it or
    before it, or one of `behind` right behind it: “a good answer that was too long”.
    """

    def __init__(
        self,
        themes: Iterable[Theme],
        groups: Mapping[str, str],
        meanings: Meanings,
        unless: Iterable[str] = (),
        behind: Iterable[str] = (),
    ) -> None:
        self.all = tuple(themes)
        said = [(phrase, theme.id) for theme in self.all for phrase in theme.say]
        self._owner = [theme for _, theme in said]
        self._say = Machine([phrase for phrase, _ in said], groups, meanings)
        self._ordinary = {
            theme.id: Machine(theme.ordinary, groups, meanings) for theme in self.all if theme.ordinary
        }
        self._praised = {
            theme.id: Machine(theme.praised, groups, meanings) for theme in self.all if theme.praised
        }
        self._unless, self._behind = Machine(unless, groups, meanings), Machine(behind, groups, meanings)
        read = (*self._ordinary.values(), *self._praised.values(), self._unless, self._behind)
        words = self._say.words.union(*(machine.words for machine in read))
        self._known: dict[str, tuple[str, ...]] = {word: (word,) for word in words} | dict(meanings)
        begins = self._say.begins
        self._first = frozenset(sign for sign, meant in self._known.items() if not begins.isdisjoint(meant))
        self._by_number = NUMBER in begins
        self._anywhere = bool(begins - words - {NUMBER})

    def named_in(self, text: str) -> frozenset[str]:
        """The themes that a text speaks of. No phrase runs over the end of a clause, so each is looked at by itself."""
        named: set[str] = set()
        for words in self._clauses(text):
            spoken = self._spoken(words) - named
            named.update(theme for theme in spoken if self._meant(theme, words))
        return frozenset(named)

    def of_kind(self, kind: str) -> frozenset[str]:
        """The themes that a rejection of this kind speaks of by itself."""
        return frozenset(theme.id for theme in self.all if kind in theme.kinds)

    def quote(self, text: str, theme: str) -> str | None:
        """The first sentence of a text that speaks of the theme, as it was written; None when none does."""
        for sentence in _sentences(text):
            if theme in self.named_in(sentence):
                return sentence if len(sentence) <= QUOTE_MAX else sentence[: QUOTE_MAX - 1].rstrip() + "…"
        return None

    def _spoken(self, words: list[str]) -> set[str]:
        return {self._owner[number] for number in self._say.numbers(words)}

    def _meant(self, theme: str, words: list[str]) -> bool:
        """Whether the theme is still spoken of once what sounds alike and is ordinary is left out."""
        ordinary = self._ordinary.get(theme)
        spans = [] if ordinary is None else list(ordinary.spans(words))
        spans += self._praise(theme, words)
        if not spans:
            return True
        left = list(words)
        for begin, end in spans:
            left[begin:end] = [word if word == EDGE else OTHER for word in words[begin:end]]
        return theme in self._spoken(left)

    def _praise(self, theme: str, words: list[str]) -> Iterator[tuple[int, int]]:
        """Where the theme is praised, and nothing in it, before it or right behind it takes the praise back."""
        praised = self._praised.get(theme)
        for begin, end in () if praised is None else praised.spans(words):
            inside = self._unless.numbers(words[max(0, begin - BEFORE) : end])
            if not inside and not self._behind.stands_first(words[end:]):
                yield begin, end

    def _may_begin(self, signs: list[str]) -> bool:
        """Whether any phrase begins with one of these: most clauses are about something else, and are let go by."""
        if self._anywhere or not self._first.isdisjoint(signs):
            return True
        return self._by_number and any(map(str.isdecimal, signs))

    def _clauses(self, text: str) -> Iterator[list[str]]:
        """The words of each clause between its edges, where a phrase may begin in it; a word that no phrase mentions is
        the same as any other.
        """
        known = self._known
        for clause in _plain(text).split(EDGE):
            signs = clause.split()
            if not self._may_begin(signs):
                continue
            words = [EDGE]
            for sign in signs:
                if sign in known:
                    words += known[sign]
                else:
                    words.append(NUMBER if sign.isdecimal() else OTHER)
            words.append(EDGE)
            yield words


def _plain(text: str) -> str:
    """Words in lower case without accents and apostrophes, spaces between them, an edge where a clause ends, and `u.s.`
    as one word.
    """
    if not text.isascii():
        text = "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch))
    plain = text.casefold()
    for dotted, word in _INITIALS if "u.s" in plain else ():
        plain = plain.replace(dotted, word)
    plain = plain.translate(_SIGNS)
    return plain if plain.isascii() else _FOREIGN.sub(" ", plain)


def _sentences(text: str) -> Iterator[str]:
    for part in re.split(r"(?<=[.!?;])\s+|[\n\r]+", text):
        if part.strip():
            yield part.strip()
