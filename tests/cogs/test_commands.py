"""Command words: a language that Discord's client has is told with each command, and English alone asks for nothing."""

import discord
import pytest
from discord import app_commands

from bot.ui.commands import put_words_on, told_of, translator_of
from config.words import Words
from tests.texts import LOCALES


async def _told(words: Words) -> dict[str, object]:
    client = discord.Client(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)

    @tree.command(name="help")
    async def _help(_interaction: discord.Interaction) -> None: ...

    put_words_on(tree, words)
    await tree.set_translator(translator_of(words))
    (command,) = tree.get_commands()
    return await told_of(command, tree)


async def test_a_second_language_is_told_with_the_command() -> None:
    told = await _told(Words.load(LOCALES, {"fr": ["command-help = Ce que je peux faire"]}))
    assert told["description_localizations"] == {"fr": "Ce que je peux faire"}


@pytest.mark.parametrize("extra", [None, {"en-XA": ["command-help = Strange"]}])
async def test_english_alone_or_a_language_discord_lacks_tells_no_other(
    extra: dict[str, list[str]] | None,
) -> None:
    words = Words.load(LOCALES, extra)
    told = await _told(words)
    assert told["description"] == words.speak("en")("command-help")
    assert not told.get("description_localizations")
