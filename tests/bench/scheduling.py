"""Storing one check-in, and starting again over 100,000 that wait, beside APScheduler's own job store."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.clock import system_clock
from bot.domain.nudges import Nudge, NudgeState, Subject
from tests.bench.draining import job_store, nothing
from tests.bench.measuring import Stopwatch, timed
from tests.bench.places import FIRST_USER, Pipeline, fill, multiply, opened, sqlite_in, texts
from tests.bench.table import Row

LATER = timedelta(days=300)
_SEQUENCE = "WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < ?)"


async def ours(folder: Path, ones: int, pending: int) -> tuple[Stopwatch, Stopwatch]:
    """Store so many one by one; then close, and open again over many."""
    due_at = system_clock() + LATER
    texts()
    async with opened(sqlite_in(folder), folder) as db:
        await fill(db, 1, due_at)
        with timed() as stored:
            for number in range(1, ones + 1):
                new = Nudge(number, FIRST_USER, Subject.REJECTION, number, "week1", 0, due_at, NudgeState.DUE)
                async with db.write() as tx:
                    await tx.nudges.add_many([new])
    with closing(sqlite3.connect(folder / "bench.sqlite3")) as connection:
        multiply(
            connection,
            "nudges",
            pending,
            id=f"{FIRST_USER} + n",
            subject_id=f"{FIRST_USER} + n",
            step="'day1'",
        )
    with timed() as restarted:
        async with opened(sqlite_in(folder), folder, new=False) as db:
            await Pipeline(db).service.run_due(system_clock())
    return stored, restarted


async def theirs(folder: Path, ones: int, pending: int) -> tuple[Stopwatch, Stopwatch]:
    """The same with jobs."""
    at = system_clock() + LATER
    async with job_store(folder) as scheduler:
        with timed() as stored:
            for number in range(ones):
                scheduler.add_job(nothing, "date", run_date=at, id=str(number))
    with closing(sqlite3.connect(folder / "jobs.sqlite3")) as connection, connection:
        connection.execute(
            f"{_SEQUENCE} INSERT INTO apscheduler_jobs SELECT 'x' || n, next_run_time, job_state FROM seq, "
            "(SELECT * FROM apscheduler_jobs LIMIT 1)",
            (pending,),
        )
    with timed() as restarted:
        async with job_store(folder) as scheduler:
            scheduler.resume()
            await asyncio.sleep(0)
    return stored, restarted


async def bench(folder: Path, *, quick: bool) -> list[Row]:
    ones, pending = (200, 10_000) if quick else (1_000, 100_000)
    other, again = await theirs(folder, ones, pending)
    own, fresh = await ours(folder, ones, pending)
    return [
        Row(
            "scheduling one nudge", f"{own.wall / ones * 1000:.2f} ms", f"{other.wall / ones * 1000:.2f} ms",
            own.wall / other.wall,
        ),
        Row(
            f"restart with {pending:,} pending", f"{fresh.wall * 1000:.0f} ms", f"{again.wall * 1000:.0f} ms",
            fresh.wall / again.wall,
        ),
    ]  # fmt: skip
