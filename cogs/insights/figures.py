"""The picture of /insights progress as labels and numbers, and what it says to those who cannot see it."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bot.domain.figures import Figure, Grid, Lengths, Series
from bot.domain.progress import HANDFUL, WAITS, Grain, Progress, Timeline, Waits
from bot.ui.cards import shorten
from config.words import Voice

ALT_AT_MOST = 1000
"""Discord takes 1,024 characters."""


def figure_of(voice: Voice, progress: Progress) -> Figure | None:
    """What is worth a picture: noes with the actions beside them, and how long it took; each from a handful on."""
    over_time, took = progress.timeline, progress.waits
    grid = _grid(voice, progress, over_time) if over_time and progress.noes >= HANDFUL else None
    lengths = _lengths(voice, took) if took.known >= HANDFUL else None
    return Figure(grid, lengths) if grid or lengths else None


def _grid(voice: Voice, progress: Progress, over_time: Timeline) -> Grid:
    acted = Series(voice("progress-actions"), over_time.actions) if progress.actions >= HANDFUL else None
    rows = tuple(Series(voice(f"stage-{stage}"), numbers) for stage, numbers in over_time.noes.items())
    note = voice(f"progress-column-{over_time.grain}")
    return Grid(voice("progress-over-time"), note, _columns(voice, over_time), rows, acted)


def _columns(voice: Voice, over_time: Timeline) -> tuple[tuple[str, str], ...]:
    """Two lines for each column: the second is what many of them share, said where it begins."""
    fine, shared = {
        Grain.WEEK: ("d", "MMM"),
        Grain.MONTH: ("MMM", "y"),
        Grain.TWO_MONTHS: ("MMM", "y"),
        Grain.QUARTER: ("MMM", "y"),
        Grain.YEAR: ("y", None),
    }[over_time.grain]
    found, before = [], ""
    for start in over_time.starts:
        under = voice.short(start, shared) if shared else ""
        found.append((voice.short(start, fine), under if under != before else ""))
        before = under
    # One that stands for a single column would run into the next.
    crowded = {at for at, (one, after) in enumerate(pairwise(found)) if one[1] and after[1]}
    return tuple((top, "" if at in crowded else under) for at, (top, under) in enumerate(found))


def _lengths(voice: Voice, took: Waits) -> Lengths:
    bars = tuple(zip(wait_names(voice), took.bars, strict=True))
    return Lengths(voice("progress-waits"), middle(voice, took), bars)


def wait_names(voice: Voice) -> list[str]:
    """What the bars of the waits are called: the same day, 1 to 3 days ..., over 30 days."""
    between = zip((0, *WAITS), WAITS, strict=False)
    names = [voice("progress-wait-days", first=low + 1, last=high) for low, high in between][1:]
    return [voice("progress-wait-same-day"), *names, voice("progress-wait-longer", days=WAITS[-1])]


def middle(voice: Voice, took: Waits) -> str:
    """How soon it was for half of them."""
    return "" if took.middle is None else voice("progress-middle", days=took.middle)


def alt_of(voice: Voice, figure: Figure) -> str:
    """The picture in words, short enough to be read out."""
    parts = []
    if figure.grid is not None:
        said = [f"{row.label} {sum(row.numbers)}" for row in figure.grid.rows]
        if figure.grid.bars is not None:
            said.append(f"{figure.grid.bars.label} {sum(figure.grid.bars.numbers)}")
        parts.append(voice("progress-alt-grid", title=figure.grid.title, sums=", ".join(said)))
    if figure.lengths is not None:
        told = ", ".join(f"{label} {number}" for label, number in figure.lengths.bars if number)
        parts.append(voice("progress-alt-waits", title=figure.lengths.title, sums=told))
    return shorten(" ".join(parts), ALT_AT_MOST)


def over_time_lines(voice: Voice, over_time: Timeline, this_year: int) -> Iterator[str]:
    """Every number of the grid in words, a line for each row: `**Applying** 7 (Oct: 2, Nov: 5)`."""
    names = [_when(voice, over_time.grain, start, this_year) for start in over_time.starts]
    rows = [(voice(f"stage-{stage}"), numbers) for stage, numbers in over_time.noes.items()]
    for label, numbers in (*rows, (voice("progress-actions"), over_time.actions)):
        cells = [f"{name}: {number}" for name, number in zip(names, numbers, strict=True) if number]
        if cells:
            yield voice("progress-line", what=label, count=sum(numbers), when=", ".join(cells))


def _when(voice: Voice, grain: Grain, start: date, this_year: int) -> str:
    fields = {Grain.WEEK: "MMMd", Grain.YEAR: "y"}.get(grain, "MMM")
    if grain is not Grain.YEAR and start.year != this_year:
        fields = f"y{fields}"
    return voice.short(start, fields)
