"""The bot with every cog loaded, two languages, and a house full of data, for what must hold everywhere."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fasteners import InterProcessLock

from bot.app import EXTENSIONS, StepForward
from bot.ui.commands import put_words_on
from bot.ui.forms import FormAgain
from bot.ui.lasting import FormTry
from bot.wiring import build_demo
from bot.wiring.opening import Texts, read_texts
from config.words import Words
from tests.conftest import FakeClock
from tests.e2e.plenty import fill_world
from tests.e2e.world import World, world_in
from tests.texts import words


@pytest.fixture
async def loaded(tmp_path: Path, clock: FakeClock) -> AsyncIterator[StepForward]:
    """Every extension is loaded, and the commands have their words."""
    program = await build_demo(clock, tmp_path)
    program.bot.add_dynamic_items(FormAgain, FormTry)
    for name in EXTENSIONS:
        await program.bot.load_extension(name)
    put_words_on(program.bot.tree, program.bot.words)
    yield program.bot
    await program.close()


@pytest.fixture(scope="session")
def two_languages() -> Words:
    """English and the pseudo-language."""
    return words()


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch, two_languages: Words) -> Words:
    """A program that is built now knows both languages."""

    def both(*settings: Any) -> Texts:
        return replace(read_texts(*settings), words=two_languages)

    monkeypatch.setattr("bot.wiring.program.read_texts", both)
    return two_languages


async def _fill_house(folder: Path) -> None:
    async with world_in(folder, FakeClock()) as world:
        await fill_world(world, "amara")
        async with world.program.db.write() as tx:
            await tx.facts.forget("commands")  # the next Discord has not heard of them


@pytest.fixture(scope="session")
def full_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a world in which Amara has everything there can be. SimCord gives the same ids each time.

    The workers of one run share them: whoever comes first fills them, and the others wait.
    """
    own = tmp_path_factory.mktemp("full")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        asyncio.run(_fill_house(own))
        return own
    shared = tmp_path_factory.getbasetemp().parent / "full-house"
    with InterProcessLock(shared.with_suffix(".lock")):
        if not shared.exists():
            asyncio.run(_fill_house(own))
            own.rename(shared)
    return shared


@pytest.fixture
async def plenty(full_house: Path, tmp_path: Path, clock: FakeClock, speaking: Words) -> AsyncIterator[World]:
    """That world, opened anew over a copy of its files, with two languages."""
    assert speaking.languages
    shutil.copytree(full_house, tmp_path, dirs_exist_ok=True)
    async with world_in(tmp_path, clock) as world:
        yield world


@pytest.fixture
async def empty(tmp_path: Path, clock: FakeClock, speaking: Words) -> AsyncIterator[World]:
    """A world of nobody's data, with two languages."""
    assert speaking.languages
    async with world_in(tmp_path, clock) as world:
        yield world
