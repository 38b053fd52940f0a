from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, DeliveryState, Purpose
from bot.domain.wins import Win, WinState

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OURS, THEIRS = 1_100_000_000_000_000_001, 22
ADA, BEN = 101, 202


def win(number, user_id=ADA, **changes):
    made = Win(number, user_id, OURS, number, True, WinState.WAITING, NOW, NOW + timedelta(hours=6))
    return replace(made, **changes)


@pytest.fixture
async def db(database):
    async with database.write() as tx:
        for user_id in (ADA, BEN):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
    return database


async def add(db, *made):
    async with db.write() as tx:
        return [await tx.wins.add(one) for one in made]


async def post(db, number, message_id=None):
    delivery_id = 1000 + number
    made = Delivery(
        id=delivery_id,
        purpose=Purpose.WIN,
        nonce=str(delivery_id),
        body="[]",
        due_at=NOW,
        made_at=NOW,
        next_try_at=NOW,
        guild_id=OURS,
        channel_id=5,
        key=f"win:{number}",
        state=DeliveryState.MADE if message_id is None else DeliveryState.SENT,
        sent_at=None if message_id is None else NOW,
        message_id=message_id,
    )
    async with db.write() as tx:
        await tx.deliveries.add(made)
        await tx.wins.post(number, delivery_id, NOW)
    return delivery_id


async def test_a_win_comes_back_as_it_went_in_and_once_for_an_action(db):
    assert await add(db, win(1), win(2, action_id=1), win(3, action_id=1, guild_id=THEIRS)) == [
        True,
        False,
        True,
    ]
    async with db.read() as tx:
        assert await tx.wins.get(1) == win(1)
        assert [one.id for one in await tx.wins.of_action(ADA, 1)] == [1, 3]
        assert await tx.wins.of_action(BEN, 1) == []
        assert [one.id for one in await tx.wins.of_actions(ADA, [1, 2])] == [1, 3]


async def test_what_waits_is_found_by_server_and_time(db):
    await add(db, win(1), win(2, guild_id=THEIRS, publish_at=NOW), win(3, state=WinState.WITHDRAWN))
    async with db.read() as tx:
        assert await tx.wins.guilds_waiting(NOW) == [THEIRS]
        assert await tx.wins.guilds_waiting(NOW + timedelta(hours=6)) == [THEIRS, OURS]
    async with db.write() as tx:
        assert [one.id for one in await tx.wins.waiting(OURS)] == [1]


async def test_a_post_leads_to_its_win_in_its_own_server(db):
    await add(db, win(1))
    delivery_id = await post(db, 1, message_id=77)
    async with db.read() as tx:
        found = await tx.wins.of_delivery(OURS, delivery_id)
        assert (found.id, found.state, found.delivery_id) == (1, WinState.POSTED, delivery_id)
        assert await tx.wins.of_delivery(THEIRS, delivery_id) is None
        assert (await tx.wins.of_message(OURS, 77)).id == 1
        assert await tx.wins.of_message(THEIRS, 77) is None


async def test_the_posts_of_ended_wins_stand_until_they_are_cleared(db):
    await add(db, win(1), win(2), win(3))
    for number in (1, 2):
        await post(db, number, message_id=70 + number)
    await post(db, 3)
    async with db.write() as tx:
        for number in (2, 3):
            await tx.wins.end(number, WinState.WITHDRAWN)
        assert await tx.wins.standing(10) == [(1002, 5, 72)]
        await tx.wins.cleared([1002])
        assert await tx.wins.standing(10) == []
        assert (await tx.deliveries.get(1002)).state is DeliveryState.WITHDRAWN


async def test_thanks_are_counted_once_for_each_person(db):
    await add(db, win(1), win(2))
    async with db.write() as tx:
        assert [await tx.wins.thank(1, who, NOW) for who in (ADA, BEN, BEN)] == [True, True, False]
        assert await tx.wins.thanks([1, 2]) == {1: 2}


async def test_erasing_the_author_takes_wins_and_thanks_along(db):
    await add(db, win(1), win(2, BEN))
    async with db.write() as tx:
        await tx.wins.thank(1, BEN, NOW)
        await tx.wins.thank(2, ADA, NOW)
        await tx.members.delete(ADA)
        assert await tx.wins.get(1) is None
        assert await tx.wins.thanks([1, 2]) == {}
