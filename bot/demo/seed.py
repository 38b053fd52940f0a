"""Tells the demo's history: every deed of `story` goes through the real services, at its own moment."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.messenger import custom_ids
from bot.demo.clock import TravelClock
from bot.demo.deeds import (
    Act,
    Answer,
    Begin,
    Deed,
    Join,
    Log,
    News,
    Note,
    Pause,
    Say,
    SetUp,
    Step,
    Thank,
    Write,
)
from bot.demo.people import PEOPLE, Person
from bot.demo.seam import DemoProgram
from bot.demo.story import HISTORY, THIS_WEEK
from bot.demo.travel import tick, walk
from bot.demo.world import DemoWorld
from bot.domain.actions import from_interaction
from bot.domain.boards import Visibility
from bot.domain.goodnews import GoodNewsDraft
from bot.domain.guilds import lead_of
from bot.domain.members import Member
from bot.domain.rejections import RejectionDraft, RejectionFilter
from bot.ids import new_id
from bot.services.analyses import Press
from bot.services.checkins import Target
from bot.services.topics import Pressed
from bot.wiring import Program

POSTED_DAYS_AGO = 2
WEEKLY_HOUR = 12
WELCOMED_IN = "general"
WEEK_BEGINS = timedelta(hours=6)
"""At six on Monday in UTC it is Monday from Manila to Lima."""
LAST_DEED_BEFORE = timedelta(minutes=40)
AT_ONCE = 3


async def seed_demo(world: DemoWorld, program: DemoProgram, clock: TravelClock) -> None:
    """Tell four weeks, from the clock's present instant on."""
    if not isinstance(program, Program):
        raise TypeError("this history is told with the real services")
    begun = clock()
    teller = Teller(world, program, clock)
    for at, person, deed in sorted(_timed(begun), key=lambda told: told[0]):
        ahead = max(at - clock(), timedelta())
        # Nothing of these weeks is done by night, and a visitor waits for every tick.
        await walk(world, clock, ahead, program, nightly=False)
        await teller.tell(person, deed)


def _timed(begun: datetime) -> Iterator[tuple[datetime, str, Deed]]:
    """Every deed at its instant. Actions of the present week are those of `THIS_WEEK` alone, so its board is known."""
    visit = begun + timedelta(days=28)
    today = datetime.combine(visit.date(), time(), visit.tzinfo)
    monday = today - timedelta(days=today.weekday())
    for moment in HISTORY:
        at = today - timedelta(days=moment.days_ago) + timedelta(hours=moment.hour)
        if at < monday or not isinstance(moment.deed, (Act, Thank, Note)):
            yield at, moment.person, moment.deed
    first = monday + WEEK_BEGINS
    stride = (visit - LAST_DEED_BEFORE - first) / len(THIS_WEEK)
    for index, (person, deed) in enumerate(THIS_WEEK):
        yield first + (index - index % AT_ONCE) * stride, person, deed


class Teller:
    """Does one deed at the clock's present instant, as the cogs would."""

    def __init__(self, world: DemoWorld, program: Program, clock: TravelClock) -> None:
        self._world, self._program, self._clock = world, program, clock
        self._services = program.services
        self._people = {person.key: person for person in PEOPLE}

    async def tell(self, key: str, deed: Deed) -> None:
        """Let a person do something."""
        person, now = self._people[key], self._clock()
        match deed:
            case Join():
                await self._join(person, deed, now)
            case SetUp():
                await self._set_up(person, now)
            case Say():
                await self._world.members[key].send(self._world.channels[deed.place], deed.words)
            case Thank():
                await self._thank(person)
            case _:
                await self._as_member(await self._member(person), deed, now)

    async def _as_member(self, member: Member, deed: Deed, now: datetime) -> None:
        match deed:
            case Log():
                await self._log(member, deed, now)
            case Act():
                await self._act(member, deed, now)
            case Answer():
                await self._answer(member, deed, now)
            case News():
                await self._news(member, deed, now)
            case Note():
                await self._note(member, deed, now)
            case Begin():
                steps = await self._services.challenges.drawn(member.user_id, "demo")
                await self._services.challenges.start(member, steps, interaction_id=new_id(now), now=now)
            case Step():
                await self._step(member, now)
            case Write():
                await self._write(member, deed, now)
            case Pause():
                newest = (await self._services.recoveries.standings(member.user_id))[0].rejection
                await self._services.recoveries.pause(member.user_id, newest.id)

    async def _member(self, person: Person) -> Member:
        member = await self._services.members.find(self._world.users[person.key].id)
        assert member is not None
        return member

    async def _join(self, person: Person, deed: Join, now: datetime) -> None:
        user_id, guild_id = self._world.users[person.key].id, self._world.guild.id
        member = await self._services.members.consent(user_id, person.zone, "en", now)
        await self._services.doors.open(member, now, interaction_id=new_id(now))
        if deed.hour != member.hour:
            member = await self._services.settings.set_hour(user_id, deed.hour, now)
        if deed.pace is not member.pace:
            await self._services.settings.set_pace(member, deed.pace, now)
        await self._services.memberships.touch(user_id, guild_id, person.name, now)
        if deed.shown is not Visibility.UNASKED:
            await self._services.memberships.choose(user_id, guild_id, deed.shown, alias=deed.alias, now=now)

    async def _set_up(self, person: Person, now: datetime) -> None:
        guild_id = self._world.guild.id
        await self._services.installs.arrived(guild_id, "en", self._world.channels[WELCOMED_IN].id, now)
        lead = lead_of(guild_id, self._world.users[person.key].id, manages=True)
        visit = now + timedelta(days=28)
        await self._services.guilds.settings(lead, "en", now)
        await self._services.guilds.change(
            lead,
            now,
            zone=person.zone,
            channel_id=self._world.channels["accountability"].id,
            weekly_day=(visit - timedelta(days=POSTED_DAYS_AGO)).weekday(),
            weekly_hour=WEEKLY_HOUR,
        )
        await tick(self._world, self._program, self._clock)

    async def _log(self, member: Member, deed: Log, now: datetime) -> None:
        day = now.astimezone(ZoneInfo(member.zone)).date() - timedelta(days=deed.late)
        draft = RejectionDraft(deed.kind, day, deed.who, deed.how, deed.said, deed.feeling)
        await self._services.rejections.log(member, draft, interaction_id=new_id(now), now=now)

    async def _act(self, member: Member, deed: Act, now: datetime) -> None:
        guild_id, interaction_id = self._world.guild.id, new_id(now)
        logged = await self._services.actions.log(
            member,
            deed.kind,
            note=deed.note,
            done_on=now.astimezone(ZoneInfo(member.zone)).date() - timedelta(days=deed.late),
            source=from_interaction(interaction_id),
            interaction_id=interaction_id,
            guild_id=guild_id,
            now=now,
        )
        if deed.share or deed.anonymous:
            await self._services.wins.share(
                member.user_id, logged.action.id, guild_id, anonymous=deed.anonymous, now=now
            )
        if deed.share:
            await tick(self._world, self._program, self._clock)

    async def _answer(self, member: Member, deed: Answer, now: datetime) -> None:
        person = next(key for key, user in self._world.users.items() if user.id == member.user_id)
        asked = _newest(self._world, self._people[person], "dm", "nudge-done")
        await self._services.checkins.done(
            member,
            Target.parse(asked),
            button=deed.button,
            interaction_id=new_id(now),
            guild_id=None,
            now=now,
        )

    async def _step(self, member: Member, now: datetime) -> None:
        running = await self._services.challenges.current(member.user_id)
        assert running is not None
        day = running.next(now.astimezone(ZoneInfo(member.zone)).date())
        assert day is not None
        pressed = Pressed(new_id(now), self._world.guild.id, now)
        await self._services.challenges.done(member, running.id, day.day, pressed)

    async def _news(self, member: Member, deed: News, now: datetime) -> None:
        answered = await self._services.goodnews.answerable(member.user_id, deed.kind)
        day = now.astimezone(ZoneInfo(member.zone)).date()
        draft = GoodNewsDraft(deed.kind, day, deed.who, answered[0].id if answered else None)
        await self._services.goodnews.log(member, draft, interaction_id=new_id(now), now=now)

    async def _write(self, member: Member, deed: Write, now: datetime) -> None:
        drafts = self._services.drafts
        open_ones = await self._services.recoveries.standings(member.user_id)
        about = next((one.rejection.id for one in open_ones if one.rejection.kind == deed.about), None)
        kept = await drafts.write(
            member, deed.kind, deed.typed, rejection_id=about, interaction_id=new_id(now), now=now
        )
        if deed.sent:
            await drafts.sent(
                member, kept.draft.id, interaction_id=new_id(now), guild_id=self._world.guild.id, now=now
            )

    async def _note(self, member: Member, deed: Note, now: datetime) -> None:
        kind = self._program.bot.content.journal.kind(deed.kind)
        assert kind is not None
        wanted = RejectionFilter(kind=deed.about)
        own = await self._services.rejections.listed(member.user_id, wanted)
        about = own.items[0].id if deed.about is not None and own.items else None
        await self._services.journal.write(member, kind, deed.answers, about, Press(new_id(now), None, now))

    async def _thank(self, person: Person) -> None:
        shown = _newest(self._world, person, "accountability", "kudos")
        user_id, guild_id = self._world.users[person.key].id, self._world.guild.id
        await self._services.wins.thank(user_id, guild_id, int(shown), self._clock())


def _newest(world: DemoWorld, person: Person, place: str, verb: str) -> str:
    """What the newest button of a verb, in a place that a person sees, is about."""
    stored = world.env.backend.messages[world.channel(person, place).id]
    for _, message in sorted(stored.items(), reverse=True):
        for custom_id in custom_ids(message.components):
            if f":{verb}:" in custom_id:
                return custom_id.rpartition(":")[2]
    raise LookupError(f"no {verb} in {place} yet")
