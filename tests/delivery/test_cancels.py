"""Cancel, pause, move and erase at every moment of a tick: no send begins after the commit."""

import asyncio
import random
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.domain.answers import Answer, Kind
from bot.domain.challenges import ChallengeState
from bot.domain.nudges import NudgeState, Subject
from bot.services.challenge_plans import STOPPED, end, mark
from bot.storage import tables
from tests.delivery.world import NOW, FakeDiscord, Machine, day_nudge, fill, nudge, reminder

ACTS = ("cancel", "cancel_all", "hold_all", "erase", "move", "done", "stop", "sent")


class Meddler:
    """At one boundary outside a transaction of the machine it acts on a member, as another request would."""

    def __init__(self, database, act, at):
        self.database, self.act, self.at = database, act, at
        self.user_id = 0
        self.passed = 0
        self.reached = False
        self.free = 0

    async def __call__(self):
        self.passed += 1
        if self.passed == self.at:
            self.reached = True
            async with self.database.write() as tx:
                self.free = await getattr(self, "_" + self.act)(tx)

    async def _cancel(self, tx):
        return await tx.nudges.cancel(self.user_id, Subject.REJECTION, self.user_id, "withdrawn")

    async def _done(self, tx):
        challenge = await tx.challenges.get(self.user_id, self.user_id)
        await mark(tx, challenge, 3, NOW)
        return await self._free(tx)

    async def _stop(self, tx):
        challenge = await tx.challenges.get(self.user_id, self.user_id)
        await end(tx, challenge, ChallengeState.STOPPED, STOPPED, NOW)
        return await self._free(tx)

    async def _free(self, tx):
        nudges = await tx.nudges.of_subject(self.user_id, Subject.CHALLENGE, self.user_id)
        return sum(one.state is NudgeState.SKIPPED for one in nudges)

    async def _sent(self, tx):
        await tx.nudges._connection.execute(tables.drafts.update().values(sent_at=NOW))
        return await tx.nudges.cancel(self.user_id, Subject.DRAFT, self.user_id, "sent")

    async def _cancel_all(self, tx):
        return await tx.nudges.cancel_all(self.user_id, "stopped")

    async def _hold_all(self, tx):
        await tx.members.update(self.user_id, paused_at=NOW)
        return await tx.nudges.hold_all(self.user_id)

    async def _erase(self, tx):
        cancelled = await tx.nudges.cancel_all(self.user_id, "erased")
        await tx.members.delete(self.user_id)
        return cancelled

    async def _move(self, tx):
        return await tx.nudges.reschedule([(self.user_id, NOW + timedelta(days=3000))])


class BusyDatabase:
    """The machine's database, where somebody else gets a turn before and after every transaction."""

    def __init__(self, database, meddle):
        self._database, self._meddle = database, meddle

    @asynccontextmanager
    async def write(self, *, aside=False):
        await self._meddle()
        async with self._database.write(aside=aside) as unit:
            yield unit
        await self._meddle()

    @asynccontextmanager
    async def read(self, *, aside=False):
        await self._meddle()
        async with self._database.read(aside=aside) as unit:
            yield unit
        await self._meddle()


class BusyDiscord(FakeDiscord):
    """Notes a send that began although everything in it had been taken back before."""

    meddler: Meddler
    wrong = 0

    async def send(self, letter):
        if self.meddler.reached and self.meddler.free and letter.channel_id == self.meddler.user_id * 10:
            self.wrong += 1
        answer = await super().send(letter)
        await self.meddler()
        return answer


async def interleave(database, clock, number, act, at, script=()):
    user_id = 1000 + number * 3
    mine = _mine(act, user_id)
    await fill(database, mine, nudge(user_id + 1, user_id=user_id + 1))
    meddler = Meddler(database, act, at)
    meddler.user_id = user_id
    discord = BusyDiscord(clock, script=list(script))
    discord.meddler = meddler
    machine = Machine(BusyDatabase(database, meddler), clock, discord)
    await machine.settle(until=timedelta(days=1))
    assert discord.wrong == 0, f"{act} at boundary {at}"
    others = [message for message in discord.messages if message.channel_id == (user_id + 1) * 10]
    assert len(others) == 1
    assert sum(message.channel_id == user_id * 10 for message in discord.messages) <= 1
    clock.now = NOW
    return meddler.reached


def _mine(act, user_id):
    if act in ("done", "stop"):
        return day_nudge(user_id, 3, about=user_id, user_id=user_id)
    return (reminder if act == "sent" else nudge)(user_id, about=user_id, user_id=user_id)


@pytest.mark.parametrize("act", ACTS)
async def test_no_send_begins_after_a_commit_that_took_it_back(database, clock, act):
    clock.now = NOW
    at = 1
    while await interleave(database, clock, at, act, at):
        at += 1
    assert at > 10


async def test_it_also_holds_while_answers_are_lost(sqlite_database, clock):
    clock.now = NOW
    chance = random.Random(5)
    lost = [Answer(Kind.LOST), Answer(Kind.HTTP, 503), None]
    for number in range(80):
        script = [chance.choice(lost) for _ in range(4)]
        await interleave(sqlite_database, clock, number, chance.choice(ACTS), chance.randint(1, 40), script)


@pytest.mark.soak
async def test_ten_thousand_interleavings(sqlite_database, clock):
    clock.now = NOW
    chance = random.Random(6)
    lost = [Answer(Kind.LOST), Answer(Kind.HTTP, 503), None, None]
    for number in range(10_000):
        script = [chance.choice(lost) for _ in range(3)]
        await interleave(sqlite_database, clock, number, chance.choice(ACTS), chance.randint(1, 40), script)


class WatchedDiscord(FakeDiscord):
    """Knows who has been taken back, and notes a send to them that begins afterwards."""

    def __init__(self, clock):
        super().__init__(clock)
        self.taken_back: set[int] = set()
        self.wrong: list[int] = []

    async def send(self, letter):
        if letter.channel_id // 10 in self.taken_back:
            self.wrong.append(letter.channel_id)
        return await super().send(letter)


@pytest.mark.parametrize("seed", range(3))
async def test_requests_that_really_run_at_once_never_pass_each_other(database, clock, seed):
    clock.now = NOW
    chance = random.Random(seed)
    people = list(range(100, 160))
    await fill(database, *(nudge(n, user_id=n) for n in people))
    discord = WatchedDiscord(clock)
    machines = [Machine(database, clock, discord) for _ in range(2)]

    async def take_back(user_id):
        for _ in range(chance.randint(0, 300)):
            await asyncio.sleep(0)
        async with database.write() as tx:
            free = await tx.nudges.cancel_all(user_id, "stopped")
        if free:
            discord.taken_back.add(user_id)

    cancels = [take_back(user_id) for user_id in chance.sample(people, 40)]
    ticks = [machine.tick() for machine in machines]
    await asyncio.gather(*ticks, *cancels)
    await machines[0].settle()
    assert discord.wrong == []
    sent = [message.channel_id // 10 for message in discord.messages]
    assert sorted([*sent, *discord.taken_back]) == people
