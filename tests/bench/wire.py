"""The real bot in a process of its own, over real HTTP: many check-ins due at once while members keep asking."""

import asyncio
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.clock import system_clock
from bot.storage.unit import SqlDatabase
from tests.bench.measuring import percentile
from tests.bench.table import Row
from tests.process.rows import New, Rows
from tests.standin import BotProcess, Standin, StandinThread
from tests.standin.records import Told

BUDGET = "48"


def cpu_seconds(pid: int) -> float:
    """What a process has used of the processor, from Linux's own books."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Asking:
    """Members who use a command at an even pace, whatever the bot does meanwhile."""

    def __init__(self, standin: Standin, users: range, every: float) -> None:
        self.standin, self.users, self.every = standin, users, every
        self.told: list[Told] = []
        self._tick = threading.Event()

    def until(self, done: Callable[[], bool], longest: float) -> None:
        begun = time.monotonic()
        while not done() and time.monotonic() - begun < longest:
            user_id = self.users[len(self.told) % len(self.users)]
            self.told.append(self.standin.slash(user_id, "rejection list"))
            self._tick.wait(max(0.0, begun + len(self.told) * self.every - time.monotonic()))

    def waits(self) -> list[float]:
        """Seconds to the first answer of each command; three and more means that Discord shows a failure."""
        return [(one.answered_at or one.at + 60) - one.at for one in self.told]


async def with_keys(db: SqlDatabase, users: range) -> None:
    """Everybody has a key, as a member has since they agreed; the first command would make it otherwise."""
    for user_id in users:
        await db.keys.welcome(user_id, system_clock())


def drained(folder: Path, due: int, every: float, longest: float) -> tuple[float, list[float], float]:
    """So many due at once and a command every so often: sent a second, waits, and the share of a core used."""
    folder.mkdir()
    with StandinThread() as standin:
        users = range(1000, 1000 + due)
        rows = Rows(folder)
        rows.fill(standin, *(New(number) for number in users))
        rows.work(lambda db: with_keys(db, users))
        bot = BotProcess(standin, folder, env={"STEPFORWARD_DM_PER_SECOND": BUDGET})
        with bot:
            standin.wait(lambda: len(standin.world.nonces) > 0, 60)
            begun, used = time.monotonic(), cpu_seconds(bot.pid)
            first = len(standin.world.nonces)
            asking = Asking(standin, users, every)

            def sent() -> int:
                return len(standin.world.nonces) - first

            asking.until(lambda: sent() >= due - first, longest)
            took = time.monotonic() - begun
            busy = (cpu_seconds(bot.pid) - used) / took
            done = sent()
            with suppress(TimeoutError):
                standin.wait(lambda: all(one.answered_at for one in asking.told), 3)
        return done / took, asking.waits(), busy


async def bench(folder: Path, *, quick: bool) -> list[Row]:
    due, minute = (300, 5.0) if quick else (3_000, 60.0)
    rate, waits, busy = await asyncio.to_thread(drained, folder / "due", due, 0.05, due / 20)
    asked = f"{due:,} due over HTTP, a command every 50 ms"
    rows = [
        Row(f"{asked}: sent", f"{rate:.1f}/s", "", rate, "at least", 45, "/s"),
        Row(
            "  p99 of the first answer",
            f"{percentile(waits, 0.99) * 1000:.0f} ms",
            "",
            percentile(waits, 0.99) * 1000,
            "at most",
            50,
            "ms",
        ),
        Row("  slowest answer", f"{max(waits):.2f} s", "", max(waits), "at most", 3, "s"),
        Row("  share of a core", f"{busy * 100:.0f} %", "", busy * 100, "at most", 30, "%"),
    ]
    rate, waits, busy = await asyncio.to_thread(drained, folder / "busy", int(minute * 50), 0.005, minute)
    rows += [
        Row(f"200 commands a second for {minute:.0f} s while nudges drain: sent", f"{rate:.1f}/s", "", rate),
        Row("  commands a second that were answered", f"{sum(w < 3 for w in waits) / minute:.0f}/s", "", sum(w < 3 for w in waits) / minute),
        Row("  p50, p99 of the first answer", f"{percentile(waits, 0.5) * 1000:.0f} ms", f"{percentile(waits, 0.99) * 1000:.0f} ms", percentile(waits, 0.99) * 1000, unit="ms"),
        Row("  share of a core", f"{busy * 100:.0f} %", "", busy * 100, unit="%"),
    ]  # fmt: skip
    return rows
