"""Discord's limits, for every message, form and command this bot sends. discord.py checks few of them itself.

Numbers: Discord's API documentation (components, application commands), read August 2026.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

ROW, BUTTON, SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = {3, 5, 6, 7, 8}
SECTION, TEXT, GALLERY, FILE, CONTAINER, LABEL, RADIO = 9, 10, 12, 13, 17, 18, 21
LINK = 5
NAME = re.compile(r"^[-_\w]{1,32}$")

Component = Mapping[str, Any]


def walk(components: Sequence[Component]) -> Iterator[Component]:
    """Every component, parents before children."""
    for component in components:
        yield component
        children = list(component.get("components", []))
        children += [component[key] for key in ("component", "accessory") if component.get(key)]
        yield from walk(children)


def lint_message(components: Sequence[Component]) -> list[str]:
    """What Discord would refuse in a Components V2 message."""
    everything = list(walk(components))
    faults = []
    if len(everything) > 40:
        faults.append(f"{len(everything)} components, 40 allowed")
    texts = [str(part.get("content", "")) for part in everything if part["type"] == TEXT]
    if sum(map(len, texts)) > 4000:
        faults.append(f"{sum(map(len, texts))} characters of text, 4000 allowed")
    faults += [f"empty text at {index}" for index, text in enumerate(texts) if not text.strip()]
    faults += _ids(everything)
    for part in everything:
        faults += _part(part)
    return faults


def _ids(everything: Sequence[Component]) -> list[str]:
    ids = [str(part["custom_id"]) for part in everything if part.get("custom_id")]
    faults = [f"custom id used twice: {i}" for i in {i for i in ids if ids.count(i) > 1}]
    return faults + [f"custom id of {len(i)}: {i}" for i in ids if not 1 <= len(i) <= 100]


def _part(part: Component) -> Iterator[str]:
    kind = part["type"]
    if kind == ROW:
        inner = [child["type"] for child in part["components"]]
        if not inner or len(inner) > 5 or (any(i in SELECTS for i in inner) and len(inner) > 1):
            yield f"a row holds {inner}"
    if kind == BUTTON:
        yield from _length("button label", part.get("label"), 80)
        if part.get("style") == LINK:
            yield from _length("link", part.get("url"), 512)
        elif not part.get("custom_id"):
            yield "a button without custom id"
    if kind in SELECTS:
        yield from _length("placeholder", part.get("placeholder") or "x", 150)
    if kind == SELECT:
        yield from _options(part["options"], 25)
    if kind == RADIO:
        yield from _options(part["options"], 10)
    if kind == SECTION and not 1 <= len(part["components"]) <= 3:
        yield "a section holds one to three texts"
    if kind == GALLERY and not 1 <= len(part["items"]) <= 10:
        yield "a gallery holds one to ten pictures"


def _options(options: Sequence[Component], most: int) -> Iterator[str]:
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options, 1 to {most} allowed"
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        yield "two options with one value"
    for option in options:
        yield from _length("option label", option["label"], 100)
        yield from _length("option value", option["value"], 100)
        if option.get("description") is not None:
            yield from _length("option description", option["description"], 100)


def _length(what: str, text: object, most: int) -> Iterator[str]:
    if not isinstance(text, str) or not 1 <= len(text.strip()) <= len(text) <= most:
        yield f"{what} must have 1 to {most} characters: {text!r}"


def lint_form(modal: Component) -> list[str]:
    """What Discord would refuse in a modal."""
    parts = list(modal["components"])
    faults = list(_length("form title", modal["title"], 45)) + list(
        _length("custom id", modal["custom_id"], 100)
    )
    if not 1 <= len(parts) <= 5:
        faults.append(f"{len(parts)} fields, five fit")
    faults += _ids(list(walk(parts)))
    for part in parts:
        if part["type"] == LABEL:
            faults += _length("field label", part["label"], 45)
            if part.get("description"):
                faults += _length("field description", part["description"], 100)
            faults += _part(part["component"])
            faults += _text_input(part["component"])
    return faults


def _text_input(part: Component) -> Iterator[str]:
    if part["type"] != TEXT_INPUT:
        return
    most = part.get("max_length") or 4000
    if not 1 <= most <= 4000:
        yield f"max_length {most}"
    if len(part.get("value") or "") > most:
        yield "the value is longer than the field"
    if len(part.get("placeholder") or "") > 100:
        yield "a placeholder over 100 characters"


def lint_command(payload: Component) -> list[str]:
    """What Discord would refuse in an application command, its options included, in every localisation."""
    faults: list[str] = []
    menu = payload.get("type", 1) != 1
    if not menu and not NAME.match(payload["name"]):
        faults.append(f"name {payload['name']!r}")
    if menu:
        faults += _length("menu name", payload["name"], 32)
    else:
        for text in (payload["description"], *(payload.get("description_localizations") or {}).values()):
            faults += _length(f"description of {payload['name']}", text, 100)
    options = payload.get("options") or []
    if len(options) > 25:
        faults.append(f"{len(options)} options")
    for option in options:
        faults += lint_command({**option, "type": 1})
        choices = option.get("choices") or []
        if len(choices) > 25:
            faults.append(f"{len(choices)} choices")
        for choice in choices:
            faults += _length("choice", choice["name"], 100)
    return faults
