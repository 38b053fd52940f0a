"""How what a member types stands in a letter: as a name, as words that follow on, as a sentence or a question.

Everything here is about English, the language of the letters. What is not understood is left as it was typed.
"""

import re
from enum import StrEnum

from bot.domain.openings import Opening, lowered, opening_of
from bot.domain.spans import capitalised

GROWS = 20
"""Characters that wording may add: the marks and small words that make a list or a date part of a sentence."""

_HELLO = re.compile(r"(?i)^(dear|hello|hi|hey|good (morning|afternoon|evening))[\s,]+")
_POLITE = re.compile(
    r"(?i)^(?:respected )?(?:(?:sir|madam|ma['’]?am) )?(?=(?:dr|prof|professor)\b)|^respected "
)
"""Stands before a title in some countries, and not in letters to the United States."""
_TITLE = re.compile(r"^(?:dr|prof|professor|mr|mrs|ms|sir|madam)\b")
_ACRONYM = re.compile(r"\b(?:cv|ecfmg|eras|imgs?|mph|nrmp|oet|usmle)\b")
_STEP = re.compile(r"(?i)\bstep ([123])(?: (ck|cs))?\b")
_NEXT_SENTENCE = re.compile(r"(?<=[!?؟] )[a-z]+\b")
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_ASKING = re.compile(
    r"(?i)(?:and |or )?(?:am|are|can|could|did|do|does|how|is|may|should|what|when|where|which|who|why|will|would)\b"
)
_BULLET = re.compile(r"^\s*(?:(?:[-–—*•]|\d{1,2}[.)])\s+)+")
_LONE_I = re.compile(r"(?<![\w.(/'’-])i(?=['’](?:m|ve|ll|d)\b|[ ,]|$)")
_ENDS = ".?!…。？！؟।"
ASKS = "?？؟"
_CLOSERS = "\"'”’)]»"
_LOOSE = ",;:-–—"
_ITEM_WORDS = 8
_THANKS = ("thank", "many thanks")
_PARTICLES = {"al", "bin", "da", "de", "del", "den", "der", "dos", "el", "ibn", "la", "van", "von"}
_TITLES = {"md": "MD", "phd": "PhD"}


class Shape(StrEnum):
    """How what was typed stands in a letter. `words` follow on from something; the others stand by themselves."""

    NAME = "name"
    WORDS = "words"
    SENTENCE = "sentence"
    QUESTION = "question"


def shape(text: str, how: Shape) -> str:
    """What was typed, on one line, as it stands in a letter. Empty stays empty."""
    line = _one_line(text, how)
    if not line:
        return ""
    if how is Shape.NAME:
        return _named(line)
    line = _LONE_I.sub("I", line)
    if how is Shape.WORDS:
        return _capitals(_ended(line))
    return raised(_capitals(_questioned(line) if how is Shape.QUESTION else _ended(line)))


def _questioned(line: str) -> str:
    """With a question mark at its end, unless it asked before."""
    if not any(mark in line for mark in ASKS):
        return line.rstrip(_ENDS + _LOOSE + " ") + "?"
    asks = _ASKING.match(_SENTENCE.split(line)[-1]) and not line.endswith(tuple(_ENDS))
    return f"{line.rstrip(_LOOSE + ' ')}?" if asks else _ended(line)


def _capitals(line: str) -> str:
    """With the capitals that a phone leaves out: the days and months, the exams, and a sentence after a question."""
    line = capitalised(line)
    line = _STEP.sub(lambda step: f"Step {step[1]}{f' {step[2].upper()}' if step[2] else ''}", line)
    line = _ACRONYM.sub(lambda one: "IMGs" if one[0] == "imgs" else one[0].upper(), line)
    return _NEXT_SENTENCE.sub(lambda word: word[0].capitalize(), line)


def _one_line(text: str, how: Shape) -> str:
    """Several lines as one: a list of short things with commas and "and", sentences as they are, the rest by semicolons."""
    lines = [" ".join(_BULLET.sub("", line).split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > 1 and (items := _items(lines)):
        *before, last = items
        joint = " " if last.lower().startswith(("and ", "or ")) else " and "
        return ", ".join(before) + joint + last
    if how is Shape.QUESTION and len(lines) > 1:
        return " ".join(raised(_asked(line)) for line in lines)
    joined = ""
    for line in lines:
        parted = not joined or joined[-1] in _ENDS + _LOOSE
        mark = "" if parted else "." if line[:1].isupper() and not joined.isdecimal() else ";"
        joined = f"{joined}{mark}{' ' if joined else ''}{line}"
    return joined


def _items(lines: list[str]) -> list[str]:
    """The items of a list, with small letters; nothing for what may be sentences, such as "Passed Step 3" in a line."""
    if not all(_is_item(line) for line in lines):
        return []
    first, *rest = (line.rstrip(_LOOSE + " ") or line for line in lines)
    items = [first, *map(lowered, rest)]
    # A phone gives each line a capital, also one that begins with a verb.
    return (
        [] if any(" " in item and item[:1].isupper() and item[1:2].islower() for item in items[1:]) else items
    )


def _is_item(line: str) -> bool:
    bare = line.rstrip(_LOOSE + " ")
    one = bare and not any(mark in bare for mark in f"{_ENDS},;:") and not bare.lower().startswith(_THANKS)
    return bool(one) and len(bare.split()) <= _ITEM_WORDS and opening_of(bare) is not Opening.CLAUSE


def _asked(line: str) -> str:
    ended = line.rstrip(_CLOSERS).endswith(tuple(_ENDS)) or line.lower().startswith(_THANKS)
    return _ended(line) if ended else f"{line.rstrip(_LOOSE + ' ')}?"


def _named(line: str) -> str:
    name = _POLITE.sub("", _HELLO.sub("", line)).rstrip(_LOOSE + "!? ")
    last = name.rpartition(" ")[2]
    # "Dr. Mensah." ends a sentence; "John Smith Jr." does not.
    name = name[:-1] if name.endswith(".") and len(last) > len("Jr.") else name
    if not name.islower():
        return _TITLE.sub(lambda title: title[0].capitalize(), name)
    return " ".join(_capital(n, word) for n, word in enumerate(name.split(" ")))


def _capital(place: int, word: str) -> str:
    if place and word in _PARTICLES:
        return word
    return _TITLES.get(word.strip(".,"), word[:1].upper() + word[1:])


def _ended(line: str) -> str:
    bare = line.rstrip(_LOOSE + " ") or line
    return bare if bare.rstrip(_CLOSERS).endswith(tuple(_ENDS)) else f"{bare}."


def raised(line: str) -> str:
    """With a capital, unless the first word has its own way with capitals: "iPhone"."""
    first = line.partition(" ")[0]
    return line[:1].upper() + line[1:] if first.islower() else line
