"""A member whose direct messages are closed, and who chose to be mentioned in a server's channel then."""

import json
from datetime import timedelta

import pytest

from bot.domain.answers import Answer, Kind
from bot.domain.guilds import newly_joined
from bot.domain.members import DmState
from bot.domain.nudges import DeliveryState
from bot.services.mentions import UNWANTED
from tests.delivery.world import CHANNEL, GUILD, NOW, Machine, fates, fill, nudge

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def refused(code):
    return Answer(Kind.HTTP, 403, code)


async def begin(database, *nudges, chosen=GUILD, there=True, **changes):
    """A member with check-ins, in a server with a channel."""
    await fill(database, *(nudges or (nudge(1),)), fallback_guild_id=chosen, **changes)
    async with database.write() as tx:
        await tx.guilds.add(newly_joined(GUILD, "en", NOW))
        await tx.guilds.update(GUILD, channel_id=CHANNEL)
        if there:
            await tx.memberships.see(42, GUILD, "Ada", NOW)
    return Machine(database)


def posts(machine):
    return [message for message in machine.discord.messages if message.channel_id == CHANNEL]


async def test_a_refused_check_in_becomes_one_mention_of_that_member(database):
    machine = await begin(database)
    machine.discord.script = [refused(50007)]
    await machine.settle()
    (post,) = posts(machine)
    assert (post.mentions, post.silent, post.at) == (42, False, NOW)
    assert json.loads(post.body)[0] == {"type": 10, "content": "<@42> en"}
    assert machine.discord.requests == ["send 420", f"send {CHANNEL}"]
    async with database.read() as tx:
        assert [one.message_id for one in await tx.deliveries.posted_by(42)] == [post.id]


async def test_later_check_ins_ask_nothing_of_closed_dms_and_mention_once_a_day(database):
    soon = [nudge(n, about=n, due_at=NOW + n * HOUR) for n in (1, 2)]
    machine = await begin(database, *soon, nudge(3, due_at=NOW + DAY, about=3), dm_state=DmState.CLOSED)
    await machine.settle()
    assert [post.at for post in posts(machine)] == [NOW + HOUR, NOW + DAY]
    assert set(machine.discord.requests) == {f"send {CHANNEL}"}


async def test_it_waits_for_the_end_of_the_quiet_hours(sqlite_database):
    night = nudge(1, due_at=NOW + 6 * HOUR)
    machine = await begin(sqlite_database, night, dm_state=DmState.CLOSED)
    await machine.settle()
    assert [post.at for post in posts(machine)] == [NOW + 14 * HOUR]


async def test_a_mention_delayed_into_the_night_waits_as_well(sqlite_database):
    machine = await begin(sqlite_database, dm_state=DmState.CLOSED)
    await machine.service.plan(NOW)
    machine.clock.advance(hours=7)
    await machine.settle()
    assert [post.at for post in posts(machine)] == [NOW + 14 * HOUR]


@pytest.mark.parametrize("code", [50278, 10013])
async def test_who_shares_no_server_any_more_is_not_mentioned(sqlite_database, code):
    machine = await begin(sqlite_database)
    machine.discord.script = [refused(code)]
    await machine.settle()
    assert posts(machine) == []


@pytest.mark.parametrize("wrong", [{"chosen": None}, {"there": False}, {"chosen": GUILD + 1}])
async def test_nobody_is_mentioned_who_did_not_choose_it_or_is_not_there(sqlite_database, wrong):
    machine = await begin(sqlite_database, **wrong)
    machine.discord.script = [refused(50007)]
    await machine.settle()
    assert posts(machine) == []
    assert await fates(sqlite_database) == {1: ("undeliverable", "50007")}


@pytest.mark.parametrize("trouble", [{"channel_trouble": "gone"}, {"channel_id": None}, {"removed_at": NOW}])
async def test_a_channel_that_takes_no_posts_gets_none(sqlite_database, trouble):
    machine = await begin(sqlite_database, dm_state=DmState.CLOSED)
    async with sqlite_database.write() as tx:
        await tx.guilds.update(GUILD, **trouble)
    await machine.settle()
    assert posts(machine) == []


@pytest.mark.parametrize(
    "change",
    [{"fallback_guild_id": None}, {"paused_at": NOW}, {"stopped_at": NOW}, {"dm_state": DmState.OPEN}],
)
async def test_one_that_is_not_wanted_any_more_is_taken_back(sqlite_database, change):
    machine = await begin(sqlite_database, dm_state=DmState.CLOSED)
    await machine.service.plan(NOW)
    async with sqlite_database.write() as tx:
        (waiting,) = await tx.deliveries.pending(NOW, 5)
        await tx.members.update(42, **change)
    await machine.settle()
    assert posts(machine) == []
    async with sqlite_database.read() as tx:
        found = await tx.deliveries.get(waiting.id)
    assert (found.state, found.reason) == (DeliveryState.WITHDRAWN, UNWANTED)


async def test_an_answer_that_got_lost_does_not_mention_twice(sqlite_database):
    machine = await begin(sqlite_database, dm_state=DmState.CLOSED)
    machine.discord.script = [Answer(Kind.LOST)]
    await machine.settle()
    assert len(posts(machine)) == 1


async def test_no_other_post_notifies_anybody(sqlite_database):
    machine = await begin(sqlite_database)
    await machine.settle()
    assert [message.mentions for message in machine.discord.messages] == [None]
