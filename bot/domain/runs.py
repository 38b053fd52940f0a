"""Cuts letters that run on without spaces into words, the fewest there can be. Time grows with the letters alone."""

from collections.abc import Iterator, Mapping

from bot.domain.phrases import OTHER

_UNKNOWN_LETTER_COST = 3

_Step = tuple[int, int, tuple[str, ...]]
"""On the cheapest way through the letters: cost so far, where the step began, the words it stands for."""


class Cutter:
    """Knows how words are written and what each stands for.

    With `sharing`, two words may have a letter in common: where repeated letters are one, “wanttodie” is “wantodie”.
    """

    def __init__(self, written: Mapping[str, tuple[str, ...]], *, sharing: bool) -> None:
        self._written = written
        self._sharing = sharing
        self._beginnings = {word[:n] for word in written for n in range(1, len(word) + 1)}

    def begins(self, letters: str) -> bool:
        """Whether some word begins with these letters."""
        return letters in self._beginnings

    def word(self, letters: str) -> tuple[str, ...] | None:
        """What the letters stand for as one word."""
        return self._written.get(letters)

    def cut(self, letters: str, *, whole: bool) -> list[str] | None:
        """The words; with `whole`, None unless every letter belongs to one. Strange letters become OTHER."""
        if whole and letters[:2] not in self._beginnings and letters[0] not in self._written:
            return None
        best: list[_Step | None] = [None] * (len(letters) + 1)
        best[0] = (0, 0, ())
        for at in range(len(letters)):
            reached = best[at]
            if reached is None:
                continue
            for end, meaning in self._words_from(letters, at):
                _keep_cheaper(best, end, (reached[0] + 1, at, meaning))
            if not whole:
                _keep_cheaper(best, at + 1, (reached[0] + _UNKNOWN_LETTER_COST, at, (OTHER,)))
        return _way_back(best)

    def _words_from(self, letters: str, at: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        for begin in (at, at - 1) if at and self._sharing else (at,):
            for end in range(begin + 1, len(letters) + 1):
                piece = letters[begin:end]
                if piece not in self._beginnings:
                    break
                if end > at and piece in self._written:
                    yield end, self._written[piece]


def _keep_cheaper(best: list[_Step | None], at: int, step: _Step) -> None:
    known = best[at]
    if known is None or step[0] < known[0]:
        best[at] = step


def _way_back(best: list[_Step | None]) -> list[str] | None:
    if best[-1] is None:
        return None
    words: list[str] = []
    at = len(best) - 1
    while at and (step := best[at]):
        words.extend(reversed(step[2]))
        at = step[1]
    return words[::-1]
