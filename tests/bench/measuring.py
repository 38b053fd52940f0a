"""Stopwatches: wall time, CPU time, and how long the event loop let others wait."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

LOOK_EVERY = 0.002


@dataclass
class Stopwatch:
    """Seconds of one stretch: by the clock on the wall, and of CPU in all threads of this process."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def timed() -> Iterator[Stopwatch]:
    """Time what happens inside."""
    found = Stopwatch()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield found
    finally:
        found.wall, found.cpu = time.perf_counter() - wall, time.process_time() - cpu


@dataclass
class Stalls:
    """How late a task came that asked for its turn every two milliseconds, in seconds.

    `worked` is what the loop's own thread had of the processor meanwhile: a busy machine makes a task late, and adds nothing here.
    """

    seen: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    @property
    def longest_ms(self) -> float:
        """The longest time the loop served nobody else."""
        return max(self.seen, default=0.0) * 1000

    @property
    def longest_work_ms(self) -> float:
        """The longest time the loop worked without a turn for anybody else."""
        return max(self.worked, default=0.0) * 1000


@asynccontextmanager
async def stalls() -> AsyncIterator[Stalls]:
    """Watch the event loop while something runs on it."""
    found = Stalls()
    ending = asyncio.Event()

    async def look() -> None:
        while not ending.is_set():
            asked, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(LOOK_EVERY)
            found.worked.append(time.thread_time() - worked)
            found.seen.append(max(0.0, time.perf_counter() - asked - LOOK_EVERY))

    task = asyncio.create_task(look())
    await asyncio.sleep(LOOK_EVERY)
    try:
        yield found
    finally:
        ending.set()
        await task


def percentile(values: list[float], part: float) -> float:
    """The value below which that part of all lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
