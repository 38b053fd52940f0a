"""A Discord in every mood that watches what it is asked for, and the two clocks: the true one and the host's."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from bot.domain.answers import Answer, Kind
from bot.domain.quiet import in_quiet
from bot.storage.unit import SqlDatabase
from tests.conftest import FakeClock
from tests.delivery.world import FakeDiscord
from tests.lives.model import Person


class Mood(Enum):
    """How Discord treats one message: whether it takes it, and what it answers when that is not the truth."""

    OK = (True, None)
    LOST = (True, Answer(Kind.LOST))
    LATE_500 = (True, Answer(Kind.HTTP, 500))
    UNHEARD = (False, Answer(Kind.LOST))
    BROKEN = (False, Answer(Kind.HTTP, 503))
    TOO_FAST = (False, Answer(Kind.HTTP, 429, retry_after=5.0))
    CLOSED = (False, Answer(Kind.HTTP, 403, 50007))


@dataclass
class WallClock:
    """What the host's clock shows: the true time, and how far it is off. NTP and wrong settings change that."""

    true: FakeClock
    off: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return self.true() + self.off

    def advance(self, **duration: float) -> datetime:
        """Time passes, for everybody."""
        self.true.advance(**duration)
        return self()

    @property
    def now(self) -> datetime:
        """What it shows."""
        return self()

    @now.setter
    def now(self, at: datetime) -> None:
        self.true.now = at - self.off


@dataclass
class WatchfulDiscord(FakeDiscord):
    """Takes what its moods say, and notes each message that no member should have got."""

    wall: Callable[[], datetime] = field(default_factory=FakeClock)
    people: dict[int, Person] = field(default_factory=dict)
    moods: list[Mood] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    days: set[tuple[int, date]] = field(default_factory=set)
    arrived: dict[int, int] = field(default_factory=dict)
    closed_to: set[int] = field(default_factory=set)
    db: SqlDatabase | None = None

    async def send(self, letter: Any) -> Answer:
        """One request, as a mood says."""
        self.requests.append(f"send {letter.channel_id}")
        self.step("send")
        await self._judge(letter)
        mood = self.moods.pop(0) if self.moods else Mood.OK
        taken, answer = mood.value
        if answer is not None and answer.code:
            self.closed_to.add(letter.channel_id // 10)
        if not taken:
            return answer  # type: ignore[no-any-return] # a mood that takes nothing has an answer
        known = len(self.messages)
        message = self._create(letter)
        if len(self.messages) > known:
            self._note(message)
        self.step("sent")
        return answer or Answer(Kind.OK, made_id=message.id)

    async def remove(self, channel_id: int, message_id: int) -> Answer:
        """Nothing is posted in channels here."""
        raise AssertionError(channel_id, message_id)

    async def edit(self, channel_id: int, message_id: int, body: str) -> Answer:
        """As above."""
        raise AssertionError(channel_id, message_id, body)

    async def _judge(self, letter: Any) -> None:
        """Whether anything in it may be sent now; all of it, when it was never begun before."""
        person = self.people[letter.channel_id // 10]
        numbers = numbers_in(letter.body)
        if not numbers:
            return
        assert self.db is not None
        async with self.db.read() as tx:
            delivery = await tx.deliveries.get(int(letter.nonce))
        allowed = [person.may_hear_of(number) for number in numbers]
        first = delivery is not None and delivery.attempts == 1
        if not (all(allowed) if first else any(allowed)):
            self.wrong.append(f"sent to {person.user_id} after it was taken back: {numbers}")

    def _note(self, message: Any) -> None:
        numbers = numbers_in(message.body)
        if not numbers:
            return
        person, at = self.people[message.channel_id // 10], self.wall()
        for number in numbers:
            self.arrived[number] = self.arrived.get(number, 0) + 1
        if in_quiet(at, person.rhythm):
            self.wrong.append(f"in the quiet hours of {person.user_id}: {at}")
        day = (person.user_id, at.astimezone(person.rhythm.tz).date())
        if day in self.days:
            self.wrong.append(f"a second message on one day to {day}")
        self.days.add(day)


def numbers_in(body: str) -> list[int]:
    """The check-ins of a message."""
    return [number for part in json.loads(body) for number in part.get("nudges", [])]
