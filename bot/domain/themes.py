"""What a text speaks of, by lists of phrases that a host can change. Plain words in, names of themes out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.phrases import EDGE, NUMBER, OTHER, Machine, Meanings

QUOTE_MAX = 120
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´′"))
_INITIALS = (("u.s.a.", "us "), ("u.s.", "us "), ("u.s ", "us "))
_SIGN = re.compile(r"[a-z0-9]+|[.!?;:()\[\]\"“”–—\n\r]+")
"""A word, or where a clause ends."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What feedback can speak of: phrases that say it, ordinary ones that sound alike, and what it offers.

    A rejection of one of `kinds` speaks of it without a word.
    """

    id: str
    say: tuple[str, ...]
    ordinary: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()


class Themes:
    """All themes, ready to be looked for. Made once, at start; safe to share. Raises `phrases.PhraseError`.

    One walk finds the phrases of all themes together.
    """

    def __init__(self, themes: Iterable[Theme], groups: Mapping[str, str], meanings: Meanings) -> None:
        self.all = tuple(themes)
        said = [(phrase, theme.id) for theme in self.all for phrase in theme.say]
        self._owner = [theme for _, theme in said]
        self._say = Machine([phrase for phrase, _ in said], groups, meanings)
        self._ordinary = {
            theme.id: Machine(theme.ordinary, groups, meanings) for theme in self.all if theme.ordinary
        }
        alike = [(phrase, theme.id) for theme in self.all for phrase in theme.ordinary]
        self._alike = [theme for _, theme in alike]
        self._any_ordinary = Machine([phrase for phrase, _ in alike], groups, meanings)
        words = self._say.words.union(*(machine.words for machine in self._ordinary.values()))
        self._known: dict[str, tuple[str, ...]] = {word: (word,) for word in words} | dict(meanings)

    def named_in(self, text: str) -> frozenset[str]:
        """The themes that a text speaks of."""
        words = self._read(text)
        spoken = self._spoken(words)
        if not spoken:
            return frozenset()
        doubtful = {self._alike[number] for number in self._any_ordinary.numbers(words)}
        return frozenset(theme for theme in spoken if theme not in doubtful or self._meant(theme, words))

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
        left = list(words)
        for begin, end in self._ordinary[theme].spans(words):
            left[begin:end] = [word if word == EDGE else OTHER for word in words[begin:end]]
        return theme in self._spoken(left)

    def _read(self, text: str) -> list[str]:
        """The words, with an edge wherever a clause ends; a word that no phrase mentions is the same as any other."""
        words = [EDGE]
        known = self._known
        for sign in _SIGN.findall(_plain(text)):
            if sign in known:
                words.extend(known[sign])
            elif sign.isdecimal():
                words.append(NUMBER)
            else:
                words.append(OTHER if sign.isalnum() else EDGE)
        words.append(EDGE)
        return words


def _plain(text: str) -> str:
    """Lower case without accents and apostrophes, and `u.s.` as one word."""
    if not text.isascii():
        text = "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch))
    plain = text.translate(_APOSTROPHES).casefold()
    for dotted, word in _INITIALS:
        plain = plain.replace(dotted, word)
    return plain


def _sentences(text: str) -> Iterator[str]:
    for part in re.split(r"(?<=[.!?;])\s+|[\n\r]+", text):
        if part.strip():
            yield part.strip()
