"""How fast check-ins that are due leave: ours through the whole machine, APScheduler's job store with jobs that do nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import system_clock
from bot.wiring.running import spare_what_stays
from tests.bench.measuring import Stalls, Stopwatch, stalls, timed
from tests.bench.places import Pipeline, count, fill, opened, sqlite_in, texts
from tests.bench.table import Row

_ran: list[None] = []


async def nothing() -> None:
    """The job of the other side; it is found by its name, as the store wants it."""
    _ran.append(None)


@asynccontextmanager
async def job_store(folder: Path, name: str = "jobs") -> AsyncIterator[AsyncIOScheduler]:
    """An APScheduler with its own SQLAlchemy job store over a SQLite file, paused."""
    store = SQLAlchemyJobStore(url=f"sqlite:///{folder / name}.sqlite3")
    scheduler = AsyncIOScheduler(
        timezone="UTC", jobstores={"default": store}, job_defaults={"misfire_grace_time": None}
    )
    scheduler.start(paused=True)
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)


async def theirs(folder: Path, due: int) -> tuple[Stopwatch, Stalls]:
    """So many one-shot jobs that were due a minute ago."""
    _ran.clear()
    at = system_clock() - timedelta(minutes=1)
    async with job_store(folder) as scheduler:
        for number in range(due):
            scheduler.add_job(nothing, "date", run_date=at, id=str(number))
        async with stalls() as watched:
            with timed() as took:
                scheduler.resume()
                while len(_ran) < due:
                    await asyncio.sleep(0.001)
        return took, watched


async def ours(folder: Path, due: int) -> tuple[Stopwatch, Stalls]:
    """So many check-ins, each of a member of their own, that were due a minute ago."""
    async with opened(sqlite_in(folder), folder) as db:
        await fill(db, due, system_clock() - timedelta(minutes=1))
        pipeline = Pipeline(db)
        async with stalls() as watched:
            with timed() as took:
                await pipeline.drain()
        assert pipeline.outbox.sent == due == await count(db, "nudges", "state = 'sent'")
        return took, watched


async def bench(folder: Path, *, quick: bool) -> list[Row]:
    due = 2_000 if quick else 10_000
    texts()
    spare_what_stays()
    other, frozen = await theirs(folder, due)
    own, stalled = await ours(folder, due)
    what = f"draining {due:,} due"
    return [
        Row(
            what, f"{due / own.wall:,.0f}/s", f"{due / other.wall:,.0f}/s", other.wall / own.wall,
            "at least", 3,
        ),
        Row(f"{what}, a second", f"{due / own.wall:,.0f}/s", "", due / own.wall, "at least", 2000, "/s"),
        Row(f"{what}, CPU seconds", f"{own.cpu:.2f} s", f"{other.cpu:.2f} s", other.cpu / own.cpu),
        Row(
            f"{what}, longest stall", f"{stalled.longest_ms:.0f} ms", f"{frozen.longest_ms:,.0f} ms",
            stalled.longest_ms, "at most", 20, "ms",
        ),
    ]  # fmt: skip
