"""/insights progress of somebody with a thousand noes: how long the loop serves nobody else, and what the picture costs."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from bot.charts.painter import Painter
from bot.clock import system_clock
from bot.domain.actions import Action
from bot.domain.rejections import Rejection
from bot.ids import new_id
from tests.bench.measuring import Stalls, percentile, stalls
from tests.bench.speaking import Voiceless, voiceless
from tests.bench.table import Row

NOES, ACTIONS, WHO = 1_000, 1_000, 1
KINDS = ("research", "exam", "certification", "application-no", "interview-waitlist", "unmatched", "job")
"""One of each stage: the largest picture there is."""


async def fill(heard: Voiceless) -> None:
    """Nine months of them."""
    now = system_clock()
    async with heard.program.db.write() as tx:
        await tx.rejections.add_many(
            [
                Rejection(
                    new_id(now), WHO, KINDS[n % len(KINDS)], now.date() - timedelta(days=n % 270), now, who="Ridge", said="No."
                )
                for n in range(NOES)
            ]
        )  # fmt: skip
        for n in range(ACTIONS):
            day = now.date() - timedelta(days=n * 7 % 270)
            await tx.actions.add(Action(new_id(now), WHO, "cv-revised", day, now, scores=True, source=f"bench:{n}"))  # fmt: skip


async def shown(heard: Voiceless) -> tuple[float, Stalls]:
    """Seconds until it is answered, and how the loop served others meanwhile."""
    async with stalls() as found:
        begun = time.perf_counter()
        await heard.slash(WHO, "insights", "progress")
        await heard.program.bot.finish_answers()
        took = time.perf_counter() - begun
    return took, found


def megabytes(pid: int) -> float:
    """The most memory a process has had, from Linux's own books."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


async def bench(folder: Path, *, quick: bool) -> list[Row]:
    async with voiceless(folder, 1) as heard:
        await fill(heard)
        await heard.slash(WHO, "empty")
        async with stalls() as idle:
            await asyncio.sleep(1 if quick else 5)
        first, starting = await shown(heard)
        charts = heard.program.services.charts
        assert isinstance(charts, Painter)
        assert charts.pid is not None
        later = [await shown(heard) for _ in range(5 if quick else 40)]
        memory = megabytes(charts.pid)
    took, work = [seconds for seconds, _ in later], max(found.longest_work_ms for _, found in later)
    longest = max(found.longest_ms for _, found in later)
    nothing = f"{idle.longest_ms:.1f} ms idle"
    return [
        Row("a chart, longest stall of the loop: the first, with its process starting", f"{starting.longest_ms:.1f} ms", nothing, starting.longest_ms, "at most", 20, "ms"),
        Row("  the same in its own processor time", f"{starting.longest_work_ms:.1f} ms", "", starting.longest_work_ms, "at most", 20, "ms"),
        Row(f"a chart, longest stall of the loop: {len(later)} more", f"{longest:.1f} ms", nothing, longest, "at most", 20, "ms"),
        Row("  the same in its own processor time", f"{work:.1f} ms", "", work, "at most", 20, "ms"),
        Row("a chart, from the command to the answer: the first", f"{first * 1000:.0f} ms", "", first * 1000, "at most", 1000, "ms"),
        Row("  half of the others, the slowest", f"{percentile(took, 0.5) * 1000:.0f} ms", f"{max(took) * 1000:.0f} ms", max(took) * 1000, "at most", 1000, "ms"),
        Row("  memory of the process that draws", f"{memory:.0f} MB", "", memory, unit="MB"),
    ]  # fmt: skip
