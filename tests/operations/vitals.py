"""The vitals of a bot that is well, to be changed by a test."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.operations.vitals import Disk, Queue, Shard, Vitals
from tests.conftest import START

WELL = Vitals(
    at=START,
    started_at=START - timedelta(days=3),
    last_tick_at=START - timedelta(seconds=2),
    ticking=True,
    writable=True,
    shards=(Shard(0, True, START - timedelta(days=3), 0.04), Shard(1, True, START - timedelta(hours=1))),
    queue=Queue(due=3, claimed=1, made=0, sending=2),
    disk=Disk(total=1000, free=600, database=50, ballast=True),
    backups_wanted=True,
    backup_at=START - timedelta(hours=9),
    backup_bytes=4096,
)


def ill(**changes: Any) -> Vitals:
    """The same with something wrong."""
    return replace(WELL, **changes)
