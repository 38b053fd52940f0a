"""A small language for phrases, and one machine that finds many of them in a single walk over words.

It knows nothing about what the phrases mean. Every walk is bounded by the longest phrase, so time grows with the
number of words and with nothing else: there is no pattern here that a hostile text can slow down.

The language: words follow each other; `(a/b c)` is one of them; `[a/b]` may be there; `<name>` is a named group;
`...` is up to three words that do not name the writer; a lone `.` is the edge of a clause.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

EDGE = "."
"""Stands in a list of words where a clause begins or ends."""
OTHER = "~"
"""Stands for every word that no phrase mentions."""
NUMBER = "#"
"""Stands for a word made of digits."""

_ANY = "\0any"
_WRITER = frozenset({"i", "me", "my", "myself", EDGE})
_GAP_WORDS = 3
REMEMBERED = 50_000
"""Steps that a machine remembers, a few megabytes; texts as people write them take a tenth of it."""
_SIGNS = re.compile(r"\.\.\.|<[\w-]+>|[()\[\]/]|[^\s()\[\]/<>]+")

Meanings = Mapping[str, tuple[str, ...]]


class PhraseError(ValueError):
    """A phrase that cannot be read: a bracket left open, or a group nobody defined."""

    def __init__(self, reason: str, phrase: str) -> None:
        super().__init__(f"{reason}: {phrase}")
        self.phrase = phrase


class _State:
    """A set of places in the phrases that one walk stands on at the same time."""

    __slots__ = ("ends", "final", "following", "places")

    def __init__(self, places: frozenset[int], ends: frozenset[int]) -> None:
        self.places = places
        self.ends = ends
        self.final = bool(ends)
        self.following: dict[str, _State | None] = {}


_UNKNOWN = _State(frozenset(), frozenset())
"""Stands for a step that no walk has taken yet."""


class Machine:
    """All phrases of one list, found together. `words` is every word that they mention, `begins` what they begin with."""

    def __init__(self, phrases: Iterable[str], groups: Mapping[str, str], meanings: Meanings) -> None:
        self._steps: list[dict[str, set[int]]] = []
        self._jumps: list[set[int]] = []
        self._groups = groups
        self._meanings = meanings
        self._start_place = self._place()
        self._finals = {self._add(phrase): number for number, phrase in enumerate(phrases)}
        self.words = frozenset(word for step in self._steps for word in step) - {_ANY, EDGE, NUMBER, OTHER}
        self._forget()
        self.begins = frozenset(word for place in self._start.places for word in self._steps[place])

    def spans(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where phrases stand, from the left: for each place where one begins, the longest one."""
        for begin, word in enumerate(words):
            state = self._start.following.get(word, self._start)
            if state is None:  # the usual case: no phrase begins with this word
                continue
            end = self._longest(words, begin)
            if end:
                yield begin, end

    def stands_first(self, words: Sequence[str]) -> bool:
        """Whether a phrase begins with the first of these words."""
        return self._longest(words, 0) > 0

    def numbers(self, words: Sequence[str]) -> set[int]:
        """Which phrases stand anywhere, by their place in the list; also those inside a longer one."""
        found: set[int] = set()
        first, end = self._start.following, len(words)
        for begin, word in enumerate(words, start=1):
            state = first.get(word, _UNKNOWN)
            if state is None:  # the usual case: no phrase begins with this word
                continue
            if state is _UNKNOWN:
                state = self._next(self._start, word)
            at = begin
            while state is not None:
                if state.final:
                    found |= state.ends
                if at == end:
                    break
                onward = words[at]
                later = state.following.get(onward, _UNKNOWN)
                state = self._next(state, onward) if later is _UNKNOWN else later
                at += 1
        return found

    def _longest(self, words: Sequence[str], begin: int) -> int:
        state, end = self._start, 0
        for at in range(begin, len(words)):
            onward = state.following.get(words[at], _UNKNOWN)
            if onward is _UNKNOWN:
                onward = self._next(state, words[at])
            if onward is None:
                break
            state = onward
            if state.final:
                end = at + 1
        return end

    # -- walking -------------------------------------------------------------------------------

    def _next(self, state: "_State", word: str) -> "_State | None":
        # Words outside the vocabulary arrive as OTHER, so this memory cannot be filled with words from outside.
        if word in state.following:
            return state.following[word]
        places: set[int] = set()
        for place in state.places:
            places |= self._steps[place].get(word, set())
            if word not in _WRITER:
                places |= self._steps[place].get(_ANY, set())
        onward = state.following[word] = self._state(places) if places else None
        self._remembered += 1
        if self._remembered > REMEMBERED:
            self._forget()
        return onward

    def _forget(self) -> None:
        """Begin anew; a walk that is under way goes on with the states it holds."""
        self._states: dict[frozenset[int], _State] = {}
        self._remembered = 0
        self._start = self._state({self._start_place})

    def _state(self, places: set[int]) -> "_State":
        waiting = list(places)
        while waiting:
            for onward in self._jumps[waiting.pop()] - places:
                places.add(onward)
                waiting.append(onward)
        key = frozenset(places)
        if key not in self._states:
            self._states[key] = _State(key, frozenset(self._finals[end] for end in key & self._finals.keys()))
        return self._states[key]

    # -- building ------------------------------------------------------------------------------

    def _place(self) -> int:
        self._steps.append({})
        self._jumps.append(set())
        return len(self._steps) - 1

    def _step(self, place: int, word: str) -> int:
        onward = self._place()
        self._steps[place].setdefault(word, set()).add(onward)
        return onward

    def _add(self, phrase: str) -> int:
        try:
            end, rest = self._sequence(self._start_place, _SIGNS.findall(phrase))
        except ValueError as error:
            raise PhraseError(str(error), phrase) from None
        if rest:
            raise PhraseError(f"“{rest[0]}” closes nothing", phrase)
        if self._may_be_empty(end):
            raise PhraseError("this would be found everywhere", phrase)
        return end

    def _may_be_empty(self, end: int) -> bool:
        reached, waiting = {self._start_place}, [self._start_place]
        while waiting:
            onward = self._jumps[waiting.pop()] - reached
            reached |= onward
            waiting.extend(onward)
        return end in reached

    def _sequence(self, place: int, signs: list[str]) -> tuple[int, list[str]]:
        while signs and signs[0] not in (")", "]", "/"):
            sign, signs = signs[0], signs[1:]
            if sign in ("(", "["):
                place, signs = self._choice(place, sign, signs)
            elif sign == "...":
                place = self._gap(place)
            elif sign.startswith("<"):
                place = self._group(place, sign[1:-1])
            else:
                for word in self._meanings.get(plain := sign.replace("'", ""), (plain,)):
                    place = self._step(place, word)
        return place, signs

    def _choice(self, place: int, opening: str, signs: list[str]) -> tuple[int, list[str]]:
        after = self._place()
        if opening == "[":
            self._jumps[place].add(after)
        closing = ")" if opening == "(" else "]"
        while True:
            end, signs = self._sequence(place, signs)
            self._jumps[end].add(after)
            if not signs or signs[0] not in ("/", closing):
                raise ValueError(f"“{opening}” is never closed")
            sign, signs = signs[0], signs[1:]
            if sign == closing:
                return after, signs

    def _group(self, place: int, name: str) -> int:
        if name not in self._groups:
            raise ValueError(f"there is no group called “{name}”")
        end, _ = self._choice(place, "(", [*_SIGNS.findall(self._groups[name]), ")"])
        return end

    def _gap(self, place: int) -> int:
        after = self._place()
        for _ in range(_GAP_WORDS):
            self._jumps[place].add(after)
            place = self._step(place, _ANY)
        self._jumps[place].add(after)
        return after
