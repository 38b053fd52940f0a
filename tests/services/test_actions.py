import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.actions import CUSTOM, PER_DAY, PER_KIND, SHARED_POST, GuildAction, from_press
from bot.domain.boards import Period, Visibility
from bot.domain.rejections import Recovery, Rejection
from bot.errors import NotYours, UserError
from tests.services.boards import NOW, OURS, THEIRS, TODAY

DAY = timedelta(days=1)


async def own_week(group, user_id, guild_id=OURS):
    return (await group.boards.show(guild_id, user_id, Period.WEEK, today=TODAY, now=NOW)).own


async def test_logging_counts_on_every_board_where_the_member_is_shown(group):
    ada = await group.join(1, Visibility.SHOWN, OURS, THEIRS)
    logged = await group.log(ada, guild_id=None)
    assert logged.counted
    assert logged.ask_visibility_in is None
    assert await own_week(group, 1, OURS) == await own_week(group, 1, THEIRS) == 1


async def test_the_same_source_counts_once_and_says_so(group):
    ada = await group.join(1)
    first = await group.log(ada, source=from_press(9, "cv-revised"))
    second = await group.log(ada, source=from_press(9, "cv-revised"))
    assert (first.already, second.already) == (False, True)
    assert second.action == first.action
    assert await own_week(group, 1) == 1


async def test_a_hundred_deliveries_of_one_press_are_one_action(group):
    ada = await group.join(1)
    tries = [group.log(ada, source="press:1:a", interaction_id=5) for _ in range(100)]
    assert sum(not logged.already for logged in await asyncio.gather(*tries)) == 1
    assert await own_week(group, 1) == 1


async def test_over_the_ceiling_it_is_kept_and_does_not_score(group):
    ada = await group.join(1)
    logged = [await group.log(ada) for _ in range(PER_KIND + 1)]
    assert [one.over_ceiling for one in logged] == [False] * PER_KIND + [True]
    assert (await group.actions.listed(1)).total == PER_KIND + 1
    assert await own_week(group, 1) == PER_KIND


async def test_heavy_words_are_kept_and_score_nowhere(group):
    ada = await group.join(1)
    logged = await group.log(ada, CUSTOM, note="words", heavy=True)
    assert (logged.counted, logged.over_ceiling, logged.already) == (False, False, False)
    assert (await group.actions.listed(1)).total == 1
    assert await own_week(group, 1) == 0
    await group.undo(ada, logged.action.id)
    assert await own_week(group, 1) == 0


async def test_heavy_words_do_not_use_up_the_ceiling(group):
    ada = await group.join(1)
    for _ in range(PER_KIND):
        await group.log(ada, heavy=True)
    assert (await group.log(ada)).counted


@pytest.mark.parametrize(
    "action, refused, hours, done_on, asks",
    [
        ("application-sent", "application-silence", 23, TODAY, True),
        ("application-sent", "application-no", 25, TODAY, False),
        ("application-sent", "exam", 1, TODAY, False),
        ("application-sent", "fellowship", 1, TODAY - DAY, False),
        ("cold-email-sent", "research", 1, TODAY, True),
        ("cv-revised", "application-no", 1, TODAY, False),
    ],
)
async def test_an_application_within_a_day_of_a_no_asks_and_counts(
    group, action, refused, hours, done_on, asks
):
    ada = await group.join(1)
    async with group.db.write() as tx:
        await tx.rejections.add(Rejection(50, 1, refused, TODAY, NOW - timedelta(hours=hours)))
    logged = await group.log(ada, action, done_on=done_on)
    assert (logged.cooling, logged.counted) == (asks, True)


async def test_backdating_does_not_lift_the_ceiling(group):
    ada = await group.join(1)
    kinds = [kind.id for kind in group.content.actions][:PER_DAY]
    for back, kind in enumerate(kinds):
        assert (await group.log(ada, kind, done_on=TODAY - back * DAY)).counted
    assert not (await group.log(ada, SHARED_POST, done_on=TODAY - 20 * DAY)).counted
    assert (await group.log(ada, SHARED_POST, now=NOW + DAY, done_on=TODAY)).counted


@pytest.mark.parametrize(
    "kind, changes, key",
    [
        ("made-up", {}, "action-unknown"),
        ("server-99", {}, "action-unknown"),
        (CUSTOM, {}, "action-words-missing"),
        (CUSTOM, {"note": " \u200b "}, "action-words-missing"),
        ("cv-revised", {"done_on": TODAY + DAY}, "date-future"),
        ("cv-revised", {"done_on": TODAY - 31 * DAY}, "action-day-too-old"),
        ("cv-revised", {"note": "x" * 301}, "text-too-long"),
    ],
)
async def test_what_cannot_be_logged_is_refused_with_the_reason(group, kind, changes, key):
    ada = await group.join(1)
    with pytest.raises(UserError) as caught:
        await group.log(ada, kind, **changes)
    assert caught.value.key == key
    assert (await group.actions.listed(1)).total == 0


async def test_a_servers_own_entry_is_for_those_who_are_there(group):
    ada, ben = await group.join(1), await group.join(2, Visibility.SHOWN, THEIRS)
    async with group.db.write() as tx:
        await tx.guilds.add_entry(GuildAction(7, OURS, "Came to the call"), NOW)
    assert (await group.log(ada, "server-7")).counted
    with pytest.raises(UserError, match="action-unknown"):
        await group.log(ben, "server-7")
    assert await group.catalogue.labels(["server-7", "cv-revised"]) == {"server-7": "Came to the call"}
    assert [entry.kind for entry in await group.catalogue.of_guild(OURS)] == ["server-7"]


async def test_nobody_links_to_anothers_rejection(group):
    ada, _ben = await group.join(1), await group.join(2)
    async with group.db.write() as tx:
        await tx.rejections.add(Rejection(50, 2, "research", TODAY, NOW))
        await tx.rejections.add(Rejection(51, 1, "research", TODAY, NOW))
    with pytest.raises(NotYours):
        await group.log(ada, rejection_id=50)
    assert (await group.log(ada, rejection_id=51)).action.rejection_id == 51


class TestAskingHowToBeShown:
    async def test_it_is_asked_in_the_server_of_the_first_action(self, group):
        ada = await group.join(1, Visibility.UNASKED, OURS, THEIRS)
        assert (await group.log(ada, guild_id=THEIRS)).ask_visibility_in == THEIRS
        assert (await group.log(ada, guild_id=None)).ask_visibility_in is None

    async def test_in_a_direct_message_it_is_asked_for_the_one_server_there_is(self, group):
        ada = await group.join(1, Visibility.UNASKED)
        assert (await group.log(ada, guild_id=None)).ask_visibility_in == OURS

    @pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.SHOWN, Visibility.ALIAS])
    async def test_who_chose_is_not_asked_again(self, group, visibility):
        ada = await group.join(1, visibility)
        assert (await group.log(ada)).ask_visibility_in is None


class TestUndo:
    async def test_it_takes_the_point_back(self, group):
        ada = await group.join(1)
        logged = await group.log(ada)
        assert await group.undo(ada, logged.action.id) is False
        assert await own_week(group, 1) == 0
        with pytest.raises(NotYours):
            await group.actions.get(1, logged.action.id)

    async def test_without_a_choice_it_is_the_latest_logged(self, group):
        ada = await group.join(1)
        first, _second = await group.log(ada), await group.log(ada, now=NOW + timedelta(minutes=1))
        await group.undo(ada, None, NOW + timedelta(hours=1))
        assert [item.action.id for item in (await group.actions.listed(1)).items] == [first.action.id]

    async def test_the_same_interaction_delivered_twice_undoes_one(self, group):
        ada = await group.join(1)
        await group.log(ada)
        await group.log(ada)
        await group.actions.undo(ada, None, interaction_id=77, now=NOW)
        with pytest.raises(UserError, match="action-undone-already"):
            await group.actions.undo(ada, None, interaction_id=77, now=NOW)
        assert (await group.actions.listed(1)).total == 1

    async def test_it_is_too_late_after_a_day(self, group):
        ada = await group.join(1)
        logged = await group.log(ada)
        with pytest.raises(UserError, match="action-undo-late"):
            await group.undo(ada, logged.action.id, NOW + timedelta(hours=25))
        with pytest.raises(UserError, match="action-nothing-to-undo"):
            await group.undo(ada, None, NOW + timedelta(hours=25))

    async def test_nobody_undoes_anothers(self, group):
        ada, ben = await group.join(1), await group.join(2)
        logged = await group.log(ada)
        with pytest.raises(NotYours):
            await group.undo(ben, logged.action.id)
        assert await own_week(group, 1) == 1

    async def test_one_over_the_ceiling_takes_no_point_along(self, group):
        ada = await group.join(1)
        logged = [await group.log(ada) for _ in range(PER_KIND + 1)]
        await group.undo(ada, logged[-1].action.id)
        assert await own_week(group, 1) == PER_KIND


async def test_the_list_comes_in_pages_and_says_what_was_shared_and_thanked(group):
    ada, ben = await group.join(1), await group.join(2)
    logged = [await group.log(ada, done_on=TODAY - n * DAY) for n in range(8)]
    shared = await group.wins.share(1, logged[0].action.id, OURS, anonymous=False, now=NOW)
    async with group.db.read() as tx:
        win = await tx.wins.get(shared.win.id)
    await group.wins.thank(ben.user_id, OURS, win.delivery_id, NOW)
    page = await group.actions.listed(1)
    assert (page.total, page.pages, len(page.items)) == (8, 2, 6)
    assert (page.items[0].shared, page.items[0].thanks) == (True, 1)
    assert (page.items[1].shared, page.items[1].thanks) == (False, 0)


async def test_ideas_follow_what_is_open_and_what_was_done(group):
    ada = await group.join(1)
    before = [idea.id for idea in await group.catalogue.ideas(ada, NOW)]
    async with group.db.write() as tx:
        await tx.rejections.add(Rejection(50, 1, "exam", TODAY, NOW, recovery=Recovery.OPEN))
    ideas = await group.catalogue.ideas(ada, NOW)
    assert [idea.id for idea in ideas] != before
    assert any(idea.rest for idea in ideas)
    await group.log(ada, ideas[0].id)
    assert (await group.catalogue.ideas(ada, NOW))[0].id != ideas[0].id


async def test_the_day_is_the_members_own(group):
    ada = replace(await group.join(1), zone="Pacific/Kiritimati")
    assert (await group.log(ada, done_on=TODAY + DAY)).action.done_on == TODAY + DAY
