"""Discord says things more than once: every interaction has one effect, however often it comes and in what order."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.clock import system_clock
from bot.domain.boards import Visibility
from bot.domain.rejections import RejectionDraft
from bot.services.actions import Actions
from bot.services.memberships import Memberships
from bot.services.rejections import Rejections
from bot.storage.tables import actions, counters, receipts, rejections
from bot.storage.unit import SqlDatabase
from tests.process.forked import ForkedBot
from tests.process.rows import New, Rows
from tests.process.stories import PATIENCE, form, rejection, verb
from tests.standin import StandinThread
from tests.standin.records import Message, Told
from tests.texts import content

MEMBERS = tuple(range(700, 720))
SERVER = 77


def as_it_is(card: Message) -> Message:
    """The message as somebody sees it who presses before its answered state has arrived."""
    return replace(card, payload=deepcopy(card.payload))


def replayed_over_http(folder: Path, each: int, seed: int) -> int:
    """Every member submits so many forms and presses "done" as often, each told one to three times, shuffled."""
    chance = random.Random(seed)
    with StandinThread() as standin:
        world, rows = standin.world, Rows(folder)
        world.interaction_deadline = PATIENCE  # a busy machine is no part of this
        rows.fill(standin, *(New(n) for n in MEMBERS))
        with ForkedBot(standin, folder, env={"STEPFORWARD_DM_PER_SECOND": "40"}) as bot:
            standin.wait(lambda: all(world.dms_to(n) for n in MEMBERS), PATIENCE)
            waiting: list[Callable[..., Told]] = []
            for n in MEMBERS:
                card = as_it_is(world.dms_to(n)[0])
                for _ in range(each):
                    modal = form(standin, n)
                    waiting.append(partial(standin.submit, n, modal, rejection(modal)))
                    waiting.append(partial(standin.press, n, verb(card, "nudge-done"), message=card))
            chance.shuffle(waiting)
            told = [tell(times=chance.randint(1, 3)) for tell in waiting]
            standin.wait(lambda: all(one.replies and not one.waiting for one in told), PATIENCE)
            assert bot.terminate(PATIENCE) == 0
        assert rows.count(rejections) == len(MEMBERS) * (each + 1), "those logged, and the one from before"
        assert rows.count(actions) == len(MEMBERS), "a check-in is done once, whoever presses how often"
    return len(told)


@pytest.mark.timeout(300)
def test_interactions_told_up_to_three_times_over_http_count_once(tmp_path: Path) -> None:
    assert replayed_over_http(tmp_path, 2, random.randrange(1 << 30)) == 80


@pytest.mark.soak
def test_three_hundred_interactions_told_up_to_three_times_count_once(tmp_path: Path) -> None:
    assert replayed_over_http(tmp_path, 8, 11) == 320


@asynccontextmanager
async def services(rows: Rows) -> AsyncIterator[tuple[SqlDatabase, Rejections, Actions, Memberships]]:
    """What one run of the bot would build over these files."""
    async with rows.opened() as db:
        yield db, Rejections(db, lambda _at: None), Actions(db, content()), Memberships(db, content().season)


async def replayed(folder: Path, count: int, seed: int) -> None:
    """Half of them rejections, half actions, each told one to three times, shuffled, across a restart."""
    chance, rows, now = random.Random(seed), Rows(folder), system_clock()
    with StandinThread() as standin:
        await asyncio.to_thread(rows.fill, standin, *(New(n, nudges=0) for n in MEMBERS))
    deliveries = [n for n in range(count) for _ in range(chance.randint(1, 3))]
    chance.shuffle(deliveries)
    half = len(deliveries) // 2
    for part, told in enumerate((deliveries[:half], deliveries[half:])):
        async with services(rows) as (db, log, act, places):
            async with db.read() as tx:
                members = await tx.members.get_many(list(MEMBERS))
            for member in members.values() if part == 0 else ():
                await places.touch(member.user_id, SERVER, "x", now)
                await places.choose(member.user_id, SERVER, Visibility.SHOWN, now=now)

            async def tell(number: int, log=log, act=act, members=members, after=part) -> None:
                member, at = members[MEMBERS[number % len(MEMBERS)]], now + timedelta(seconds=after)
                if number % 2:
                    await log.log(
                        member, RejectionDraft("exam", now.date()), interaction_id=number + 1, now=at
                    )
                else:
                    await act.log(
                        member, "rest-day", done_on=now.date() - timedelta(days=1), source=f"i:{number}",
                        interaction_id=number + 1, guild_id=SERVER, now=at,
                    )  # fmt: skip

            await _all([tell(number) for number in told])
    async with rows.opened() as db, db.engines.read() as connection:

        async def rows_of(table) -> int:
            return (await connection.execute(select(func.count()).select_from(table))).scalar_one()

        assert await rows_of(rejections) == count // 2
        assert await rows_of(actions) == await rows_of(receipts) - count // 2 == count - count // 2
        scoring = select(func.count()).where(actions.c.scores)
        counted = select(func.sum(counters.c.actions)).where(
            counters.c.period == "all", counters.c.user_id != 0
        )
        total = select(func.sum(counters.c.actions)).where(
            counters.c.period == "all", counters.c.user_id == 0
        )
        points = (await connection.execute(scoring)).scalar_one()
        assert points == (await connection.execute(counted)).scalar_one()
        assert points == (await connection.execute(total)).scalar_one()


async def _all(waiting: list[Awaitable[None]], at_once: int = 25) -> None:
    for start in range(0, len(waiting), at_once):
        await asyncio.gather(*waiting[start : start + at_once])


@pytest.mark.timeout(240)
async def test_interactions_replayed_and_shuffled_across_a_restart_write_once(tmp_path: Path) -> None:
    await replayed(tmp_path, 200, random.randrange(1 << 30))


@pytest.mark.soak
async def test_ten_thousand_interactions_replayed_and_shuffled_write_once(tmp_path: Path) -> None:
    await replayed(tmp_path, int(os.environ.get("SOAK_REPLAYS", "10000")), 1)
