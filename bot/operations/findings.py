"""One line of `doctor`: what was looked at, how it is, and what to do when it is wrong."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How something is."""

    OK = "ok"
    LOOK = "look"
    """It works; somebody should have a look."""
    WRONG = "wrong"
    """The bot cannot run well like this."""
    SKIPPED = "-"
    """It could not be looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`told` is one clause for a host; `advice` says what to do, and is empty when all is well."""

    mark: Mark
    what: str
    told: str
    advice: str = ""


def well(what: str, told: str) -> Finding:
    """All is well."""
    return Finding(Mark.OK, what, told)


def look(what: str, told: str, advice: str) -> Finding:
    """It works, and should be looked at."""
    return Finding(Mark.LOOK, what, told, advice)


def wrong(what: str, told: str, advice: str) -> Finding:
    """It must be mended."""
    return Finding(Mark.WRONG, what, told, advice)


def skipped(what: str, told: str) -> Finding:
    """It could not be looked at, because something else is wrong."""
    return Finding(Mark.SKIPPED, what, told)
