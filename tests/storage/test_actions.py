from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.actions import Action
from bot.domain.members import newcomer
from bot.storage.tables import actions

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ADA, BEN = 1_100_000_000_000_000_101, 202


def action(number, user_id=ADA, **changes):
    made = Action(number, user_id, "cv-revised", TODAY, NOW, scores=True, source=f"interaction:{number}")
    return replace(made, **changes)


@pytest.fixture
async def db(database):
    async with database.write() as tx:
        for user_id in (ADA, BEN):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
    return database


async def add(db, *made):
    async with db.write() as tx:
        return [await tx.actions.add(one) for one in made]


async def test_an_action_comes_back_as_it_went_in(db):
    full = action(1, note="rewrote the first page", rejection_id=9, scores=False)
    await add(db, full)
    async with db.read() as tx:
        assert await tx.actions.get(ADA, 1) == full
        assert await tx.actions.of_source(ADA, full.source) == full


async def test_one_source_makes_one_action_for_a_member(db):
    assert await add(db, action(1, source="press:1:a"), action(2, source="press:1:a")) == [True, False]
    assert await add(db, action(3, BEN, source="press:1:a")) == [True]


async def test_nobody_reads_or_deletes_anothers(db):
    await add(db, action(1))
    async with db.write() as tx:
        assert await tx.actions.get(BEN, 1) is None
        assert not await tx.actions.delete(BEN, 1)
        assert await tx.actions.delete(ADA, 1)


async def test_ones_own_action_is_called_by_another_kind_and_stays_the_rest(db):
    full = action(1, note="rewrote the first page")
    await add(db, full)
    async with db.write() as tx:
        await tx.actions.set_kind(BEN, 1, "rest-day")
        assert await tx.actions.get(ADA, 1) == full
        await tx.actions.set_kind(ADA, 1, "rest-day")
        assert await tx.actions.get(ADA, 1) == replace(full, kind="rest-day")


async def test_a_note_cannot_be_read_in_the_row(db):
    await add(db, action(1, note="Mercy Hospital"))
    async with db.engines.read() as connection:
        row = (await connection.execute(select(actions))).one()
    assert b"Mercy" not in row.note


async def test_the_list_has_the_latest_day_first_in_pages(db):
    await add(db, *(action(n, done_on=TODAY - timedelta(days=n % 3)) for n in range(1, 8)))
    async with db.read() as tx:
        listed = [one.id for one in await tx.actions.listed(ADA)]
        assert listed == [6, 3, 7, 4, 1, 5, 2]
        assert [one.id for one in await tx.actions.listed(ADA, limit=2, offset=2)] == [7, 4]
        assert await tx.actions.count(ADA) == 7


async def test_what_scores_is_counted_by_day(db):
    await add(
        db,
        action(1),
        action(2, kind="rest-day"),
        action(3, scores=False),
        action(4, done_on=TODAY - timedelta(days=1)),
        action(5, BEN),
    )
    async with db.read() as tx:
        assert sorted(await tx.actions.kinds_on(ADA, TODAY)) == ["cv-revised", "rest-day"]
        assert await tx.actions.scored_since(ADA, TODAY) == 2
        by_day = await tx.actions.scored_by_day([ADA, BEN])
        assert sorted(by_day[ADA]) == [(TODAY - timedelta(days=1), 1), (TODAY, 2)]
        assert by_day[BEN] == [(TODAY, 1)]
        assert await tx.actions.kinds_since(ADA, TODAY) == {"cv-revised", "rest-day"}


async def test_what_was_logged_lately_comes_latest_first(db):
    await add(db, *(action(n, logged_at=NOW - timedelta(hours=n)) for n in (1, 2, 30)))
    async with db.read() as tx:
        assert [one.id for one in await tx.actions.logged_since(ADA, NOW - timedelta(hours=24))] == [1, 2]


async def test_erasing_the_member_takes_the_actions_along(db):
    await add(db, action(1), action(2, BEN))
    async with db.write() as tx:
        await tx.members.delete(ADA)
        assert await tx.actions.count(ADA) == 0
        assert await tx.actions.count(BEN) == 1
