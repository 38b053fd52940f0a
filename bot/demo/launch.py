"""Starting and ending the demo: the port, the files that are thrown away, Ctrl-C."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, DummyCookieJar, web

from bot.demo.seam import Build, Seed
from bot.demo.seed import seed_demo
from bot.demo.shell import make_app
from bot.demo.stage import HISTORY, Stage
from bot.wiring import StartRefused, build_demo

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8420
MEMORY = "/dev/shm"  # noqa: S108 - a private folder is made in it
"""Linux's files in memory. Four weeks are told in some 500 commits, and a disk takes about 2 ms for each."""


def run(port: int | None = None, *, build: Build = build_demo, seed: Seed | None = seed_demo) -> None:
    """Serve the demo on the loopback interface until Ctrl-C or SIGTERM.

    Without a port, the first free one from 8420 on. `build` and `seed` are the seam for tests.
    """
    try:
        asyncio.run(_until_stopped(build, seed, port))
    except StartRefused as error:
        raise SystemExit(str(error)) from None


@asynccontextmanager
async def serving(
    build: Build, seed: Seed | None, port: int | None, *, history: timedelta = HISTORY
) -> AsyncIterator[tuple[str, Stage]]:
    """The demo as a context: its address and its stage. Everything is gone at the end, files included."""
    memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    with (
        TemporaryDirectory(prefix="stepforward-demo-", dir=memory) as directory,
        closing(_listen(port)) as listening,
    ):
        stage = Stage(build, seed, Path(directory), history=history)
        async with ClientSession(cookie_jar=DummyCookieJar()) as session:
            runner = web.AppRunner(make_app(stage, session), access_log=None, shutdown_timeout=1.0)
            heart: asyncio.Task[None] | None = None
            try:
                await stage.open()
                await runner.setup()
                await web.SockSite(runner, listening).start()
                heart = asyncio.create_task(stage.heartbeat())
                yield f"http://{LOOPBACK}:{listening.getsockname()[1]}/", stage
            finally:
                await runner.cleanup()
                # The stage first: it waits for the beat under way, which is never cut in the middle of a statement.
                await stage.close()
                if heart is not None:
                    heart.cancel()
                    await asyncio.gather(heart, return_exceptions=True)


async def _until_stopped(build: Build, seed: Seed | None, port: int | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with serving(build, seed, port) as (url, _stage):
        print(url, flush=True)
        print("Open it in a browser. Ctrl-C ends the demo and forgets everything.", file=sys.stderr)
        await stop.wait()


def _listen(port: int | None) -> socket.socket:
    """A socket on the loopback interface: the port asked for, or the first free one from 8420, or any."""
    for candidate in (port,) if port is not None else (*range(FIRST_PORT, FIRST_PORT + 20), 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, candidate))
        except OSError:
            listening.close()
            continue
        return listening
    raise SystemExit(f"port {port} is taken; choose another with --port")
