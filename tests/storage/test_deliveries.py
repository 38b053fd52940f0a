import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.nudges import DeliveryState, Purpose
from tests.storage.test_nudges import ADA, BEN, DAY, HOUR, NOW, delivery, fill

GUILD = 900


def post(number, key, **more):
    return delivery(number, purpose=Purpose.WIN, guild_id=GUILD, channel_id=901, key=key, **more)


async def begin(database, *tokens, now=NOW, again=False):
    async with database.write() as tx:
        return await tx.deliveries.begin(tokens, now, now + HOUR, again=again)


async def test_a_delivery_comes_back_as_it_went_in(database):
    await fill(database, deliveries=[delivery(1), post(2, "win:2")])
    async with database.read() as tx:
        assert await tx.deliveries.get(1) == delivery(1)
        assert await tx.deliveries.of_key("win:2") == post(2, "win:2")
        assert await tx.deliveries.get(3) is None


async def test_a_key_is_taken_once(database):
    await fill(database, deliveries=[post(1, "weekly:900:2026-11-22")])
    with pytest.raises(IntegrityError):
        async with database.write() as tx:
            await tx.deliveries.add(post(2, "weekly:900:2026-11-22"))


async def test_pending_gives_the_longest_waiting_first(database):
    rows = [
        delivery(1, next_try_at=NOW),
        delivery(2, next_try_at=NOW - HOUR),
        delivery(3, next_try_at=NOW + HOUR),
    ]
    await fill(database, deliveries=rows)
    async with database.read() as tx:
        assert [d.id for d in await tx.deliveries.pending(NOW, 9)] == [2, 1]
        assert [d.id for d in await tx.deliveries.pending(NOW, 1)] == [2]
        assert await tx.deliveries.earliest_try() == NOW - HOUR


async def test_an_attempt_begins_once_for_each_token(database):
    await fill(database, deliveries=[delivery(1), delivery(2)])
    begun = await begin(database, (1, 0), (2, 0))
    assert [(d.state, d.attempts, d.attempt_at) for d in begun] == [(DeliveryState.SENDING, 1, NOW)] * 2
    assert await begin(database, (1, 0)) == []
    (again,) = await begin(database, (1, 1), now=NOW + HOUR, again=True)
    assert (again.attempts, again.attempt_at) == (2, NOW)
    (anew,) = await begin(database, (1, 2), now=NOW + HOUR)
    assert anew.attempt_at == NOW + HOUR


async def test_every_end_expects_the_token_it_saw(database):
    await fill(database, deliveries=[delivery(1)])
    await begin(database, (1, 0))
    async with database.write() as tx:
        store = tx.deliveries
        assert not await store.sent((1, 0), NOW, message_id=5, channel_id=6)
        assert not await store.finish((1, 0), DeliveryState.DEAD, "no-answer")
        assert not await store.later((1, 0), NOW)
        assert await store.later((1, 1), NOW + HOUR, reason="plain", body="[1]")
        assert await store.sent((1, 1), NOW, message_id=5, channel_id=6)
        assert not await store.finish((1, 1), DeliveryState.DEAD, "no-answer")
        done = await store.get(1)
    assert (done.state, done.sent_at, done.message_id, done.body) == (DeliveryState.SENT, NOW, 5, "[1]")


async def test_a_lease_is_taken_once(database):
    await fill(database, deliveries=[delivery(1)])
    async with database.write() as tx:
        seen = await tx.deliveries.get(1)
        assert await tx.deliveries.lease(seen, NOW + HOUR)
        assert not await tx.deliveries.lease(seen, NOW + HOUR)


async def test_the_record_is_the_members_direct_messages(database):
    rows = [delivery(1, made_at=NOW - DAY), delivery(2), post(3, "win:3"), delivery(4, user_id=BEN)]
    rows.append(delivery(5, state=DeliveryState.WITHDRAWN))
    await fill(database, deliveries=rows)
    async with database.read() as tx:
        assert [d.id for d in await tx.deliveries.of_member(ADA, 9)] == [2, 1]
        assert [d.id for d in await tx.deliveries.of_member(ADA, 1)] == [2]


async def test_what_counts_as_a_message_of_the_day(database):
    sent = {"state": DeliveryState.SENT}
    rows = [
        delivery(1, sent_at=NOW, **sent),
        delivery(2, sent_at=NOW - DAY, **sent),
        delivery(3, sent_at=NOW, **{**sent, "purpose": Purpose.DM_TEST}),
        delivery(4, user_id=BEN),
        delivery(5, state=DeliveryState.UNDELIVERABLE),
    ]
    await fill(database, deliveries=rows)
    async with database.read() as tx:
        found = await tx.deliveries.recent([ADA, BEN], NOW - HOUR, Purpose.CHECKIN)
    assert found == {ADA: [NOW], BEN: [None]}


async def test_a_post_is_withdrawn_only_before_it_was_attempted(database):
    await fill(database, deliveries=[post(1, "win:1"), post(2, "win:2"), delivery(3)])
    await begin(database, (2, 0))
    async with database.write() as tx:
        assert (await tx.deliveries.withdraw("win:1", "undone")).state is DeliveryState.MADE
        assert (await tx.deliveries.withdraw("win:2", "undone")).state is DeliveryState.SENDING
        assert await tx.deliveries.withdraw("win:9", "undone") is None
        assert (await tx.deliveries.get(1)).state is DeliveryState.WITHDRAWN
        assert (await tx.deliveries.get(2)).state is DeliveryState.SENDING
        assert [d.id for d in await tx.deliveries.posted_by(ADA)] == [2]
        assert await tx.deliveries.withdraw_of(ADA, "erased") == 1


async def test_erasing_a_member_takes_their_deliveries(database):
    await fill(database, deliveries=[delivery(1), post(2, "win:2"), delivery(3, user_id=BEN)])
    async with database.write() as tx:
        await tx.members.delete(ADA)
        assert [d.id for d in await tx.deliveries.pending(NOW, 9)] == [3]
