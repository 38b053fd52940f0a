"""What every content file's reader shares: the file in its shape, and the sentences that its entries cannot do without."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.documents import ContentError, Document, Key, load_toml, shown
from config.words import FALLBACK, Sentence, Words

# Discord's limits: a field's own label in a form; a description or a choice; a button. LONG is our own, for a paragraph.
LABEL, DESCRIPTION, BUTTON, LONG = 45, 100, 80, 600

_PLAIN = {
    "extra_forbidden": "is an unknown setting",
    "missing": "is missing",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "too_long": "at most {max_length} fit here, and there are {actual_length}",
    "too_short": "at least {min_length} must stand here",
    "string_too_long": "at most {max_length} characters fit here",
    "string_too_short": "must have at least {min_length} characters",
    "string_pattern_mismatch": "must have the form {pattern}",
    "enum": "must be {expected}",
    "literal_error": "must be {expected}",
    "string_type": 'must be text in "quotes"',
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list: [...]",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}
"""What the library finds, as a host reads it who never saw its name; the values are those it found it with."""

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
    setting = f"`{'.'.join(part for part in where if not part.isdigit())}`"
    told, given = _PLAIN.get(wrong["type"]), wrong.get("ctx", {})
    if "error" in given:  # a reason of ours
        return f"{setting}: {given['error']}"
    return f"{setting}: {told.format(**given)}" if told else f"{setting}: {wrong['msg']}"


def wordless(needs: Iterable[Need], words: Words) -> Iterator[ContentError]:
    """Sentences that are missing in English, and those too long for their place in any language."""
    known = words.ids()
    for need in needs:
        if need.key not in known:
            english = shown(need.document.path.parent.parent / "locales" / FALLBACK)
            yield need.document.error(f"no sentence {need.key!r} in {english}", *need.place)
        for language in words.languages:
            written = words.sentence(language, need.key)
            if written is None:
                continue
            if strange := _variables(written) - set(need.values):
                yield ContentError(written.path, written.line, _unfilled(need, strange))
                continue
            length = len(words.speak(language)(need.key, **need.values))
            if length > need.limit:
                reason = f"{need.key!r} has {length} characters, at most {need.limit} fit"
                yield ContentError(written.path, written.line, reason)


class _Variables(Visitor):
    """Every value that a sentence asks for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's name for it
        self.names.add(node.id.name)


def _variables(sentence: Sentence) -> set[str]:
    found = _Variables()
    found.visit(sentence.entry)
    return found.names


def _unfilled(need: Need, strange: set[str]) -> str:
    known = ", ".join(f"${name}" for name in sorted(need.values)) or "none"
    return f"{need.key!r} uses ${', $'.join(sorted(strange))}, which nothing fills; it can use: {known}"


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
