"""Reads `config/content/drafts.toml`: the letters of `/draft write`, their forms, and what is wrong with them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field as Limited

from bot.domain.drafts import FIELDS_MAX, TEXT_MAX, DraftKind, Field, faults_of, parts_of
from bot.domain.wordings import Shape
from config.documents import ContentError
from config.needs import DESCRIPTION, LABEL, Need, read_shape, twice, unknown
from config.schema import Form, Id

FILE = "drafts.toml"
ID_MAX = 24
"""What the database keeps of a letter's kind."""
KINDS_MAX = 25
"""A select holds no more."""


DraftId = Annotated[Id, Limited(max_length=ID_MAX)]


class FieldForm(Form):
    """One `[[fields]]`."""

    id: Id
    shape: Shape
    most: int = Limited(ge=1, le=TEXT_MAX)
    long: bool = False
    said: bool = False
    leads: list[Annotated[str, Limited(pattern=r"^[a-z]+( [a-z]+)*$")]] = Limited(default=[])


class DraftForm(Form):
    """One `[[drafts]]`."""

    id: DraftId
    action: Id
    kinds: list[Id] = Limited(default=[])
    fields: list[Id] = Limited(min_length=1, max_length=FIELDS_MAX)
    optional: list[Id] = Limited(default=[])
    examples: list[Id] = Limited(default=[])
    last: bool = False
    letter: str = Limited(min_length=1)


class DraftsFile(Form):
    """`drafts.toml`."""

    fields: list[FieldForm]
    drafts: list[DraftForm] = Limited(min_length=1, max_length=KINDS_MAX)

    def built(self, draft: DraftForm) -> DraftKind:
        """The frozen data of one letter. Raises ValueError for brackets that do not close."""
        known = {field.id: field for field in self.fields}
        fields = (
            Field(
                one.id, one.shape, one.most, one.long, one.said, one.id in draft.optional,
                tuple(sorted(one.leads, key=len, reverse=True)), draft.id if one.id in draft.examples else "",
            )
            for name in draft.fields
            if (one := known.get(name)) is not None
        )  # fmt: skip
        letter = parts_of(draft.letter)
        return DraftKind(draft.id, draft.action, frozenset(draft.kinds), tuple(fields), letter, draft.last)


class DraftsReader:
    """Reads the file once; what is wrong with its form goes under `errors`."""

    def __init__(self, folder: Path, errors: list[ContentError]) -> None:
        self._read = read_shape(folder / FILE, DraftsFile, errors)

    def built(self) -> tuple[DraftKind, ...]:
        """Every letter, in the order of the file. Only for a file without errors."""
        if self._read is None:
            return ()
        file, _ = self._read
        return tuple(file.built(draft) for draft in file.drafts)

    def disagreements(self, action_ids: Iterable[str], kind_ids: Iterable[str]) -> Iterator[ContentError]:
        """Ids written twice, references to what does not exist, and letters that could not be put together."""
        if self._read is None:
            return
        file, document = self._read
        field_ids = [field.id for field in file.fields]
        yield from twice(document, ("fields",), field_ids)
        yield from twice(document, ("drafts",), [draft.id for draft in file.drafts])
        for n, draft in enumerate(file.drafts):
            place = ("drafts", n)
            yield from unknown(document, (*place, "action"), [draft.action], action_ids)
            yield from unknown(document, (*place, "kinds"), draft.kinds, kind_ids)
            yield from unknown(document, (*place, "fields"), draft.fields, field_ids)
            yield from unknown(document, (*place, "optional"), draft.optional, draft.fields)
            yield from unknown(document, (*place, "examples"), draft.examples, draft.fields)
            for fault in self._faults(file, draft):
                yield document.error(fault, *place, "letter")

    def _faults(self, file: DraftsFile, draft: DraftForm) -> Iterator[str]:
        try:
            yield from faults_of(file.built(draft))
        except ValueError as error:
            yield str(error)

    def needs(self) -> Iterator[Need]:
        """Every sentence the file asks for."""
        if self._read is None:
            return
        file, document = self._read
        for n, field in enumerate(file.fields):
            yield Need(f"draft-field-{field.id}", LABEL, document, ("fields", n, "id"))
            yield Need(f"draft-field-{field.id}-hint", DESCRIPTION, document, ("fields", n, "id"))
        for n, draft in enumerate(file.drafts):
            yield Need(f"draft-{draft.id}", LABEL, document, ("drafts", n, "id"))
            yield Need(f"draft-{draft.id}-hint", DESCRIPTION, document, ("drafts", n, "id"))
            for m, field_id in enumerate(draft.examples):
                yield Need(
                    f"draft-{draft.id}-{field_id}-hint", DESCRIPTION, document, ("drafts", n, "examples", m)
                )
