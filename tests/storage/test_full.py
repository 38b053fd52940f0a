"""A full disk: what was acknowledged stays, what was not is called so, and an erasure succeeds all the same."""

import os
import shutil
import subprocess
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import DiskFull
from bot.storage.ballast import Ballast
from tests.conftest import START
from tests.services.test_erasure import ADA, erasure_of, fill
from tests.storage.conftest import opened, sqlite_database
from tests.storage.full import fill_up, growing_with_ballast, until_full

__all__ = ["sqlite_database"]

Usage = namedtuple("Usage", "total used free")


async def test_a_write_without_room_is_refused_and_nothing_before_it_is_lost(sqlite_database):
    heard: list[float] = []
    full: list[bool] = []
    sqlite_database.engines.on_write = heard.append
    sqlite_database.engines.on_full = lambda: full.append(True)
    kept = await fill_up(sqlite_database)
    assert kept == len(heard) - 3, "every acknowledged row is there, and none that was refused"
    assert len(full) == 3
    async with sqlite_database.engines.read() as connection:
        assert (await connection.exec_driver_sql("PRAGMA integrity_check")).scalar_one() == "ok"


async def test_an_erasure_on_a_full_disk_frees_the_ballast_and_succeeds(sqlite_database, monkeypatch, caplog):
    await fill(sqlite_database, ADA, "MARK")
    assert sqlite_database.engines.ballast.fill()
    growing_with_ballast(sqlite_database, monkeypatch)
    await fill_up(sqlite_database)
    receipt = await erasure_of(sqlite_database).erase(ADA, START)
    assert receipt.rows["rejections"] == 1
    assert not sqlite_database.engines.ballast.whole
    assert "the spare file was freed" in caplog.text
    async with sqlite_database.read() as tx:
        assert await tx.members.get(ADA) is None


async def test_without_ballast_the_erasure_says_that_there_is_no_room(sqlite_database):
    await fill(sqlite_database, ADA, "MARK")
    await fill_up(sqlite_database)
    with pytest.raises(DiskFull):
        await erasure_of(sqlite_database).erase(ADA, START)


def test_the_ballast_is_made_once_and_only_where_there_is_plenty_of_room(tmp_path, monkeypatch):
    ballast = Ballast(tmp_path / "bot.sqlite3.ballast", size=1000)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: Usage(10_000, 7_000, 3_000))
        assert not ballast.fill()
    assert ballast.fill()
    first = ballast.path.read_bytes()
    assert len(first) == 1000
    assert ballast.fill()
    assert ballast.path.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [ballast.path.name]
    assert ballast.free()
    assert not ballast.free()
    assert Ballast.beside(":memory:") is None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 80 MB of its own; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_hundred_erasures_on_a_full_disk(small_disk: Path):
    for number in range(100):
        folder = small_disk / str(number)
        folder.mkdir()
        async with opened(f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}", folder) as db:
            await fill(db, ADA, "MARK")
            assert db.engines.ballast is not None
            assert db.engines.ballast.fill()
            take_the_rest(folder / "others")
            with pytest.raises(DiskFull):
                await until_full(db, 400)
            receipt = await erasure_of(db).erase(ADA, START)
            assert receipt.rows["rejections"] == 1
            async with db.read() as tx:
                assert await tx.members.get(ADA) is None
            async with db.engines.read() as connection:
                assert (await connection.exec_driver_sql("PRAGMA integrity_check")).scalar_one() == "ok"
        shutil.rmtree(folder)


def take_the_rest(path: Path) -> None:
    """Somebody else's file takes up all that is left."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        for size in (1 << 20, 1 << 12):
            while _written(handle, size):
                pass
    finally:
        os.close(handle)


def _written(handle: int, size: int) -> bool:
    try:
        return os.write(handle, b"x" * size) > 0
    except OSError:
        return False
