"""Small pieces of wording that several features need: choices for autocomplete, dates in a member's zone."""

from collections.abc import Iterable

from discord import app_commands, utils

_CHOICES = 25
_CHOICE_MAX = 100


def choices(pairs: Iterable[tuple[str, str]], typed: str = "") -> list[app_commands.Choice[str]]:
    """At most 25 (value, label) pairs whose label holds what was typed."""
    sought = typed.casefold().strip()
    found = [(value, label) for value, label in pairs if sought in label.casefold()]
    return [
        app_commands.Choice(name=label[:_CHOICE_MAX], value=value[:_CHOICE_MAX])
        for value, label in found[:_CHOICES]
    ]


def shown(text: str) -> str:
    """A member's own text inside a private card: their characters, without markdown, mentions or links coming alive."""
    return utils.escape_mentions(utils.escape_markdown(text)).replace("://", ":\u2060//")
