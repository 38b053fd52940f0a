from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.boards import GROUP, Period, Tally, Visibility, totals
from bot.domain.members import newcomer
from bot.domain.seasons import Season
from bot.storage.boards import newcomers_in

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 11, 18)
WEEK = (Period.WEEK, date(2026, 11, 16))
ALL = (Period.ALL, date(1970, 1, 1))
OURS, THEIRS = 1_100_000_000_000_000_001, 22


async def give(database, counts, guilds=(OURS,)):
    async with database.write() as tx:
        for user_id, number in counts.items():
            await tx.boards.add(guilds, user_id, totals([(DAY, number)], Season()))


async def test_adding_moves_the_member_and_the_group_in_each_server(database):
    await give(database, {1: 2}, (OURS, THEIRS))
    await give(database, {1: 1, 2: 5})
    async with database.read() as tx:
        assert await tx.boards.tally(OURS, *WEEK, 1) == 3
        assert await tx.boards.tally(OURS, *WEEK, GROUP) == 8
        assert await tx.boards.tally(THEIRS, *ALL, GROUP) == 2
        assert await tx.boards.guilds_of(1) == [THEIRS, OURS]


async def test_a_counter_that_reaches_nothing_is_gone(database):
    await give(database, {1: 2, 2: 1})
    await give(database, {1: -2})
    async with database.read() as tx:
        assert await tx.boards.of_member(OURS, 1) == {}
        assert (await tx.boards.of_member(OURS, GROUP))[WEEK] == 1
        assert await tx.boards.top(OURS, *WEEK, 10) == [Tally(2, 1)]


async def test_newcomers_are_found_by_the_whole_key_of_each_counter(database):
    engine = database.engines.reader
    asked = newcomers_in(OURS, WEEK[1], 10).compile(
        dialect=engine.dialect, compile_kwargs={"literal_binds": True}
    )
    async with engine.connect() as connection:
        if database.engines.sqlite:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")
            plan = [row[3] for row in rows]
            assert any("SEARCH ever" in line and line.count("=?") == 4 for line in plan), plan
            assert not any("SCAN" in line or "TEMP B-TREE" in line for line in plan), plan
        else:
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            await connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
            plan = [row[0] for row in await connection.exec_driver_sql(f"EXPLAIN {asked}")]
            by_key = [line for line in plan if "Cond:" in line and "starts_on" in line and "guild_id" in line]
            assert len(by_key) == 2, plan
            assert not any("Sort" in line for line in plan), plan


async def test_the_top_leaves_out_the_group_and_other_servers(database):
    await give(database, {3: 4, 1: 4, 2: 9})
    await give(database, {7: 50}, (THEIRS,))
    async with database.read() as tx:
        assert await tx.boards.top(OURS, *WEEK, 2) == [Tally(2, 9), Tally(1, 4)]


async def test_ranks_and_neighbours_follow_the_order_of_the_top(database):
    await give(database, {1: 9, 2: 4, 3: 4, 4: 4, 5: 1})
    async with database.read() as tx:
        assert await tx.boards.ahead(OURS, *WEEK, 4) == 1
        assert await tx.boards.ahead(OURS, *WEEK, 1) == 4
        assert await tx.boards.neighbours(OURS, *WEEK, Tally(3, 4)) == (Tally(2, 4), Tally(4, 4))
        assert await tx.boards.neighbours(OURS, *WEEK, Tally(1, 9)) == (None, Tally(2, 4))
        assert await tx.boards.neighbours(OURS, *WEEK, Tally(5, 1)) == (Tally(4, 4), None)


async def test_people_are_counted_up_to_a_limit(database):
    await give(database, dict.fromkeys(range(1, 9), 1))
    async with database.read() as tx:
        assert await tx.boards.people(OURS, *WEEK, 5) == 5
        assert await tx.boards.people(OURS, *WEEK, 50) == 8
        assert await tx.boards.people(THEIRS, *WEEK, 5) == 0


async def test_first_timers_have_nothing_before_this_week(database):
    await give(database, {1: 2, 2: 1})
    async with database.write() as tx:
        await tx.boards.add([OURS], 1, totals([(DAY - timedelta(days=40), 1)], Season()))
        assert await tx.boards.first_timers(OURS, WEEK[1], 5) == [2]


async def test_clearing_takes_one_server(database):
    await give(database, {1: 2}, (OURS, THEIRS))
    async with database.write() as tx:
        await tx.boards.clear(OURS)
        assert await tx.boards.of_member(OURS, GROUP) == {}
        assert await tx.boards.tally(THEIRS, *WEEK, 1) == 2


class TestMemberships:
    @pytest.fixture
    async def db(self, database):
        async with database.write() as tx:
            for user_id in (1, 2, 3):
                await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
                await tx.memberships.see(user_id, OURS, f"Member {user_id}", NOW)
        return database

    async def test_seen_again_the_name_and_time_are_new_and_the_choice_stays(self, db):
        later = NOW + timedelta(days=3)
        async with db.write() as tx:
            await tx.memberships.update(1, OURS, visibility=Visibility.ALIAS, alias="Owl")
            await tx.memberships.see(1, OURS, "Amina", later)
            found = await tx.memberships.get(1, OURS)
        assert (found.display_name, found.seen_at, found.joined_at) == ("Amina", later, NOW)
        assert (found.visibility, found.alias) == (Visibility.ALIAS, "Owl")

    async def test_those_asked_for_come_by_id(self, db):
        async with db.read() as tx:
            assert set(await tx.memberships.among(OURS, [1, 3, 99])) == {1, 3}
            assert [m.user_id for m in await tx.memberships.of_guild(OURS)] == [1, 2, 3]
            assert [m.guild_id for m in await tx.memberships.of_member(1)] == [OURS]

    @pytest.mark.parametrize(
        "name, taken",
        [
            ("owl èlan", True),
            ("OWL ÈLAN", True),
            ("\uff2f\uff57\uff4c  E\u0300LAN", True),
            ("Member 2", True),
            ("ＭＥＭＢＥＲ 2", True),
            ("MEMBER 3", False),
            ("Heron", False),
        ],
    )
    async def test_a_name_that_stands_on_the_board_is_taken(self, db, name, taken):
        async with db.write() as tx:
            await tx.memberships.update(3, OURS, visibility=Visibility.ALIAS, alias="Owl Èlan")
            await tx.memberships.update(2, OURS, visibility=Visibility.SHOWN)
            assert await tx.memberships.name_taken(OURS, name, 1) is taken

    async def test_ones_own_alias_is_free(self, db):
        async with db.write() as tx:
            await tx.memberships.update(1, OURS, visibility=Visibility.ALIAS, alias="Owl")
            assert not await tx.memberships.name_taken(OURS, "Owl", 1)
            assert (await tx.memberships.of_alias(OURS, "Owl")).user_id == 1
