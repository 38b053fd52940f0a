"""Room on the disk, and the nightly copy that must not be what fills it."""

import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from bot.operations.nightly import Nightly, due
from bot.operations.room import Room
from bot.operations.vitals import Disk
from bot.storage.ballast import Ballast

Usage = namedtuple("Usage", "total used free")
HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 22, 3, 10, tzinfo=UTC)


class Told(list[str]):
    """What the host was told."""

    async def __call__(self, reason: str) -> None:
        self.append(reason)


async def test_the_host_is_told_before_the_disk_is_full_and_not_all_the_time(tmp_path, monkeypatch, clock):
    database = tmp_path / "bot.sqlite3"
    database.write_bytes(b"x" * 100)
    told, spare = Told(), Ballast(tmp_path / "bot.sqlite3.ballast", size=10)
    room = Room(spare, database, told)
    free = 500

    def usage(_path):
        return Usage(1000, 1000 - free, free)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    await room.tend(clock())
    assert spare.whole
    assert room.look() == Disk(total=1000, free=500, database=100, ballast=True)
    free = 100
    for _ in range(12):
        await room.tend(clock.advance(minutes=10))
    assert told == ["disk-nearly-full"]
    await room.tend(clock.advance(hours=6))
    assert told == ["disk-nearly-full"] * 2
    database.parent.rename(tmp_path.with_name("elsewhere"))
    monkeypatch.undo()
    assert room.look() is None


@pytest.mark.parametrize(
    "newest_at, now, wanted",
    [
        (None, NOON, True),
        (NIGHT - 24 * HOUR, NIGHT, True),
        (NIGHT - 24 * HOUR, NIGHT - HOUR, False),
        (NIGHT - 2 * HOUR, NIGHT, False),
        (NIGHT - 24 * HOUR, NIGHT + HOUR, False),
        (NIGHT - 24 * HOUR, NIGHT + 3 * HOUR, True),
        (NIGHT - 240 * HOUR, NOON, True),
    ],
)
def test_a_copy_is_made_at_night_or_when_the_night_was_missed(newest_at, now, wanted):
    assert due(newest_at, now) is wanted


@pytest.mark.parametrize("free, made, told", [(100, 1, []), (99, 0, ["no-room-for-a-backup"])])
async def test_a_copy_that_would_fill_the_disk_is_not_begun(free, made, told):
    copies: list[datetime] = []
    heard = Told()

    async def make(now: datetime) -> None:
        copies.append(now)

    disk = Disk(total=1000, free=free, database=50, ballast=True)
    await Nightly(lambda: None, make, lambda: disk, heard).run(NOON)
    assert (len(copies), heard) == (made, told)


async def test_a_copy_that_did_not_succeed_is_tried_again_an_hour_later():
    tries: list[datetime] = []

    async def make(now: datetime) -> None:
        tries.append(now)

    nightly = Nightly(lambda: None, make, lambda: None, Told())
    for minutes in range(0, 130, 10):
        await nightly.run(NOON + timedelta(minutes=minutes))
    assert tries == [NOON, NOON + HOUR, NOON + 2 * HOUR]
