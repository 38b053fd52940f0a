"""Ways to read one text once spelling tricks are undone: look-alike letters, digits for letters, dots and spaces
between letters, invisible characters, words run together. Nothing here knows which words matter, or why.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from bot.domain.phrases import EDGE, NUMBER, OTHER, Meanings
from bot.domain.runs import Cutter

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
# Blanks that count as letters, and Arabic signs that decompose into whole sentences (18 characters for one).
_NO_LETTERS = "\u2800\u3164\u115f\u1160\uffa0" + "".join(map(chr, range(0xFDF0, 0xFDFE))) + _CLAUSE_EDGE
_BLANKS = str.maketrans(dict.fromkeys(_NO_LETTERS, " "))
_STAR_FOR_A_LETTER = re.compile(r"(?<![*\w])([a-z]{1,5})\*([a-z]{1,5})(?![*\w])")
_SYMBOL_AS_LETTER = re.compile(r"[@$!|€£](?=[\w@$])|(?<=[\w@$])[@$|€£]")
_INSIDE_A_WORD = re.compile(r"(?<=\S)[^\w\s]+(?=\S)|_+")
_CLAUSE_OF_ONE_WORD = re.compile(r"[.!?;]\s+(?=\w+[.!?;](?:\s|$))")
_CLAUSE = re.compile(r"(?<![.!?;])[.!?;](?=\s)")
_WORD = re.compile(rf"[^\W_]+|{_CLAUSE_EDGE}")
_BETWEEN_LETTERS = re.compile(r"(?<=\b\w) (?=\w\b)")
_EDGE = f" {_CLAUSE_EDGE} "
_SPELLED_OUT = 3
_STRANGERS = 2
_JOINED_AT_LEAST = 4
_RUN_TOGETHER_AT_LEAST = 6
_SENTENCE_AT_LEAST = 10


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
        self._shapes: dict[str, list[str]] = {}
        pieces: dict[str, tuple[str, ...]] = {}
        for word in sorted(self._exact, key=lambda word: (word not in telling, len(word), word)):
            self._shapes.setdefault(skeleton(word), []).append(word)
            if word in telling or word in meanings:
                pieces.setdefault(skeleton(word), self._exact[word])
        written = {word: self._exact[word] for word in {*telling, *meanings}}
        self._by_letters = Cutter(written, sharing=False)
        self._by_shape = Cutter(pieces, sharing=True)

    def knows(self, word: str) -> bool:
        """Whether it matters exactly as it is written."""
        return word in self._exact

    def meaning(self, word: str, shape: str) -> tuple[str, ...] | None:
        """The words it stands for; None when it is not one that matters."""
        if word in self._exact:
            return self._exact[word]
        if word.isdecimal():
            return (NUMBER,)
        alike = self._shapes.get(shape)
        if alike is None:
            return None
        # “0f” is of and “offff” is off: the longest that fits into what was written.
        fitting = [one for one in alike if len(one) <= len(word)]
        return self._exact[max(fitting, key=len) if fitting else alike[0]]

    def joined(
        self, words: Sequence[str], shapes: Sequence[str], at: int
    ) -> tuple[int, tuple[str, ...]] | None:
        """How many pieces from here make one word, as in “sui cide”, and which word."""
        shape = shapes[at]
        for pieces in (2, 3):
            if not self._by_shape.begins(shape) or at + pieces > len(shapes):
                break
            onward = shapes[at + pieces - 1]
            shape += onward[shape[-1] == onward[0] :]  # repeated letters are one
            word = self._by_shape.word(shape)
            if word and sum(map(len, words[at : at + pieces])) >= _JOINED_AT_LEAST:
                return pieces, word
        return None

    def cut(self, letters: str, *, whole: bool) -> list[str] | None:
        """The words that letters without spaces are: as they are written, or else by their shape."""
        exact = self._by_letters.cut(letters, whole=True)
        return exact or self._by_shape.cut(skeleton(letters), whole=whole)


def readings(text: str, vocabulary: Vocabulary) -> Iterator[list[str]]:
    """The text as words, up to three times: as it stands; with what is inside words undone; with pieces put together.

    The list begins and ends with an edge, and holds one wherever a clause ends.
    """
    plain = _plain(text)
    first = _each_alone(_CLAUSE.sub(_EDGE, plain), vocabulary)
    yield first
    plain = _SYMBOL_AS_LETTER.sub(lambda sign: sign.group().translate(_SYMBOLS), plain)
    plain = _CLAUSE.sub(_EDGE, _CLAUSE_OF_ONE_WORD.sub(" ", plain))
    starred = _STAR_FOR_A_LETTER.sub(lambda word: _starred(word[1], word[2], vocabulary), plain)
    second = _each_alone(_BETWEEN_LETTERS.sub("", _INSIDE_A_WORD.sub("", starred)), vocabulary, undo=True)
    if second != first:
        yield second
    third = _put_together(_INSIDE_A_WORD.sub("", plain), vocabulary)
    if third != second:
        yield third


def _starred(before: str, after: str, vocabulary: Vocabulary) -> str:
    """What a word with one star is: “t*o” with a letter too many, or “d*e” with its vowel hidden."""
    return before + after if vocabulary.knows(before + after) else f"{before}i{after}"


def _plain(text: str) -> str:
    """Lower case Latin letters without accents, look-alikes, apostrophes or anything invisible."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_BLANKS))
    if not decomposed.isascii():
        decomposed = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return _APOSTROPHES.sub("", decomposed.casefold().translate(_LOOKALIKES))


def _pairs(text: str) -> tuple[list[str], list[str]]:
    """The words and, place for place, their shapes."""
    words = _WORD.findall(text)
    shapes = {word: skeleton(word) for word in set(words)}
    return words, [shapes[word] for word in words]


def _each_alone(text: str, vocabulary: Vocabulary, *, undo: bool = False) -> list[str]:
    words, shapes = _pairs(text)
    alone = _meanings(words, shapes, vocabulary, undo=undo)
    return [EDGE, *chain.from_iterable(alone[word] for word in words), EDGE]


def _meanings(
    words: Sequence[str], shapes: Sequence[str], vocabulary: Vocabulary, *, undo: bool
) -> dict[str, Sequence[str]]:
    """What each different word means by itself; with `undo`, words run together are cut apart."""
    meanings: dict[str, Sequence[str]] = {}
    for word, shape in zip(words, shapes, strict=True):
        if word in meanings:
            continue
        meaning: Sequence[str] | None = vocabulary.meaning(word, shape)
        if undo and word.isdecimal() and (len(word) == 1 or len(set(word)) > 1):  # 1 is I, 11 is eleven
            meaning = vocabulary.cut(word, whole=True) or meaning
        if undo and meaning is None and len(word) >= _RUN_TOGETHER_AT_LEAST:
            meaning = vocabulary.cut(word, whole=len(word) < _SENTENCE_AT_LEAST)
        meanings[word] = (EDGE,) if word == _CLAUSE_EDGE else meaning or (OTHER,)
    return meanings


def _put_together(text: str, vocabulary: Vocabulary) -> list[str]:
    words, shapes = _pairs(text)
    alone = _meanings(words, shapes, vocabulary, undo=True)
    found = [EDGE]
    at = 0
    while at < len(words):
        letters = _letters(words, at)
        if letters >= _SPELLED_OUT:
            found.extend(_spelled(words[at : at + letters], vocabulary))
            at += letters
            continue
        used, meaning = vocabulary.joined(words, shapes, at) or (1, alone[words[at]])
        found.extend(meaning)
        at += used
    found.append(EDGE)
    return found


def _letters(words: Sequence[str], at: int) -> int:
    """How many single letters follow each other from here."""
    end = at
    while end < len(words) and len(words[end]) == 1 and words[end] != _CLAUSE_EDGE:
        end += 1
    return end - at


def _spelled(words: Sequence[str], vocabulary: Vocabulary) -> Sequence[str]:
    """Words out of single letters; “I”, “a” and numbers that happen to follow each other stay what they are."""
    if sum(not vocabulary.knows(word) for word in words) >= _STRANGERS:
        return vocabulary.cut("".join(words), whole=False) or (OTHER,)
    alone = _meanings(words, words, vocabulary, undo=False)
    return [part for word in words for part in alone[word]]
