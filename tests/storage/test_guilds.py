import dataclasses
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from bot.domain.actions import Action, GuildAction
from bot.domain.boards import Period
from bot.domain.guilds import ShownWin, newly_joined
from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, Purpose
from bot.domain.wins import Win, WinState
from bot.storage.tables import counters, deliveries, guild_actions, kudos, memberships, wins

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OURS, THEIRS = 1_100_000_000_000_000_001, 22
ADA = 101


async def fill(database, *guilds):
    async with database.write() as tx:
        for one in guilds or (newly_joined(OURS, "en", NOW),):
            assert await tx.guilds.add(one)


async def test_a_server_comes_back_as_it_went_in(database):
    one = dataclasses.replace(
        newly_joined(OURS, "pt", NOW),
        zone="Africa/Lagos", channel_id=5, weekly_day=0, weekly_hour=9, weekly_when_empty=True, peer_role_id=6,
        weekly_due_at=NOW + DAY, channel_trouble="gone", set_up_at=NOW, removed_at=NOW,
    )  # fmt: skip
    await fill(database, one)
    async with database.read() as tx:
        assert await tx.guilds.get(OURS) == one
        assert await tx.guilds.get(THEIRS) is None


async def test_adding_a_known_server_changes_nothing(database):
    await fill(database)
    async with database.write() as tx:
        await tx.guilds.update(OURS, channel_id=5)
        assert not await tx.guilds.add(newly_joined(OURS, "de", NOW + DAY))
        found = await tx.guilds.lock(OURS)
    assert (found.channel_id, found.language, found.joined_at) == (5, "en", NOW)


async def test_updating_gives_the_server_or_none(database):
    await fill(database)
    async with database.write() as tx:
        assert (await tx.guilds.update(OURS, weekly_hour=9)).weekly_hour == 9
        assert await tx.guilds.update(THEIRS, weekly_hour=9) is None


async def test_due_servers_come_by_their_time(database):
    first, second, later = (
        dataclasses.replace(newly_joined(number, "en", NOW), weekly_due_at=at)
        for number, at in ((3, NOW - DAY), (2, NOW), (1, NOW + DAY))
    )
    await fill(database, later, second, first, newly_joined(4, "en", NOW))
    async with database.read() as tx:
        assert await tx.guilds.due(NOW, 10) == [first, second]
        assert await tx.guilds.due(NOW, 1) == [first]
        assert await tx.guilds.earliest_due() == NOW - DAY


async def test_the_due_time_moves_on_once(database):
    await fill(database, dataclasses.replace(newly_joined(OURS, "en", NOW), weekly_due_at=NOW))
    async with database.write() as tx:
        assert await tx.guilds.advance(OURS, NOW, NOW + 7 * DAY)
        assert not await tx.guilds.advance(OURS, NOW, NOW + 7 * DAY)
        assert (await tx.guilds.get(OURS)).weekly_due_at == NOW + 7 * DAY
        assert await tx.guilds.advance(OURS, NOW + 7 * DAY, None)
        assert await tx.guilds.earliest_due() is None


async def test_removed_servers_are_told_apart(database):
    gone = [
        dataclasses.replace(newly_joined(number, "en", NOW), removed_at=NOW - number * DAY)
        for number in (5, 30, 31)
    ]
    await fill(database, newly_joined(OURS, "en", NOW), *gone)
    async with database.read() as tx:
        assert await tx.guilds.present() == [OURS]
        assert await tx.guilds.removed_before(NOW - 10 * DAY, 10) == [31, 30]
        assert await tx.guilds.removed_before(NOW - 10 * DAY, 1) == [31]


async def furnish(database, guild_id, member_id):
    """One of everything a server can have, and one action of the member's own."""
    number = guild_id + member_id
    async with database.write() as tx:
        await tx.guilds.add(newly_joined(guild_id, "en", NOW))
        if await tx.members.get(member_id) is None:
            await tx.members.add(newcomer(member_id, "Africa/Lagos", "en", NOW))
            await tx.actions.add(
                Action(member_id, member_id, "rest-day", date(2026, 11, 22), NOW, True, "interaction:1")
            )
        await tx.memberships.see(member_id, guild_id, "Ada", NOW)
        await tx.boards.add([guild_id], member_id, {(Period.WEEK, date(2026, 11, 16)): 2})
        await tx.wins.add(
            Win(number, member_id, guild_id, member_id, False, WinState.POSTED, NOW, NOW, number)
        )
        await tx.wins.thank(number, member_id, NOW)
        await tx.guilds.add_entry(GuildAction(number, guild_id, "Journal club"), NOW)
        await tx.deliveries.add(
            Delivery(
                number,
                Purpose.WEEKLY,
                str(number),
                "[]",
                NOW,
                NOW,
                NOW,
                guild_id=guild_id,
                key=f"weekly:{number}",
            )
        )


async def test_a_purge_takes_all_of_one_server_and_nothing_of_its_members_own(database):
    await furnish(database, OURS, ADA)
    await furnish(database, THEIRS, ADA)
    async with database.write() as tx:
        assert await tx.guilds.purge(OURS) > 0
        assert await tx.guilds.purge(OURS) == 0
    async with database.engines.read() as connection:
        for table in (wins, memberships, counters, deliveries, guild_actions):
            left = {row.guild_id for row in await connection.execute(select(table))}
            assert left == {THEIRS}, table.name
        assert {row.win_id for row in await connection.execute(select(kudos))} == {THEIRS + ADA}
    async with database.read() as tx:
        assert await tx.guilds.get(OURS) is None
        assert await tx.members.get(ADA) is not None
        assert await tx.actions.count(ADA) == 1


async def test_people_are_counted_up_to_a_limit_without_those_who_left(database):
    await fill(database)
    async with database.write() as tx:
        for member_id in range(101, 108):
            await tx.members.add(newcomer(member_id, "Africa/Lagos", "en", NOW))
            await tx.memberships.see(member_id, OURS, "Ada", NOW)
        await tx.memberships.update(101, OURS, left_at=NOW)
        assert await tx.guilds.people(OURS, 100) == 6
        assert await tx.guilds.people(OURS, 5) == 5
        assert await tx.guilds.people(THEIRS, 5) == 0


async def test_an_entry_is_there_once_and_its_words_leave_with_it(database):
    await fill(database, newly_joined(OURS, "en", NOW), newly_joined(THEIRS, "en", NOW))
    async with database.write() as tx:
        assert await tx.guilds.add_entry(GuildAction(1, OURS, "Journal club"), NOW)
        assert not await tx.guilds.add_entry(GuildAction(2, OURS, "Journal club"), NOW)
        assert await tx.guilds.add_entry(GuildAction(3, THEIRS, "Journal club"), NOW)
        assert await tx.guilds.entries([OURS, THEIRS]) == [
            GuildAction(3, THEIRS, "Journal club"), GuildAction(1, OURS, "Journal club")
        ]  # fmt: skip
        assert not await tx.guilds.remove_entry(THEIRS, 1, NOW)
        assert await tx.guilds.remove_entry(OURS, 1, NOW)
        assert not await tx.guilds.remove_entry(OURS, 1, NOW)
        assert await tx.guilds.entry(1) is None
        assert await tx.guilds.entries([OURS]) == []
        assert await tx.guilds.add_entry(GuildAction(4, OURS, "Journal club"), NOW)
    async with database.engines.read() as connection:
        labels = (
            await connection.execute(select(guild_actions.c.label).where(guild_actions.c.id == 1))
        ).scalar_one()
    assert labels == "#1"


async def test_aliases_and_shown_wins_are_listed_for_their_server_alone(database):
    await furnish(database, OURS, ADA)
    await furnish(database, THEIRS, ADA)
    async with database.write() as tx:
        await tx.memberships.update(ADA, OURS, alias="Quiet Owl")
        await tx.deliveries.begin([(OURS + ADA, 0)], NOW, NOW, again=False)
        await tx.deliveries.sent((OURS + ADA, 1), NOW, message_id=77, channel_id=5)
        assert await tx.guilds.aliases(OURS, 10) == ["Quiet Owl"]
        assert await tx.guilds.aliases(OURS, 0) == []
        assert await tx.guilds.aliases(THEIRS, 10) == []
        assert await tx.guilds.shown_wins(OURS, 10) == [ShownWin(77, "rest-day", NOW)]
        assert await tx.guilds.shown_wins(THEIRS, 10) == []
        await tx.wins.end(OURS + ADA, WinState.REMOVED)
        assert await tx.guilds.shown_wins(OURS, 10) == []


async def test_the_body_of_a_weekly_post_can_be_rewritten(database):
    await furnish(database, OURS, ADA)
    await furnish(database, THEIRS, ADA)
    async with database.write() as tx:
        (post,) = await tx.guilds.weekly_posts(OURS)
        await tx.guilds.rewrite(post.id, '["new"]')
        assert [one.body for one in await tx.guilds.weekly_posts(OURS)] == ['["new"]']
        assert [one.body for one in await tx.guilds.weekly_posts(THEIRS)] == ["[]"]
