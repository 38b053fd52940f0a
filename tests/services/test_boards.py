import asyncio
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.boards import GROUP, Board, GroupTotal, Period, Visibility, totals
from bot.domain.seasons import Season
from bot.errors import UserError
from bot.services.memberships import forget_counters
from bot.storage.memberships import MembershipStore
from tests.services.boards import NOW, OURS, THEIRS, TODAY, Group
from tests.storage.conftest import database, opened
from tests.texts import content

__all__ = ["database"]

DAY = timedelta(days=1)
KINDS = ("cv-revised", "rest-day", "mentor-message", "asked-a-peer")


async def board(group, viewer=None, period=Period.WEEK, now=NOW) -> Board:
    found: Board = await group.boards.show(OURS, viewer, period, today=TODAY, now=now)
    return found


async def log_many(group, member, number, **changes):
    for n in range(number):
        await group.log(member, KINDS[n % len(KINDS)], **changes)


def lines(places):
    return [(place.rank, place.name, place.actions) for place in places]


async def test_the_board_has_ten_names_and_the_viewer_with_two_around(group):
    for user_id in range(1, 15):
        member = await group.join(user_id)
        await log_many(group, member, 2 if user_id < 12 else 1)
    seen = await board(group, 13)
    assert len(seen.top) == 10
    assert {place.rank for place in seen.top} == {1}
    assert lines(seen.around) == [(12, "Member 12", 1), (12, "Member 13", 1), (12, "Member 14", 1)]
    assert seen.own == 1


async def test_who_stands_in_the_top_needs_no_second_place(group):
    for user_id in range(1, 4):
        await log_many(group, await group.join(user_id), user_id)
    seen = await board(group, 1)
    assert lines(seen.top) == [(1, "Member 3", 3), (2, "Member 2", 2), (3, "Member 1", 1)]
    assert seen.around == ()


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.UNASKED])
async def test_who_is_not_shown_sees_their_own_count_alone(group, visibility):
    ada, ben = await group.join(1, visibility), await group.join(2, Visibility.ALIAS)
    await log_many(group, ada, 3)
    await log_many(group, ben, 1)
    seen = await board(group, 1)
    assert (seen.own, seen.visibility) == (3, visibility)
    assert lines(seen.top) == [(1, "Owl 2", 1)]


async def test_showing_brings_the_history_and_hiding_takes_it_away(group):
    ada = await group.join(1, Visibility.UNASKED)
    await log_many(group, ada, 2, done_on=TODAY - 20 * DAY)
    await log_many(group, ada, 1)
    await group.memberships.choose(1, OURS, Visibility.SHOWN, now=NOW)
    assert lines((await board(group, period=Period.ALL)).top) == [(1, "Member 1", 3)]
    assert lines((await board(group)).top) == [(1, "Member 1", 1)]
    await group.memberships.choose(1, OURS, Visibility.HIDDEN, now=NOW)
    assert (await board(group, period=Period.ALL)).top == ()


async def test_the_group_is_told_its_total_from_five_people_on(group):
    members = [await group.join(user_id) for user_id in range(1, 6)]
    for member in members[:4]:
        await group.log(member)
    assert (await board(group)).total is None
    await group.log(members[4])
    assert (await board(group)).total == GroupTotal(5, None)
    for member in members:
        await group.log(member, done_on=TODAY - 7 * DAY)
    assert (await board(group)).total == GroupTotal(5, 5)


async def test_first_timers_are_named_when_they_chose_to_be_shown(group):
    ada, ben, eve = await group.join(1), await group.join(2), await group.join(3, Visibility.HIDDEN)
    await group.log(ben, done_on=TODAY - 10 * DAY)
    for member in (ada, ben, eve):
        await group.log(member)
    assert (await board(group)).first_timers == ("Member 1",)
    assert (await board(group, period=Period.MONTH)).first_timers == ()


class TestAliases:
    async def test_the_alias_stands_instead_of_the_name(self, group):
        ada = await group.join(1, Visibility.ALIAS)
        await group.log(ada)
        assert lines((await board(group)).top) == [(1, "Owl 1", 1)]

    @pytest.mark.parametrize(
        "alias, key",
        [
            ("owl 2", "board-alias-taken"),
            ("\uff2fWL 2", "board-alias-taken"),
            ("Member 3", "board-alias-taken"),
            ("@here", "board-alias-marks"),
            ("", "text-empty"),
            ("x" * 33, "text-too-long"),
        ],
    )
    async def test_one_that_cannot_be_is_refused_and_nothing_changes(self, group, alias, key):
        await group.join(1, Visibility.UNASKED)
        await group.join(2, Visibility.ALIAS)
        await group.join(3)
        with pytest.raises(UserError) as caught:
            await group.memberships.choose(1, OURS, Visibility.ALIAS, alias=alias, now=NOW)
        assert caught.value.key == key
        assert (await group.memberships.get(1, OURS)).visibility is Visibility.UNASKED

    async def test_a_lead_can_drop_an_abusive_one(self, group):
        await group.log(await group.join(1, Visibility.ALIAS))
        dropped = await group.memberships.drop_alias(OURS, "Owl 1", NOW)
        assert (dropped.visibility, dropped.alias) == (Visibility.UNASKED, None)
        assert (await board(group)).top == ()
        assert await group.memberships.drop_alias(OURS, "Owl 1", NOW) is None


async def test_an_alias_dropped_twice_at_once_leaves_the_group_s_total_right(database, monkeypatch):
    group = await Group(database, content()).open()
    await group.log(await group.join(1, Visibility.ALIAS))
    await group.log(await group.join(2))
    both_read, reads, of_alias = asyncio.Event(), [], MembershipStore.of_alias

    async def read_beside_the_other(self, guild_id, alias):
        found = await of_alias(self, guild_id, alias)
        reads.append(alias)
        if len(reads) == 2:
            both_read.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(both_read.wait(), 0.1)
        return found

    with monkeypatch.context() as beside:
        beside.setattr(MembershipStore, "of_alias", read_beside_the_other)
        await asyncio.gather(*(group.memberships.drop_alias(OURS, "Owl 1", NOW) for _ in range(2)))
    async with database.read() as tx:
        assert set((await tx.boards.of_member(OURS, GROUP)).values()) == {1}


class TestLeaving:
    async def test_who_left_vanishes_when_the_board_is_next_shown(self, group):
        for user_id in (1, 2):
            await group.log(await group.join(user_id))
        group.presence.gone = {2}
        later = NOW + 2 * DAY
        assert lines((await board(group, now=later)).top) == [(1, "Member 1", 1)]
        assert sorted(group.presence.asked) == [1, 2]

    async def test_who_left_is_not_named_as_new(self, group):
        for user_id in range(1, 12):
            await log_many(group, await group.join(user_id), 2)
        for user_id in (12, 13):
            await group.log(await group.join(user_id))
        async with group.db.write() as tx:
            for user_id in range(1, 12):
                await tx.boards.add([OURS], user_id, totals([(TODAY - 30 * DAY, 1)], Season()))
        group.presence.gone = {12}
        assert (await board(group, now=NOW + 2 * DAY)).first_timers == ("Member 13",)
        assert len(group.presence.asked) == 12

    async def test_where_they_were_seen_is_believed_while_the_row_is_there(self, group):
        await group.join(1)
        async with group.db.write() as tx:
            await tx.guilds.purge(OURS)
        await group.memberships.touch(1, OURS, "Member 1", NOW)
        assert (await group.memberships.get(1, OURS)).display_name == "Member 1"

    async def test_nobody_is_looked_up_twice_a_day(self, group):
        await group.log(await group.join(1))
        await board(group, now=NOW + 2 * DAY)
        await board(group, now=NOW + 2 * DAY)
        assert group.presence.asked == [1]

    async def test_an_unclear_answer_changes_nothing(self, group):
        await group.log(await group.join(1))
        group.presence.unclear = {1}
        assert len((await board(group, now=NOW + 2 * DAY)).top) == 1

    async def test_who_comes_back_stands_there_as_before(self, group):
        await group.log(await group.join(1))
        await group.memberships.leave(1, OURS, NOW)
        assert (await board(group)).top == ()
        await group.memberships.touch(1, OURS, "Member 1", NOW)
        assert lines((await board(group)).top) == [(1, "Member 1", 1)]

    async def test_the_new_name_is_the_last_one_seen(self, group):
        await group.log(await group.join(1))
        await group.memberships.touch(1, OURS, "Dr Amina", NOW)
        assert lines((await board(group)).top) == [(1, "Dr Amina", 1)]


async def test_repair_makes_the_counters_right_again(group):
    ada, ben, eve = await group.join(1), await group.join(2), await group.join(3, Visibility.HIDDEN)
    for member in (ada, ben, eve):
        await group.log(member)
    async with group.db.write() as tx:
        await tx.boards.add([OURS], 1, {(Period.WEEK, date(2026, 11, 16)): 40})
        await tx.boards.add([OURS], 3, {(Period.ALL, date(1970, 1, 1)): 2})
    assert await group.boards.repair(OURS) == 2
    assert lines((await board(group)).top) == [(1, "Member 1", 1), (1, "Member 2", 1)]
    await check_counters(group)


async def check_counters(group):
    """The counters of both servers against a recount of the actions of those who are shown there."""
    async with group.db.read() as tx:
        for guild_id in (OURS, THEIRS):
            memberships = [m for m in await tx.memberships.of_guild(guild_id) if m.counts]
            days = await tx.actions.scored_by_day(m.user_id for m in memberships)
            everybody: list[tuple[date, int]] = []
            for user_id in (1, 2, 3):
                assert await tx.boards.of_member(guild_id, user_id) == totals(days.get(user_id, []), Season())
                everybody += days.get(user_id, [])
            assert await tx.boards.of_member(guild_id, GROUP) == totals(everybody, Season())


people = st.sampled_from((1, 2, 3))
places = st.sampled_from((OURS, THEIRS))
steps = st.one_of(
    st.tuples(st.just("log"), people, st.sampled_from(KINDS[:2]), st.integers(0, 30)),
    st.tuples(st.just("undo"), people),
    st.tuples(st.just("choose"), people, places, st.sampled_from(("shown", "alias", "hidden"))),
    st.tuples(st.just("leave"), people, places),
    st.tuples(st.just("back"), people, places),
    st.tuples(st.just("erase"), people),
    st.tuples(st.just("repair"), places),
)


async def take(group, members, step):
    """One step of a random story; what the rules refuse is refused."""
    what, who, *rest = step
    try:
        if what == "log":
            await group.log(members[who], rest[0], done_on=TODAY - rest[1] * DAY)
        elif what == "undo":
            await group.undo(members[who])
        elif what == "choose":
            await group.memberships.choose(who, rest[0], Visibility(rest[1]), alias=f"Owl {who}", now=NOW)
        elif what == "leave":
            await group.memberships.leave(who, rest[0], NOW)
        elif what == "back":
            await group.memberships.touch(who, rest[0], f"Member {who}", NOW)
        elif what == "repair":
            await group.boards.repair(who)
        else:
            async with group.db.write() as tx:
                await forget_counters(tx, who)
                await tx.members.delete(who)
            await group.db.keys.destroy(who, NOW)
            await group.db.keys.welcome(who, NOW)
            members[who] = await group.join(who, Visibility.UNASKED, OURS, THEIRS)
    except UserError:
        pass


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, min_size=5, max_size=25))
def test_counters_always_equal_a_recount(story):
    async def tell():
        with TemporaryDirectory() as folder:
            async with opened(f"sqlite+aiosqlite:///{folder}/test.sqlite3", Path(folder)) as db:
                group = await Group(db, content()).open()
                members = {who: await group.join(who, Visibility.SHOWN, OURS, THEIRS) for who in (1, 2, 3)}
                for step in story:
                    await take(group, members, step)
                await check_counters(group)

    asyncio.run(tell())
