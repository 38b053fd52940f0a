"""The largest data a member can have, written straight into the rows: a year of it takes a second."""

from datetime import datetime, timedelta

from bot.domain.actions import NOTE_MAX, Action, GuildAction
from bot.domain.boards import ALIAS_MAX, Visibility, totals
from bot.domain.drafts import TEXT_MAX, Draft
from bot.domain.drafts import WHO_MAX as DRAFT_WHO_MAX
from bot.domain.guilds import ENTRY_MAX, MOST_ENTRIES
from bot.domain.journal import ANSWER_MAX, Asks, EntryKind, JournalEntry
from bot.domain.kinds import How
from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, DeliveryState, Purpose
from bot.domain.rejections import SAID_MAX, WHO_MAX, Recovery, Rejection
from bot.domain.timetable import Pace, plan
from bot.domain.wins import Win, WinState
from bot.ids import new_id
from bot.services.plans import check_ins
from tests.e2e.world import World

REJECTIONS, OPEN, ACTIONS, PEOPLE, DELIVERIES, ENTRIES, DRAFTS = 300, 25, 60, 300, 30, 60, 14
LONGEST_ZONE = "America/Argentina/ComodRivadavia"
WILD = "👩🏽‍⚕️ **مرحبا** ||`Приёмная`|| 👨‍👩‍👧‍👦 _שלום_ ~~日本~~ [х](//х.рф) "
"""Families of emoji, letters from the right to the left, marks of markdown and a link, without one plain letter."""
WIDE = "Ẅ"
KINDS = ("interviewed-not-matched", "application-silence", "clinical-experience", "visa")


def wild(length: int) -> str:
    """That much of it, with nothing to trim at the ends."""
    return (WILD * (length // len(WILD) + 1))[: length - 1].rstrip() + "🩺"


async def fill_world(world: World, who: str) -> None:
    """A member with everything there can be, on a board of hundreds."""
    async with world.program.db.write() as tx:
        user_id, now = world.people[who].id, world.clock()
        member = newcomer(user_id, LONGEST_ZONE, "en", now)
        await tx.members.add(member)
        await tx.memberships.see(user_id, world.guild.id, WIDE * 32, now)
        for number in range(REJECTIONS):
            entry = _rejection(user_id, number, now)
            await tx.rejections.add(entry)
            if entry.recovery is Recovery.OPEN:
                ahead = plan(
                    Pace.FULL, logged_at=now, occurred_on=entry.occurred_on, rhythm=member.rhythm, now=now
                )
                await tx.nudges.add_many(check_ins(member, entry, ahead, now))
        for number in range(ACTIONS):
            action = _action(user_id, number, now)
            await tx.actions.add(action)
            await tx.wins.add(_win(action, world.guild.id, now))
        kinds = world.program.bot.content.journal.kinds
        for number in range(ENTRIES):
            await tx.journal.add(_entry(user_id, kinds[number % len(kinds)], number, now))
        for number in range(DRAFTS):
            await tx.drafts.add(_draft(user_id, number, now))
        for number in range(DELIVERIES):
            await tx.deliveries.add(_delivery(user_id, number, now))
    await _fill_guild(world)


def _rejection(user_id: int, number: int, now: datetime) -> Rejection:
    return Rejection(
        id=new_id(now),
        user_id=user_id,
        kind=KINDS[number % len(KINDS)],
        occurred_on=now.date() - timedelta(days=number % 3),
        logged_at=now - timedelta(minutes=number * 20),
        who=wild(WHO_MAX),
        how=How.SILENCE,
        said=wild(SAID_MAX),
        feeling=1,
        recovery=Recovery.OPEN if number < OPEN else Recovery.NONE,
        pace=Pace.FULL,
    )


def _action(user_id: int, number: int, now: datetime) -> Action:
    return Action(
        id=new_id(now),
        user_id=user_id,
        kind="talked-to-someone",
        done_on=now.date() - timedelta(days=number // 3),
        logged_at=now - timedelta(minutes=number),
        scores=True,
        source=f"interaction:{number}",
        note=wild(NOTE_MAX),
    )


def _entry(user_id: int, kind: EntryKind, number: int, now: datetime) -> JournalEntry:
    answers = {
        question.id: question.choices[0].id if question.asks is Asks.CHOICE else wild(ANSWER_MAX)
        for question in kind.questions
    }
    day = now.date() - timedelta(days=number * 31)
    return JournalEntry(new_id(now), user_id, kind.id, None, day, now - timedelta(days=number), now, answers)


def _win(action: Action, guild_id: int, now: datetime) -> Win:
    return Win(
        new_id(now), action.user_id, guild_id, action.id, action.id % 2 == 0, WinState.POSTED, now, now
    )


def _draft(user_id: int, number: int, now: datetime) -> Draft:
    return Draft(
        id=new_id(now),
        user_id=user_id,
        kind="update-program" if number % 2 else "a-kind-that-is-gone",
        text=wild(TEXT_MAX),
        made_at=now - timedelta(days=number),
        who=wild(DRAFT_WHO_MAX),
        sent_at=now if number % 3 else None,
    )


def _delivery(user_id: int, number: int, now: datetime) -> Delivery:
    state = list(DeliveryState)[number % len(DeliveryState)]
    return Delivery(
        id=new_id(now),
        purpose=Purpose.CHECKIN,
        nonce=f"n{number}",
        body="[]",
        due_at=now,
        made_at=now,
        next_try_at=now + timedelta(days=300),
        attempt_at=now,
        sent_at=now,
        user_id=user_id,
        state=state,
        reason="50007" if state is DeliveryState.UNDELIVERABLE else None,
    )


async def _fill_guild(world: World) -> None:
    """Hundreds of people on the board under the longest names, and a full catalogue of the server's own."""
    now, guild_id = world.clock(), world.guild.id
    season = world.program.bot.content.season
    async with world.program.db.write() as tx:
        for number in range(PEOPLE):
            user_id = 10_000 + number
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", now))
            await tx.memberships.see(user_id, guild_id, WIDE * 32, now)
            await tx.memberships.update(
                user_id, guild_id, visibility=Visibility.ALIAS, alias=f"{number:0{ALIAS_MAX}}", checked_at=now
            )
            await tx.boards.add([guild_id], user_id, totals([(now.date(), 9999 - number)], season))
        for number in range(MOST_ENTRIES):
            await tx.guilds.add_entry(GuildAction(new_id(now), guild_id, f"{number:0{ENTRY_MAX}}"), now)
