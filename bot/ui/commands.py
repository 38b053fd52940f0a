"""Gives every slash command its words from the locale files, in English and in the languages Discord's client has.

The sentence of `/rejection log` is `command-rejection-log`, of its option `command-rejection-log-kind`; a fixed
choice is `choice-<option>-<value>`; a context menu's name is `menu-<name in code>`.
"""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextTypes, locale_str

from config.words import FALLBACK, Words

Menu = app_commands.ContextMenu
Described = app_commands.Command[Any, ..., Any] | app_commands.Group
AnyCommand = Described | Menu

_MENUS = (discord.AppCommandType.message, discord.AppCommandType.user)


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


def translator_of(words: Words) -> CommandTranslator | None:
    """None while English is the one language: discord.py would ask for each sentence in each of Discord's languages."""
    return CommandTranslator(words) if len(words.languages) > 1 else None


async def told_of(command: AnyCommand, tree: app_commands.CommandTree[Any]) -> dict[str, Any]:
    """What Discord is told about a command when the tree is synced."""
    if tree.translator is None:
        return command.to_dict(tree)
    return await command.get_translated_payload(tree, tree.translator)


def keys_of(tree: app_commands.CommandTree[Any]) -> Iterator[str]:
    """Every sentence the tree needs: of commands and groups, their options and fixed choices, and of menus."""
    for command in tree.walk_commands():
        yield _key(command)
        if isinstance(command, app_commands.Command):
            for parameter in command.parameters:
                yield f"{_key(command)}-{parameter.display_name}"
                yield from (_choice_key(parameter, choice) for choice in parameter.choices)
    yield from (_menu_key(menu) for menu in _menus(tree))


def put_words_on(tree: app_commands.CommandTree[Any], words: Words) -> None:
    """Describe every command, option, choice and menu of the tree. Called once, after the cogs are loaded."""
    for command in tree.walk_commands():
        sentence = _string(words, _key(command))
        command.description = sentence.message
        # discord.py takes a translatable description in the decorator alone, where no words are loaded yet.
        command._locale_description = sentence
        if isinstance(command, app_commands.Command):
            _describe_options(command, words)
    for menu in _menus(tree):
        _rename(tree, menu, _string(words, _menu_key(menu)))


def _describe_options(command: "app_commands.Command[Any, ..., Any]", words: Words) -> None:
    told: dict[str, Any] = {}
    for parameter in command.parameters:
        told[parameter.name] = _string(words, f"{_key(command)}-{parameter.display_name}")
        for choice in parameter.choices:
            sentence = _string(words, _choice_key(parameter, choice))
            choice.name, choice._locale_name = sentence.message, sentence
    if told:
        app_commands.describe(**told)(command)


def _rename(tree: app_commands.CommandTree[Any], menu: Menu, name: locale_str) -> None:
    """The tree finds a menu by its name, so it is taken out under the old one and put back under the new one."""
    tree.remove_command(menu.name, type=menu.type)
    menu.name, menu._locale_name = name.message, name
    tree.add_command(menu)


def _menus(tree: app_commands.CommandTree[Any]) -> list[Menu]:
    return [menu for kind in _MENUS for menu in tree.get_commands(type=kind) if isinstance(menu, Menu)]


def _key(command: Described) -> str:
    return f"command-{command.qualified_name.replace(' ', '-')}"


def _choice_key(parameter: app_commands.Parameter, choice: "app_commands.Choice[Any]") -> str:
    return f"choice-{parameter.display_name}-{choice.value}"


def _menu_key(menu: Menu) -> str:
    return f"menu-{menu.callback.__name__.strip('_').replace('_', '-')}"


def _string(words: Words, key: str) -> locale_str:
    return locale_str(words.speak(None)(key), key=key)
