"""Gives every slash command its words from the locale files, in English and in the languages Discord's client has.

The sentence of `/rejection log` is `command-rejection-log`, of its option `command-rejection-log-kind`; a fixed
choice is `choice-<option>-<value>`; a context menu's name is `menu-<name in code>`.
"""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextTypes, locale_str

from config.words import FALLBACK, Words


class CommandTranslator(app_commands.Translator):
    """Answers discord.py's question for one sentence in one of Discord's languages."""

    def __init__(self, words: Words) -> None:
        self._words = words

    async def translate(
        self, string: locale_str, locale: discord.Locale, _context: TranslationContextTypes
    ) -> str | None:
        """The sentence in that language, or None when we do not have the language."""
        key = string.extras.get("key")
        language = locale.value.split("-")[0]
        if key is None or language == FALLBACK or language not in self._words.languages:
            return None
        return self._words.speak(language)(key)


def key_of(command: "app_commands.Command[Any, ..., Any] | app_commands.Group") -> str:
    """The Fluent id of a command's description."""
    return f"command-{command.qualified_name.replace(' ', '-')}"


def put_words_on(tree: app_commands.CommandTree[Any], words: Words) -> None:
    """Describe every command, option, choice and menu of the tree. Called once, after the cogs are loaded."""
    for command in tree.walk_commands():
        key = key_of(command)
        sentence = _string(words, key)
        command.description = sentence.message
        # discord.py takes a translatable description in the decorator alone, where no words are loaded yet.
        command._locale_description = sentence
        if isinstance(command, app_commands.Command):
            _describe_options(command, words, key)
    for menu_type in (discord.AppCommandType.message, discord.AppCommandType.user):
        for menu in tree.walk_commands(type=menu_type):
            menu.name = words.speak(None)(f"menu-{menu.callback.__name__.strip('_').replace('_', '-')}")


def _describe_options(command: "app_commands.Command[Any, ..., Any]", words: Words, key: str) -> None:
    told: dict[str, Any] = {}
    for parameter in command.parameters:
        told[parameter.name] = _string(words, f"{key}-{parameter.display_name}")
        for choice in parameter.choices:
            choice.name = words.speak(None)(f"choice-{parameter.display_name}-{choice.value}")
    if told:
        app_commands.describe(**told)(command)


def _string(words: Words, key: str) -> locale_str:
    return locale_str(words.speak(None)(key), key=key)
