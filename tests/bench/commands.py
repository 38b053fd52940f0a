"""A whole command from the gateway's payload to the answer: logging a rejection beside a command that does nothing."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from tests.bench.measuring import Stopwatch, timed
from tests.bench.speaking import Voiceless, voiceless
from tests.bench.table import Row

AT_ONCE = 50


async def many(user_ids: range, work: Callable[[int], Coroutine[Any, Any, Any]]) -> Stopwatch:
    """Do it for everybody, fifty at once."""
    waiting = iter(user_ids)

    async def worker() -> None:
        for user_id in waiting:
            await work(user_id)

    with timed() as took:
        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return took


async def logged(heard: Voiceless, user_ids: range) -> Stopwatch:
    """Everybody submits the form of a rejection."""
    forms = {user_id: await heard.form(user_id) for user_id in user_ids}
    return await many(user_ids, lambda who: heard.ask(5, who, forms[who]))


async def bench(folder: Path, *, quick: bool) -> list[Row]:
    members = 300 if quick else 2_000
    async with voiceless(folder, members) as heard:
        await many(range(1, members + 1), lambda who: heard.slash(who, "empty"))
        await logged(heard, range(1, 51))
        ids = range(51, members + 1)
        bare = await many(ids, lambda who: heard.slash(who, "bare"))
        empty = await many(ids, lambda who: heard.slash(who, "empty"))
        log = await logged(heard, ids)
        listed = await many(ids, lambda who: heard.slash(who, "rejection", "list"))
    number = len(ids)

    def each(took: Stopwatch) -> str:
        return f"{took.wall / number * 1000:.2f} ms"

    return [
        Row("logging a rejection / an empty command", each(log), each(empty), log.wall / empty.wall, "at most", 3),
        Row("  the same in CPU seconds", f"{log.cpu:.2f} s", f"{empty.cpu:.2f} s", log.cpu / empty.cpu),
        Row("  logged a second, 50 at once", f"{number / log.wall:,.0f}/s", "", number / log.wall, "at least", 500, "/s"),
        Row("  the same / discord.py's own empty command", each(log), each(bare), log.wall / bare.wall),
        Row("listing rejections / an empty command", each(listed), each(empty), listed.wall / empty.wall),
    ]  # fmt: skip
