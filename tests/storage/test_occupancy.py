"""Who may use a database beside whom; a process that dies lets go of it."""

import asyncio
import multiprocessing
import os
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bot.storage.occupancy import InUse, is_server, occupied
from tests.process.forked import PRELOADED


async def may(url: str, *, alone: bool) -> bool:
    """Whether somebody else could begin now."""
    try:
        async with occupied(url, alone=alone):
            return True
    except InUse:
        return False


async def test_bots_run_side_by_side_on_a_server_and_a_command_has_it_alone(database_url: str) -> None:
    shared = is_server(database_url)
    async with AsyncExitStack() as bots:
        for _ in range(1 + shared):
            await bots.enter_async_context(occupied(database_url))
        assert await may(database_url, alone=False) is shared, "one process has a SQLite file"
        assert not await may(database_url, alone=True)
    async with occupied(database_url, alone=True):
        assert not await may(database_url, alone=False)
        assert not await may(database_url, alone=True)
    assert await may(database_url, alone=True)


async def test_who_comes_next_waits_for_the_one_before_to_let_go(sqlite_url: str) -> None:
    async with AsyncExitStack() as old:
        await old.enter_async_context(occupied(sqlite_url))

        async def comes() -> None:
            async with occupied(sqlite_url, patience=60):
                pass

        new = asyncio.create_task(comes())
        await asyncio.sleep(0)
        assert not new.done()
    await new


async def test_two_databases_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    async with occupied(f"sqlite:///{tmp_path / 'a.sqlite3'}", alone=True):
        assert await may(f"sqlite:///{tmp_path / 'b.sqlite3'}", alone=True)


def hold(url: str, held: Path) -> None:
    """Runs in a process of its own until it is killed."""

    async def work() -> None:
        async with occupied(url):
            await asyncio.to_thread(held.touch)
            await asyncio.Event().wait()

    asyncio.run(work())


async def test_who_is_killed_lets_go(sqlite_url: str, tmp_path: Path) -> None:
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    process = context.Process(target=hold, args=(sqlite_url, held := tmp_path / "held"), daemon=True)
    process.start()
    while not held.exists():
        process.join(0.005)
    assert not await may(sqlite_url, alone=True)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert await may(sqlite_url, alone=True)
