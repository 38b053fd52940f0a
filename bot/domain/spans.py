"""Days and spans of time as people type them, in English, so that a sentence of a letter can go on with them."""

import re

_UNTIL = re.compile(r"(?i)^(?:by|until|till|on) ")
_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
_SPAN = re.compile(
    rf"""(?ix) ^ (?P<around>(?:about|around|roughly|maximum|max)\ )? (?P<next>(?:the\ )?next\ (?=\d|{_NUMBER}\ |few|couple))?
    (?P<span> (?: {_NUMBER} (?:\ ?(?:[-–]|to|or)\ ?{_NUMBER})? | (?:a\ )?few | (?:a\ )?couple\ of | half\ an? | several )
      \ (?:hour|day|week|month|year)s? (?:\ or\ (?:two|so))? ) (?:\ from\ now)? (?P<rest>[.,;(!?].*|\ (?:at|if|or|and|but)\ .*) $"""
)
_TIMES = {
    "in", "within", "before", "after", "at", "as", "during", "around", "soon", "today", "now", "when", "whenever", "if", "this",
    "later", "next",
}  # fmt: skip
_NEXT = "next"
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NAMES = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_DATE = re.compile(
    rf"""(?ix) ^ (?P<early>(?:early|mid|late)[\ -]|(?:the\ )?(?:end|middle|start|beginning|(?:first|second|third|last)\ week)\ of\ )?
    (?: (?:(?:{_NAMES}),?\ )? (?: (?:the\ )?{_DAY}\ (?:of\ )?(?:{_MONTH}) | (?:{_MONTH})(?:\ {_DAY}\b)? ) (?:,?\ \d{{4}})?
      | \d{{1,4}}([./-])\d{{1,2}}(?:\2\d{{1,4}})? | 20\d\d | (?:{_NAMES}) | tomorrow | tonight | then
      | (?:the\ )?(?:spring|summer|autumn|fall|winter)(?:\ (?:of\ )?\d{{4}})?
      | (?:the|this|next|my|our)\ [a-z]+(?:\ [a-z]+)? )
    (?= [.,;(!?] | \ (?:at|if|or|and|but)\  )"""
)
_NAMES_IN = re.compile(rf"(?i)\b({_MONTH}|{_NAMES})\b")
_PART_OF = re.compile(r"(?:end|middle|start|beginning|\w+ week) of ")
_DOUBTFUL = {
    "march",
    "may",
    "mar",
    "jun",
    "dec",
    "sept",
    "jan",
    "feb",
    "apr",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
}
"""A capital is sure for these beside a number or behind such a word as "in": they may be other words, or an abbreviation."""
_SURE = "|".join(
    name for name in f"{_MONTH}|{_NAMES}".split("|") if name not in _DOUBTFUL and "?" not in name
)
_CAPITAL = re.compile(
    rf"\b(?:{_SURE})\b|(?:(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=\bearly )|(?<=\blate )|(?<=\bmid )|(?<=\bsince )|(?<=\buntil )"
    rf"|(?<=\bbefore )|(?<=\d ))(?:{_MONTH})(?= \d|[.,;:(!?]|$| (?:and|or|at|to|for|i|we)\b)|\b(?:{_MONTH})(?= \d)"
)


def capitalised(said: str) -> str:
    """With the capitals of days and months: "before friday" as "before Friday"."""
    return _CAPITAL.sub(lambda name: name[0].capitalize(), said)


def dated(said: str) -> str | None:
    """When something is to be done: "31 march." as "by 31 March.", "two weeks." as "in two weeks."; None when it is not sure."""
    bare = _UNTIL.sub("", said)
    if bare.lower() == "asap.":
        return "as soon as possible."
    if (span := _SPAN.match(bare)) is not None:
        return _within(span)
    found = _DATE.match(bare)
    first = re.split(r"[\s,.;]", bare, maxsplit=1)[0].lower()
    if first in _TIMES and (first != _NEXT or found):
        bare = capitalised(bare[:1].lower() + bare[1:])
        return f"by {bare}" if first == _NEXT else bare
    if found is None:
        return None
    first_word = bare.partition(" ")[0].rstrip(".,;")
    head = bare[: found.end()] if first_word.isupper() else bare[:1].lower() + bare[1 : found.end()]
    head = _NAMES_IN.sub(lambda one: one[0].capitalize(), head)
    return f"by {'the ' if _PART_OF.match(head) else ''}{head}{bare[found.end() :]}"


def _within(span: re.Match[str]) -> str:
    """As "in about three months", "in the next few weeks"."""
    ahead, length = "the next " if span["next"] else "", span["span"].lower()
    article = "a " if not ahead and length.startswith(("few", "couple")) else ""
    return f"in {(span['around'] or '').lower()}{ahead}{article}{length}{span['rest']}"
