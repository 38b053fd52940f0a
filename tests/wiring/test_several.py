"""Two programs over one PostgreSQL, with a small Discord between them: everything once, whoever is alive."""

import asyncio
import dataclasses
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.delivery import pacing
from bot.domain.answers import Answer, Kind
from bot.domain.boards import Period, Visibility
from bot.domain.guilds import newly_joined
from bot.domain.members import newcomer
from bot.operations.health import judge
from bot.services.neighbours import InTheWay, Me
from bot.services.outbox import Letter
from bot.storage import tables
from bot.wiring import Program, build, program, several
from config.settings import Settings
from tests.conftest import FakeClock
from tests.delivery.world import NOW, FakeDiscord, fill, nudge

pytestmark = pytest.mark.postgres
MEMBERS = 200
Start = Callable[[str], Awaitable[Program]]


def id_in(shard: int, number: int, count: int = 2) -> int:
    """An id that Discord would put into a shard."""
    return (number * count + shard) << 22


@dataclasses.dataclass
class Channels(FakeDiscord):
    """The small Discord as a program's messenger."""

    opened_at: list[datetime] = dataclasses.field(default_factory=list)
    wanted: int = 1 << 30
    reached: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)

    def attach(self, _client: object) -> None:
        """There is no client."""

    async def open(self, user_id: int) -> Answer:
        self.opened_at.append(self.clock())
        answer: Answer = await super().open(user_id)
        return answer

    async def send(self, letter: Letter) -> Answer:
        answer: Answer = await super().send(letter)
        if len(self.messages) >= self.wanted:
            self.reached.set()
        return answer

    async def seen(self, count: int) -> None:
        """Wait until so many messages stand."""
        self.wanted = count
        await self.reached.wait()

    async def remove(self, _channel_id: int, _message_id: int) -> Answer:
        return Answer(Kind.OK)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def discord(clock: FakeClock) -> Channels:
    return Channels(clock)


@pytest.fixture
async def start(
    postgres_url: str, tmp_path: Path, clock: FakeClock, discord: Channels, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Start]:
    """Starts a program that runs some shards, and ends all of them after the test."""

    async def sleep(seconds: float) -> None:
        clock.advance(seconds=seconds)
        await asyncio.sleep(0)

    begun: list[Program] = []

    def paced(rate: float, clock: FakeClock, _sleep: object, *, part: float) -> pacing.Pacing:
        return pacing.Pacing(rate, clock, sleep, part=part)

    monkeypatch.setattr(program, "Pacing", paced)
    monkeypatch.setattr(program, "Messenger", lambda: discord)
    # All of them live in this one process, which the product takes for one and the same.
    monkeypatch.setattr(several, "_me", lambda: Me(f"machine:{len(begun)}/x", lambda _name: False))

    async def begin(shards: str) -> Program:
        settings = Settings(
            _env_file=None,
            database_url=postgres_url,
            secret_key_file=tmp_path / "secret.key",
            shards=shards,
            dm_per_second=40,
        )
        one = await build(settings, clock, beating=False)
        begun.append(one)
        assert one.neighbours is not None
        await one.neighbours.enter(0, sleep)
        one.clockwork.load([job for job in one.jobs if job.name not in ("commands", "health", "identifies")])
        return one

    yield begin
    for one in begun:
        await one.close()


async def beats(*programs: Program) -> None:
    for one in programs:
        assert one.neighbours is not None
        await one.neighbours.beat(one.bot.clock())


async def both(start: Start) -> tuple[Program, Program]:
    """Two programs that know of each other."""
    here, there = await start("0-0/2"), await start("1-1/2")
    await beats(here, there)
    return here, there


async def fill_members(one: Program) -> list[int]:
    """Members of both halves, each with a check-in that is due."""
    ids = [id_in(number % 2, number) for number in range(1, MEMBERS + 1)]
    await fill(one.db, *(nudge(number, user_id=user_id) for number, user_id in enumerate(ids, 1)))
    return ids


async def states(one: Program) -> Counter[str]:
    async with one.db.engines.read() as connection:
        return Counter((await connection.execute(select(tables.nudges.c.state))).scalars())


def told(discord: Channels) -> dict[int, int]:
    """How many messages each member got."""
    return dict(Counter(message.channel_id // 10 for message in discord.messages))


async def test_two_share_what_is_due_and_nothing_is_lost_or_doubled(
    start: Start, discord: Channels, clock: FakeClock
) -> None:
    here, there = await both(start)
    ids = await fill_members(here)
    begun_at = clock()
    await asyncio.gather(here.tick(), there.tick())
    assert told(discord) == dict.fromkeys(ids, 1)
    assert await states(here) == {"sent": MEMBERS}
    taken = (clock() - begun_at).total_seconds()
    assert taken >= MEMBERS / 40 - 1, "together they keep to the budget of forty a second"


async def test_what_a_dead_process_left_is_done_within_a_minute(
    start: Start, discord: Channels, clock: FakeClock
) -> None:
    here, there = await both(start)
    ids = await fill_members(here)
    dying = asyncio.create_task(there.tick())
    await discord.seen(MEMBERS // 5)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    died_at = clock()
    while len(discord.messages) < MEMBERS:
        await beats(here)
        await here.tick()
        clock.advance(seconds=10)
        assert clock() - died_at < timedelta(minutes=2), await states(here)
    assert told(discord) == dict.fromkeys(ids, 1)
    assert max(message.at for message in discord.messages) - died_at <= timedelta(seconds=60)
    clock.advance(minutes=3)
    await here.tick()
    assert told(discord) == dict.fromkeys(ids, 1)
    assert await states(here) == {"sent": MEMBERS}


async def test_weekly_posts_are_made_once_by_whoever_is_alive(
    start: Start, discord: Channels, clock: FakeClock
) -> None:
    here, there = await both(start)
    guilds = [id_in(number % 2, number) for number in range(1, 21)]
    async with here.db.write() as tx:
        await tx.members.add(newcomer(101, "Africa/Lagos", "en", NOW))
        for number in guilds:
            guild = dataclasses.replace(
                newly_joined(number, "en", NOW),
                channel_id=number * 10,
                weekly_due_at=NOW,
                weekly_when_empty=True,
                zone="Africa/Lagos",
            )
            await tx.guilds.add(guild)
            await tx.memberships.see(101, number, "Ada", NOW)
            await tx.memberships.update(101, number, visibility=Visibility.SHOWN)
            await tx.boards.add([number], 101, {(Period.WEEK, date(2026, 11, 16)): 1})
    async with here.db.read() as tx:
        assert {guild.guild_id % (2 << 22) for guild in await tx.guilds.due(NOW, 50)} == {0}, "its own first"
    await asyncio.gather(here.tick(), there.tick())
    assert told(discord) == dict.fromkeys(guilds, 1)
    clock.advance(days=7)
    await beats(here)
    await here.tick()
    assert len(discord.messages) == 40, "the other one is dead, and its servers get their post"


async def test_daily_work_is_done_once_a_day_and_not_once_for_each_process(
    start: Start, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    here, there = await both(start)
    caplog.set_level("INFO")

    def nights() -> int:
        return sum(record.getMessage().endswith("memberships") for record in caplog.records)

    for hours, expected in ((0, 1), (12, 1), (11, 1), (2, 2)):
        clock.advance(hours=hours)
        await beats(here, there, here)
        await asyncio.gather(here.tick(), there.tick())
        assert nights() == expected


async def test_a_second_process_for_the_same_shards_is_refused(start: Start, clock: FakeClock) -> None:
    first = await start("0-1/4")
    for shards in ("1-2/4", "0-0/2", ""):
        with pytest.raises(InTheWay, match="0-1/4"):
            await start(shards)
    beside = await start("2-3/4")
    await beats(first, beside)
    assert not (await first.look()).neighbours
    await first.gate.close()
    await start("0-1/4")


async def test_a_shard_that_nobody_runs_is_said(start: Start, clock: FakeClock) -> None:
    here, there = await both(start)
    assert not (await here.look()).neighbours
    clock.advance(seconds=61)
    await beats(here)
    assert any("shard 1" in warning for warning in judge(await here.look()).warnings)
    await beats(there, here)
    assert not (await here.look()).neighbours


async def test_ten_new_channels_in_ten_minutes_are_for_all_together(
    start: Start, discord: Channels, clock: FakeClock
) -> None:
    here, there = await both(start)
    ids = [id_in(number % 2, number) for number in range(1, 41)]
    due = (nudge(number, user_id=user_id) for number, user_id in enumerate(ids, 1))
    await fill(here.db, *due, dm_channel_id=None)
    for minutes in (0, 5, 4):
        clock.advance(minutes=minutes)
        await asyncio.gather(here.tick(), there.tick())
    assert len(discord.opened_at) == 10
    clock.advance(minutes=2)
    await asyncio.gather(here.tick(), there.tick())
    assert len(discord.opened_at) == 20


async def test_a_ban_of_one_makes_all_rest_and_refusals_count_together(
    start: Start, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = await both(start)
    there.operations.watching._invalid.extend([0.0] * 250)
    here.operations.watching._invalid.extend([0.0] * 249)
    for one in (here, there):
        monkeypatch.setattr(one.operations.watching, "_monotonic", lambda: 1.0)
    await beats(here, there)
    assert (await there.look()).resting_until is None
    here.operations.watching._invalid.append(0.0)
    await beats(here)
    resting_until = (await here.look()).resting_until
    assert resting_until is not None
    await beats(there)
    assert (await there.look()).resting_until is not None
