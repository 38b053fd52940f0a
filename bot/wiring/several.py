"""Several processes over one PostgreSQL: this one among the others, and the work that one of them does for all."""

import os
import secrets
import socket
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.scheduler import Job
from bot.domain.processes import BEAT_EVERY, Shards
from bot.operations.watching import Watching
from bot.services.deliveries import DeliveryRun
from bot.services.neighbours import Me, Neighbours, Pulse
from bot.services.ports import Waker
from bot.services.turns import Turns
from bot.storage.share import Share
from bot.storage.unit import SqlDatabase
from config.settings import Settings

TICK_EVERY = timedelta(seconds=20)
"""What a process that died had begun is taken up within its minute: its lease of thirty seconds, and this."""
ASK_EVERY = timedelta(minutes=1)
_HOST_SHOWN = 32


def shards_of(settings: Settings) -> Shards:
    """What the settings say this process runs."""
    ids, count = settings.shard_ids
    return Shards(None if ids is None else tuple(ids), count)


def neighbours_of(
    settings: Settings, db: SqlDatabase, run: DeliveryRun, watching: Watching, wake: Waker, clock: Clock
) -> Neighbours | None:
    """This process among those on its database; None on SQLite, where it is the only one."""
    if db.engines.sqlite:
        return None
    shards = shards_of(settings)

    def begin_with(ids: tuple[int, ...]) -> None:
        whole = shards.count is None or len(ids) == shards.count
        db.share = None if whole else Share(ids, shards.count or 1)

    pulse = Pulse(lambda: watching.invalid_requests, run.resting_until, run.rest)
    return Neighbours(db, _me(), shards, pulse, begin_with, wake, clock)


def _me() -> Me:
    host, pid = socket.gethostname()[:_HOST_SHOWN], os.getpid()

    def ended(name: str) -> bool:
        """Whether it was a process of this machine, or of this container before it was started again."""
        where, _, rest = name.rpartition("/")[0].rpartition(":")
        return where == host and rest.isdigit() and (int(rest) == pid or not _runs(int(rest)))

    return Me(f"{host}:{pid}/{secrets.token_hex(3)}", ended)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def among(neighbours: Neighbours, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    """The jobs of one process among several: it ticks more often, and gives its signs of life."""
    ticks, *rest = jobs
    beat = Job("beat", neighbours.beat, BEAT_EVERY)
    return (Job(ticks.name, ticks.run, min(ticks.every, TICK_EVERY)), *rest, beat)


def for_all(db: SqlDatabase, neighbours: Neighbours | None, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    """Jobs that one process does for all, each once in its time."""
    if neighbours is None:
        return jobs
    turns = Turns(db, neighbours)
    return tuple(
        Job(job.name, turns.once(job.name, job.every, job.run), min(job.every, ASK_EVERY)) for job in jobs
    )
