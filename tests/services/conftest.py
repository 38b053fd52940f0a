"""A database for the tests of services: SQLite, because the stores are proved on both engines."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.unit import SqlDatabase
from tests.services.boards import Group, content
from tests.storage.conftest import opened


@pytest.fixture
async def db(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    async with opened(sqlite_url, tmp_path) as database:
        yield database


@pytest.fixture
async def group(db: SqlDatabase) -> Group:
    return await Group(db, content()).open()
