"""Every command, option, choice and menu has its sentence, within Discord's limits, and no sentence is left over."""

from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.app import EXTENSIONS, StepForward
from bot.ui.commands import keys_of
from tests.meta.lint import lint_command

ROOT = Path(__file__).parents[2]
SLASH_MAX, MENU_MAX = 100, 5
CHARACTERS_MAX = 8000
KINDS = (
    discord.AppCommandType.chat_input,
    discord.AppCommandType.message,
    discord.AppCommandType.user,
)


def payloads(bot: StepForward) -> list[dict[str, Any]]:
    """What Discord is sent."""
    return [command.to_dict(bot.tree) for kind in KINDS for command in bot.tree.get_commands(type=kind)]


def characters(payload: dict[str, Any]) -> int:
    """Names, descriptions and choice values, which Discord adds up over one command."""
    own = len(payload["name"]) + len(payload.get("description", ""))
    chosen = sum(len(c["name"]) + len(str(c["value"])) for c in payload.get("choices") or [])
    return own + chosen + sum(characters(option) for option in payload.get("options") or [])


def test_every_cog_of_the_house_is_loaded() -> None:
    folders = {f"cogs.{path.parent.name}" for path in (ROOT / "cogs").glob("*/__init__.py")}
    assert folders == set(EXTENSIONS)


async def test_every_command_option_choice_and_menu_has_its_sentence(loaded: StepForward) -> None:
    assert set(keys_of(loaded.tree)) - loaded.words.ids() == set()


async def test_no_sentence_describes_a_command_that_is_gone(loaded: StepForward) -> None:
    told = {key for key in loaded.words.ids() if key.startswith(("command-", "choice-", "menu-"))}
    assert told - set(keys_of(loaded.tree)) == set()


async def test_no_command_is_described_in_code(loaded: StepForward) -> None:
    """What the decorators say would be replaced at start, and then nobody mends it any more."""
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "cogs").rglob("*.py")}
    assert [path for path, text in sources.items() if "app_commands.describe(" in text] == []


async def test_every_command_keeps_discords_limits(loaded: StepForward) -> None:
    everything = payloads(loaded)
    assert [fault for payload in everything for fault in lint_command(payload)] == []
    assert [payload["name"] for payload in everything if characters(payload) > CHARACTERS_MAX] == []
    kinds = [payload.get("type", 1) for payload in everything]
    assert kinds.count(1) <= SLASH_MAX
    assert max(kinds.count(2), kinds.count(3)) <= MENU_MAX


async def test_a_menu_is_found_by_the_name_that_members_see(loaded: StepForward) -> None:
    for kind in KINDS[1:]:
        for menu in loaded.tree.get_commands(type=kind):
            assert loaded.tree.get_command(menu.name, type=kind) is menu


async def test_a_group_never_hides_behind_a_permission_of_its_parts(loaded: StepForward) -> None:
    """Discord ignores these on subcommands, so one set there would be a lock that does not lock."""
    for command in loaded.tree.walk_commands():
        if command.parent is not None and isinstance(command, app_commands.Command):
            assert command.default_permissions is None, command.qualified_name
            assert not command.guild_only, command.qualified_name
