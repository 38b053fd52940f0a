"""What every content file's reader shares: the file in its shape, and the sentences that its entries cannot do without."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.documents import ContentError, Document, Key, load_toml
from config.words import Words

# Discord's limits: a field's own label in a form; a description or a choice; a button. LONG is our own, for a paragraph.
LABEL, DESCRIPTION, BUTTON, LONG = 45, 100, 80, 600

FileT = TypeVar("FileT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Need:
    """A sentence that an entry of a file cannot do without, how long it may be, and the longest values that fill it."""

    key: str
    limit: int
    document: Document
    place: tuple[Key, ...]
    values: Mapping[str, object] = field(default_factory=dict)


def read_shape(path: Path, shape: type[FileT], errors: list[ContentError]) -> tuple[FileT, Document] | None:
    """The file in its shape, with its lines; None, and what is wrong put under `errors`."""
    try:
        document = load_toml(path)
    except ContentError as error:
        errors.append(error)
        return None
    try:
        return shape.model_validate(document.data), document
    except ValidationError as error:
        errors.extend(document.error(reason_of(wrong), *wrong["loc"]) for wrong in error.errors())
    return None


def reason_of(wrong: ErrorDetails, *around: str) -> str:
    """What is wrong with a setting, as the host who wrote it reads it."""
    where = [*around, *(str(part) for part in wrong["loc"])]
    if wrong["type"] == "extra_forbidden":
        return f"unknown setting `{where[-1]}`"
    return f"{'.'.join(where)}: {wrong['msg']}"


def wordless(needs: Iterable[Need], words: Words) -> Iterator[ContentError]:
    """Sentences that are missing in English, and those too long for their place in any language."""
    known = words.ids()
    for need in needs:
        if need.key not in known:
            yield need.document.error(f"no sentence {need.key!r} in config/locales/en", *need.place)
        for language in words.languages:
            written = words.sentence(language, need.key)
            if written is None:
                continue
            length = len(words.speak(language)(need.key, **need.values))
            if length > need.limit:
                reason = f"{need.key!r} has {length} characters, at most {need.limit} fit"
                yield ContentError(written.path, written.line, reason)


def twice(document: Document, place: tuple[Key, ...], ids: list[str]) -> Iterator[ContentError]:
    """Ids that are written twice in one list of tables, such as ("kinds",)."""
    for n, one in enumerate(ids):
        if one in ids[:n]:
            yield document.error(f"{one!r} is already in this file", *place, n, "id")


def unknown(
    document: Document, place: tuple[Key, ...], used: Iterable[str], known: Iterable[str]
) -> Iterator[ContentError]:
    """References to what does not exist."""
    there = set(known)
    for one in used:
        if one not in there:
            yield document.error(f"{one!r} does not exist", *place)
