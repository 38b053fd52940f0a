"""The weekly post of a server: once, at its hour, from what members chose to show, or not at all."""

import asyncio
import dataclasses
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.actions import Action
from bot.domain.boards import Visibility, totals
from bot.domain.guilds import newly_joined, next_weekly
from bot.domain.members import newcomer
from bot.domain.nudges import Purpose
from bot.domain.seasons import Season
from bot.services.boards import Boards
from bot.services.memberships import Memberships
from bot.services.weekly import Weekly
from tests.services.boards import Everybody

DUE = datetime(2026, 11, 22, 17, tzinfo=UTC)  # Sunday 18:00 in Lagos
MONDAY = date(2026, 11, 16)
OURS, THEIRS, CHANNEL = 1_100_000_000_000_000_001, 22, 5
DAY, WEEK = timedelta(days=1), timedelta(days=7)
PROMPTS = ("prompt-01", "prompt-02")


class Pen:
    """Writes a post as a note of what it was given, and can break for one server's language."""

    def __init__(self):
        self.posts = []
        self.broken = None

    def __call__(self, post, delivery_id):
        if post.language == self.broken:
            raise RuntimeError("broken")
        self.posts.append(post)
        return json.dumps([{"custom_id": f"sf:1:did-something:{delivery_id}"}])


class Town:
    """A database with servers and members who acted."""

    def __init__(self, db, wakes):
        self.db = db
        self.there = Everybody()
        self.memberships = Memberships(db, Season())
        self.pen = Pen()
        self.wakes = wakes

    def weekly(self):
        boards = Boards(self.db, self.memberships, self.there, Season())
        return Weekly(self.db, boards, self.pen, PROMPTS, self.wakes)

    async def server(self, guild_id=OURS, **settings):
        guild = dataclasses.replace(
            newly_joined(guild_id, "en", DUE - 30 * DAY), zone="Africa/Lagos", channel_id=CHANNEL, **settings
        )
        guild = dataclasses.replace(guild, weekly_due_at=next_weekly(guild, DUE - timedelta(seconds=1)))
        async with self.db.write() as tx:
            await tx.guilds.add(guild)
        return guild

    async def acted(self, user_id, actions, *, guild_id=OURS, week_on=MONDAY, visibility=Visibility.SHOWN):
        async with self.db.write() as tx:
            if await tx.members.get(user_id) is None:
                await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", DUE))
            await tx.memberships.see(user_id, guild_id, f"Member {user_id}", DUE)
            await tx.memberships.update(user_id, guild_id, visibility=visibility)
            for number in range(actions):
                source = f"interaction:{guild_id}{number}"
                action = Action(user_id * 100 + number, user_id, "rest-day", week_on, DUE, True, source)
                await tx.actions.add(action)
            if visibility is Visibility.SHOWN:
                await tx.boards.add([guild_id], user_id, totals([(week_on, actions)], Season()))

    async def guild(self, guild_id=OURS):
        async with self.db.read() as tx:
            return await tx.guilds.get(guild_id)

    async def pending(self):
        async with self.db.read() as tx:
            return await tx.deliveries.pending(DUE + 60 * DAY, 100)


@pytest.fixture
def town(db, wakes):
    return Town(db, wakes)


async def test_the_post_is_made_at_the_servers_hour_and_the_next_is_planned(town):
    await town.server()
    await town.acted(1, 3)
    assert await town.weekly().run_due(DUE - timedelta(seconds=1)) == 0
    assert await town.weekly().run_due(DUE) == 1
    (made,) = await town.pending()
    assert (made.guild_id, made.channel_id, made.purpose) == (OURS, CHANNEL, Purpose.WEEKLY)
    assert made.key == f"weekly:{OURS}:2026-W47"
    assert made.body.endswith(f':{made.id}"}}]')
    assert made.user_id is None
    assert (await town.guild()).weekly_due_at == DUE + WEEK
    assert await town.weekly().next_at() == DUE + WEEK
    assert town.wakes == [DUE]
    async with town.db.read() as tx:
        assert [(post.id, name) for post, name in await tx.guilds.naming(1)] == [(made.id, "Member 1")]


async def test_it_says_what_the_board_says(town):
    await town.server()
    for user_id in range(1, 7):
        await town.acted(user_id, user_id)
    await town.weekly().run_due(DUE)
    (post,) = town.pen.posts
    assert [(place.rank, place.name, place.actions) for place in post.board.top][:2] == [
        (1, "Member 6", 6), (2, "Member 5", 5)
    ]  # fmt: skip
    assert post.board.total.actions == 21
    assert post.board.first_timers == tuple(f"Member {n}" for n in range(1, 6))
    assert post.prompt in PROMPTS
    assert post.running


async def test_nobody_stands_in_it_who_did_not_choose_to_or_has_left(town):
    await town.server()
    await town.acted(1, 3)
    await town.acted(2, 9, visibility=Visibility.HIDDEN)
    await town.acted(3, 9, visibility=Visibility.UNASKED)
    await town.acted(4, 9)
    async with town.db.write() as tx:
        await tx.memberships.update(4, OURS, checked_at=DUE - 2 * DAY)
    town.there.gone.add(4)
    await town.weekly().run_due(DUE)
    (post,) = town.pen.posts
    assert [place.name for place in post.board.top] == ["Member 1"]
    assert post.board.total is None


async def test_it_is_made_once_by_runs_that_meet(town):
    await town.server()
    await town.acted(1, 3)
    made = await asyncio.gather(*(town.weekly().run_due(DUE) for _ in range(5)))
    assert sum(made) == 1
    assert len(await town.pending()) == 1


async def test_a_changed_day_does_not_bring_the_same_week_again(town):
    guild = await town.server()
    await town.acted(1, 3)
    await town.weekly().run_due(DUE)
    async with town.db.write() as tx:
        await tx.guilds.update(guild.guild_id, weekly_day=0, weekly_due_at=DUE + DAY)
    assert await town.weekly().run_due(DUE + DAY) == 0
    assert len(await town.pending()) == 1
    assert (await town.guild()).weekly_due_at == DUE + DAY + WEEK


async def test_a_week_without_an_action_is_left_out_unless_the_lead_wants_it(town):
    await town.server()
    await town.server(THEIRS, weekly_when_empty=True)
    assert await town.weekly().run_due(DUE) == 1
    (made,) = await town.pending()
    assert made.guild_id == THEIRS
    assert town.pen.posts[0].empty
    assert (await town.guild(OURS)).weekly_due_at == DUE + WEEK


@pytest.mark.parametrize(
    "late, made", [(timedelta(hours=24), 1), (timedelta(hours=24, seconds=1), 0), (3 * WEEK, 0)]
)
async def test_after_downtime_it_comes_up_to_a_day_late(town, late, made):
    await town.server()
    await town.acted(1, 3)
    assert await town.weekly().run_due(DUE + late) == made
    following = (await town.guild()).weekly_due_at
    assert DUE + late < following <= DUE + late + WEEK
    if made:
        assert town.pen.posts[0].board.starts_on == MONDAY
        assert not town.pen.posts[0].running


@pytest.mark.parametrize("settings", [{"weekly_on": False}, {"channel_trouble": "gone"}, {"removed_at": DUE}])
async def test_what_changed_at_the_last_moment_counts(town, settings):
    guild = await town.server()
    await town.acted(1, 3)
    async with town.db.write() as tx:
        await tx.guilds.update(guild.guild_id, **settings)
    assert await town.weekly().run_due(DUE) == 0
    assert await town.pending() == []
    assert (await town.guild()).weekly_due_at is None


async def test_one_servers_fault_does_not_keep_the_others_from_their_post(town, caplog):
    broken = await town.server()
    async with town.db.write() as tx:
        await tx.guilds.update(broken.guild_id, language="xx")
    await town.server(THEIRS)
    await town.acted(1, 3)
    await town.acted(2, 3, guild_id=THEIRS)
    town.pen.broken = "xx"
    assert await town.weekly().run_due(DUE) == 1
    assert f"weekly post of {OURS}: RuntimeError" in caplog.text
    assert "broken" not in caplog.text
    town.pen.broken = None
    assert await town.weekly().run_due(DUE + timedelta(minutes=1)) == 1
    assert len(await town.pending()) == 2
