"""A figure as a picture of 900 pixels' width, which Discord shows at three tenths of its size on a telephone.

So letters are 38 pixels high here, and more. Shapes differ as well as colours: dots are noes, bars are
actions, and the number stands in or beside each.
"""

from bot.charts.ink import BAND, DONE, NO, ON_SHAPE, QUIET, WORDS, Sheet, fitted, width_of
from bot.domain.figures import Figure, Grid, Lengths, Series

WIDTH, MARGIN = 900, 36
TITLE, NOTE, LABEL, NUMBER, TICK, LEAST = 54, 40, 42, 40, 38, 34
HEAD, ROW, BARS, AXIS, BAR, GAP = 136, 92, 190, 104, 78, 44
LABELS_AT_MOST = 256
COLUMN_AT_MOST = 130
DOT_AT_LEAST, DOT_AT_MOST = 44, 84


def drawn(figure: Figure) -> bytes:
    """The figure as PNG."""
    parts = [part for part in (figure.grid, figure.lengths) if part is not None]
    heights = [_height(part) for part in parts]
    sheet = Sheet(WIDTH, MARGIN * 2 + sum(heights) + GAP * (len(parts) - 1))
    top = MARGIN
    for part, height in zip(parts, heights, strict=True):
        if isinstance(part, Grid):
            _Gridded(sheet, part, top).draw()
        else:
            _lie(sheet, part, top)
        top += height + GAP
    return sheet.png()


def _height(part: Grid | Lengths) -> int:
    if isinstance(part, Lengths):
        return HEAD + BAR * len(part.bars)
    return HEAD + ROW * len(part.rows) + (BARS if part.bars else 0) + AXIS


def _head(sheet: Sheet, title: str, note: str, top: int) -> None:
    for text, size, colour, bold, middle in ((title, TITLE, WORDS, True, 30), (note, NOTE, QUIET, False, 88)):
        text, size = fitted(text, size, WIDTH - 2 * MARGIN, LEAST, bold=bold)  # noqa: PLW2901 - the same, made to fit
        sheet.write(text, (MARGIN, top + middle), size, colour, bold=bold)


def _label_room(labels: list[str]) -> float:
    """How much room the labels at the left take: what the widest needs, and not more than a third."""
    return min(LABELS_AT_MOST, max((width_of(label, LABEL) for label in labels), default=0))


def _label(sheet: Sheet, text: str, room: float, middle: float) -> None:
    text, size = fitted(text, LABEL, room, LEAST)
    sheet.write(text, (MARGIN + 16, middle), size)


class _Gridded:
    """One grid on its way onto the sheet."""

    def __init__(self, sheet: Sheet, grid: Grid, top: int) -> None:
        self._sheet, self._grid, self._top = sheet, grid, top
        labels = [row.label for row in (*grid.rows, grid.bars) if row is not None]
        self._room = _label_room(labels)
        self._left = MARGIN + 16 + self._room + 24
        self._step = min(COLUMN_AT_MOST, (WIDTH - MARGIN - 10 - self._left) / len(grid.columns))

    def draw(self) -> None:
        """Rows of dots, the bars under them, and what the columns are called."""
        _head(self._sheet, self._grid.title, self._grid.note, self._top)
        top = self._top + HEAD
        most = max((number for row in self._grid.rows for number in row.numbers), default=0)
        for row in self._grid.rows:
            self._dots(row, most, top)
            top += ROW
        if self._grid.bars is not None:
            self._bars(self._grid.bars, top)
            top += BARS
        self._axis(top)

    def _middle_of(self, column: int) -> float:
        return self._left + self._step * (column + 0.5)

    def _dots(self, row: Series, most: int, top: int) -> None:
        middle = top + ROW / 2
        self._sheet.box((MARGIN, top + 4, WIDTH - MARGIN, top + ROW - 4), BAND, 14)
        _label(self._sheet, row.label, self._room, middle)
        widest = min(DOT_AT_MOST, self._step - 6)
        for column, number in enumerate(row.numbers):
            at = self._middle_of(column), middle
            if number == 0:
                self._sheet.dot(at, 8, QUIET)
                continue
            text, size = fitted(str(number), NUMBER, widest - 10, 24, bold=True)
            needed = max(DOT_AT_LEAST, width_of(text, size, bold=True) + 10)
            self._sheet.dot(at, max(needed, widest * (number / most) ** 0.5), NO)
            self._sheet.write(text, at, size, ON_SHAPE, anchor="mm", bold=True)

    def _bars(self, row: Series, top: int) -> None:
        floor, most = top + BARS - 8, max(row.numbers, default=0)
        tallest = BARS - 70
        _label(self._sheet, row.label, self._room, floor - tallest / 2)
        half = min(36, self._step / 2 - 6)
        for column, number in enumerate(row.numbers):
            middle = self._middle_of(column)
            height = 4 if number == 0 else max(12, tallest * number / most)
            colour = QUIET if number == 0 else DONE
            self._sheet.box((middle - half, floor - height, middle + half, floor), colour, 6)
            if number:
                text, size = fitted(str(number), NUMBER, self._step - 4, 24, bold=True)
                self._sheet.write(text, (middle, floor - height - 24), size, anchor="mm", bold=True)

    def _axis(self, top: int) -> None:
        """As many of the labels as have room, the last column's always: that one is now.

        The second line says what many columns share, where it begins; under a column without a label it waits for the next.
        """
        widest = max(width_of(label, TICK) for label, _ in self._grid.columns)
        every = max(1, -int(-(widest + 4) // self._step))
        last, waiting = len(self._grid.columns) - 1, ""
        for column, (label, under) in enumerate(self._grid.columns):
            waiting = under or waiting
            if (last - column) % every == 0:
                middle = self._middle_of(column)
                self._sheet.write(label, (middle, top + 28), TICK, QUIET, anchor="mm")
                self._sheet.write(waiting, (middle, top + 72), TICK, QUIET, anchor="mm")
                waiting = ""


def _lie(sheet: Sheet, part: Lengths, top: int) -> None:
    _head(sheet, part.title, part.note, top)
    room = _label_room([label for label, _ in part.bars])
    left, most = MARGIN + 16 + room + 24, max((number for _, number in part.bars), default=0)
    longest = WIDTH - MARGIN - left - 110
    for line, (label, number) in enumerate(part.bars):
        middle = top + HEAD + line * BAR + BAR / 2
        _label(sheet, label, room, middle)
        length = 4 if number == 0 else max(12, longest * number / most)
        sheet.box((left, middle - 24, left + length, middle + 24), DONE if number else QUIET, 6)
        if number:
            sheet.write(str(number), (left + length + 18, middle), LABEL, bold=True)
