"""Counters under many hands at once, on both engines: nothing is lost, and nobody waits for ever."""

import asyncio
import contextlib
from collections.abc import Coroutine
from datetime import date
from typing import Any

from bot.domain.boards import GROUP, Visibility, totals
from bot.domain.seasons import Season
from bot.errors import UserError
from tests.services.boards import NOW, OURS, THEIRS, Group
from tests.texts import content

PEOPLE = range(1, 6)


async def recounted(group):
    """The counters of both servers equal a recount."""
    async with group.db.read() as tx:
        for guild_id in (OURS, THEIRS):
            shown = [m.user_id for m in await tx.memberships.of_guild(guild_id) if m.counts]
            days = await tx.actions.scored_by_day(shown)
            everybody: list[tuple[date, int]] = []
            for user_id in PEOPLE:
                assert await tx.boards.of_member(guild_id, user_id) == totals(days.get(user_id, []), Season())
                everybody += days.get(user_id, [])
            assert await tx.boards.of_member(guild_id, GROUP) == totals(everybody, Season())


async def flip(group, user_id, visibility):
    await group.memberships.choose(user_id, THEIRS, visibility, now=NOW)


async def undo(group, member):
    with contextlib.suppress(UserError):
        await group.undo(member)


async def test_logging_undoing_hiding_and_repairing_at_once_keeps_the_counts(database):
    group = await Group(database, content()).open()
    members = [await group.join(who, Visibility.SHOWN, OURS, THEIRS) for who in PEOPLE]
    work: list[Coroutine[Any, Any, object]] = []
    for member in members:
        work += [
            group.log(member, kind) for kind in ("cv-revised", "rest-day", "mentor-message", "asked-a-peer")
        ]
        work += [undo(group, member), flip(group, member.user_id, Visibility.HIDDEN)]
        work += [group.log(member), flip(group, member.user_id, Visibility.SHOWN), group.boards.repair(OURS)]
    await asyncio.gather(*work)
    await recounted(group)


async def test_one_press_delivered_many_times_at_once_is_one_action(database):
    group = await Group(database, content()).open()
    ada = await group.join(1)
    tries = [group.log(ada, source="press:1:a", interaction_id=number % 3) for number in range(30)]
    assert sum(not logged.already for logged in await asyncio.gather(*tries)) == 1
    await recounted(group)


async def test_the_ceiling_holds_when_everything_comes_at_once(database):
    group = await Group(database, content()).open()
    ada = await group.join(1)
    logged = await asyncio.gather(*(group.log(ada) for _ in range(12)))
    assert sum(one.counted for one in logged) == 3
    await recounted(group)
