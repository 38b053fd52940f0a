"""The only composition root: settings, then the database, the services, the delivery machine, the bot."""

import asyncio
import logging
import signal
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import SystemRandom

import discord
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from bot.alarms import BotAlarms
from bot.app import StepForward, point_discord_at
from bot.clock import Clock, system_clock
from bot.crypto import HostKey, HostKeyError
from bot.delivery.messenger import Messenger
from bot.delivery.pacing import Pacing
from bot.delivery.presence import DiscordPresence
from bot.delivery.scheduler import Clockwork, Job
from bot.logs import setup_logs
from bot.services.about import About, own_version
from bot.services.actions import Actions
from bot.services.boards import Boards
from bot.services.care import Care
from bot.services.catalogue import Catalogue
from bot.services.checkins import CheckIns
from bot.services.deliveries import DeliveryRun
from bot.services.doors import Doors
from bot.services.facts import Facts
from bot.services.goodnews import GoodNewsService
from bot.services.guilds import Guilds
from bot.services.installs import Installs
from bot.services.members import Members
from bot.services.memberships import Memberships
from bot.services.moderation import Moderation
from bot.services.nudges import NudgeService
from bot.services.openings import Openings
from bot.services.ports import Waker
from bot.services.records import Records
from bot.services.recoveries import Recoveries
from bot.services.redaction import Redaction
from bot.services.registry import Services
from bot.services.rejections import Rejections
from bot.services.settings import SettingsService
from bot.services.settling import Settling
from bot.services.weekly import Weekly
from bot.services.wins import Wins
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore, KeystoreRefused
from bot.storage.schema import SchemaRefused
from bot.storage.schema import migrate as migrate_schema
from bot.storage.unit import SqlDatabase
from bot.ui.nudge_body import composer, dm_test_body, fallback
from bot.ui.posts import win_writer
from bot.ui.server_posts import trial_writer, welcome_writer
from bot.ui.weekly_post import safe_name, weekly_writer
from config.care import CareContent, load_care
from config.content import Content, load_content
from config.documents import ContentError
from config.places import load_zones
from config.settings import DISCORD_API_URL, Settings
from config.words import Words

CONFIG = Path(__file__).resolve().parent.parent / "config"
TOKEN_DEAD = 3
TICKS_TOGETHER = 3
"""A post made by one job is sent by another; so often a tick goes round before it leaves the rest to the next."""

log = logging.getLogger(__name__)


class StartRefused(Exception):
    """The bot must not start; the message is one clear line for the host."""


@dataclass(slots=True)
class Program:
    """One run of the bot: everything that must be closed, and the tick that does what is due."""

    bot: StepForward
    services: Services
    db: SqlDatabase
    clockwork: Clockwork
    jobs: tuple[Job, ...]

    async def tick(self) -> None:
        """Do everything that is due at this instant, until nothing is due (the demo's heartbeat)."""
        for _ in range(TICKS_TOGETHER):
            await self.clockwork.tick_all()
            due_at = await self.next_due_at()
            if due_at is None or due_at > self.bot.clock():
                return

    async def next_due_at(self) -> datetime | None:
        """The earliest instant at which anything is due; it lies in the past while something is left to do."""
        async with self.db.read() as tx:
            instants = (
                await tx.nudges.earliest_due(),
                await tx.deliveries.earliest_try(),
                await tx.guilds.earliest_due(),
                await tx.wins.earliest_after(self.bot.clock()),
            )
        return min((instant for instant in instants if instant is not None), default=None)

    async def drain(self) -> None:
        """End as a host asks: first what is being sent and answered, while Discord can still be reached."""
        await self.clockwork.stop()
        await self.bot.close()

    async def close(self) -> None:
        """Stop the clockwork and give every connection back."""
        await self.clockwork.stop()
        await self.db.engines.close()
        await self.db.keys.close()


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything read from `config/`."""

    words: Words
    content: Content
    care: CareContent


def read_texts(settings: Settings) -> Texts:
    """Read content and words. Raises StartRefused with the file and line that is wrong."""
    folder = settings.content_folder or CONFIG
    try:
        words = Words.load(folder / "locales")
        return Texts(words, load_content(folder / "content", words), load_care(folder / "content"))
    except ContentError as error:
        raise StartRefused(str(error)) from None


async def open_database(settings: Settings) -> SqlDatabase:
    """Migrate and open the database and the keystore. Raises StartRefused; nothing is ever overwritten."""
    _make_folder(settings.database_url)
    try:
        engines = Engines(settings.database_url)
        await migrate_schema(engines)
        keys = await Keystore.open(settings.keystore_address, _host_key(settings))
    except (SchemaRefused, KeystoreRefused, HostKeyError, ValueError) as error:
        raise StartRefused(str(error)) from None
    db = SqlDatabase(engines, keys)
    async with db.read() as tx:
        if keys.is_new and await tx.members.any():
            raise StartRefused(
                "The members' keys are missing: the keystore is new but the database has members. "
                "Put the keystore back, or point STEPFORWARD_KEYSTORE_URL at it."
            )
    return db


def _host_key(settings: Settings) -> HostKey | Path:
    """The key from the environment, or the path of its file, which the keystore makes on the very first run."""
    text = settings.secret_key.get_secret_value()
    return HostKey.from_text(text) if text else settings.secret_key_file


def _make_folder(url: str) -> None:
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)


async def build(
    settings: Settings,
    clock: Clock = system_clock,
    *,
    shard_count: int | None = None,
    beating: bool = True,
) -> Program:
    """Everything, connected and not yet logged in. Raises StartRefused.

    `shard_count` overrides the settings; without either, Discord says how many shards there are. With
    `beating` off nothing happens by itself: whoever owns the clock calls `tick`.
    """
    texts = read_texts(settings)
    db = await open_database(settings)
    clockwork = Clockwork(clock)
    messenger, presence = Messenger(), DiscordPresence()
    alarms = BotAlarms()
    plain = fallback(texts.words)
    pacing = Pacing(int(settings.dm_per_second), clock, asyncio.sleep)
    run = DeliveryRun(db, messenger, pacing, Settling(db, alarms, plain))
    nudges = NudgeService(db, run, composer(texts.words, texts.content), clockwork.wake_at, plain)
    group = Group(presence, messenger)
    services = _services(texts, db, clockwork.wake_at, run, settings, group)
    shard_ids, settled_count = settings.shard_ids

    async def started(bot: StepForward) -> None:
        messenger.attach(bot)
        presence.attach(bot)
        (clockwork.start if beating else clockwork.load)(jobs)

    bot = StepForward(
        services=services,
        content=texts.content,
        zones=load_zones((settings.content_folder or CONFIG) / "content"),
        words=texts.words,
        clock=clock,
        shard_ids=shard_ids,
        shard_count=shard_count or settled_count,
        started=started,
    )
    alarms.attach(bot)
    jobs = (
        Job("nudges", nudges.run_due, timedelta(minutes=1)),
        Job("wins", services.wins.run_due, timedelta(minutes=5)),
        Job("weekly", services.weekly.run_due, timedelta(minutes=1)),
        Job("servers", services.installs.sweep, timedelta(days=1)),
    )
    return Program(bot, services, db, clockwork, jobs)


@dataclass(frozen=True, slots=True)
class Group:
    """What the group's features ask of Discord: who is there, and to take a post away."""

    presence: DiscordPresence
    messenger: Messenger


def _services(
    texts: Texts, db: SqlDatabase, wake: Waker, run: DeliveryRun, settings: Settings, group: Group
) -> Services:
    content, words = texts.content, texts.words

    def test_body(delivery_id: int, language: str) -> str:
        return dm_test_body(words.speak(language), delivery_id)

    actions = Actions(db, content)
    recoveries = Recoveries(db, wake)
    memberships = Memberships(db, content.season)
    boards = Boards(db, memberships, group.presence, content.season)
    wins = Wins(db, wake, win_writer(words), group.messenger, SystemRandom())
    redaction = Redaction(
        db, group.messenger, safe_name, lambda language: words.speak(language)("weekly-somebody")
    )
    return Services(
        members=Members(db, db.keys),
        rejections=Rejections(db, wake),
        recoveries=recoveries,
        doors=Doors(db, Openings(run, test_body)),
        facts=Facts(db),
        care=Care(texts.care.lines, texts.care.risk),
        memberships=memberships,
        actions=actions,
        catalogue=Catalogue(db, content),
        boards=boards,
        wins=wins,
        moderation=Moderation(db, memberships, wins, redaction),
        redaction=redaction,
        weekly=Weekly(db, boards, weekly_writer(words), content.prompts, wake),
        checkins=CheckIns(db, actions, recoveries, content, wake),
        settings=SettingsService(db, recoveries, wake),
        records=Records(db),
        goodnews=GoodNewsService(db, content, wake),
        guilds=Guilds(db, trial_writer(words), run.run),
        installs=Installs(db, welcome_writer(words), wake),
        about=About(own_version(), settings.privacy_url, settings.problem_url),
    )


async def run_bot(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT and give the exit code. Raises StartRefused for what the host must mend."""
    setup_logs(settings.log_level)
    if settings.discord_api_url != DISCORD_API_URL:
        point_discord_at(settings.discord_api_url)
    program = await build(settings)
    loop = asyncio.get_running_loop()
    ends: list[asyncio.Task[None]] = []  # the loop itself keeps no reference to a task
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, lambda: ends.append(loop.create_task(program.drain())))
    try:
        await program.bot.start(settings.discord_token.get_secret_value())
    except discord.LoginFailure:
        raise StartRefused("Discord refused the token. Make a new one in the developer portal.") from None
    except discord.PrivilegedIntentsRequired:
        raise StartRefused("Discord refused the intents. This bot needs none that are privileged.") from None
    except discord.ConnectionClosed as closed:
        # 4004 is a bad token, 4010 to 4014 wrong shards or intents: trying again would change nothing.
        raise StartRefused(f"Discord closed the connection for good ({closed.code}).") from None
    finally:
        if not program.bot.is_closed():
            await program.bot.close()
        await program.close()
    return TOKEN_DEAD if program.bot.token_dead else 0


async def build_demo(clock: Clock, directory: Path) -> Program:
    """The same program over the files of a directory, for a world without a network: one shard, no heartbeat."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        discord_token=SecretStr("demo"),
        database_url=f"sqlite:///{directory / 'demo.sqlite3'}",
        secret_key_file=directory / "demo.key",
        dm_per_second=40,
    )
    return await build(settings, clock, shard_count=1, beating=False)


async def migrate_database(settings: Settings) -> tuple[str | None, str | None]:
    """Migrate and give (before, after). Raises StartRefused."""
    _make_folder(settings.database_url)
    engines = Engines(settings.database_url)
    try:
        return await migrate_schema(engines)
    except SchemaRefused as error:
        raise StartRefused(str(error)) from None
    finally:
        await engines.close()
