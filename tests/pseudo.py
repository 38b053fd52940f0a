"""A pseudo-language: English made strange and longer, so that a sentence that is not from a file stands out."""

import re

from fluent.syntax import FluentParser, FluentSerializer, ast

LANGUAGE = "en-XA"
OPENS, CLOSES = "⟦", "⟧"
LONGER = 0.35

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćďéƒĝĥíĵķĺɱñóƥɋŕšţúṽŵẋýžÁƁĆĎÉƑĜĤÍĴĶĹṀÑÓƤɊŔŠŢÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
_KEPT = re.compile(r"(https?://[^\s)]+|<[^<>\s]*>?)")


def pseudo(ftl_source: str) -> str:
    """The same Fluent source with every text in brackets, accented and about a third longer.

    Placeables, selectors, variant keys and ids stay as they are, so each sentence can still be filled.
    """
    resource = FluentParser(with_spans=False).parse(ftl_source)
    for entry in resource.body:
        if isinstance(entry, ast.Message | ast.Term):
            values = [entry.value, *(attribute.value for attribute in entry.attributes)]
            for pattern in filter(None, values):
                _lengthen(pattern)
                pattern.elements = [ast.TextElement(OPENS), *pattern.elements, ast.TextElement(CLOSES)]
    return FluentSerializer().serialize(resource)


def is_pseudo(text: str) -> bool:
    """Whether a text came from the pseudo-language as a whole sentence."""
    return text.startswith(OPENS) and text.endswith(CLOSES)


def _lengthen(pattern: ast.Pattern) -> None:
    """Change the text of a pattern and of the variants inside it; those get no brackets of their own."""
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            element.value = _strange(element.value)
        elif isinstance(element.expression, ast.SelectExpression):
            for variant in element.expression.variants:
                _lengthen(variant.value)


def _strange(text: str) -> str:
    """Accents on every letter, and about every third one twice. Addresses and mentions keep their form."""
    return "".join(part if _KEPT.fullmatch(part) else _longer(part) for part in _KEPT.split(text))


def _longer(text: str) -> str:
    out: list[str] = []
    owed = 0.0
    for letter in text:
        strange = letter.translate(_ACCENTS)
        out.append(strange)
        owed += LONGER
        if owed >= 1 and strange != letter:
            out.append(strange)
            owed -= 1
    return "".join(out)
