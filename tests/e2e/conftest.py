"""The fixture of the end-to-end stories."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import FakeClock
from tests.e2e.world import World, world_in


@pytest.fixture
async def world(tmp_path: Path, clock: FakeClock) -> AsyncIterator[World]:
    """A server with the real bot, on Sunday 22 November 2026, 12:00 UTC."""
    async with world_in(tmp_path, clock) as opened:
        yield opened
