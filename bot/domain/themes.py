"""What a text speaks of, by lists of phrases that a host can change. Plain words in, names of themes out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.phrases import EDGE, NUMBER, OTHER, Machine, Meanings

QUOTE_MAX = 120
_EDGE_AT = re.compile(r"[.!?;](?=\s|$)|[\n\r]+|(?<=\s)[-–—](?=\s)|[:()\[\]\"“”]")
_APOSTROPHES = re.compile("['’‘ʼ`´′]")
_DOTTED = re.compile(r"\b([a-z])\.([a-z])\.(?:([a-z])\.)?")
_WORD = re.compile(r"[a-z0-9]+|\x01")


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

    Most texts speak of none, so one walk over all phrases together decides whether the themes are asked one by one.
    """

    def __init__(self, themes: Iterable[Theme], groups: Mapping[str, str], meanings: Meanings) -> None:
        self.all = tuple(themes)
        self._meanings = meanings
        every = [phrase for theme in self.all for phrase in theme.say]
        self._any = Machine(every, groups, meanings)
        self._each = {theme.id: Machine(theme.say, groups, meanings) for theme in self.all}
        self._ordinary = {theme.id: Machine(theme.ordinary, groups, meanings) for theme in self.all}
        self._words = self._any.words.union(*(machine.words for machine in self._ordinary.values()))

    def named_in(self, text: str) -> frozenset[str]:
        """The themes that a text speaks of."""
        words = self._read(text)
        if next(self._any.spans(words), None) is None:
            return frozenset()
        return frozenset(theme.id for theme in self.all if self._speaks(theme.id, words))

    def of_kind(self, kind: str) -> frozenset[str]:
        """The themes that a rejection of this kind speaks of by itself."""
        return frozenset(theme.id for theme in self.all if kind in theme.kinds)

    def quote(self, text: str, theme: str) -> str | None:
        """The first sentence of a text that speaks of the theme, as it was written; None when none does."""
        if theme not in self._each:
            return None
        for sentence in _sentences(text):
            if self._speaks(theme, self._read(sentence)):
                return sentence if len(sentence) <= QUOTE_MAX else sentence[: QUOTE_MAX - 1].rstrip() + "…"
        return None

    def _speaks(self, theme: str, words: list[str]) -> bool:
        if next(self._each[theme].spans(words), None) is None:
            return False
        left = list(words)
        for begin, end in self._ordinary[theme].spans(words):
            left[begin:end] = [word if word == EDGE else OTHER for word in words[begin:end]]
        return next(self._each[theme].spans(left), None) is not None

    def _read(self, text: str) -> list[str]:
        """The words, with an edge wherever a clause ends; a word that no phrase mentions is the same as any other."""
        words = [EDGE]
        for word in _WORD.findall(_plain(text)):
            if word == "\x01":
                words.append(EDGE)
            elif word in self._meanings:
                words.extend(self._meanings[word])
            elif word.isdecimal():
                words.append(NUMBER)
            else:
                words.append(word if word in self._words else OTHER)
        words.append(EDGE)
        return words


def _plain(text: str) -> str:
    """Lower case without accents and apostrophes, `u.s.` as one word, clause ends marked."""
    if not text.isascii():
        text = "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch))
    plain = _DOTTED.sub(r"\1\2\3 ", _APOSTROPHES.sub("", text.casefold()))
    return _EDGE_AT.sub(" \x01 ", plain)


def _sentences(text: str) -> Iterator[str]:
    for part in re.split(r"(?<=[.!?;])\s+|[\n\r]+", text):
        if part.strip():
            yield part.strip()
