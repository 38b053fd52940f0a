"""Ten days as they are lived: begun, done, stopped, paused, answered, undone in any order, while processes die."""

import itertools
import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.nudges import NudgeState, Subject
from bot.errors import NotYours, UserError
from bot.services.actions import Actions
from bot.services.challenge_topic import ChallengeTopic
from bot.services.challenges import Challenges
from bot.services.checkins import CheckIns, Target
from bot.services.recoveries import Recoveries
from bot.services.settings import Messages, SettingsService
from bot.services.topics import Pressed, RecoveryTopic, Topic
from tests import texts
from tests.conftest import FakeClock
from tests.delivery.crashes import MortalDatabase, Steps
from tests.delivery.world import LOST, NOW, FakeDiscord, Killed, Machine, fill, member, nudge

ADA = 42
LAGOS = ZoneInfo("Africa/Lagos")
DEEDS = (
    "start", "start", "do", "do", "do", "stop", "resume", "pause", "back", "off", "undo", "swap", "done", "snooze",
    "skip", "stop_these", "entry",
)  # fmt: skip


class Life:
    """One member with a rejection beside the ten days, and a machine that may die at any boundary."""

    def __init__(self, database, seed):
        self.db, self.chance = database, random.Random(seed)
        self.clock = FakeClock(NOW)
        self.discord = FakeDiscord(self.clock)
        self.presses = itertools.count(1)
        self.heard = 0
        actions, recoveries = Actions(database, texts.content()), Recoveries(database, self._wake)
        self.actions, self.recoveries = actions, recoveries
        self.days = Challenges(database, actions, texts.challenge(), self._wake)
        self.settings = SettingsService(database, recoveries, self._wake)
        recovery = RecoveryTopic(database, actions, recoveries, texts.content())
        topics: dict[Subject, Topic] = {
            Subject.REJECTION: recovery,
            Subject.CHALLENGE: ChallengeTopic(self.days),
        }
        self.checkins = CheckIns(database, topics, self._wake)

    def _wake(self, _at):
        """Every tick is asked for here."""

    async def act(self, deed):
        """Do it; what is not possible now is refused and changes nothing."""
        self.ada = await member(self.db)
        with suppress(UserError, NotYours):
            await getattr(self, f"_{deed}")(self.clock())

    async def _start(self, now):
        steps = await self.days.drawn(ADA, str(self.chance.random()))
        await self.days.start(self.ada, steps, interaction_id=next(self.presses), now=now)

    async def _running(self):
        found = await self.days.current(ADA)
        if found is None:
            raise NotYours
        return found

    async def _do(self, now):
        pressed = Pressed(next(self.presses), None, now)
        await self.days.done(self.ada, (await self._running()).id, self.chance.randint(1, 10), pressed)

    async def _stop(self, now):
        await self.days.stop(ADA, (await self._running()).id, now)

    async def _resume(self, now):
        async with self.db.read() as tx:
            last = await tx.challenges.latest(ADA)
        if last is not None:
            await self.days.resume(self.ada, last.id, now)

    async def _pause(self, now):
        await self.settings.pause(ADA, now)

    async def _back(self, now):
        await self.settings.resume(ADA, now)
        await self.settings.set_messages(ADA, Messages.NOTIFY, now)

    async def _off(self, now):
        await self.settings.set_messages(ADA, Messages.OFF, now)

    async def _undo(self, now):
        await self.actions.undo(self.ada, None, interaction_id=next(self.presses), now=now)

    async def _swap(self, _now):
        await self.days.swap(ADA, (await self._running()).id, self.chance.randint(1, 10), None, "x")

    async def _entry(self, _now):
        async with self.db.write() as tx:
            found = await tx.rejections.get(ADA, ADA)
            other = "paused" if found.recovery == "open" else "open"
            await tx.rejections.replace(replace(found, recovery=type(found.recovery)(other)))
            if other == "paused":
                await tx.nudges.hold(ADA, Subject.REJECTION, ADA)

    def _target(self):
        if not self.discord.messages:
            raise NotYours
        return Target(self.chance.choice(self.chance.choice(self.discord.messages).nudges), one=True)

    async def _done(self, now):
        press = {"interaction_id": next(self.presses), "guild_id": None, "now": now}
        await self.checkins.done(self.ada, self._target(), **press)

    async def _snooze(self, now):
        await self.checkins.snooze(self.ada, self._target(), self.chance.choice([1, 3, 7]), now)

    async def _skip(self, now):
        await self.checkins.skip(self.ada, self._target(), now)

    async def _stop_these(self, now):
        await self.checkins.stop(self.ada, self._target(), now)

    async def passes(self, days):
        """Time passes; the process may die meanwhile, and another one comes."""
        may_hear, reachable = await self._open(), (await member(self.db)).reachable
        end_at = self.clock() + timedelta(days=days)
        steps = Steps(self.chance.choice([None, self.chance.randint(1, 60)]))
        self.discord.script = [LOST] if self.chance.random() < 0.2 else []
        self.discord.step = steps
        try:
            await Machine(MortalDatabase(self.db, steps), self.clock, self.discord).settle(
                end_at - self.clock()
            )
        except Killed:
            self.clock.advance(minutes=self.chance.choice([1, 20]))
        self.discord.step = lambda _name: None
        await Machine(self.db, self.clock, self.discord).settle(max(end_at - self.clock(), timedelta()))
        self.clock.now = max(self.clock(), end_at)
        await self._right(may_hear, reachable=reachable)

    async def _open(self):
        running = await self.days.current(ADA)
        return set() if running is None else {(running.id, f"ten-{day.day}") for day in running.left()}

    async def _right(self, may_hear, *, reachable):
        new, self.heard = self.discord.messages[self.heard :], len(self.discord.messages)
        assert reachable or not new, "a member at rest was written to"
        async with self.db.read() as tx:
            for message in new:
                rows = [await tx.nudges.get(ADA, number) for number in message.nudges]
                told = [(n.subject_id, n.step) for n in rows if n.subject is Subject.CHALLENGE]
                assert len(told) <= 1, "an earlier day is covered"
                assert set(told) <= may_hear, "a day that asks for nothing was asked about"
        days = [message.at.astimezone(LAGOS).date() for message in self.discord.messages]
        assert len(days) == len(set(days)), "two messages on one day"

    async def end(self):
        """Back from every rest and with time enough, nothing of theirs is on its way or stuck."""
        await self.act("back")
        await self.passes(40)
        async with self.db.read() as tx:
            stuck = [n for n in await tx.nudges.open_for(ADA) if n.subject is Subject.CHALLENGE]
            assert [one for one in stuck if one.state is not NudgeState.HELD] == []
            assert stuck == []
            numbers = [n for m in self.discord.messages for n in m.nudges]
            assert len(numbers) == len(set(numbers)), "one check-in came twice"


async def live(database, seed, deeds):
    life = Life(database, seed)
    await fill(database, *(nudge(n, due_at=NOW + timedelta(days=n * 3), step=s) for n, s in _STEPS))
    for _ in range(deeds):
        await life.act(life.chance.choice(DEEDS))
        await life.passes(life.chance.choice([0, 0, 0.3, 1, 1, 2, 5]))
    await life.end()
    return life


_STEPS = [(1, "day1"), (2, "week1"), (5, "month1")]


@pytest.mark.parametrize("seed", range(6))
async def test_ten_days_in_any_order_write_once_a_day_and_never_after_the_end(sqlite_database, seed):
    life = await live(sqlite_database, seed, 20)
    assert life.discord.messages


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1300))
async def test_three_hundred_times_ten_days(sqlite_database, seed):
    await live(sqlite_database, seed, 60)
