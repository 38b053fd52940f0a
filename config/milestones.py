"""Reads `milestones.toml`: the round numbers of noes that are spoken of. What is said is in the locale files."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from config.content import Content
from config.documents import ContentError, Document
from config.needs import LONG, Need, read_shape, unknown, wordless
from config.words import Words

FILE = "milestones.toml"


@dataclass(frozen=True, slots=True)
class Milestones:
    """The numbers, in their order, and the kinds of rejection whose answer says nothing of one."""

    numbers: tuple[int, ...]
    silent_kinds: frozenset[str]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _MilestoneForm(_Form):
    number: Annotated[int, Field(ge=5, le=1000)]


class _File(_Form):
    silent_kinds: list[str] = []
    milestones: list[_MilestoneForm] = Field(max_length=20)


def load_milestones(folder: Path, content: Content, words: Words) -> Milestones:
    """Read `milestones.toml`. Raises the first ContentError, with its line."""
    found, errors = _read(folder, content, words)
    if found is None or errors:
        raise errors[0]
    return found


def check_milestones(folder: Path, content: Content, words: Words) -> list[ContentError]:
    """Everything that keeps the file from being used."""
    return _read(folder, content, words)[1]


def _read(folder: Path, content: Content, words: Words) -> tuple[Milestones | None, list[ContentError]]:
    errors: list[ContentError] = []
    read = read_shape(folder / FILE, _File, errors)
    if read is None:
        return None, errors
    file, document = read
    errors.extend(_wrong_order(file, document))
    errors.extend(
        unknown(document, ("silent_kinds",), file.silent_kinds, [kind.id for kind in content.kinds])
    )
    errors.extend(wordless(_needs(file, document), words))
    return Milestones(tuple(one.number for one in file.milestones), frozenset(file.silent_kinds)), errors


def _wrong_order(file: _File, document: Document) -> Iterator[ContentError]:
    for n, (before, one) in enumerate(pairwise(file.milestones), start=1):
        if one.number <= before.number:
            yield document.error(f"{one.number} must be more than {before.number}", "milestones", n, "number")


def _needs(file: _File, document: Document) -> Iterator[Need]:
    for n, one in enumerate(file.milestones):
        yield Need(f"milestone-{one.number}", LONG, document, ("milestones", n, "number"))
