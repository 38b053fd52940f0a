"""How words begin, and so which sentence of a letter can go on with them.

Everything here is about English, the language of the letters. What is not sure is left open: a letter then says the words
after a colon, where anything may stand.
"""

import re
from enum import StrEnum

from bot.domain.spans import dated


class Opening(StrEnum):
    """How what was typed begins, and so which sentence it can go on with."""

    CLAUSE = "clause"
    """a sentence of its own: "we spoke at your poster" """
    TOLD = "told"
    """the same, told by the writer: not in the words of an "I" or a "we" that may be theirs"""
    THING = "thing"
    """ "the clinic for new mothers" """
    BARE = "bare"
    """the same, and words without an article: "internal medicine" """
    DOING = "doing"
    """ "reading my statement" """
    DO = "do"
    """what follows "I will": "write a case report", with or without the "I will" """
    DID = "did"
    """what follows "you": "helped me with my CV" """
    MET = "met"
    """what follows "we": "met in Chicago", "spoke with you at ACP" """
    TO = "to"
    """ "to ask for a place" """
    AT = "at"
    """ "at your poster" """
    AS = "as"
    """ "as a research assistant" """
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
    Opening.TO: "to",
    Opening.AT: "at in during on through",
    Opening.AS: "as",
    Opening.HOW: "how what why whether where which who when",
    Opening.BECAUSE: "because since",
    Opening.DO: "apply ask attend begin bring build collect complete continue contact create do earn find finish gain get give "
    "improve increase join keep learn make obtain organise organize pass practise prepare publish read redo repeat "
    "retake revise rewrite send spend start strengthen submit take teach try write",
}  # fmt: skip
_BEGINS = {word: opening for opening, words in _FIRST.items() for word in words.split()}
_EITHER = re.compile(
    r"(?i)^(?:(?:abstract|practice|present|record|research|review|study|volunteer|work) (?:a|an|the|my|our|your|\d+)"
    r"|study for|volunteer (?:at|in|with)|present (?:at|in)|work (?:on|with)) "
)
"""Words that may be a thing or something to do, where what follows tells."""
_DID = {
    "answered", "gave", "helped", "introduced", "met", "read", "showed", "spoke", "talked", "taught", "told", "worked", "wrote",
}  # fmt: skip
_MET = re.compile(r"(?i)^(met|spoke|talked|worked together)(?: you| (?:with|to) you)?(?= )")
_COMMON = {
    "anesthesiology", "cover", "dermatology", "emergency", "externship", "family", "fellowship", "general", "internal",
    "neurology", "observership", "obstetrics", "pathology", "pediatrics", "personal", "position", "psychiatry", "radiology",
    "research", "residency", "surgery",
}  # fmt: skip
"""Words that many begin with, and write with a capital because they begin with them."""
_NAMED = re.compile(r"^\S+ (?:(?:and|of|the|&) )*[A-Z][a-z]{3}")
"""A name with several capitals: "Internal Medicine"."""
_NOT_DOING = {
    "anything", "during", "evening", "everything", "morning", "nothing", "something", "spring", "thing",
}  # fmt: skip
_NOT_BARE = {
    "about", "after", "and", "any", "as", "at", "be", "because", "before", "but", "by", "can", "could", "did", "do", "does",
    "for", "from", "had", "has", "have", "if", "into", "is", "may", "no", "not", "of", "on", "or", "please", "should", "since",
    "so", "than", "that", "with", "without", "would", "yes",
}  # fmt: skip
_WILL = re.compile(
    r"(?i)^(?:i (?:will|plan to|want to|would like to|hope to|(?:am )?(?:going|planning|hoping) to)"
    r"|i['’](?:ll|d like to|m (?:going|planning|hoping) to)|(?:going|planning|hoping) to|will|to) "
)
_THEIRS = {"they", "their", "that"}
_MINE = re.compile(r"\b(?:[Ii]|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|[Oo]urs?|[Uu]s)\b")
"""An "I" or a "we" that may be theirs; "US" is a country."""
_IS = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|does|did|do|must|should)\b", re.IGNORECASE
)
_WHICH = re.compile(r"\b(that|who|which|where|i|we|you|they|he|she)\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(\w{2,}ed|got|won|went|came|took|made|gave|told|said|wrote|began|became|found|showed|felt|kept|left|ran|saw|spoke"
    r"|asks|begins|comes|counts|gets|gives|goes|helps|looks|makes|matters|means|needs|says|shows|starts|takes|tells|wants"
    r"|works|\w{2,}[^\Wsui'’]s(?= (?!(?:about|after|and|at|before|between|by|during|for|from|in|into|near|of|on|or|over|to|under"
    r"|with|within|without|that|who|which|where|when|how|i|we|you|they|he|she)\b)))\b",
    re.IGNORECASE,
)
"""What may be the verb of a sentence: so may the word after several, as in "the residents run it"."""


def opened(said: str, opening: Opening) -> str | None:
    """Shaped words so that a sentence can go on with them; None when they do not begin in this way, or may not."""
    if opening is Opening.ANY:
        return lowered(said)
    if opening is Opening.BY:
        clause = opening_of(said) is Opening.CLAUSE
        return None if clause else dated(said)
    if opening is Opening.DO and (led := _WILL.match(said)):
        return said[led.end() :]
    if opening is Opening.MET:
        return None if _by(said) or not (met := _MET.match(said)) else met[1].lower() + said[met.end() :]
    return lowered(said, sure=opening is not Opening.BARE) if _begins(said, opening) else None


def _begins(said: str, opening: Opening) -> bool:
    first, found = _first(said), opening_of(said)
    if opening is Opening.DID:
        return first in _DID and not _by(said)
    if opening is Opening.TOLD:
        return found is Opening.CLAUSE and first not in _THEIRS and _MINE.search(said) is None
    if opening is Opening.BARE:
        unknown = found is None and first not in (_NOT_BARE | _BEGINS.keys() | _DID)
        return "?" not in said and (unknown or found in (Opening.THING, Opening.DOING))
    return found is opening


def opening_of(said: str) -> Opening | None:
    """How words begin, or None for what could be taken in two ways."""
    first = _first(said)
    found = Opening.THING if first.isdecimal() else _BEGINS.get(first)
    if first == "what" and _IS.search(said):  # "what matters is fit"
        return None
    if found is Opening.THING:
        return _thing_or_clause(said)
    if found is None and first.endswith("ing") and len(first) > len("ring") and first not in _NOT_DOING:
        return Opening.DOING
    return Opening.DO if found is None and _EITHER.match(said) else found


def _thing_or_clause(said: str) -> Opening | None:
    """As in "the poster", "the poster we had" or "the poster was taken"; None for what might be either: "the revised poster"."""
    rest = re.split(r"[,;.:?]", said, maxsplit=1)[0].partition(" ")[2]
    verb = _IS.search(rest) or _UNSURE.search(rest)
    if _first(said) == "that":  # "that residents run it" is neither
        return Opening.CLAUSE if _IS.match(rest) else None
    if verb is None:
        return Opening.THING if rest else None
    if _WHICH.search(rest, 0, verb.start()):
        another = _IS.search(rest, verb.end()) or _UNSURE.search(rest, verb.end())
        return None if another else Opening.THING
    return Opening.CLAUSE if _IS.fullmatch(verb[0]) else None


def _first(said: str) -> str:
    return re.split(r"['’\s,.:;]", said, maxsplit=1)[0].lower()


def _by(said: str) -> bool:
    """Whether it was done by somebody else: "introduced by Dr. Lee"."""
    return said.partition(" ")[2].lower().startswith("by ")


def lowered(line: str, *, sure: bool = False) -> str:
    """With a small letter where that is safe: a word that is not a name, nor part of one. `sure`: it is not."""
    word, first = line.partition(" ")[0], _first(line)
    plain = word[:1].isupper() and (len(word) == 1 or word[1:].islower())
    found = opening_of(line)
    small = first in _BEGINS and _BEGINS[first] is not Opening.DO
    known = small or ((found is not None or first in _BEGINS or first in _COMMON) and not _NAMED.match(line))
    return line[:1].lower() + line[1:] if plain and (known or sure) and first != "i" else line
