"""A small Discord that remembers nonces, loses answers and refuses on request, and the machine on top of it."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.delivery.messenger import is_marked
from bot.delivery.pacing import Pacing
from bot.domain.answers import Answer, Kind
from bot.domain.members import DmState, newcomer
from bot.domain.nudges import REMINDER, Delivery, Nudge, Purpose, Subject
from bot.domain.rejections import Recovery
from bot.domain.timetable import Pace
from bot.services.contacts import nothing_forbidden
from bot.services.deliveries import DeliveryRun
from bot.services.mentions import Mentions
from bot.services.nudges import NudgeService
from bot.services.settling import Settling
from bot.storage import tables
from tests.conftest import FakeClock

# 18:00 in Lagos, a newcomer's hour.
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
WINDOW = timedelta(minutes=4)
GUILD, CHANNEL = 900, 901
LOST = Answer(Kind.LOST)
OK = None


class Killed(BaseException):
    """The process died here."""


@dataclass
class Message:
    id: int
    channel_id: int
    body: str
    nonce: str
    at: datetime
    silent: bool = False
    mentions: int | None = None

    @property
    def nudges(self):
        return [number for part in json.loads(self.body) for number in part.get("nudges", [])]

    @property
    def late(self):
        return any(part.get("late") for part in json.loads(self.body))


@dataclass
class FakeDiscord:
    """Answers from `script` first (what to answer instead of sending), then as Discord would."""

    clock: Callable[[], datetime]
    script: list[Answer | None] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    openings: dict[int, Answer] = field(default_factory=dict)
    findings: list[Answer] = field(default_factory=list)
    looks: list[datetime | None] = field(default_factory=list)
    lose: Callable[[], bool] = lambda: False
    step: Callable[[str], None] = lambda _name: None

    async def open(self, user_id):
        self.requests.append(f"open {user_id}")
        self.step("open")
        return self.openings.get(user_id) or Answer(Kind.OK, made_id=user_id * 10)

    async def send(self, letter):
        self.requests.append(f"send {letter.channel_id}")
        self.step("send")
        scripted = self.script.pop(0) if self.script else OK
        if scripted is not OK and scripted.kind is not Kind.LOST:
            return scripted
        message = self._create(letter)
        self.step("sent")
        if scripted is not OK or self.lose():
            return LOST
        return Answer(Kind.OK, made_id=message.id)

    def _create(self, letter):
        now = self.clock()
        for message in self.messages:
            if (message.nonce, message.channel_id) == (
                letter.nonce,
                letter.channel_id,
            ) and now - message.at < WINDOW:
                return message
        number = 5000 + len(self.messages)
        message = Message(
            number, letter.channel_id, letter.body, letter.nonce, now, letter.silent, letter.mentions
        )
        self.messages.append(message)
        return message

    async def find(self, channel_id, delivery_id, *, since=None):
        self.requests.append(f"find {channel_id}")
        self.looks.append(since)
        self.step("find")
        if self.findings:
            return self.findings.pop(0)
        recent = [message for message in self.messages if message.channel_id == channel_id][-50:]
        found = [m.id for m in recent if is_marked(json.loads(m.body), delivery_id)]
        return Answer(Kind.OK, made_id=found[0] if found else None)


class Alarms:
    def __init__(self):
        self.raised = []

    async def token_dead(self):
        self.raised.append("token")

    async def channel_trouble(self, guild_id, reason):
        self.raised.append(f"channel {guild_id} {reason}")

    async def gone(self, user_id, reason):
        self.raised.append(f"gone {user_id} {reason}")

    async def host(self, reason):
        self.raised.append(f"host {reason}")


def compose(message, member):
    """A body that says what it covers, for the tests, with the marker a real one has."""
    part = {"type": 10, "nudges": [item.nudge_id for item in message.items], "late": message.late}
    return json.dumps([part, *marked(message.delivery_id)])


def marked(delivery_id):
    button = {"type": 2, "style": 1, "label": "Done", "custom_id": f"sf:1:nudge-done:{delivery_id}"}
    return [{"type": 1, "components": [button]}]


def plain(delivery, member):
    """Bodies for members alone: a group's channel has none."""
    return None if delivery.guild_id else json.dumps([{"type": 10, "plain": True}, *marked(delivery.id)])


mention = Mentions(
    lambda delivery_id, user_id, language: json.dumps(
        [{"type": 10, "content": f"<@{user_id}> {language}"}, *marked(delivery_id)]
    )
).add


class Machine:
    """One process: services over a database and the small Discord. Make another for a restart."""

    def __init__(
        self, database, clock=None, discord=None, *, per_second=40, fallback=plain, composer=compose,
        forbid=nothing_forbidden,
    ):  # fmt: skip
        self.db = database
        self.clock = clock or FakeClock(NOW)
        self.discord = discord or FakeDiscord(self.clock)
        self.alarms = Alarms()
        self.woken: list[datetime] = []
        self.pace = Pacing(per_second, self.clock, self._sleep)
        self.run = DeliveryRun(
            database, self.discord, self.pace, Settling(database, self.alarms, fallback, mention), forbid
        )
        self.service = NudgeService(
            database, self.run, composer, self.woken.append, fallback, mention, forbid
        )

    async def _sleep(self, seconds):
        self.clock.advance(seconds=seconds)

    async def tick(self, **forward):
        if forward:
            self.clock.advance(**forward)
        return await self.service.run_due(self.clock())

    async def settle(self, until=timedelta(days=4)):
        """Tick whenever something is due, as the clockwork does, until nothing is or the time is up."""
        end_at = self.clock() + until
        while True:
            report = await self.tick()
            if report.next_at is None or report.next_at > end_at:
                return report
            self.clock.now = max(self.clock.now, report.next_at)


def nudge(
    number,
    *,
    user_id=42,
    about=None,
    step="day1",
    due_at=NOW,
    subject=Subject.REJECTION,
    occurrence=0,
    **more,
):
    return Nudge(number, user_id, subject, about or user_id, step, occurrence, due_at, **more)


def day_nudge(number, day, *, about=7, **more):
    """The nudge of one of the ten days."""
    return nudge(number, about=about, step=f"ten-{day}", subject=Subject.CHALLENGE, **more)


def reminder(number, *, about=8, **more):
    """The reminder of a draft."""
    return nudge(number, about=about, step=REMINDER, subject=Subject.DRAFT, **more)


def post(number, *, key=None, made_at=NOW):
    return Delivery(
        id=number, purpose=Purpose.WEEKLY, nonce=str(number), body=json.dumps(marked(number)), due_at=made_at,
        made_at=made_at, next_try_at=made_at, guild_id=GUILD, channel_id=CHANNEL, key=key,
    )  # fmt: skip


async def fill(database, *nudges, posts=(), **changes):
    """Members, an open rejection, challenge or draft for each thing the nudges are about, and the nudges."""
    settled = {"dm_state": DmState.OPEN, **changes}
    people = [newcomer(user_id, "Africa/Lagos", "en", NOW) for user_id in sorted({n.user_id for n in nudges})]
    things = sorted({(one.subject, one.subject_id, one.user_id) for one in nudges})
    async with database.write() as tx:
        execute = tx.nudges._connection.execute
        if people:
            known = [asdict(replace(one, **{"dm_channel_id": one.user_id * 10, **settled})) for one in people]
            await execute(tables.members.insert(), known)
            for subject, number, user_id in things:
                for table, rows in _MADE[subject](number, user_id):
                    await execute(table.insert(), rows)
        await tx.nudges.add_many(list(nudges))
        for one in posts:
            await tx.deliveries.add(one)


def _rejection(number, user_id):
    row = {
        "id": number, "user_id": user_id, "kind": "exam", "occurred_on": date(2026, 11, 21), "logged_at": NOW,
        "recovery": Recovery.OPEN, "pace": Pace.LIGHT,
    }  # fmt: skip
    return [(tables.rejections, [row])]


def _challenge(number, user_id):
    """Ten days that began the day before yesterday, with nothing done."""
    row = {
        "id": number, "user_id": user_id, "state": "running", "started_on": date(2026, 11, 20), "started_at": NOW,
    }  # fmt: skip
    days = [
        {
            "id": number * 100 + day,
            "user_id": user_id,
            "challenge_id": number,
            "day": day,
            "step": f"step-{day}",
        }
        for day in range(1, 11)
    ]
    return [(tables.challenges, [row]), (tables.challenge_days, days)]


def _draft(number, user_id):
    row = {"id": number, "user_id": user_id, "kind": "thanks", "text": b"sealed", "made_at": NOW}
    return [(tables.drafts, [row])]


_MADE = {Subject.REJECTION: _rejection, Subject.CHALLENGE: _challenge, Subject.DRAFT: _draft}


async def fates(database, user_id=42, subject=Subject.REJECTION, about=None):
    """What became of a member's nudges: {id: (state, reason)}."""
    async with database.read() as tx:
        found = await tx.nudges.of_subject(user_id, subject, about or user_id)
        return {one.id: (str(one.state), one.reason) for one in found}


async def record(database, user_id=42):
    """The member's deliveries, newest first: (state, reason, attempts)."""
    async with database.read() as tx:
        return [(str(d.state), d.reason, d.attempts) for d in await tx.deliveries.of_member(user_id, 20)]


async def member(database, user_id=42):
    async with database.read() as tx:
        return await tx.members.get(user_id)
