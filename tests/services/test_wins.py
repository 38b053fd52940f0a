import asyncio
import json
from datetime import timedelta

import pytest

from bot.domain.boards import Visibility
from bot.domain.nudges import DeliveryState, Purpose
from bot.domain.wins import WinState
from bot.errors import NotYours, UserError
from bot.services.takedown import Takedown
from tests.services.boards import CHANNEL, NOW, OURS, THEIRS

HOUR = timedelta(hours=1)
LATER = NOW + timedelta(hours=49)


async def posts(group):
    async with group.db.read() as tx:
        return await tx.deliveries.pending(LATER + timedelta(days=30), 100)


async def send(group, message_id=900):
    """What the delivery machine does with a post."""
    async with group.db.write() as tx:
        for post in await tx.deliveries.pending(LATER + timedelta(days=30), 100):
            (begun,) = await tx.deliveries.begin([(post.id, post.attempts)], NOW, NOW, again=False)
            token = (begun.id, begun.attempts)
            await tx.deliveries.sent(token, NOW, message_id=message_id, channel_id=CHANNEL)
            message_id += 1


async def share(group, user_id, *, anonymous, guild_id=OURS, visibility=Visibility.HIDDEN):
    member = await group.join(user_id, visibility, guild_id)
    logged = await group.log(member, guild_id=guild_id)
    shared = await group.wins.share(user_id, logged.action.id, guild_id, anonymous=anonymous, now=NOW)
    return member, logged.action, shared


async def test_a_named_win_goes_out_at_once_with_the_name_and_no_free_text(group):
    ada = await group.join(1)
    logged = await group.log(ada, "custom", note="wrote to Dr Canary")
    shared = await group.wins.share(1, logged.action.id, OURS, anonymous=False, now=NOW)
    (post,) = await posts(group)
    assert shared.appears_at is None
    assert (post.purpose, post.guild_id, post.channel_id, post.due_at) == (Purpose.WIN, OURS, CHANNEL, NOW)
    assert json.loads(post.body) == [str(post.id), "custom", "Member 1", "None"]


async def test_who_goes_by_an_alias_is_named_by_it(group):
    await share(group, 1, anonymous=False, visibility=Visibility.ALIAS)
    (post,) = await posts(group)
    assert json.loads(post.body)[2] == "Owl 1"


async def test_one_action_is_one_win_in_a_server(group):
    _, action, first = await share(group, 1, anonymous=False)
    again = [group.wins.share(1, action.id, OURS, anonymous=True, now=NOW) for _ in range(20)]
    for second in await asyncio.gather(*again):
        assert (second.again, second.win.id) == (True, first.win.id)
    assert len(await posts(group)) == 1


async def test_nobody_shares_anothers_action_or_where_they_are_not(group):
    _, action, _ = await share(group, 1, anonymous=False)
    await group.join(2)
    with pytest.raises(NotYours):
        await group.wins.share(2, action.id, OURS, anonymous=False, now=NOW)
    with pytest.raises(NotYours):
        await group.wins.share(1, action.id, THEIRS, anonymous=False, now=NOW)


async def test_without_a_channel_nothing_is_offered(group):
    ada = await group.join(1)
    logged = await group.log(ada)
    async with group.db.write() as tx:
        await tx.guilds.update(OURS, channel_id=None)
    assert await group.wins.channel_of(OURS) is None
    with pytest.raises(UserError, match="wins-no-channel"):
        await group.wins.preview(1, logged.action.id, OURS, anonymous=False)


class TestAnonymous:
    async def test_nothing_appears_before_its_time_or_among_fewer_than_five(self, group):
        for user_id in range(1, 5):
            _, _, shared = await share(group, user_id, anonymous=True)
            assert 6 * HOUR <= shared.appears_at - NOW <= 48 * HOUR
        assert await group.wins.due_anonymous(LATER) == 0
        await share(group, 5, anonymous=True)
        assert await group.wins.due_anonymous(NOW + 5 * HOUR) == 0
        assert await posts(group) == []
        assert await group.wins.due_anonymous(LATER) == 5
        assert await group.wins.due_anonymous(LATER) == 0

    async def test_nothing_in_the_posts_or_their_order_tells_who(self, group):
        order = []
        for user_id in range(1, 9):
            _, _, shared = await share(group, user_id, anonymous=True)
            order.append(shared.win.user_id)
        await group.wins.due_anonymous(LATER)
        made = sorted(await posts(group), key=lambda post: post.id)
        assert [post.user_id for post in made] != order
        assert sorted(post.user_id for post in made) == order
        for post in made:
            assert json.loads(post.body) == [str(post.id), "cv-revised", "None", "None"]
            assert post.made_at >= LATER

    async def test_a_sixth_does_not_appear_alone_after_the_first_five(self, group):
        for user_id in range(1, 6):
            await share(group, user_id, anonymous=True)
        assert await group.wins.due_anonymous(LATER) == 5
        for user_id in range(6, 10):
            await share(group, user_id, anonymous=True)
            assert await group.wins.due_anonymous(LATER + 24 * HOUR) == 0
        await share(group, 10, anonymous=True)
        assert await group.wins.due_anonymous(LATER + 24 * HOUR) == 5

    async def test_who_withdraws_in_time_never_appears_nor_counts(self, group):
        _, _, shared = await share(group, 1, anonymous=True)
        for user_id in range(2, 6):
            await share(group, user_id, anonymous=True)
        assert await group.wins.withdraw(1, shared.win.id) is False
        assert await group.wins.due_anonymous(LATER) == 0

    async def test_another_servers_people_do_not_count(self, group):
        for user_id in range(1, 5):
            await share(group, user_id, anonymous=True)
        await share(group, 5, anonymous=True, guild_id=THEIRS)
        assert await group.wins.due_anonymous(LATER) == 0

    async def test_undoing_the_action_takes_the_waiting_win_along(self, group):
        member, action, shared = await share(group, 1, anonymous=True)
        await group.undo(member, action.id)
        async with group.db.read() as tx:
            assert (await tx.wins.get(shared.win.id)).state is WinState.WITHDRAWN


class TestTakingDown:
    async def test_a_post_not_yet_sent_is_withdrawn(self, group):
        member, action, _ = await share(group, 1, anonymous=False)
        assert await group.undo(member, action.id) is False
        assert await posts(group) == []

    async def test_a_post_that_stands_is_removed_once(self, group):
        member, action, _ = await share(group, 1, anonymous=False)
        await send(group)
        assert await group.undo(member, action.id) is True
        assert await group.wins.clean_up(NOW) == 1
        assert group.channel.removed == [(CHANNEL, 900)]
        assert await group.wins.clean_up(NOW) == 0

    async def test_what_could_not_be_removed_is_tried_again(self, group):
        _, _, shared = await share(group, 1, anonymous=False)
        await send(group)
        group.channel.closed = True
        assert await group.wins.withdraw(1, shared.win.id) is True
        assert await group.wins.clean_up(NOW) == 0
        group.channel.closed = False
        assert await group.wins.clean_up(NOW) == 1

    async def test_what_discord_refuses_to_remove_is_said_once_and_left_to_the_nights(self, group, caplog):
        _, _, shared = await share(group, 1, anonymous=False)
        await send(group)
        group.channel.refused = True
        await group.wins.withdraw(1, shared.win.id)
        assert [await group.wins.clean_up(NOW) for _ in range(2)] == [1, 0]
        assert [line for line in caplog.messages if "refused" in line] == [
            f"post 900 in {CHANNEL}: refused 50013, tried again nightly"
        ]
        group.channel.refused = False
        takedown = Takedown(group.db, group.channel)
        assert [await takedown.retry(NOW + timedelta(days=day)) for day in (1, 2)] == [1, 0]
        assert group.channel.removed == [(CHANNEL, 900)]

    async def test_a_post_on_its_way_is_removed_when_it_has_arrived(self, group):
        _, _, shared = await share(group, 1, anonymous=False)
        (post,) = await posts(group)
        async with group.db.write() as tx:
            await tx.deliveries.begin([(post.id, 0)], NOW, NOW, again=False)
        assert await group.wins.withdraw(1, shared.win.id) is True
        assert await group.wins.clean_up(NOW) == 0
        async with group.db.write() as tx:
            await tx.deliveries.sent((post.id, 1), NOW, message_id=900, channel_id=CHANNEL)
        assert await group.wins.clean_up(NOW) == 1
        async with group.db.read() as tx:
            assert (await tx.deliveries.get(post.id)).state is DeliveryState.WITHDRAWN

    async def test_nobody_withdraws_anothers(self, group):
        _, _, shared = await share(group, 1, anonymous=False)
        with pytest.raises(NotYours):
            await group.wins.withdraw(2, shared.win.id)

    async def test_a_lead_removes_by_the_message_in_their_own_server(self, group):
        await share(group, 1, anonymous=False)
        await send(group)
        with pytest.raises(NotYours):
            await group.wins.remove(THEIRS, 900)
        assert await group.wins.remove(OURS, 900) is True
        assert await group.wins.clean_up(NOW) == 1


class TestThanks:
    async def thank(self, group, user_id, guild_id=OURS):
        (post,) = await posts(group)
        return await group.wins.thank(user_id, guild_id, post.id, NOW)

    async def test_each_member_thanks_once(self, group):
        await share(group, 1, anonymous=False)
        await group.join(2)
        assert await self.thank(group, 2) is True
        assert await self.thank(group, 2) is False

    async def test_nobody_thanks_themselves(self, group):
        await share(group, 1, anonymous=False)
        with pytest.raises(UserError, match="wins-own"):
            await self.thank(group, 1)

    @pytest.mark.parametrize("guild_id", [THEIRS, None])
    async def test_a_win_is_thanked_where_it_stands(self, group, guild_id):
        await share(group, 1, anonymous=False)
        await group.join(2)
        with pytest.raises(NotYours):
            await self.thank(group, 2, guild_id)
