"""A file that only takes up room beside the SQLite database: on a full disk even a DELETE fails, and an erasure must not."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

SIZE = 16 * 1024 * 1024
PLENTY = 4
"""It is made while so many times its size is free: it must not be what fills the disk."""


@dataclass(frozen=True, slots=True)
class Ballast:
    """The spare file. It is freed for an erasure alone, so that nothing else uses the room up before."""

    path: Path
    size: int = SIZE

    @classmethod
    def beside(cls, database: str | None) -> "Ballast | None":
        """Beside a database file; there is none for a database in memory."""
        if not database or database == ":memory:":
            return None
        return cls(Path(f"{database}.ballast"))

    @property
    def whole(self) -> bool:
        """Whether it lies in its place in its full size."""
        return self.path.exists() and self.path.stat().st_size >= self.size

    def fill(self) -> bool:
        """Make it when it is not there and there is plenty of room. Whether it is there now. Blocks while it writes.

        Its bytes are random: a file system that compresses would keep zeros for nothing.
        """
        if self.whole:
            return True
        if shutil.disk_usage(self.path.parent).free < PLENTY * self.size:
            return False
        draft = self.path.with_name(f".{self.path.name}.draft")
        try:
            draft.write_bytes(os.urandom(self.size))
            draft.replace(self.path)
        finally:
            draft.unlink(missing_ok=True)
        return True

    def free(self) -> bool:
        """Let it go. Whether it was there."""
        was_there = self.path.exists()
        self.path.unlink(missing_ok=True)
        return was_there
