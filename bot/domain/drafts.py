"""A letter that a member may send: the template, what was typed for it, and the text that comes of both.

Templates are data (`config/content/drafts.toml`). A part of one in brackets is left out when what it names is empty, so a
letter never has a hole in it. A part can be said in several ways, by how what was typed begins: see `wordings`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.openings import Opening, opened, opening_of
from bot.domain.wordings import ASKS, GROWS, Shape, raised, shape

SENT = "sent"
"""Why a reminder to send a draft was cancelled, so that an undo finds it."""
UNSENT = "unsent"
"""Why a reminder of what follows was cancelled: the sending was undone. It is found when the draft is sent again."""
FIELDS_MAX = 5
"""A form holds no more."""
TEXT_MAX = 2000
"""What one plain message holds, so that a phone copies a letter whole."""
WHO_MAX = 100
SIGNED_LINES = 2
_SOURCE = "draft:"

GAP = "[your name]"
"""Stands under a letter until its writer puts their name there."""
SIGN = "sign"
"""The writer's own name. A letter may name it without asking for it: then it is as they signed before."""
SIGN_MAX = 80

_REPORTS = ("that", "said", "wrote", "told me")
"""What reports a sentence, as in "you said that": it is taken away before a sentence alone."""
_CLOSING = re.compile(
    r"(?i)^(?:[a-z]+ ){0,3}(?:regards|wishes|best|sincerely|yours|truly|faithfully|respectfully|gratefully|gratitude|thanks"
    r"|thank you|warmly|cheers|the best),$"
)
_TOKEN = re.compile(r"\{(\w+)(?::(\w+))?\}")
_BRACE = re.compile(r"\{[^{}]*\}?|\}")


class Reminder(StrEnum):
    """What a reminder about a draft is for, which is also the step of its nudge."""

    SEND = "reminder"
    ANSWER = "answer"
    AGAIN = "again"


REMIND_DAYS: Mapping[Reminder, tuple[int, ...]] = MappingProxyType(
    {Reminder.SEND: (1, 3, 7, 14), Reminder.ANSWER: (3, 7, 14, 30), Reminder.AGAIN: (42, 90)}
)
"""How many days ahead each reminder is offered for."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. With `said`, what they said stands greyed in the empty field.

    `leads` are words of the letter that may be typed once more. `example` is the letter whose own example is shown.
    """

    id: str
    shape: Shape
    most: int
    long: bool = False
    said: bool = False
    optional: bool = False
    leads: tuple[str, ...] = ()
    example: str = ""

    @property
    def hint_key(self) -> str:
        """The sentence with an example: the letter's own, or the one that all letters share."""
        return f"draft-{self.example or 'field'}-{self.id}-hint"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter, and the ways to say it: the first that fits is said, and nothing when none does.

    One that stands outside brackets has one way, which is said `always`.
    """

    ways: tuple[str, ...]
    always: bool = False


@dataclass(frozen=True, slots=True)
class DraftKind:
    """One kind of letter. `kinds` are the rejections it answers; sending it is the action `action`.

    `last`: it says that its writer will not write about this again.
    """

    id: str
    action: str
    kinds: frozenset[str]
    fields: tuple[Field, ...]
    letter: tuple[Part, ...]
    last: bool = False


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
            found.append(Part((plain,), always=True))
        if bracket:
            inner, closed, rest = rest.partition("]")
            if not closed or "[" in inner:
                raise ValueError("a [ without its ]")
            found.append(Part(tuple(inner.split("|"))))
    return tuple(found)


def faults_of(kind: DraftKind) -> Iterator[str]:
    """What is wrong with a template: fields it does not have, what it could leave out, a letter that may get too long."""
    known = {field.id for field in kind.fields}
    named = {name for part in kind.letter for way in part.ways for name, _ in _tokens(way)}
    for name in sorted(named - known - {SIGN}):
        yield f"the letter names {{{name}}}, which is not one of its fields"
    for name in sorted(known - named):
        yield f"the letter does not use {{{name}}}"
    optional = {field.id for field in kind.fields if field.optional} - {SIGN}
    for part in kind.letter:
        yield from _faults_in(part, optional)
    if len(kind.fields) > FIELDS_MAX:
        yield f"{len(kind.fields)} fields, and a form holds {FIELDS_MAX}"
    if (longest := _longest(kind)) > TEXT_MAX:
        yield f"the letter may get {longest} characters long, and {TEXT_MAX} can be copied whole"


def _faults_in(part: Part, optional: set[str]) -> Iterator[str]:
    tokens = {token for way in part.ways for token in _tokens(way)}
    for how in sorted({how for _, how in tokens} - {""}):
        if how.lower() not in set(Opening):
            yield f"`{how}` is not a way to begin; there are {', '.join(Opening)}"
    sure = {name for way in part.ways if all(map(_is_sure, _tokens(way))) for name, _ in _tokens(way)}
    for name in sorted({name for name, _ in tokens} - sure):
        yield f"{{{name}}} may begin otherwise, so the brackets need one more way: with {{{name}}} or {{{name}:any}}"
    for brace in (found[0] for way in part.ways for found in _BRACE.finditer(_TOKEN.sub("", way))):
        yield f"`{brace}` is not a field: it is written {{field}} or {{field:way}}, with no space"
    if part.always:
        for name in sorted(optional.intersection(name for name, _ in tokens)):
            yield f"{{{name}}} may be empty, so it needs [ ] around what names it"


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2] or "") for found in _TOKEN.finditer(text)]


def _is_sure(token: tuple[str, str]) -> bool:
    return token[1].lower() in ("", Opening.ANY)


def _longest(kind: DraftKind) -> int:
    # Each line's end, of one character, may become a semicolon and a space.
    room = {f.id: (f.most * 3 // 2 if f.long else f.most) + GROWS for f in kind.fields}

    def length(text: str) -> int:
        return len(_TOKEN.sub("", text)) + sum(room.get(name, SIGN_MAX) for name, _ in _tokens(text))

    return sum(max(map(length, part.ways)) for part in kind.letter)


def compose(kind: DraftKind, typed: Mapping[str, str | None], signed: str | None = None) -> str:
    """The letter. What was typed is put in as it is, and never read as a template. `signed`: how they signed before."""
    shaped = {field.id: shape(_unled(typed.get(field.id) or "", field), field.shape) for field in kind.fields}
    filled = {name: text for name, text in shaped.items() if text}
    filled.setdefault(SIGN, GAP if SIGN in shaped else signed or GAP)
    text = "".join(_said(part, filled) for part in kind.letter)
    lines = (line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _unled(text: str, field: Field) -> str:
    """Without the words that the letter says before it, should they have been typed too."""
    bare = text.strip()
    for lead in field.leads:
        if bare.lower().startswith(f"{lead} "):
            rest = bare[len(lead) :].strip()
            # "that is not possible" has no other subject than its "that".
            kept = lead.endswith(_REPORTS) and opening_of(rest) is not Opening.CLAUSE
            return bare if kept else rest
    return bare


def _said(part: Part, filled: Mapping[str, str]) -> str:
    """The first way of saying it that fits all it names; nothing when none does."""
    for way in part.ways:
        words = {token: _put(*token, filled) for token in _tokens(way)}
        if None not in words.values():
            return _filled(way, words)
    return ""


def _filled(way: str, words: Mapping[tuple[str, str], str | None]) -> str:
    return _TOKEN.sub(lambda found: words[found[1], found[2] or ""] or "", way)


def _put(name: str, how: str, filled: Mapping[str, str]) -> str | None:
    text = filled.get(name)
    if text is None or not how:
        return text
    found = opened(text, Opening(how.lower()))
    return raised(found) if found is not None and how[0].isupper() else found


def signature_of(text: str) -> str | None:
    """The name under a letter, as in `Kind regards,` and a name in two lines; None while there is none.

    A P.S. may follow it.
    """
    for block in reversed(text.split("\n\n")):
        lines = block.strip().splitlines()
        if len(lines) == SIGNED_LINES and _CLOSING.match(lines[0].strip()):
            name = lines[1].strip()
            return None if GAP in name or not name or len(name) > SIGN_MAX else name
    return None


def gist_of(kind: DraftKind | None, text: str) -> str:
    """What a letter says of its own, on one line: without the greeting, and without what all of its kind begin with."""
    paragraphs = text.strip().split("\n\n")
    body = " ".join(" ".join(paragraphs[len(paragraphs) > 1 :]).split())
    letter = kind.letter if kind is not None else ()
    same = next(
        (" ".join(part.ways[0].split()) for part in letter if part.always and part.ways[0].strip()), ""
    )
    return body.removeprefix(same).strip() or body


def questions_in(text: str) -> int:
    """How many questions a letter asks; one is easiest to answer."""
    return len(re.findall(f"[{ASKS}]+", text))


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
