"""The process dies between every two steps, and nothing is lost and nothing arrives twice."""

import random
from datetime import timedelta

import pytest

from tests.delivery.crashes import MortalDatabase, Steps
from tests.delivery.world import NOW, FakeDiscord, Killed, Machine, day_nudge, fill, nudge, reminder

DOWN = [
    timedelta(seconds=3),
    timedelta(seconds=45),
    timedelta(seconds=100),
    timedelta(minutes=11),
    timedelta(hours=3),
]
SPACING = timedelta(days=20)


class Story:
    """Check-ins of three members about three subjects, a process that dies once or twice, and the count of what arrived."""

    def __init__(self, database, clock, seed):
        self.database, self.clock = database, clock
        self.random = random.Random(seed)
        self.discord = FakeDiscord(clock, lose=lambda: self.random.random() < 0.05)

    async def begin(self, number):
        first = 1000 + number * 10
        due_at = self.clock()
        self.expected = list(range(first, first + 4))
        one, two, three, four = self.expected
        rows = [
            nudge(one, user_id=one, due_at=due_at),
            day_nudge(two, 3, about=two, user_id=two, due_at=due_at),
            reminder(three, about=three, user_id=three, due_at=due_at),
            day_nudge(four, 3, about=first + 5, user_id=one, due_at=due_at),
        ]
        channels = {"dm_channel_id": None} if number % 2 else {}
        await fill(self.database, *rows, **channels)

    async def live(self, kill_at):
        """Run until all is done or the process dies; True when it died."""
        step = Steps(kill_at)
        mortal = Machine(MortalDatabase(self.database, step), self.clock, self.discord, per_second=8)
        self.discord.step = step
        try:
            await mortal.settle()
        except Killed:
            return True
        finally:
            self.discord.step = lambda _name: None
            self.passed = step.passed
        return False

    async def end(self):
        await Machine(self.database, self.clock, self.discord).settle()
        arrived = sorted(n for message in self.discord.messages for n in message.nudges)
        assert arrived == self.expected, f"lost or doubled: {arrived} instead of {self.expected}"
        self.discord.messages.clear()
        async with self.database.read() as tx:
            assert await tx.deliveries.earliest_try() is None
            assert await tx.nudges.earliest_due() is None


async def tell(database, clock, number, kills):
    """One story with one death for each boundary given. False when it ended before the first of them."""
    story = Story(database, clock, number)
    await story.begin(number)
    died = False
    for kill_at in kills:
        if not await story.live(kill_at):
            break
        died = True
        clock.now += story.random.choice(DOWN)
    await story.end()
    clock.now = NOW + SPACING * (number + 1)
    return died


async def test_a_death_at_every_boundary_loses_and_doubles_nothing(sqlite_database, clock):
    clock.now = NOW
    placements = 0
    while await tell(sqlite_database, clock, placements, [placements + 1]):
        placements += 1
    assert placements >= 80


async def test_two_deaths_at_random_boundaries_lose_and_double_nothing(sqlite_database, clock):
    clock.now = NOW
    chance = random.Random(20261122)
    for number in range(60):
        await tell(sqlite_database, clock, number, [chance.randint(1, 120), chance.randint(1, 80)])


@pytest.mark.soak
async def test_a_thousand_deaths(sqlite_database, clock):
    clock.now = NOW
    chance = random.Random(1)
    for number in range(1000):
        await tell(
            sqlite_database, clock, number, [chance.randint(1, 200) for _ in range(chance.randint(1, 3))]
        )
