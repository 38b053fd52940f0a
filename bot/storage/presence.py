"""Whether the SQLite file is still the one that was opened. A process goes on writing into a deleted one, for nobody."""

from pathlib import Path

Identity = tuple[int, int]


class SameFile:
    """Remembers which file lay at a path when it was made; a look costs one stat."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = _identity(path)

    @property
    def gone(self) -> bool:
        """Whether it was deleted, moved away, or another one was put in its place."""
        return _identity(self._path) != self._opened


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
