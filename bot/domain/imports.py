"""Reading the spreadsheet people already keep: bytes to rows, rows to drafts, and every row's fault in a key.

Pure: nothing is stored, and no date is guessed. What a column may be called is here, in English.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from bot.domain.dates import parse_day
from bot.domain.kinds import How
from bot.domain.rejections import SAID_MAX, WHO_MAX, RejectionDraft
from bot.domain.sheets import restored
from bot.domain.text import free_text
from bot.errors import UserError

BYTES_MAX = 1024 * 1024
ROWS_MAX = 2000
LINES_MAX, WIDEST = 5 * ROWS_MAX, 200
"""Lines, blank ones too, and columns that are looked at: a megabyte of line ends or commas would keep everybody waiting."""
COLUMNS = ("kind", "who", "date", "how", "said", "feeling")
OTHER = "other"
_DELIMITERS = (",", ";", "\t")

_CALLED = {
    "kind": "kind, type, category, what, what was it for, rejection type, type of rejection, kind of rejection",
    "who": "who, where, who or where, place, program, programme, program name, institution, hospital, organisation, "
    "organization, company, employer, lab, university, name, applied to",
    "date": "date, when, day, rejection date, date of rejection, decision date, date received, received, occurred on",
    "how": "how, how it came, via, channel, medium, came by",
    "said": "said, what they said, feedback, notes, note, comment, comments, reason, reason given, message, reply",
    "feeling": "feeling, how it feels, how does it feel, mood, feels, feeling 1-5",
}
_COLUMN = {name: column for column, names in _CALLED.items() for name in names.split(", ")}

_KINDS = {
    "research": "research position, research job, lab",
    "clinical-experience": "observership, externship, elective, rotation, usce, clinical rotation",
    "letter": "lor, letter of recommendation, recommendation, reference",
    "exam": "step 1, step 2, step 2 ck, step 3, usmle, oet, test",
    "certification": "ecfmg, pathway, pathways, certificate",
    "application-no": "residency, residency application, application, residency program, program",
    "application-silence": "no answer, no response, no reply, silence, ghosted",
    "interview-waitlist": "waitlist, wait list, waitlisted, interview wait list",
    "interviewed-not-matched": "not matched after interview, interview",
    "unmatched": "no match, did not match, match",
    "fellowship": "fellowship application",
    "job": "work, position, attending",
    "visa": "j-1, j1, h-1b, h1b",
    OTHER: "something else, misc, miscellaneous",
}
_HOWS = {
    How.EMAIL: "email, e-mail, mail",
    How.PORTAL: "portal, website, eras, application portal",
    How.PHONE: "phone, call, phone call, in person, person, phone or in person",
    How.SILENCE: "silence, no answer, no response, no reply, never, ghosted",
}
_HOW = {name: how for how, names in _HOWS.items() for name in names.split(", ")}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as rows of cells by column. `rows` carry their number as a spreadsheet counts: the header is 1."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a row: the row's number, the column, and the sentence with its values."""

    number: int
    column: str
    key: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be imported."""

    number: int
    draft: RejectionDraft


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. `unclear` is the first date that reads two ways: day first, month first."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    unclear: tuple[date, date] | None = None


def fold(text: str) -> str:
    """How names of columns and kinds are compared."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    return " ".join("".join(ch for ch in plain if unicodedata.category(ch) != "Cf").split()).strip(" :?")


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252. Raises UserError."""
    if len(content) > BYTES_MAX:
        raise UserError("import-too-large")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in content[:2]:
        codecs = ("utf-16-be" if content[:1] == b"\x00" else "utf-16-le",)
    else:
        codecs = ("utf-8-sig", "cp1252")
    for codec in codecs:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UserError("import-unreadable")


def read_sheet(content: bytes) -> Sheet:
    """The rows of a CSV file, whichever of comma, semicolon or tab it uses. Raises UserError."""
    text = decoded(content)
    if not text.strip():
        raise UserError("import-empty")
    tables = [_table(text, delimiter) for delimiter in _DELIMITERS]
    columns, rows = max(tables, key=lambda table: len(set(table[0]) - {""}))
    if "date" not in columns or not {"kind", "who"} & set(columns):
        raise UserError("import-no-columns")
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if len(filled) > ROWS_MAX:
        raise UserError("import-too-many", most=str(ROWS_MAX))
    if not filled:
        raise UserError("import-empty")
    return Sheet(columns, tuple((number, _named(columns, row)) for number, row in filled))


def _table(text: str, delimiter: str) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), LINES_MAX + 1))
    except csv.Error:
        raise UserError("import-unreadable") from None
    if len(rows) > LINES_MAX:
        raise UserError("import-too-many", most=str(ROWS_MAX))
    # A blank line before the header counts as a row in a spreadsheet, too.
    start = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    columns: list[str] = []
    for name in rows[start][:WIDEST] if rows else []:
        found = _COLUMN.get(fold(name), "")
        columns.append("" if found in columns else found)
    return tuple(columns), list(enumerate(rows[start + 1 :], start=start + 2))


def _named(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {column: restored(cell).strip() for column, cell in zip(columns, row, strict=False) if column}


def read_rows(sheet: Sheet, kinds: Mapping[str, str], *, today: date, day_first: bool | None) -> Reading:
    """Each row as a draft, or every fault of it: one for a column at most. `kinds` names kinds, folded, as people do.

    A date that reads two ways is no problem of its row: the file is asked about once, and `day_first` answers.
    """
    known = {**_synonyms(kinds.values()), **kinds}
    rows: list[Row] = []
    problems: list[Problem] = []
    unclear: tuple[date, date] | None = None
    for number, cells in sheet.rows:
        day: date | None = None
        values: dict[str, Any] = {}
        faults: list[Problem] = []
        for column in COLUMNS:
            cell = cells.get(column, "")
            try:
                if column == "date":
                    day, choices = _day(cell, today, day_first)
                    unclear = unclear or choices
                else:
                    values[column] = _value(column, cell, known)
            except UserError as error:
                faults.append(Problem(number, column, error.key, error.values))
        problems += faults
        if day is not None and not faults:
            rows.append(Row(number, RejectionDraft(occurred_on=day, **values)))
    return Reading(tuple(rows), tuple(problems), unclear)


def _day(cell: str, today: date, day_first: bool | None) -> tuple[date | None, tuple[date, date] | None]:
    """The day, or the two it could be. Nothing typed is no day here: a whole file of today would be wrong."""
    if not cell:
        raise UserError("import-no-date")
    parsed = parse_day(cell, today=today, day_first=day_first)
    return parsed.day, parsed.choices


def _value(column: str, cell: str, kinds: Mapping[str, str]) -> object:
    if column == "kind":
        found = kinds.get(fold(cell)) if cell else OTHER
        if found is None:
            raise UserError("import-kind-unknown")
        return found
    if not cell:
        return None
    if column == "how":
        if fold(cell) not in _HOW:
            raise UserError("import-how-unknown")
        return _HOW[fold(cell)]
    if column == "feeling":
        if fold(cell) not in {"1", "2", "3", "4", "5"}:
            raise UserError("import-feeling-unknown")
        return int(fold(cell))
    return free_text(cell, WHO_MAX if column == "who" else SAID_MAX)


def _synonyms(ids: Iterable[str]) -> dict[str, str]:
    """Every English name of the kinds there are, and their ids with spaces."""
    there = set(ids)
    found = {fold(kind.replace("-", " ")): kind for kind in there} | {fold(kind): kind for kind in there}
    for kind, names in _KINDS.items():
        if kind in there:
            found.update(dict.fromkeys(names.split(", "), kind))
    return found
