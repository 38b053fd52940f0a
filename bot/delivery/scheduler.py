"""The heartbeat: runs the jobs of the bot when they are due. It stores nothing; what is due lies in the database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, system_clock

log = logging.getLogger(__name__)

ALIVE_FOR = timedelta(seconds=90)
"""Without a finished tick for this long the health is red."""

DAY = timedelta(days=1)
WATCH_SECONDS = 60

DRAIN_SECONDS = 7.0
"""With the answers and connections that end after it, less than the ten seconds a container gets."""

MAX_RUNS = 500
"""How often one tick repeats itself while more is due; after that it waits for the next beat."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do at least every so often. It is given the present instant, aware, in UTC."""

    name: str
    run: Callable[[datetime], Awaitable[object]]
    every: timedelta


class Clockwork:
    """Runs the jobs; the first one is the nudges' tick, which `wake_at` brings forward.

    Invariants: a job never runs twice at the same time; whatever it raises is logged by its type alone and it
    runs again at its next beat; a beat that was missed is made up for once. APScheduler is the heartbeat, never
    the store: its default grace of one second would drop what was overdue at a restart.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._jobs: tuple[Job, ...] = ()
        self._turns: dict[str, asyncio.Lock] = {}
        self._ran_at: dict[str, datetime] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler: AsyncIOScheduler | None = None
        self._woken_at: datetime | None = None
        self._stopping = False
        self._started_at: datetime | None = None
        self.last_tick_at: datetime | None = None

    def start(self, jobs: Sequence[Job]) -> None:
        """Begin to beat; every job runs at once, and then at least as often as it says. Needs a running loop."""
        self.load(jobs)
        self._started_at = self._clock()
        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        scheduler.start()
        for job in self._jobs:
            seconds = job.every.total_seconds()
            scheduler.add_job(
                self._beat, "interval", seconds=seconds, args=[job], id=job.name, next_run_time=system_clock()
            )
        # Beside the beats and not among them: a job that hangs must not keep it from being told.
        scheduler.add_job(self.watch, "interval", seconds=WATCH_SECONDS, id="watch")
        self._scheduler = scheduler

    def load(self, jobs: Sequence[Job]) -> None:
        """Know the jobs without beating; `tick_all` then runs them (time travel, tests)."""
        self._jobs = tuple(jobs)
        self._turns = {job.name: asyncio.Lock() for job in self._jobs}

    def wake_at(self, instant: datetime) -> None:
        """The first job is to run at this instant, if it would otherwise run later."""
        if self._woken_at is None or instant < self._woken_at:
            self._woken_at = instant
            self._bring_forward()

    def _bring_forward(self) -> None:
        """Move the next beat of the first job to the instant asked for, in the real clock's time."""
        if self._scheduler is None or self._woken_at is None or not self._jobs:
            return
        if self._turns[self._jobs[0].name].locked():
            return  # It looks by itself before it ends.
        planned = self._scheduler.get_job(self._jobs[0].name)
        wanted_at = system_clock() + max(self._woken_at - self._clock(), timedelta(0))
        if planned is not None and wanted_at < planned.next_run_time:
            planned.modify(next_run_time=wanted_at)

    async def _beat(self, job: Job) -> None:
        task = asyncio.ensure_future(self._turn(job))
        self._running.add(task)
        try:
            await asyncio.wait([task])
        finally:
            self._running.discard(task)
        # APScheduler counts this beat as running until it returns, and would skip one that is due before that.
        asyncio.get_running_loop().call_soon(self._bring_forward)

    async def _turn(self, job: Job) -> None:
        """Run a job once, and the first one again as long as more is due."""
        async with self._turns[job.name]:
            for _ in range(MAX_RUNS):
                await self._run(job)
                if not self._is_due_again(job):
                    return

    def _is_due_again(self, job: Job) -> bool:
        if self._stopping or job is not self._jobs[0] or self._woken_at is None:
            return False
        return self._woken_at <= self._clock()

    async def _run(self, job: Job) -> None:
        first = job is self._jobs[0]
        if first:
            self._woken_at = None
        self._ran_at[job.name] = self._clock()
        try:
            await job.run(self._clock())
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise  # Whoever runs this is ending, at `stop` or in the demo; a job's own cancellation is a fault.
            log.error("job %s: CancelledError; it runs again at its next beat", job.name)
        except Exception as error:  # noqa: BLE001 - the heartbeat goes on, whatever a job does
            log.error("job %s: %s; it runs again at its next beat", job.name, type(error).__name__)
        else:
            if first:
                self.last_tick_at = self._clock()

    async def tick_all(self, now: datetime | None = None) -> None:
        """Run every job, and the first one until nothing is due at the clock's instant; a daily job once a day.

        For an injected clock that has just been moved; `now` is the clock's instant and may be left out.
        """
        for job in self._jobs:
            if not self._had_its_day(job):
                await self._turn(job)
        if self._jobs and self._is_due_again(self._jobs[0]):
            # A later job made something to send, such as a weekly post.
            await self._turn(self._jobs[0])

    def _had_its_day(self, job: Job) -> bool:
        ran_at = self._ran_at.get(job.name)
        return job.every >= DAY and ran_at is not None and self._clock() - ran_at < job.every

    def is_healthy(self, now: datetime) -> bool:
        """Whether a tick ended well within the last 90 seconds; a start counts as one."""
        last_at = self.last_tick_at or self._started_at
        return last_at is not None and now - last_at <= ALIVE_FOR

    async def watch(self) -> None:
        """Tell the host, by a line in the log, when no tick has ended for too long; once a minute while that is so."""
        if not self.is_healthy(self._clock()):
            log.error("tick overdue: none has ended since %s", self.last_tick_at or self._started_at)

    async def stop(self) -> None:
        """Stop beating; what runs has seven seconds to end by itself."""
        self._stopping = True
        if self._scheduler is not None:
            self._scheduler.pause()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
            await asyncio.sleep(0)
