"""Going forward in time: from one due instant to the next, so that each message leaves at its own minute."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.demo.clock import TravelClock
from bot.demo.seam import DemoProgram
from bot.demo.world import DemoWorld

PATIENCE = timedelta(minutes=15)
"""What is still due after a tick is tried again so much later: Discord, or the pace, said no for now."""

Arrived = Callable[[datetime], Awaitable[None]]


def next_midnight(now: datetime) -> datetime:
    """The next midnight (UTC) after `now` (aware): what the bot does once a night is done then."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


async def tick(world: DemoWorld, program: DemoProgram, clock: TravelClock) -> None:
    """Let the bot do what is due, at the demo's present instant."""
    await world.keep_time(clock())
    with world.env.time_context():
        await program.tick()


async def walk(
    world: DemoWorld,
    clock: TravelClock,
    by: timedelta,
    program: DemoProgram | None,
    *,
    nightly: bool = True,
    arrived: Arrived | None = None,
) -> None:
    """Move the clock forward, with a tick wherever something is due and, if `nightly`, at each midnight (UTC).

    Without a program (the bot is stopped) time passes and nobody acts.
    `arrived` is told once for each new day (UTC) reached, and at the end.
    """
    end, told = clock() + by, clock().date()
    while (now := clock()) < end:
        due_at = None if program is None else await _due_after(program, now)
        marks = [at for at in (due_at, next_midnight(now) if nightly else None) if at is not None]
        mark = min([*marks, end])
        # The clock runs on while the bot works, and may have passed the mark already.
        clock.skip(max(mark - clock(), timedelta()))
        await world.keep_time(clock())
        if program is not None and mark in marks:
            await tick(world, program, clock)
        if arrived is not None and clock().date() != told:
            told = clock().date()
            await arrived(clock())
    if arrived is not None:
        await arrived(clock())


async def _due_after(program: DemoProgram, now: datetime) -> datetime | None:
    due_at = await program.next_due_at()
    return now + PATIENCE if due_at is not None and due_at <= now else due_at
