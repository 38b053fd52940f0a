"""What a benchmark found: rows of ratios within one run, and the table they are printed as."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Sense = Literal["at least", "at most"]
HEAD = ("what", "ours", "other", "ratio", "aim", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `measured` is what the aim is about: mostly the ratio, otherwise a figure of ours."""

    what: str
    ours: str
    other: str
    measured: float
    sense: Sense | None = None
    aim: float = 0.0
    unit: str = "x"

    @property
    def met(self) -> bool | None:
        """Whether the aim was met; None where there is none."""
        match self.sense:
            case "at least":
                return self.measured >= self.aim
            case "at most":
                return self.measured <= self.aim
        return None

    def cells(self) -> tuple[str, ...]:
        """The line as it is printed."""
        ratio = f"{self.measured:,.2f}x" if self.unit == "x" else ""
        sign = {"at least": ">=", "at most": "<=", None: ""}[self.sense]
        aim = f"{sign} {self.aim:,g} {self.unit}" if self.sense else ""
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        return self.what, self.ours, self.other, ratio, aim, verdict


def printed(rows: Iterable[Row]) -> str:
    """The table as text, in columns."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
