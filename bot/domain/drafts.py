"""A letter that a member may send: the template, what was typed for it, and the text that comes of both.

Templates are data (`config/content/drafts.toml`). A part of one in brackets is left out when what it names is empty, so a
letter never has a hole in it. What a member types is put where it reads well whatever its form: see `Shape`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

REMIND_DAYS = (3, 7, 14, 30)
SENT = "sent"
"""Why a reminder to send a draft was cancelled, so that an undo finds it."""
FIELDS_MAX = 5
"""A form holds no more."""
TEXT_MAX = 2000
"""What one plain message holds, so that a phone copies a letter whole."""
WHO_MAX = 100
_SOURCE = "draft:"

_TOKEN = re.compile(r"\{(\w+)\}")
_HELLO = re.compile(r"(?i)^(dear|hello|hi|hey|good (morning|afternoon|evening))[\s,]+")
_BULLET = re.compile(r"^\s*(?:[-–—*•]|\d{1,2}[.)])\s+")
_ENDS = ".?!…。？！؟।"
_ASKS = "?？؟"
_CLOSERS = "\"'”’)]»"
_LOOSE = ",;:-–—"


class Shape(StrEnum):
    """How what was typed is put into a letter. `words` stand after a colon, where any form reads well."""

    NAME = "name"
    WORDS = "words"
    SENTENCE = "sentence"
    QUESTION = "question"


class Reminder(StrEnum):
    """What a reminder about a draft is for, which is also the step of its nudge."""

    SEND = "reminder"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. With `said`, what they said stands greyed in the empty field."""

    id: str
    shape: Shape
    most: int
    long: bool = False
    said: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter. One in brackets has `without`, which is said when something that `text` names is empty."""

    text: str
    without: str | None = None

    @property
    def always(self) -> str:
        """What must never meet an empty field."""
        return self.text if self.without is None else self.without


@dataclass(frozen=True, slots=True)
class DraftKind:
    """One kind of letter. `kinds` are the rejections it answers; sending it is the action `action`."""

    id: str
    action: str
    kinds: frozenset[str]
    fields: tuple[Field, ...]
    letter: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One saved letter. `who` and `text` are private free text; instants are aware UTC."""

    id: int
    user_id: int
    kind: str
    text: str
    made_at: datetime
    who: str | None = None
    rejection_id: int | None = None
    sent_at: datetime | None = None


def parts_of(letter: str) -> tuple[Part, ...]:
    """The parts of a template such as `[Dear {name},|Hello,]`. Raises ValueError for brackets that do not close."""
    found: list[Part] = []
    rest = letter.strip()
    while rest:
        plain, bracket, rest = rest.partition("[")
        if "]" in plain:
            raise ValueError("a ] without its [")
        if plain:
            found.append(Part(plain))
        if bracket:
            inner, closed, rest = rest.partition("]")
            if not closed or "[" in inner:
                raise ValueError("a [ without its ]")
            text, _, without = inner.partition("|")
            found.append(Part(text, without))
    return tuple(found)


def faults_of(kind: DraftKind) -> Iterator[str]:
    """What is wrong with a template: fields it does not have, holes it could leave, a letter that may get too long."""
    known = {field.id for field in kind.fields}
    optional = {field.id for field in kind.fields if field.optional}
    named = {name for part in kind.letter for name in _TOKEN.findall(part.text + part.always)}
    for name in sorted(named - known):
        yield f"the letter names {{{name}}}, which is not one of its fields"
    for name in sorted(known - named):
        yield f"the letter does not use {{{name}}}"
    for part in kind.letter:
        for name in sorted(optional.intersection(_TOKEN.findall(part.always))):
            yield f"{{{name}}} may be empty, so it needs [ ] around what names it"
    if len(kind.fields) > FIELDS_MAX:
        yield f"{len(kind.fields)} fields, and a form holds {FIELDS_MAX}"
    if (longest := _longest(kind)) > TEXT_MAX:
        yield f"the letter may get {longest} characters long, and {TEXT_MAX} can be copied whole"


def _longest(kind: DraftKind) -> int:
    # Each line's end, of one character, may become a semicolon and a space.
    room = {f.id: (f.most * 3 // 2 if f.long else f.most) + 2 for f in kind.fields}

    def length(text: str) -> int:
        return len(_TOKEN.sub("", text)) + sum(room.get(name, 0) for name in _TOKEN.findall(text))

    return sum(max(length(part.text), length(part.always)) for part in kind.letter)


def compose(kind: DraftKind, typed: Mapping[str, str | None]) -> str:
    """The letter. What was typed is put in as it is, and never read as a template."""
    shaped = {field.id: shape(typed.get(field.id) or "", field.shape) for field in kind.fields}
    filled = {name: text for name, text in shaped.items() if text}
    text = "".join(_said(part, filled) for part in kind.letter)
    lines = (line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _said(part: Part, filled: Mapping[str, str]) -> str:
    whole = filled.keys() >= set(_TOKEN.findall(part.text))
    text = part.text if whole else part.always
    return _TOKEN.sub(lambda found: filled.get(found[1], ""), text)


def shape(text: str, how: Shape) -> str:
    """What was typed, on one line, as it stands in a letter. Empty stays empty."""
    line = _one_line(text)
    if not line:
        return ""
    if how is Shape.NAME:
        return _named(line)
    if how is Shape.WORDS:
        return _ended(line)
    if how is Shape.QUESTION and not any(mark in line for mark in _ASKS):
        return _raised(line.rstrip(_ENDS + _LOOSE + " ") + "?")
    return _raised(_ended(line))


def _one_line(text: str) -> str:
    """Several lines, a list perhaps, as one: parted by a semicolon where nothing else parts them."""
    lines = [" ".join(_BULLET.sub("", line).split()) for line in text.splitlines()]
    joined = ""
    for line in filter(None, lines):
        parted = not joined or joined[-1] in _ENDS + _LOOSE
        joined = f"{joined}{'' if parted else ';'}{' ' if joined else ''}{line}"
    return joined


def _named(line: str) -> str:
    name = _HELLO.sub("", line).rstrip(_LOOSE + "!? ")
    last = name.rpartition(" ")[2]
    # "Dr. Mensah." ends a sentence; "John Smith Jr." does not.
    return name[:-1] if name.endswith(".") and len(last) > len("Jr.") else name


def _ended(line: str) -> str:
    bare = line.rstrip(_LOOSE + " ") or line
    return bare if bare.rstrip(_CLOSERS).endswith(tuple(_ENDS)) else f"{bare}."


def _raised(line: str) -> str:
    first = line.partition(" ")[0]
    return line[:1].upper() + line[1:] if first.islower() else line


def questions_in(text: str) -> int:
    """How many questions a letter asks; one is easiest to answer."""
    return len(re.findall(f"[{_ASKS}]+", text))


def fits(kinds: Collection[DraftKind], rejection_kind: str) -> list[DraftKind]:
    """The letters that answer a rejection of this kind, in the order of the file."""
    return [kind for kind in kinds if rejection_kind in kind.kinds]


def sent_source(draft_id: int) -> str:
    """The source of the action of having sent a draft: it counts once."""
    return f"{_SOURCE}{draft_id}"


def sent_draft(source: str) -> int | None:
    """The draft whose sending an action was, or None."""
    number = source.removeprefix(_SOURCE)
    return int(number) if source.startswith(_SOURCE) and number.isdecimal() else None
