"""The demo's four weeks of history. People speak here as people do; what the bot says is always its own doing."""

from datetime import timedelta

from bot.demo.clock import TravelClock
from bot.demo.seam import DemoProgram
from bot.demo.travel import walk
from bot.demo.world import DemoWorld

# Each tick costs some milliseconds and a visitor waits for all of them; nothing here is due to the minute.
STRIDE = timedelta(hours=6)

TALK = (
    (0, "priya", "general", "Welcome, all. Say hello when you have a minute."),
    (1, "bilal", "general", "Anybody else studying after night shifts? Tea at six, voice optional."),
    (3, "grace", "general", "I am in. Manila is awake at your six anyway."),
    (9, "emeka", "accountability", "Rewrote the first page of my CV with a friend."),
    (16, "daria", "accountability", "Wrote to two programs about observerships."),
    (24, "amara", "accountability", "Asked my mentor to read my personal statement."),
)


async def seed_demo(world: DemoWorld, program: DemoProgram, clock: TravelClock) -> None:
    """Let the group talk for four weeks."""
    begun = clock()
    for day, person, place, words in TALK:
        await walk(world, clock, begun + timedelta(days=day, hours=9) - clock(), program, stride=STRIDE)
        await world.members[person].send(world.channels[place], words)
