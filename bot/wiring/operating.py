"""What a host sees of the bot, put together: the figures, what watches Discord, and the look at everything."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.alarms import BotAlarms
from bot.app import StepForward
from bot.clock import Clock
from bot.delivery.gate import Gate
from bot.delivery.scheduler import Clockwork, Job
from bot.operations.health import judge
from bot.operations.metrics import Metrics
from bot.operations.nightly import Nightly
from bot.operations.room import Room
from bot.operations.vitals import Queue, Shard, Vitals
from bot.operations.watching import Watching
from bot.services.about import own_version
from bot.services.neighbours import Neighbours
from bot.storage.backups import BackupFailed, Backups
from bot.storage.engine import Engines
from bot.storage.presence import SameFile
from bot.storage.probe import DatabaseProbe
from bot.storage.soundness import Damaged, refuse_damage
from bot.storage.unit import SqlDatabase

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Operations:
    """The instruments of one run."""

    metrics: Metrics
    watching: Watching
    probe: DatabaseProbe
    room: Room | None
    file: SameFile | None


def build_operations(db: SqlDatabase, clock: Clock, alarms: BotAlarms) -> Operations:
    """The instruments, connected to the database they measure."""
    metrics = Metrics(own_version())
    db.engines.on_write, db.engines.on_full = metrics.wrote, metrics.found_full
    spare = db.engines.ballast
    path = Path(db.engines.writer.url.database or "")
    room = None if spare is None else Room(spare, path, alarms.host)
    file = SameFile(path) if db.engines.sqlite else None
    return Operations(metrics, Watching(metrics, clock), DatabaseProbe(db), room, file)


def health_job(look: Callable[[], Awaitable[Vitals]], alarms: BotAlarms) -> Job:
    """Every minute: while the health is red, the host is told why."""

    async def tell(_now: datetime) -> None:
        for reason in judge(await look()).reasons:
            await alarms.host(f"health-{reason.partition(':')[0]}")

    return Job("health", tell, timedelta(minutes=1))


def host_jobs(operations: Operations, backups: Backups | None, alarms: BotAlarms) -> tuple[Job, ...]:
    """What is done by itself for the host: room on the disk, and the nightly copy."""
    room, often = operations.room, timedelta(minutes=10)
    jobs = [] if room is None else [Job("room", room.tend, often)]
    if operations.file is not None:
        jobs.append(Job("database", _watch(operations.file, alarms), timedelta(minutes=1)))
    if backups is not None:
        make = _make(backups, alarms)
        nightly = Nightly(lambda: newest_of(backups), make, room.look if room else lambda: None, alarms.host)
        jobs.append(Job("backup", nightly.run, often))
    return tuple(jobs)


def soundness_job(engines: Engines, alarms: BotAlarms) -> Job:
    """Once a day and at the start: a database too large to be read before the start is read while the bot runs."""

    async def check(_now: datetime) -> None:
        try:
            await refuse_damage(engines, up_to=None)
        except Damaged as damaged:
            log.critical("%s", damaged)
            await alarms.host("database-damaged")

    return Job("soundness", check, timedelta(days=1))


def _watch(file: SameFile, alarms: BotAlarms) -> Callable[[datetime], Awaitable[None]]:
    async def watch(_now: datetime) -> None:
        if file.gone:
            await alarms.database_gone()

    return watch


def newest_of(backups: Backups) -> datetime | None:
    """When the newest copy was made."""
    newest = next(iter(backups.listed()), None)
    return None if newest is None else newest.made_at


def _make(backups: Backups, alarms: BotAlarms) -> Callable[[datetime], Awaitable[None]]:
    async def make(now: datetime) -> None:
        try:
            await backups.nightly(now)
        except BackupFailed as failed:
            log.error("%s", failed)
            await alarms.host("backup-failed")

    return make


class Look:
    """Looks everything up when it is called: one program's health at that instant."""

    def __init__(
        self,
        operations: Operations,
        bot: StepForward,
        clockwork: Clockwork,
        gate: Gate,
        resting_until: Callable[[datetime], datetime | None],
        backups: Backups | None,
        neighbours: Neighbours | None = None,
    ) -> None:
        self._neighbours = neighbours
        self._operations = operations
        self._bot = bot
        self._clockwork = clockwork
        self._gate = gate
        self._resting_until = resting_until
        self._backups = backups
        self._started_at = bot.clock()

    async def __call__(self) -> Vitals:
        """The vitals of this instant."""
        now, parts = self._bot.clock(), self._operations
        waiting = await parts.probe.waiting(now)
        newest = next(iter(self._backups.listed()), None) if self._backups is not None else None
        return Vitals(
            at=now,
            started_at=self._started_at,
            last_tick_at=self._clockwork.last_tick_at,
            ticking=self._clockwork.is_healthy(now),
            writable=await parts.probe.writable(now),
            shards=tuple(self._shards()),
            queue=None if waiting is None else Queue(**waiting),
            token_dead=self._bot.token_dead,
            resting_until=self._resting_until(now),
            waiting_until=self._gate.waiting_until,
            invalid_requests=parts.watching.invalid_requests,
            disk=None if parts.room is None else parts.room.look(),
            backups_wanted=self._backups is not None,
            backup_at=None if newest is None else newest.made_at,
            backup_bytes=None if newest is None else newest.size,
            neighbours=() if self._neighbours is None else self._neighbours.trouble(now),
        )

    def _shards(self) -> Iterator[Shard]:
        expected = self._bot.shard_ids or range(self._bot.shard_count or 1)
        return self._operations.watching.shards(expected, dict(self._bot.latencies), self._started_at)
