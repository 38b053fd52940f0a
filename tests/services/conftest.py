"""Services run on the real stores over a SQLite file: it takes a few milliseconds and cannot disagree with them."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.members import Member, newcomer
from bot.storage.unit import SqlDatabase
from tests.services.boards import Group
from tests.storage.conftest import opened
from tests.texts import content

USER = 101


@pytest.fixture
async def db(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    """A database with every table."""
    async with opened(sqlite_url, tmp_path) as database:
        yield database


@pytest.fixture
async def member(db: SqlDatabase, now: datetime) -> Member:
    """A member in Lagos with the settled defaults."""
    found = newcomer(USER, "Africa/Lagos", "en", now)
    async with db.write() as tx:
        await tx.members.add(found)
    return found


class Wakes(list[datetime]):
    """A waker that remembers what it was told."""

    def __call__(self, at: datetime) -> None:
        self.append(at)


@pytest.fixture
def wakes() -> Wakes:
    return Wakes()


@pytest.fixture
async def group(db: SqlDatabase) -> Group:
    """Two servers with the services of actions, boards and wins."""
    return await Group(db, content()).open()
