"""Reading the files under `config/`: what is wrong is always said with the file and the line.

Nothing here knows what a file means; that is in `content.py` and `words.py`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

Key = str | int
Place = tuple[Key, ...]

_HEADER = re.compile(r"^\[(?P<double>\[)?\s*(?P<name>[\w.\-\"' ]+?)\s*\]")
_KEY = re.compile(r"^(?P<name>[\w\-\"'.]+)\s*=(?P<value>.*)$")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class ContentError(Exception):
    """One thing wrong in a file of ours, written as `config/content/kinds.toml:12: the reason`."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(path, line, reason)
        self.path = path
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed TOML file that remembers where each key was written."""

    path: Path
    data: Mapping[str, object]
    places: Mapping[Place, int]

    def line(self, *place: Key) -> int:
        """The line of a key such as `("kinds", 3, "stage")`, or of the nearest table around it."""
        while place and place not in self.places:
            place = place[:-1]
        return self.places.get(place, 1)

    def error(self, reason: str, *place: Key) -> ContentError:
        """The error for this place, ready to be raised or collected."""
        return ContentError(self.path, self.line(*place), reason)


def load_toml(path: Path) -> Document:
    """Read a TOML file. Raises ContentError when it is missing, is not UTF-8 or is not TOML."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(path, 1, "this file is missing") from None
    except UnicodeDecodeError:
        raise ContentError(path, 1, "this file is not UTF-8 text") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found.group(1)) if found else len(text.splitlines()) or 1
        raise ContentError(path, line, _AT_LINE.sub("", str(error)).strip()) from None
    return Document(path, data, _places(text))


def _places(text: str) -> dict[Place, int]:
    """Where every table and key begins. tomllib forgets this, and our files keep to the plain forms."""
    places: dict[Place, int] = {}
    last: dict[Place, int] = {}
    table: Place = ()
    depth = 0
    quoted = False
    for number, raw in enumerate(text.splitlines(), start=1):
        if raw.count('"""') % 2 or raw.count("'''") % 2:
            opening = not quoted
            quoted = not quoted
            if not opening:
                continue
        elif quoted:
            continue
        line = _STRING.sub('""', raw).split("#", 1)[0]
        header = _HEADER.match(raw.strip())
        key = _KEY.match(raw.strip())
        if depth == 0 and header:
            table = _table(_names(header["name"]), header["double"] is not None, last)
            places[table] = number
        elif depth == 0 and key:
            places[(*table, *_names(key["name"]))] = number
        depth += line.count("[") + line.count("{") - line.count("]") - line.count("}")
    return places


def _table(names: Place, is_array: bool, last: dict[Place, int]) -> Place:
    """The full place of a header: `[[steps.buttons]]` belongs to the step written last."""
    place: Place = ()
    for name in names[:-1]:
        place = (*place, name)
        if place in last:
            place = (*place, last[place])
    place = (*place, names[-1])
    if is_array:
        last[place] = last.get(place, -1) + 1
        place = (*place, last[place])
    return place


def _names(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def shown(path: Path) -> str:
    """The path as somebody in the repository would type it."""
    try:
        return path.resolve().relative_to(ROOT).as_posix()
    except ValueError:
        return path.as_posix()
