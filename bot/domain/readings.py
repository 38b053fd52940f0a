"""Ways to read one text once spelling tricks are undone: look-alike letters, digits for letters, dots and spaces
between letters, invisible characters, words run together. Nothing here knows which words matter, or why.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.domain.phrases import EDGE, NUMBER, OTHER, Meanings

_LOOKALIKES = str.maketrans(
    dict(
        zip(
            "авезкмнорстухіїјѕԁһӏԛԝѵαβεηικνορτυχωℓıłøđħŧƙɑɡɩɪʟᴀᴅᴇɢᴊᴋᴍɴᴏᴘꜱᴛᴜᴠᴡʏᴢʜƒɛ",
            "abeekmhopctyxiijsdhlqwvabenikvoptuxwlilodhtkagiiladegjkmnopstuvwyzhfe",
            strict=True,
        )
    )
)
_LEET = str.maketrans("01345789l", "oieastbgi")
_SYMBOLS = str.maketrans("@$!|€£", "asiiei")
_APOSTROPHES = re.compile("['’‘ʼ`´′]")
_CLAUSE_EDGE = "\x01"
_BLANKS = str.maketrans(dict.fromkeys("\u2800\u3164\u115f\u1160\uffa0" + _CLAUSE_EDGE, " "))
_STAR_FOR_A_LETTER = re.compile(r"(?<![*\w])([a-z]{1,5})\*([a-z]{1,5})(?![*\w])")
_SYMBOL_AS_LETTER = re.compile(r"[@$!|€£](?=\w)|(?<=\w)\|")
_INSIDE_A_WORD = re.compile(r"(?<=\S)[^\w\s]+(?=\S)|_+")
_CLAUSE_OF_ONE_WORD = re.compile(r"[.!?;]\s+(?=\w+[.!?;](?:\s|$))")
_CLAUSE = re.compile(r"(?<![.!?;])[.!?;](?=\s)")
_WORD = re.compile(rf"[^\W_]+|{_CLAUSE_EDGE}")
_SHORT = 2
_PULLED_APART = 3
_STRANGERS = 2
_JOINED_AT_LEAST = 4
_RUN_TOGETHER_AT_LEAST = 6
_UNKNOWN_LETTER_COST = 3

_Step = tuple[int, int, tuple[str, ...]]
"""On the cheapest way through letters: cost so far, where the step began, the words it stands for."""


def skeleton(word: str) -> str:
    """What is left of a word when digits stand for letters, i is l, and no letter repeats."""
    return _without_repeats(word.translate(_LEET))


def _without_repeats(letters: str) -> str:
    return "".join(letter for letter, _ in groupby(letters))


class Vocabulary:
    """The words that matter, what other spellings mean, and how both look once obfuscation is undone.

    Only `telling` words are put together from pieces or cut out of letters run together.
    """

    def __init__(self, telling: Iterable[str], words: Iterable[str], meanings: Meanings) -> None:
        telling = set(telling)
        self._exact: dict[str, tuple[str, ...]] = {word: (word,) for word in {*telling, *words}}
        self._exact |= meanings
        self._shapes: dict[str, tuple[str, ...]] = {}
        self._pieces: dict[str, tuple[str, ...]] = {}
        for word in sorted(self._exact, key=lambda word: (word not in telling, len(word), word)):
            self._shapes.setdefault(skeleton(word), self._exact[word])
            if word in telling or word in meanings:
                self._pieces.setdefault(skeleton(word), self._exact[word])
        self._beginnings = {shape[:n] for shape in self._pieces for n in range(1, len(shape) + 1)}

    def knows(self, word: str) -> bool:
        """Whether it matters exactly as it is written."""
        return word in self._exact

    def meaning(self, word: str, shape: str) -> tuple[str, ...] | None:
        """The words it stands for; None when it is not one that matters."""
        if word in self._exact:
            return self._exact[word]
        if word.isdecimal():
            return (NUMBER,)
        return self._shapes.get(shape)

    def joined(self, shapes: Sequence[str], at: int) -> tuple[int, tuple[str, ...]] | None:
        """How many pieces from here make one word, as in “sui cide”, and which word."""
        found = None
        shape = shapes[at]
        for pieces in (2, 3):
            if shape not in self._beginnings or at + pieces > len(shapes):
                break
            onward = shapes[at + pieces - 1]
            shape += onward[shape[-1] == onward[0] :]  # repeated letters are one
            if len(shape) >= _JOINED_AT_LEAST and shape in self._pieces:
                found = pieces, self._pieces[shape]
        return found

    def split(self, shape: str, *, whole: bool) -> list[str] | None:
        """The fewest words that letters without spaces can be; with `whole`, None unless all of it is words."""
        if whole and shape[:2] not in self._beginnings and shape[0] not in self._pieces:
            return None
        best: list[_Step | None] = [None] * (len(shape) + 1)
        best[0] = (0, 0, ())
        for at, reached in enumerate(best):
            if reached is None or at == len(shape):
                continue
            for end, meaning in self._words_from(shape, at):
                _keep_cheaper(best, end, (reached[0] + 1, at, meaning))
            if not whole:
                _keep_cheaper(best, at + 1, (reached[0] + _UNKNOWN_LETTER_COST, at, (OTHER,)))
        if best[-1] is None:
            return None
        words: list[str] = []
        at = len(shape)
        while at and (step := best[at]):
            words.extend(reversed(step[2]))
            at = step[1]
        return words[::-1]

    def _words_from(self, shape: str, at: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        # Two words may share a letter, because repeated letters are one: “wanttodie” has become “wantodie”.
        for begin in (at, at - 1) if at else (at,):
            for end in range(begin + 1, len(shape) + 1):
                piece = shape[begin:end]
                if piece not in self._beginnings:
                    break
                if end > at and piece in self._pieces:
                    yield end, self._pieces[piece]


def _keep_cheaper(best: list[_Step | None], at: int, step: _Step) -> None:
    known = best[at]
    if known is None or step[0] < known[0]:
        best[at] = step


def readings(text: str, vocabulary: Vocabulary) -> Iterator[list[str]]:
    """The text as words, first as it stands, then with separators inside words undone; edges mark clauses."""
    plain = _plain(text)
    first = _as_it_stands(plain, vocabulary)
    yield first
    second = _undone(plain, vocabulary)
    if second != first:
        yield second


def _plain(text: str) -> str:
    """Lower case Latin letters without accents, look-alikes, apostrophes or anything invisible."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_BLANKS))
    if not decomposed.isascii():
        decomposed = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    lowered = _APOSTROPHES.sub("", decomposed.casefold().translate(_LOOKALIKES))
    return _CLAUSE.sub(f" {_CLAUSE_EDGE} ", _CLAUSE_OF_ONE_WORD.sub(" ", lowered))


def _pairs(text: str) -> tuple[list[str], list[str]]:
    """The words and, place for place, their shapes."""
    words = _WORD.findall(text)
    shapes = {word: skeleton(word) for word in set(words)}
    return words, [shapes[word] for word in words]


def _as_it_stands(text: str, vocabulary: Vocabulary) -> list[str]:
    found = [EDGE]
    for word, shape in zip(*_pairs(text), strict=True):
        found.extend((EDGE,) if word == _CLAUSE_EDGE else vocabulary.meaning(word, shape) or (OTHER,))
    found.append(EDGE)
    return found


def _undone(text: str, vocabulary: Vocabulary) -> list[str]:
    text = _STAR_FOR_A_LETTER.sub(r"\1i\2", text)
    text = _SYMBOL_AS_LETTER.sub(lambda sign: sign.group().translate(_SYMBOLS), text)
    words, shapes = _pairs(_INSIDE_A_WORD.sub("", text))
    alone = {word: _alone(word, shape, vocabulary) for word, shape in set(zip(words, shapes, strict=True))}
    found = [EDGE]
    at = 0
    while at < len(words):
        used, meaning = _put_together(words, shapes, at, vocabulary) or (1, alone[words[at]])
        found.extend(meaning)
        at += used
    found.append(EDGE)
    return found


def _alone(word: str, shape: str, vocabulary: Vocabulary) -> Sequence[str]:
    """What one piece means by itself, or as several words without spaces."""
    if word == _CLAUSE_EDGE:
        return (EDGE,)
    meaning: Sequence[str] | None = vocabulary.meaning(word, shape)
    if meaning is None and len(word) >= _RUN_TOGETHER_AT_LEAST:
        meaning = vocabulary.split(shape, whole=True)
    return meaning or (OTHER,)


def _put_together(
    words: Sequence[str], shapes: Sequence[str], at: int, vocabulary: Vocabulary
) -> tuple[int, Sequence[str]] | None:
    """How many pieces from here belong together, and the words they make; None when this one stands alone."""
    if len(words[at]) <= _SHORT:
        short = _short_run(words, at)
        if short >= _PULLED_APART:
            return short, _pulled_apart(words[at : at + short], shapes[at : at + short], vocabulary)
    return vocabulary.joined(shapes, at)


def _short_run(words: Sequence[str], at: int) -> int:
    """How many pieces of one or two letters follow each other from here."""
    end = at
    while end < len(words) and len(words[end]) <= _SHORT and words[end] != _CLAUSE_EDGE:
        end += 1
    return end - at


def _pulled_apart(words: Sequence[str], shapes: Sequence[str], vocabulary: Vocabulary) -> Sequence[str]:
    """Words out of pieces like “k i l l” or “ki ll my se lf”; ordinary short words stay what they are."""
    if sum(not vocabulary.knows(word) for word in words) >= _STRANGERS:
        return vocabulary.split(_without_repeats("".join(shapes)), whole=False) or (OTHER,)
    pairs = zip(words, shapes, strict=True)
    return [part for word, shape in pairs for part in vocabulary.meaning(word, shape) or (OTHER,)]
