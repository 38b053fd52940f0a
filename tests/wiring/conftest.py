"""A host with a bot's files in a folder of their own."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.storage.engine import Engines
from bot.storage.schema import migrate
from tests.wiring.host import Host


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a row, made once."""
    path = tmp_path_factory.mktemp("blank") / "bot.sqlite3"

    async def make() -> None:
        engines = Engines(f"sqlite:///{path}")
        await migrate(engines)
        await engines.close()

    asyncio.run(make())
    return path


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank: Path) -> Host:
    """A host whose bot has been started once."""
    host = Host(tmp_path, monkeypatch)
    shutil.copy(blank, host.database)
    return host


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def anywhere(host: Host, request: pytest.FixtureRequest) -> Host:
    """A host with a SQLite file, and one with a PostgreSQL database."""
    if request.param == "postgres":
        host.setting(DATABASE_URL=request.getfixturevalue("postgres_url"))
    return host
