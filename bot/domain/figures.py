"""What a picture of numbers is made of: labels that are words of ours, and numbers.

No id, no name and no text of anybody's is ever in one: it leaves this process for the one that draws.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Series:
    """A label and its numbers, one for each column."""

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of dots over columns of time, and under them bars on the same columns.

    `columns` holds two short labels each; the second may be empty.
    """

    title: str
    note: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Series, ...] = ()
    bars: Series | None = None


@dataclass(frozen=True, slots=True)
class Lengths:
    """Bars that lie, each with its label and its number."""

    title: str
    note: str
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture."""

    grid: Grid | None = None
    lengths: Lengths | None = None

    def texts(self) -> Iterator[str]:
        """Every word that is written in it."""
        if self.grid is not None:
            yield from (self.grid.title, self.grid.note)
            yield from (label for column in self.grid.columns for label in column)
            yield from (row.label for row in (*self.grid.rows, self.grid.bars) if row is not None)
        if self.lengths is not None:
            yield from (self.lengths.title, self.lengths.note, *(label for label, _ in self.lengths.bars))


def written(figures: Iterable[Figure]) -> bytes:
    """The figures as bytes, to be handed to another process."""
    return json.dumps([asdict(figure) for figure in figures]).encode()


def read(job: bytes) -> list[Figure]:
    """The figures of these bytes."""
    return [Figure(_grid(one["grid"]), _lengths(one["lengths"])) for one in json.loads(job)]


def _grid(found: dict[str, Any] | None) -> Grid | None:
    if found is None:
        return None
    grid = Grid(found["title"], found["note"], tuple((top, under) for top, under in found["columns"]))
    bars = None if found["bars"] is None else _series(found["bars"])
    return replace(grid, rows=tuple(map(_series, found["rows"])), bars=bars)


def _series(found: dict[str, Any]) -> Series:
    return Series(found["label"], tuple(found["numbers"]))


def _lengths(found: dict[str, Any] | None) -> Lengths | None:
    if found is None:
        return None
    return Lengths(found["title"], found["note"], tuple((label, number) for label, number in found["bars"]))
