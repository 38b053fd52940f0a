"""The demo as a visitor finds it: the real bot, in a group with four weeks behind it."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.demo.clock import TravelClock
from bot.demo.deeds import Join, Log, Say, SetUp
from bot.demo.launch import serving
from bot.demo.people import PEOPLE
from bot.demo.seam import DemoProgram, Seed
from bot.demo.seed import Teller, seed_demo
from bot.demo.stage import HISTORY, Stage
from bot.demo.world import DemoWorld
from bot.domain.boards import Period
from bot.domain.kinds import How
from bot.domain.timetable import Pace
from bot.services.recoveries import Standing
from bot.wiring import Program, build_demo
from tests.e2e.demo_visit import Visit
from tests.e2e.world import custom_ids, texts_of

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 15
"""Of processor time on any machine; a visitor on an idle one waits about as long."""


@asynccontextmanager
async def visit(seed: Seed = seed_demo, history: timedelta = HISTORY) -> AsyncIterator[Visit]:
    async with (
        serving(build_demo, seed, 0, history=history) as (url, stage),
        ClientSession() as session,
    ):
        yield Visit(session, url, stage)


async def one_rejection(world: DemoWorld, program: DemoProgram, clock: TravelClock) -> None:
    """A history of one rejection, for what needs no group: it is told in a tenth of the time."""
    assert isinstance(program, Program)
    teller = Teller(world, program, clock)
    await teller.tell("priya", SetUp())
    await teller.tell("amara", Join(pace=Pace.FULL))
    await teller.tell("amara", Log("research", "Kestrel Heart Lab", How.EMAIL))
    await teller.tell("amara", Say("accountability", "Asked my mentor to read my statement."))


def small_visit() -> AbstractAsyncContextManager[Visit]:
    return visit(one_rejection, timedelta(days=2))


def messages(stage: Stage, person: str, place: str) -> list[str]:
    """All that is said in a place, by the bot and by people, oldest first."""
    channel = stage.world.channel(next(p for p in PEOPLE if p.key == person), place)
    stored = stage.world.env.backend.messages.get(channel.id, {})
    return [m.content or texts_of(m.components) for _, m in sorted(stored.items()) if not m.is_ephemeral]


def program_of(stage: Stage) -> Program:
    assert isinstance(stage.program, Program)
    return stage.program


async def standings(stage: Stage, person: str) -> list[Standing]:
    return await program_of(stage).services.recoveries.standings(stage.world.users[person].id)


async def test_a_visitor_finds_a_group_with_four_weeks_behind_it() -> None:
    before = time.process_time()
    async with visit() as visitor:
        assert time.process_time() - before < START_SECONDS
        stage = visitor.stage
        await _has_members(stage)
        await _has_a_board(stage)
        await _has_ten_days(stage)
        posts = [text for text in messages(stage, "amara", "accountability") if "in the group" in text]
        assert len([text for text in posts if "Together" in text]) >= 3
        letters = messages(stage, "amara", "dm")
        assert any("The first day" in text for text in letters)
        assert any("A look at what happened" in text for text in letters)
        assert messages(stage, "newcomer", "dm") == []


async def _has_members(stage: Stage) -> None:
    services = program_of(stage).services
    known = [p for p in PEOPLE if await services.members.find(stage.world.users[p.key].id) is not None]
    assert {p.key for p in PEOPLE} - {p.key for p in known} == {"newcomer"}
    assert len(known) >= 8
    open_ones = [one for p in known for one in await standings(stage, p.key) if one.ahead]
    assert len({nudge.step for one in open_ones for nudge in one.ahead[:1]}) >= 3


async def _has_ten_days(stage: Stage) -> None:
    """Somebody is in the middle of them: some done, one for today or earlier left, and messages that said so."""
    running = await program_of(stage).services.challenges.current(stage.world.users["grace"].id)
    assert running is not None
    assert (running.done, running.is_past(stage.clock().date())) == (3, False)
    assert any("of your ten days" in text for text in messages(stage, "grace", "dm"))


async def _has_a_board(stage: Stage) -> None:
    now = stage.clock()
    board = await program_of(stage).services.boards.show(
        stage.world.guild.id, None, Period.WEEK, today=now.date(), now=now
    )
    ranks = [place.rank for place in board.top]
    assert len(ranks) >= 6
    assert len(ranks) - len(set(ranks)) == 1, "one tie"
    names = {place.name for place in board.top}
    assert "Night owl" in names
    assert not names & {"Daria Kovalenko", "Farida Hassan"}
    assert board.first_timers == ("Hasan Rahman",)
    assert board.total is not None
    assert board.total.before


@pytest.mark.soak
@pytest.mark.parametrize("day", range(7))
async def test_the_history_fits_whichever_day_the_visit_is(
    day: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    visit_at = datetime(2026, 11, 16 + day, 13, tzinfo=UTC)
    monkeypatch.setattr("bot.demo.stage.present", lambda: visit_at)
    monkeypatch.setattr("bot.demo.stage.TravelClock", lambda start: TravelClock(start, base=lambda: visit_at))
    stage = Stage(build_demo, seed_demo, tmp_path)
    try:
        await stage.open()
        assert stage.clock() == visit_at
        await _has_a_board(stage)
        await _has_ten_days(stage)
        posts = [text for text in messages(stage, "amara", "accountability") if "Together" in text]
        assert len(posts) >= 3
    finally:
        await stage.close()


async def test_after_a_week_without_the_bot_there_is_one_late_message() -> None:
    async with small_visit() as visitor:
        before = messages(visitor.stage, "amara", "dm")
        await visitor.press("power", on=False)
        await visitor.press("skip", days=7)
        assert messages(visitor.stage, "amara", "dm") == before
        await visitor.press("power", on=True)
        new = messages(visitor.stage, "amara", "dm")[len(before) :]
        assert len(new) == 1
        assert "late" in new[0] or "away" in new[0], new[0]


async def test_a_month_brings_each_message_on_its_own_day_and_reset_begins_anew() -> None:
    async with small_visit() as visitor:
        stage = visitor.stage
        letters = messages(stage, "amara", "dm")
        await visitor.press("skip", days=30)
        new = messages(stage, "amara", "dm")[len(letters) :]
        assert sum("The longer view" in text for text in new) == 1
        channel = stage.world.channel(PEOPLE[0], "dm")
        sent = sorted(stage.world.env.backend.messages[channel.id].values(), key=lambda m: m.id)
        at = [datetime.fromisoformat(m.timestamp) for m in sent[len(letters) :]]
        assert {instant.hour for instant in at} == {17}, "18:00 in Lagos"
        assert len({instant.date() for instant in at}) == len(at) >= 3
        await visitor.press("reset")
        assert messages(stage, "amara", "dm") == letters


async def test_ones_own_post_counts_through_the_apps_menu() -> None:
    async with small_visit() as visitor:
        stage = visitor.stage
        assert "Count as my action" in (await visitor.state())["apps"]
        await visitor.press("apps", command="Count as my action")
        page = await visitor.frame("POST", "api/pages")
        answer = page["messages"][page["timeline"][-1]]
        stored = stage.world.env.backend.messages[stage.world.channels["accountability"].id]
        asked = max(stored.values(), key=lambda message: message.id)
        assert asked.is_ephemeral
        assert answer["id"] == str(asked.id)
        assert any(":act-post:" in custom_id for custom_id in custom_ids(asked.components))


async def test_ctrl_c_ends_it_cleanly() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0",
        cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    url = (await asyncio.wait_for(process.stdout.readline(), 120)).decode().strip()
    assert url.startswith("http://127.0.0.1:")
    async with ClientSession() as session, session.get(f"{url}demo/state") as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    assert "Traceback" not in errors.decode()
