"""Lists in pages."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 0."""

    items: tuple[T, ...]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def clamp(number: int, size: int, total: int) -> int:
    """The page number brought back into the list, after a deletion for example."""
    return max(0, min(number, max(1, -(-total // size)) - 1))
