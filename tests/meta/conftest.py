"""The bot with every cog loaded and no connection: its tree and its presses, for what must hold of all of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import EXTENSIONS, StepForward
from bot.ui.commands import put_words_on
from bot.wiring import build_demo
from tests.conftest import FakeClock


@pytest.fixture
async def loaded(tmp_path: Path, clock: FakeClock) -> AsyncIterator[StepForward]:
    """Every extension is loaded, and the commands have their words."""
    program = await build_demo(clock, tmp_path)
    for name in EXTENSIONS:
        await program.bot.load_extension(name)
    put_words_on(program.bot.tree, program.bot.words)
    yield program.bot
    await program.close()
