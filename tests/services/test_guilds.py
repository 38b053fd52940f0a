"""Settings by leads alone, the channel's troubles, a test that is really sent; coming, going, and the purge."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.guilds import Lead, lead_of
from bot.domain.members import newcomer
from bot.domain.nudges import DeliveryState, Purpose
from bot.errors import NotYours, UserError
from bot.services.guilds import Guilds
from bot.services.installs import Installs

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OURS, THEIRS, PRIYA, CHANNEL = 1_100_000_000_000_000_001, 22, 7, 5
LEAD = lead_of(OURS, PRIYA, manages=True)


def body(language, delivery_id):
    return f'[{{"custom_id": "sf:1:{language}:{delivery_id}"}}]'


class Sender:
    """Settles whatever is pending with one state, as the delivery machine would."""

    def __init__(self, db, state=DeliveryState.SENT):
        self.db = db
        self.state = state

    async def __call__(self, now):
        async with self.db.write() as tx:
            for one in await tx.deliveries.pending(now, 10):
                if self.state is DeliveryState.MADE:
                    continue
                await tx.deliveries.begin([(one.id, one.attempts)], now, now + DAY, again=False)
                if self.state is DeliveryState.SENT:
                    await tx.deliveries.sent((one.id, 1), now, message_id=99, channel_id=CHANNEL)
                else:
                    await tx.deliveries.finish((one.id, 1), self.state, "50013")


@pytest.fixture
def sender(db):
    return Sender(db)


@pytest.fixture
def guilds(db, sender):
    return Guilds(db, body, sender)


@pytest.fixture
def installs(db, wakes):
    return Installs(db, body, wakes)


class TestSettings:
    async def test_a_server_begins_with_nothing_posted(self, guilds):
        guild = await guilds.settings(LEAD, "pt", NOW)
        assert (guild.language, guild.channel_id, guild.weekly_due_at) == ("pt", None, None)
        assert await guilds.settings(LEAD, "de", NOW + DAY) == guild

    async def test_a_channel_starts_the_weekly_post_and_settings_move_it(self, guilds):
        await guilds.settings(LEAD, "en", NOW)
        guild = await guilds.change(LEAD, NOW, channel_id=CHANNEL)
        assert guild.weekly_due_at == datetime(2026, 11, 22, 18, tzinfo=UTC)
        assert guild.set_up_at == NOW
        guild = await guilds.change(LEAD, NOW, zone="Asia/Karachi")
        assert guild.weekly_due_at == datetime(2026, 11, 22, 13, tzinfo=UTC)
        guild = await guilds.change(LEAD, NOW, weekly_day=0, weekly_hour=9)
        assert guild.weekly_due_at == datetime(2026, 11, 23, 4, tzinfo=UTC)
        guild = await guilds.change(LEAD, NOW + DAY, channel_id=6)
        assert guild.set_up_at == NOW
        assert (await guilds.change(LEAD, NOW, weekly_on=False)).weekly_due_at is None
        assert await guilds.get(OURS) == await guilds.change(LEAD, NOW)

    async def test_a_change_that_is_not_of_time_does_not_put_off_a_post_that_is_due(self, guilds):
        await guilds.settings(LEAD, "en", NOW)
        due_at = (await guilds.change(LEAD, NOW, channel_id=CHANNEL)).weekly_due_at
        later = due_at + timedelta(minutes=1)
        assert (await guilds.change(LEAD, later, language="pt", peer_role_id=3)).weekly_due_at == due_at

    @pytest.mark.parametrize("changes", [{"weekly_day": 7}, {"weekly_day": -1}, {"weekly_hour": 24}])
    async def test_values_that_no_card_offers_are_refused(self, guilds, changes):
        await guilds.settings(LEAD, "en", NOW)
        with pytest.raises(NotYours):
            await guilds.change(LEAD, NOW, **changes)

    async def test_an_unknown_server_is_not_changed(self, guilds):
        with pytest.raises(NotYours):
            await guilds.change(Lead(THEIRS, PRIYA), NOW, weekly_day=1)

    async def test_people_are_counted_from_five_on(self, guilds, db):
        await guilds.settings(LEAD, "en", NOW)
        for member_id in range(101, 105):
            await meet(db, member_id)
        assert (await guilds.overview(LEAD, "en", NOW)).people is None
        await meet(db, 105)
        assert (await guilds.overview(LEAD, "en", NOW)).people == 5


async def meet(db, member_id):
    async with db.write() as tx:
        await tx.members.add(newcomer(member_id, "Africa/Lagos", "en", NOW))
        await tx.memberships.see(member_id, OURS, "Ada", NOW)


class TestTrouble:
    async def test_a_refusal_stops_the_posts_until_it_is_mended(self, guilds):
        await guilds.settings(LEAD, "en", NOW)
        await guilds.trouble(OURS, "50013")
        assert (await guilds.get(OURS)).channel_trouble is None, "without a channel there is nothing to stop"
        due_at = (await guilds.change(LEAD, NOW, channel_id=CHANNEL)).weekly_due_at
        await guilds.trouble(OURS, "10003")
        stopped = await guilds.get(OURS)
        assert (stopped.channel_trouble, stopped.weekly_due_at, stopped.can_post) == ("gone", None, False)
        mended = await guilds.mended(OURS, NOW)
        assert (mended.channel_trouble, mended.weekly_due_at) == (None, due_at)
        assert await guilds.mended(OURS, NOW) is None
        await guilds.trouble(THEIRS, "50013")

    async def test_another_channel_is_without_trouble(self, guilds):
        await guilds.settings(LEAD, "en", NOW)
        await guilds.change(LEAD, NOW, channel_id=CHANNEL)
        await guilds.trouble(OURS, "403")
        assert (await guilds.get(OURS)).channel_trouble == "refused"
        assert (await guilds.change(LEAD, NOW, channel_id=6)).can_post


class TestTestPost:
    async def test_it_is_sent_through_the_outbox_once_for_each_press(self, guilds, db):
        with pytest.raises(UserError, match="server-channel-first"):
            await guilds.send_test(LEAD, 1, NOW)
        await guilds.settings(LEAD, "en", NOW)
        await guilds.change(LEAD, NOW, channel_id=CHANNEL)
        sent = await guilds.send_test(LEAD, 1, NOW)
        assert (sent.state, sent.message_id, sent.purpose) == (DeliveryState.SENT, 99, Purpose.POST)
        assert await guilds.send_test(LEAD, 1, NOW) == sent
        assert (await guilds.send_test(LEAD, 2, NOW)).id != sent.id

    @pytest.mark.parametrize("state", [DeliveryState.UNDELIVERABLE, DeliveryState.MADE])
    async def test_the_truth_is_told(self, guilds, sender, state):
        sender.state = state
        await guilds.settings(LEAD, "en", NOW)
        await guilds.change(LEAD, NOW, channel_id=CHANNEL)
        sent = await guilds.send_test(LEAD, 1, NOW)
        assert sent.state is state
        assert await guilds.look_at_test(LEAD, sent.id) == sent
        with pytest.raises(NotYours):
            await guilds.look_at_test(Lead(THEIRS, PRIYA), sent.id)
        with pytest.raises(NotYours):
            await guilds.look_at_test(LEAD, 5)


class TestComingAndGoing:
    async def posts(self, db):
        async with db.read() as tx:
            return await tx.deliveries.pending(NOW + 90 * DAY, 10)

    async def test_the_welcome_goes_out_once_ever_where_the_server_allows_it(self, installs, db, wakes):
        await installs.arrived(OURS, "en", 9, NOW)
        await installs.removed(OURS, NOW + DAY)
        await installs.arrived(OURS, "en", 9, NOW + 2 * DAY)
        await installs.arrived(THEIRS, "en", None, NOW)
        (post,) = await self.posts(db)
        assert (post.guild_id, post.channel_id, post.purpose) == (OURS, 9, Purpose.POST)
        assert wakes == [NOW]

    async def test_a_removal_stops_posts_at_once_and_an_invitation_brings_them_back(self, installs, guilds):
        await guilds.settings(LEAD, "en", NOW)
        before = await guilds.change(LEAD, NOW, channel_id=CHANNEL)
        await installs.removed(OURS, NOW)
        gone = await guilds.get(OURS)
        assert (gone.removed_at, gone.weekly_due_at, gone.can_post) == (NOW, None, False)
        await installs.removed(OURS, NOW + DAY)
        assert (await guilds.get(OURS)).removed_at == NOW
        await installs.arrived(OURS, "de", None, NOW + timedelta(hours=1))
        assert await guilds.get(OURS) == before

    async def test_thirty_days_after_the_removal_the_data_goes(self, installs, guilds, db):
        await guilds.settings(LEAD, "en", NOW)
        await meet(db, 101)
        await installs.removed(OURS, NOW)
        assert await installs.sweep(NOW + 30 * DAY) == 0
        assert await installs.sweep(NOW + 30 * DAY + timedelta(seconds=1)) == 1
        assert await guilds.get(OURS) is None
        async with db.read() as tx:
            assert await tx.members.get(101) is not None
            assert await tx.memberships.get(101, OURS) is None

    async def test_a_thousand_outages_and_reconnects_delete_nothing(self, installs, guilds):
        await guilds.settings(LEAD, "en", NOW)
        for hour in range(1000):
            await installs.reconcile([(OURS, "en")], lambda _: True, NOW + timedelta(hours=hour))
        assert await installs.sweep(NOW + 60 * DAY) == 0
        assert (await guilds.get(OURS)).removed_at is None

    async def test_after_connecting_it_catches_up_with_what_changed(self, installs, guilds):
        for guild_id in (OURS, THEIRS, 33):
            await installs.arrived(guild_id, "en", None, NOW)
        await installs.removed(33, NOW)
        there = [(OURS, "en"), (33, "en"), (44, "pt")]
        await installs.reconcile(there, lambda guild_id: guild_id != THEIRS, NOW + DAY)
        assert (await guilds.get(THEIRS)).removed_at is None, "another process sees that one"
        assert (await guilds.get(33)).removed_at is None
        assert (await guilds.get(44)).language == "pt"
        await installs.reconcile(there, lambda _: True, NOW + DAY)
        assert (await guilds.get(THEIRS)).removed_at == NOW + DAY
