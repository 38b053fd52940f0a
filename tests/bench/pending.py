"""What a million check-ins that wait cost: the time of a start, and memory; each start in a process of its own."""

import asyncio
import json
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.clock import system_clock
from bot.wiring import build
from config.settings import Settings
from tests.bench.places import FIRST_USER, Pipeline, fill, multiply, opened, sqlite_in
from tests.bench.table import Row

TIMES = 5
Start = tuple[float, float, float]


async def start(folder: Path) -> Start:
    """Build the whole program over a folder's files and tick once: seconds, CPU seconds, megabytes held after it."""
    settings = Settings(
        _env_file=None, discord_token=SecretStr("bench"), database_url=sqlite_in(folder),
        secret_key_file=folder / "bench.key", health="0",
    )  # fmt: skip
    wall, cpu = time.perf_counter(), time.process_time()
    program = await build(settings, shard_count=1, beating=False)
    await Pipeline(program.db).service.run_due(system_clock())
    took = time.perf_counter() - wall, time.process_time() - cpu
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    held = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    await program.close()
    return *took, held


async def filled(folder: Path, count: int) -> Path:
    """A database with so many check-ins that are due in three hundred days."""
    folder.mkdir()
    settings = Settings(_env_file=None, database_url=sqlite_in(folder), secret_key_file=folder / "bench.key")
    await (await build(settings, shard_count=1, beating=False)).close()
    if count:
        async with opened(sqlite_in(folder), folder) as db:
            await fill(db, 1, system_clock() + timedelta(days=300))
        with closing(sqlite3.connect(folder / "bench.sqlite3")) as connection:
            multiply(connection, "nudges", count - 1, id=f"{FIRST_USER} + n", subject_id=f"{FIRST_USER} + n")
    return folder


def _started(folders: dict[int, Path]) -> dict[int, Start]:
    """The medians of several starts, in turns, so that what else the machine does strikes all alike."""
    seen: dict[int, list[Start]] = {count: [] for count in folders}
    for _ in range(TIMES):
        for count, folder in folders.items():
            done = subprocess.run(
                [sys.executable, "-m", "tests.bench.pending", str(folder)], capture_output=True, check=True
            )
            seen[count].append(tuple(json.loads(done.stdout.splitlines()[-1])))
    return {
        count: (
            statistics.median(one[0] for one in starts), statistics.median(one[1] for one in starts),
            min(one[2] for one in starts),
        )
        for count, starts in seen.items()
    }  # fmt: skip


async def bench(folder: Path, *, quick: bool) -> list[Row]:
    many = 100_000 if quick else 1_000_000
    folders = {count: await filled(folder / str(count), count) for count in (0, 100, many)}
    found = await asyncio.to_thread(_started, folders)
    few, all_of_it = found[100], found[many]
    grown = all_of_it[2] - found[0][2]
    return [
        Row(
            f"start with {many:,} pending / with 100", f"{all_of_it[0] * 1000:.0f} ms", f"{few[0] * 1000:.0f} ms",
            all_of_it[0] / few[0], "at most", 1.2,
        ),
        Row(
            "  the same in CPU seconds", f"{all_of_it[1]:.3f} s", f"{few[1]:.3f} s", all_of_it[1] / few[1],
            "at most", 1.2,
        ),
        Row(
            f"memory with {many:,} pending / with none", f"{all_of_it[2]:.1f} MB", f"{found[0][2]:.1f} MB",
            grown, "at most", 2, "MB more",
        ),
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(asyncio.run(start(Path(sys.argv[1])))))
