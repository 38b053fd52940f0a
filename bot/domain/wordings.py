"""How what a member types is put into a letter: by its shape, and by how it begins, so that a sentence can go on with it.

Everything here is about English, the language of the letters. What is not understood is left as it was typed.
"""

import re
from enum import StrEnum

GROWS = 20
"""Characters that wording may add: the marks and small words that make a list or a date part of a sentence."""

_HELLO = re.compile(r"(?i)^(dear|hello|hi|hey|good (morning|afternoon|evening))[\s,]+")
_BULLET = re.compile(r"^\s*(?:[-–—*•]|\d{1,2}[.)])\s+")
_LONE_I = re.compile(r"(?<![\w.(/'’-])i(?=['’](?:m|ve|ll|d)\b|[ ,]|$)")
_ENDS = ".?!…。？！؟।"
ASKS = "?？؟"
_CLOSERS = "\"'”’)]»"
_LOOSE = ",;:-–—"
_ITEM_WORDS = 8
_PARTICLES = {"al", "bin", "da", "de", "del", "den", "der", "dos", "el", "ibn", "la", "van", "von"}
_TITLES = {"md": "MD", "phd": "PhD"}


class Shape(StrEnum):
    """How what was typed stands in a letter. `words` follow on from something; the others stand by themselves."""

    NAME = "name"
    WORDS = "words"
    SENTENCE = "sentence"
    QUESTION = "question"


class Opening(StrEnum):
    """How what was typed begins, and so which sentence it can go on with."""

    CLAUSE = "clause"
    """a sentence of its own: "we spoke at your poster" """
    TOLD = "told"
    """the same, told by the writer: not in the words of a "we" that may be theirs"""
    THING = "thing"
    """ "the clinic for new mothers" """
    DOING = "doing"
    """ "reading my statement" """
    DO = "do"
    """what follows "I will": "write a case report", with or without the "I will" """
    DID = "did"
    """what follows "we": "met in Chicago" """
    TO = "to"
    """ "to ask for a place" """
    AT = "at"
    """ "at your poster" """
    HOW = "how"
    """ "how residents run the clinic" """
    BECAUSE = "because"
    BY = "by"
    """a date: "31 March" becomes "by 31 March", "in two weeks" stays"""
    ANY = "any"
    """whatever it is, with a small letter where that is safe"""


_FIRST = {
    Opening.CLAUSE: "i you we they he she it there",
    Opening.THING: "a an the my our your his her their this that these those some all every one two three four five",
    Opening.DID: "met spoke talked worked helped gave wrote introduced answered showed taught",
    Opening.TO: "to",
    Opening.AT: "at in during on through",
    Opening.HOW: "how what why whether where which who when",
    Opening.BECAUSE: "because",
    Opening.DO: "abstract apply ask attend build collect complete do find finish get improve join learn make practise prepare "
    "present publish read record redo repeat revise rewrite study submit take teach volunteer write",
}  # fmt: skip
_BEGINS = {word: opening for opening, words in _FIRST.items() for word in words.split()}
_COMMON = {
    "anesthesiology", "cover", "dermatology", "emergency", "externship", "family", "fellowship", "general", "internal",
    "neurology", "observership", "obstetrics", "pathology", "pediatrics", "personal", "position", "psychiatry", "radiology",
    "research", "residency", "surgery",
}  # fmt: skip
"""Words that many begin with, and write with a capital because they begin with them."""
_NOT_DOING = {
    "anything",
    "during",
    "evening",
    "everything",
    "morning",
    "nothing",
    "something",
    "spring",
    "thing",
}
_WILL = re.compile(
    r"(?i)^(?:(?:i|we) (?:will|plan to|want to|would like to|hope to|am going to|are going to)"
    r"|i['’](?:ll|d like to|m going to)|will|to) "
)
_THEIRS = {"we", "our", "us", "they", "their"}
_IS = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|does|did|do|must|should)\b", re.IGNORECASE
)
_WHICH = re.compile(r"\b(that|who|which|where|i|we|you|they|he|she)\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(\w{2,}ed|got|won|went|came|took|made|gave|told|said|wrote|began|became|found|showed)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?i)^(?:by|until|till|on) ")
_TIMES = {
    "in",
    "within",
    "before",
    "after",
    "at",
    "as",
    "during",
    "around",
    "soon",
    "today",
    "now",
    "when",
    "if",
}
_SPAN = re.compile(
    r"(?i)^((?:a|one|two|three|four|five|six|\d{1,3}) (?:day|week|month|year)s?)(?: from now)?(?=\W)"
)
_UNKNOWN = {"not", "no", "maybe", "perhaps", "hopefully", "probably"}
_MONTH = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
_PART_OF = re.compile(r"(?i)^(end|middle|start|beginning) of ")


def shape(text: str, how: Shape) -> str:
    """What was typed, on one line, as it stands in a letter. Empty stays empty."""
    line = _one_line(text)
    if not line:
        return ""
    if how is Shape.NAME:
        return _named(line)
    line = _LONE_I.sub("I", line)
    if how is Shape.WORDS:
        return _ended(line)
    if how is Shape.QUESTION and not any(mark in line for mark in ASKS):
        return raised(line.rstrip(_ENDS + _LOOSE + " ") + "?")
    return raised(_ended(line))


def opened(said: str, opening: Opening) -> str | None:
    """Shaped words so that a sentence can go on with them; None when they do not begin in this way."""
    if opening is Opening.BY:
        return _dated(said)
    if opening is Opening.DO and (led := _WILL.match(said)):
        return said[led.end() :]
    found = opening_of(said)
    if opening is Opening.TOLD:
        return _lowered(said) if found is Opening.CLAUSE and _first(said) not in _THEIRS else None
    if opening is Opening.ANY:
        known = found is not None or _first(said) in _COMMON or _first(said) in _BEGINS
        return _lowered(said) if known else said
    return _lowered(said) if found is opening else None


def opening_of(said: str) -> Opening | None:
    """How words begin, or None for what could be taken in two ways."""
    first = _first(said)
    if first.endswith("ing") and len(first) > len("ring") and first not in _NOT_DOING:
        return Opening.DOING
    found = Opening.THING if first.isdecimal() else _BEGINS.get(first)
    if first == "what" and _IS.search(said):  # "what matters is fit"
        return None
    return _thing_or_clause(said) if found is Opening.THING else found


def _thing_or_clause(said: str) -> Opening | None:
    """As in "the poster", "the poster we had" or "the poster was taken"; None for what might be either: "the revised poster"."""
    rest = re.split(r"[,;.:]", said, maxsplit=1)[0].partition(" ")[2]
    verb = _IS.search(rest) or _UNSURE.search(rest)
    if verb is None:
        return Opening.THING
    if _WHICH.search(rest, 0, verb.start()):
        another = _IS.search(rest, verb.end()) or _UNSURE.search(rest, verb.end())
        return None if another else Opening.THING
    return Opening.CLAUSE if _IS.fullmatch(verb[0]) else None


def _first(said: str) -> str:
    return re.split(r"['’\s,.:;]", said, maxsplit=1)[0].lower()


def _dated(said: str) -> str | None:
    if opening_of(said) is Opening.CLAUSE or _first(said) in _UNKNOWN:
        return None
    bare = _SPAN.sub(lambda found: f"in {found[1].lower()}", _UNTIL.sub("", said))
    if bare.lower() == "asap.":
        return "as soon as possible."
    bare = _MONTH.sub(lambda found: found[0].capitalize(), bare)
    if (part := _PART_OF.match(bare)) is not None:
        bare = f"the {part[0].lower()}{bare[part.end() :]}"
    bare = _lowered(bare) if opening_of(bare) or _first(bare) in _TIMES else bare
    return bare if _first(bare) in _TIMES else f"by {bare}"


def _one_line(text: str) -> str:
    """Several lines as one: a list of short things with commas and "and", sentences as they are, the rest by semicolons."""
    lines = [" ".join(_BULLET.sub("", line).split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > 1 and all(_is_item(line) for line in lines):
        *before, last = (line.rstrip(_LOOSE + " ") or line for line in lines)
        joint = " " if last.lower().startswith(("and ", "or ")) else " and "
        return ", ".join(before) + joint + last
    joined = ""
    for line in lines:
        parted = not joined or joined[-1] in _ENDS + _LOOSE
        mark = "" if parted else "." if line[:1].isupper() else ";"
        joined = f"{joined}{mark}{' ' if joined else ''}{line}"
    return joined


def _is_item(line: str) -> bool:
    bare = line.rstrip(_LOOSE + " ")
    one = bare and not any(mark in bare for mark in f"{_ENDS},;:")
    return bool(one) and len(bare.split()) <= _ITEM_WORDS and opening_of(bare) is not Opening.CLAUSE


def _named(line: str) -> str:
    name = _HELLO.sub("", line).rstrip(_LOOSE + "!? ")
    last = name.rpartition(" ")[2]
    # "Dr. Mensah." ends a sentence; "John Smith Jr." does not.
    name = name[:-1] if name.endswith(".") and len(last) > len("Jr.") else name
    return " ".join(_capital(n, word) for n, word in enumerate(name.split(" "))) if name.islower() else name


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


def _lowered(line: str) -> str:
    word = line.partition(" ")[0]
    plain = word[:1].isupper() and (len(word) == 1 or word[1:].islower())
    return line[:1].lower() + line[1:] if plain and _first(line) != "i" else line
