"""Finding a person's name or address in a text, however it is spelled in capitals and accents, and taking it out.

`traces_of` gives what an index may keep of a text: its words in one plain spelling. Which of them are kept, and how they
are made unreadable, is the storage's.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SHORTEST = 2
"""Letters of the shortest word that an index keeps: an initial stands in half of all texts."""
_NAME_PART = frozenset(' \t\r\n@<>()[],;:"')
_DOMAIN = re.compile(r"[^\s@<>()\[\],;:.]+(?:\.[^\s@<>()\[\],;:.]+)+")
# Scripts written without spaces: a name is found inside a run of letters, by pairs of neighbours.
_RUNS_ON = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_GAP = " {1,3}"


@dataclass(frozen=True, slots=True)
class Place:
    """One row of one member's in which somebody may be named."""

    table: str
    row_id: int
    user_id: int


class _Table(dict[int, int | None]):
    """A table for str.translate that is filled as letters come by."""

    def __init__(self, rule: Callable[[str], str | None]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> int | None:
        """Ask the rule once for each letter there is."""
        kept = self._rule(chr(code))
        self[code] = None if kept is None else ord(kept)
        return self[code]


# Accents, and marks that hide, are dropped; what is no letter, digit or sign on one parts words.
_ACCENTS = _Table(lambda ch: None if unicodedata.combining(ch) or unicodedata.category(ch) == "Cf" else ch)
_BREAKS = _Table(lambda ch: ch if unicodedata.category(ch)[0] in "LNM" else " ")


def _spelled(text: str) -> str:
    """A text without case, width, accents, and marks that hide; letter by letter it gives the same as whole."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return apart.translate(_ACCENTS)


def _addresses(spelled: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand. Each letter is looked at once or twice, however the text is made."""
    at, floor = spelled.find("@"), 0
    while at >= 0:
        start = at
        while start > floor and spelled[start - 1] not in _NAME_PART:
            start -= 1
        domain = _DOMAIN.match(spelled, at + 1)
        if start < at and domain:
            yield start, domain.end()
        floor = at + 1
        at = spelled.find("@", floor)


def _pieces(word: str) -> Iterator[str]:
    if not word.isascii() and _RUNS_ON.search(word):
        yield from (word[at : at + 2] for at in range(len(word) - 1))
    elif len(word) >= SHORTEST:
        yield word


def traces_of(text: str) -> set[str]:
    """What a text is found by: addresses whole, and words of two letters or more."""
    spelled = _spelled(text)
    found = {piece for word in set(spelled.translate(_BREAKS).split()) for piece in _pieces(word)}
    return found | {spelled[start:end] for start, end in _addresses(spelled)}


def plain(person: str) -> str:
    """One spelling for all that are searched for alike."""
    return " ".join(_spelled(person).translate(_BREAKS).split())


def _pattern(person: str) -> re.Pattern[str] | None:
    words = plain(person).split()
    if not words:
        return None
    inner = _GAP.join(re.escape(word) for word in words)
    before = "" if _RUNS_ON.match(words[0]) else "(?<![^ ])"
    after = "" if _RUNS_ON.match(words[-1][-1]) else "(?![^ ])"
    return re.compile(before + inner + after)


def places_of(text: str, person: str) -> list[tuple[int, int]]:
    """Where a person stands in a text, from the left. An address that holds the name is taken whole."""
    pattern = _pattern(person)
    if pattern is None:
        return []
    letters = [_spelled(ch) for ch in text]
    origin = [place for place, letter in enumerate(letters) for _ in letter]
    spelled = "".join(letters)
    addresses, near = list(_addresses(spelled)), 0
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(spelled.translate(_BREAKS)):
        start, end = match.span()
        # Both go from left to right, so each address is left behind once, however often the name stands there.
        while near < len(addresses) and addresses[near][1] <= start:
            near += 1
        while near < len(addresses) and addresses[near][0] < end:
            start, end = min(start, addresses[near][0]), max(end, addresses[near][1])
            near += 1
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return [(origin[start], _end(text, origin[end - 1])) for start, end in found]


def _end(text: str, last: int) -> int:
    """One past a character and the accents that sit on it."""
    end = last + 1
    while end < len(text) and not _spelled(text[end]):
        end += 1
    return end


def without_person(text: str, person: str, mark: str, limit: int) -> tuple[str, int]:
    """The text with a mark wherever the person stood, and how often that was. It is never longer than `limit`."""
    places = places_of(text, person)
    parts, done = [], 0
    for start, end in places:
        parts += [text[done:start], mark]
        done = end
    return "".join([*parts, text[done:]])[:limit], len(places)
