"""Reads the two files behind the support card: the lines it shows, and the words that bring it.

What the card says around the lines is in the locale files; when it appears is decided in `bot.domain.care`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from bot.domain.care import Region, RiskWords, SupportLine
from bot.domain.phrases import PhraseError
from config.documents import ContentError, Document, load_toml
from config.needs import reason_of

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Short = Annotated[str, Field(min_length=1, max_length=120)]
SUPPORT, RISK_WORDS = "support.toml", "risk_words.toml"


@dataclass(frozen=True, slots=True)
class CareContent:
    """Everything care needs to work with nothing else running. `risk` holds one set of words for each language."""

    lines: tuple[SupportLine, ...]
    risk: tuple[RiskWords, ...]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _LineForm(_Form):
    id: Id
    regions: list[Region] = Field(min_length=1)
    shown: bool
    name: Short
    contact: Short
    url: HttpUrl | None = None
    hours: Short
    note: Id
    source: Annotated[str, Field(min_length=1)]
    verified_on: date
    how: Annotated[str, Field(min_length=1)]

    def built(self) -> SupportLine:
        return SupportLine(
            id=self.id,
            regions=frozenset(self.regions),
            shown=self.shown,
            name=self.name,
            contact=self.contact,
            url=None if self.url is None else str(self.url).removesuffix("/"),
            hours=self.hours,
            note_key=self.note,
            source=self.source,
            verified_on=self.verified_on,
            how=self.how,
        )


class _SupportFile(_Form):
    lines: list[_LineForm] = Field(min_length=1)


class _LanguageForm(_Form):
    means: dict[str, list[str]] = {}
    groups: dict[str, str] = {}
    say: list[str] = Field(min_length=1)
    ordinary: list[str] = []

    def built(self, language: str) -> RiskWords:
        meanings = {short: tuple(long.split()) for long, shorts in self.means.items() for short in shorts}
        return RiskWords(self.say, self.ordinary, self.groups, meanings, language)


def load_care(folder: Path) -> CareContent:
    """Read `support.toml` and `risk_words.toml`. Raises the first ContentError, with its line."""
    return CareContent(_lines(load_toml(folder / SUPPORT)), tuple(_risk(load_toml(folder / RISK_WORDS))))


def check_care(folder: Path) -> list[ContentError]:
    """Everything that keeps the files from being used; at most one error for each file."""
    errors: list[ContentError] = []
    for name, read in ((SUPPORT, _lines), (RISK_WORDS, lambda document: tuple(_risk(document)))):
        try:
            read(load_toml(folder / name))
        except ContentError as error:
            errors.append(error)
    return errors


def _lines(document: Document) -> tuple[SupportLine, ...]:
    try:
        file = _SupportFile.model_validate(document.data)
    except ValidationError as error:
        raise _first(document, error) from None
    seen: set[str] = set()
    for n, line in enumerate(file.lines):
        if line.id in seen:
            raise document.error(f"{line.id!r} is already in this file", "lines", n, "id")
        seen.add(line.id)
    for region in Region:
        if not any(line.shown and region in line.regions for line in file.lines):
            raise document.error(f"no line would be shown for {region.value!r}")
    return tuple(line.built() for line in file.lines)


def _risk(document: Document) -> Iterator[RiskWords]:
    for language, table in document.data.items():
        try:
            form = _LanguageForm.model_validate(table)
        except ValidationError as error:
            raise _first(document, error, language) from None
        _prove_each(document, language, form)
        yield form.built(language)


def _prove_each(document: Document, language: str, form: _LanguageForm) -> None:
    """Find the phrase that cannot be read, so that the error names its line and not the whole table."""
    for table, phrases in (("say", form.say), ("ordinary", form.ordinary)):
        try:
            RiskWords(phrases, (), form.groups)
        except PhraseError as error:
            raise ContentError(
                document.path, _line_of(document, language, table, error.phrase), str(error)
            ) from None


def _line_of(document: Document, language: str, table: str, phrase: str) -> int:
    """The line that holds the phrase itself; the list's own line when it is written in an unusual way."""
    lines = document.path.read_text(encoding="utf-8").splitlines()
    found = (n for n, line in enumerate(lines, start=1) if phrase in line)
    return next(found, document.line(language, table))


def _first(document: Document, error: ValidationError, *place: str) -> ContentError:
    wrong = error.errors()[0]
    return document.error(reason_of(wrong, *place), *place, *wrong["loc"])
