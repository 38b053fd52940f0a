"""Going forward in time on foot: every half hour on the way gets its tick, so each message leaves on its own day."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.demo.clock import TravelClock
from bot.demo.seam import DemoProgram
from bot.demo.world import DemoWorld

STRIDE = timedelta(minutes=30)
Arrived = Callable[[datetime], Awaitable[None]]


def next_mark(now: datetime, stride: timedelta = STRIDE) -> datetime:
    """The next full half hour after `now` (aware)."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + stride * ((now - midnight) // stride + 1)


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
    stride: timedelta = STRIDE,
    arrived: Arrived | None = None,
) -> None:
    """Walk the clock forward, with a tick at every mark of `stride` (a divisor of a day).

    Without a program (the bot is stopped) time passes and nobody acts.
    `arrived` is told once for each new day (UTC) reached, and at the end.
    """
    end, told = clock() + by, clock().date()
    while (now := clock()) < end:
        clock.skip(min(next_mark(now, stride), end) - now)
        await world.keep_time(clock())
        if program is not None:
            await tick(world, program, clock)
        if arrived is not None and clock().date() != told:
            told = clock().date()
            await arrived(clock())
    if arrived is not None:
        await arrived(clock())
