"""Every field somebody can type into, as a function of the bytes typed: it returns when all promises were kept."""

import atexit
import csv
import io
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from zoneinfo import available_timezones

from bot.domain.actions import NOTE_MAX, joined, server_action_id
from bot.domain.boards import ALIAS_MAX, check_alias
from bot.domain.care import speaks_of_self_harm
from bot.domain.dates import parse_day
from bot.domain.guilds import ENTRY_MAX, entry_label
from bot.domain.imports import COLUMNS, Sheet, fold, read_rows, read_sheet
from bot.domain.patients import looks_like_patient
from bot.domain.people import places_of, traces_of, without_person
from bot.domain.rejections import SAID_MAX
from bot.domain.sheets import neutral, restored, table
from bot.domain.text import free_text, is_blank, public_text
from bot.domain.zones import choice_label, parse_zone, search, zone_of
from bot.errors import UserError
from bot.ids import is_id
from bot.services.checkins import Target
from config.documents import ContentError, load_toml
from config.places import load_zones
from config.words import read_sentences
from tests.fuzz.promises import kept_or_refused, refused, shown_safely
from tests.texts import CONTENT, care, content, voice

TODAY = date(2026, 11, 22)
_ZONES = load_zones(CONTENT)
_AVAILABLE = frozenset(available_timezones())


@cache
def folder() -> Path:
    """Where a file lies that is read as one; it goes when the process ends."""
    made = tempfile.TemporaryDirectory(prefix="sf-fuzz-")
    atexit.register(made.cleanup)
    return Path(made.name)


@cache
def kinds() -> dict[str, str]:
    """Each kind's id by its id as it is compared."""
    return {fold(kind.id): kind.id for kind in content().kinds}


def typed(data: bytes) -> str:
    """Bytes as a text: what is no UTF-8 becomes half surrogate pairs, as a strange client may send them."""
    return data.decode("utf-8", "surrogateescape")


def day(data: bytes) -> None:
    """A date: one day in range, two to ask about, or a refusal; a day it read it reads again from ISO."""
    for day_first in (None, True, False):
        kept_or_refused(typed(data), partial(_day, day_first=day_first))


def _day(text: str, day_first: bool | None) -> None:
    found = parse_day(text, today=TODAY, day_first=day_first)
    days = found.choices or (found.day,)
    for one in days:
        assert one is not None
        assert date(2016, 11, 22) <= one <= TODAY
        assert parse_day(one.isoformat(), today=TODAY).day == one
        voice().day(one, TODAY.year)
    assert day_first is None or found.choices is None


def note(data: bytes) -> None:
    """Private free text: kept as it is, sealed and opened again, or refused."""
    for limit in (NOTE_MAX, SAID_MAX):
        kept_or_refused(typed(data), partial(_note, limit=limit))
    speaks_of_self_harm(typed(data), care().risk[0])
    looks_like_patient([typed(data)])


def _note(text: str, limit: int) -> None:
    kept = free_text(text, limit)
    if kept is None:
        assert is_blank(text)
        return
    assert kept == text.strip()
    assert len(kept) <= limit
    assert free_text(kept, limit) == kept
    assert kept.encode().decode() == kept
    assert (joined("note", kept) or "").endswith(kept)


def alias(data: bytes) -> None:
    """A name for the board: shown as a name and nothing else; any display name is, too."""
    shown_safely(typed(data))
    kept_or_refused(typed(data), _alias)


def _alias(text: str) -> None:
    kept = check_alias(public_text(text, ALIAS_MAX))
    assert 0 < len(kept) <= ALIAS_MAX
    assert check_alias(public_text(kept, ALIAS_MAX)) == kept
    kept.encode()
    shown_safely(kept)


def entry(data: bytes) -> None:
    """A server's own entry of the catalogue."""
    kept_or_refused(typed(data), _entry)


def _entry(text: str) -> None:
    kept = entry_label(text)
    assert 0 < len(kept) <= ENTRY_MAX
    kept.encode()
    assert entry_label(kept) == kept
    shown_safely(kept)


def place(data: bytes) -> None:
    """A zone: found, or refused with what to type; what is offered while typing is a zone."""
    text = typed(data)
    found = search(_ZONES, text, available=_AVAILABLE)
    assert len(found) <= 25
    for zone in found:
        assert zone.id in _AVAILABLE
        assert 0 < len(choice_label(zone, text)) <= 100
    kept_or_refused(text, _place)


def _place(text: str) -> None:
    zone = parse_zone(text, _ZONES, _AVAILABLE)
    assert zone.id in _AVAILABLE
    assert parse_zone(zone.id, _ZONES, _AVAILABLE).id == zone.id
    assert zone_of(zone.id, _ZONES).label


def value(data: bytes) -> None:
    """What a forged option or button carries: an id both engines can hold, or nobody's."""
    text = typed(data)
    if is_id(text):
        assert 0 <= int(text) < 1 << 63
    number = server_action_id(text)
    assert number is None or 0 <= number < 1 << 63
    kept_or_refused(text, _target)


def _target(text: str) -> None:
    assert Target.parse(str(Target.parse(text))) == Target.parse(text)


def file(data: bytes) -> None:
    """A CSV file: rows within every limit, problems in words, or one refusal."""
    try:
        sheet = read_sheet(data)
        for day_first in (None, True, False):
            _rows(sheet, day_first)
    except UserError as error:
        refused(error, typed(data))


def _rows(sheet: Sheet, day_first: bool | None) -> None:
    reading = read_rows(sheet, kinds(), today=TODAY, day_first=day_first)
    wrong = [(problem.number, problem.column) for problem in reading.problems]
    assert len(wrong) == len(set(wrong))
    numbers = [row.number for row in reading.rows] + sorted({number for number, _ in wrong})
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= {number for number, _ in sheet.rows}
    assert len(numbers) == len(sheet.rows) or reading.unclear is not None
    for row in reading.rows:
        assert row.draft.kind in kinds().values()
        assert (row.draft.who or "").encode() or row.draft.who is None
        assert len(row.draft.said or "") <= SAID_MAX
    for problem in reading.problems[:10]:
        assert voice()(problem.key, **problem.values)
        assert problem.column in COLUMNS


def cells(data: bytes) -> None:
    """Text in an export is inert in a spreadsheet, and an import gives it back as it was."""
    text = data.decode("utf-8", "ignore")
    assert restored(neutral(text)) == text
    assert neutral(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    parts = text.split("|")[:6]
    kept = [free_text(part.replace("\x00", ""), len(text)) or "" for part in parts] + [""] * (6 - len(parts))
    assert next(csv.reader(io.StringIO(table(kept, []), newline=""))) == kept
    row = ["exam", kept[1], "2026-11-03", "", kept[4], ""]
    back = read_sheet(("\ufeff" + table(COLUMNS, [row])).encode())
    assert [back.rows[0][1][column] for column in COLUMNS] == row


def person(data: bytes) -> None:
    """Somebody's name, and a text to take it out of: afterwards it is not there, and nothing else is gone."""
    name, _, text = typed(data).partition("|")
    traces_of(text)
    for start, end in places_of(text, name):
        assert 0 <= start < end <= len(text)
    left, count = without_person(text, name, "[…]", len(text) + 100)
    assert (count > 0) or left == text
    assert not count or not places_of(left.replace("[…]", " "), name)


def toml(data: bytes) -> None:
    """A host's own content file: read, or refused with file and line."""
    path = folder() / "zones.toml"
    path.write_bytes(data)
    for read in (lambda: load_toml(path), lambda: load_zones(folder())):
        try:
            read()
        except ContentError as error:
            _told(error)


def ftl(data: bytes) -> None:
    """A host's own words: read, or refused with file and line."""
    english = folder() / "locales" / "en"
    english.mkdir(parents=True, exist_ok=True)
    (english / "own.ftl").write_bytes(data)
    try:
        _sentences, errors = read_sentences(folder() / "locales", None)
    except ContentError as error:
        _told(error)
        return
    for one in errors:
        _told(one)


def _told(error: ContentError) -> None:
    assert error.line >= 1
    assert error.reason


FIELDS: Mapping[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (day, note, alias, entry, place, value, file, cells, person, toml, ftl)
}
