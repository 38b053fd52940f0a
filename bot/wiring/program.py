"""One run of the bot, put together: the delivery machine, the heartbeat and the client around the services."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.alarms import BotAlarms
from bot.app import Started, StepForward
from bot.clock import Clock, system_clock
from bot.delivery.gate import Gate
from bot.delivery.messenger import Messenger
from bot.delivery.operator import Operator
from bot.delivery.pacing import Pacing
from bot.delivery.presence import DiscordPresence
from bot.delivery.scheduler import Clockwork, Job
from bot.operations.watching import Watching
from bot.services.contacts import contacts_forbidden
from bot.services.deliveries import DeliveryRun
from bot.services.identifies import Identifies
from bot.services.mentions import Mentions
from bot.services.neighbours import Neighbours
from bot.services.nudges import NudgeService
from bot.services.registry import Services
from bot.services.settling import Settling
from bot.storage.due import earliest_due
from bot.storage.unit import SqlDatabase
from bot.ui.nudge_body import composer, fallback, operator_body
from bot.ui.server_posts import mention_writer
from bot.ui.weekly_post import with_plain_weekly
from bot.wiring.copies import backups_of
from bot.wiring.opening import Texts, open_database, read_texts
from bot.wiring.operating import Look, Operations, build_operations, health_job, host_jobs, soundness_job
from bot.wiring.services import Group, build_services
from bot.wiring.several import among, for_all, neighbours_of, shards_of
from config.settings import Settings

DEMO_DATABASE = "demo.sqlite3"


@dataclass(slots=True)
class Program:
    """One run of the bot: everything that must be closed, and the tick that does what is due."""

    bot: StepForward
    services: Services
    db: SqlDatabase
    clockwork: Clockwork
    gate: Gate
    operations: Operations
    look: Look
    jobs: tuple[Job, ...]
    neighbours: Neighbours | None

    async def tick(self) -> None:
        """Do everything that is due at this instant, until nothing is due (the demo's heartbeat)."""
        await self.clockwork.tick_all()

    async def next_due_at(self) -> datetime | None:
        """The earliest instant at which anything is due; it lies in the past while something is left to do."""
        async with self.db.engines.read() as connection:
            return await earliest_due(connection, self.bot.clock())

    async def drain(self) -> None:
        """End as a host asks: first what is being sent and answered, while Discord can still be reached."""
        await asyncio.gather(self.clockwork.stop(), self.bot.finish_answers(), self.gate.close())
        await self.bot.close()

    async def close(self) -> None:
        """Stop the clockwork and give every connection back."""
        await self.clockwork.stop()
        await self.services.charts.close()
        await self.db.engines.close()
        await self.db.keys.close()


async def build(
    settings: Settings, clock: Clock = system_clock, *, shard_count: int | None = None, beating: bool = True
) -> Program:
    """Everything, connected and not yet logged in; `shard_count` overrides the settings. Raises StartRefused.

    With `beating` off nothing happens by itself: whoever owns the clock calls `tick`.
    """
    texts = read_texts(settings)
    db = await open_database(settings)
    clockwork, messenger, presence, alarms = Clockwork(clock), Messenger(), DiscordPresence(), BotAlarms()
    operations = build_operations(db, clock, alarms)
    run, nudges = _machine(texts, db, messenger, clockwork, alarms, operations, clock, settings)
    services = build_services(texts, db, clockwork.wake_at, run, settings, Group(presence, messenger))
    neighbours = neighbours_of(settings, db, run, operations.watching, clockwork.wake_at, clock)
    leave = None if neighbours is None else neighbours.leave
    gate = Gate(Identifies(db), clock, leave)

    async def started(bot: StepForward) -> None:
        messenger.attach(bot)
        presence.attach(bot)
        alarms.attach(bot)
        await services.erasure.finish_interrupted(clock())
        (clockwork.start if beating else clockwork.load)(jobs)

    shards = settings.shard_ids[0], shard_count or settings.shard_ids[1]
    bot = _bot(texts, services, clock, shards, gate, operations.watching, started)
    backups = backups_of(settings, db.engines) if beating and settings.makes_backups else None
    look = Look(operations, bot, clockwork, gate, run.resting_until, backups, neighbours)
    ticks = Job("nudges", nudges.run_due, timedelta(minutes=1))
    own = (health_job(look, alarms), soundness_job(db.engines, alarms))
    hosts = (*own, *host_jobs(operations, backups, alarms)) if beating else ()
    if settings.operator_id is not None:
        alarms.tell_by(_operator(settings.operator_id, messenger, db, texts, run, clock).tell)
    jobs = (ticks, *_own_jobs(bot, gate), *_group_jobs(services, db, neighbours), *hosts)
    if neighbours is not None:
        jobs = among(neighbours, jobs)
    return Program(bot, services, db, clockwork, gate, operations, look, jobs, neighbours)


def _operator(
    user_id: int, messenger: Messenger, db: SqlDatabase, texts: Texts, run: DeliveryRun, clock: Clock
) -> Operator:
    def write(reason: str) -> str:
        return operator_body(texts.words.speak(None), reason)

    return Operator(user_id, messenger, db, write, run.resting_until, clock)


def _machine(
    texts: Texts,
    db: SqlDatabase,
    messenger: Messenger,
    clockwork: Clockwork,
    alarms: BotAlarms,
    operations: Operations,
    clock: Clock,
    settings: Settings,
) -> tuple[DeliveryRun, NudgeService]:
    words = texts.words
    plain, mention = with_plain_weekly(words, fallback(words)), Mentions(mention_writer(words)).add
    pacing = Pacing(settings.dm_per_second, clock, asyncio.sleep, part=shards_of(settings).part)
    forbid = contacts_forbidden(texts.content)
    run = DeliveryRun(db, messenger, pacing, Settling(db, alarms, plain, mention, operations.metrics), forbid)
    compose = composer(words, texts.content)
    return run, NudgeService(db, run, compose, clockwork.wake_at, plain, mention, forbid)


def _bot(
    texts: Texts,
    services: Services,
    clock: Clock,
    shards: tuple[list[int] | None, int | None],
    gate: Gate,
    watch: Watching,
    started: Started,
) -> StepForward:
    return StepForward(
        services=services,
        content=texts.content,
        zones=texts.zones,
        words=texts.words,
        clock=clock,
        shard_ids=shards[0],
        shard_count=shards[1],
        started=started,
        gate=gate,
        watch=watch,
    )


def _own_jobs(bot: StepForward, gate: Gate) -> tuple[Job, ...]:
    return (
        Job("commands", lambda _now: bot.sync_commands(), timedelta(minutes=15)),
        Job("identifies", gate.note_lasting, timedelta(minutes=5)),
    )


def _group_jobs(services: Services, db: SqlDatabase, neighbours: Neighbours | None) -> tuple[Job, ...]:
    """Weekly posts are each process's own; of the rest one process does all, and takes its turn for it."""
    shared = (
        Job("wins", services.wins.run_due, timedelta(minutes=5)),
        Job("servers", services.installs.sweep, timedelta(hours=1)),
        Job("purge", services.retention.purge, timedelta(minutes=5)),
        Job("retention", services.retention.run, timedelta(days=1)),
        Job("erasures", services.erasure.finish_interrupted, timedelta(days=1)),
    )
    weekly = Job("weekly", services.weekly.run_due, timedelta(minutes=1))
    return (weekly, *for_all(db, neighbours, shared))


async def build_demo(clock: Clock, directory: Path) -> Program:
    """The same program over the files of a directory, for a world without a network: one shard, no heartbeat."""
    settings = Settings(
        _env_file=None,
        discord_token=SecretStr("demo"),
        database_url=f"sqlite:///{directory / DEMO_DATABASE}",
        secret_key_file=directory / "demo.key",
        dm_per_second=40,
    )
    return await build(settings, clock, shard_count=1, beating=False)
