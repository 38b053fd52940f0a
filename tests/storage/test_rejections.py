"""Rejections in rows, on both engines: sealed, private to their owner, filtered and paged."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.crypto import SealBroken
from bot.domain.kinds import How
from bot.domain.members import newcomer
from bot.domain.rejections import OPEN_RECOVERY, Recovery, Rejection, RejectionFilter
from bot.storage import tables
from bot.storage.unit import SqlDatabase

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AMARA, BILAL = 101, 102


def entry(number: int, user_id: int = AMARA, **changes: Any) -> Rejection:
    first = Rejection(
        id=number,
        user_id=user_id,
        kind="research",
        occurred_on=date(2026, 11, 20),
        logged_at=NOW,
        who=f"Lab {number}",
    )
    return replace(first, **changes)


@pytest.fixture
async def db(database: SqlDatabase) -> SqlDatabase:
    async with database.write() as tx:
        for user_id in (AMARA, BILAL):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
    return database


async def test_what_goes_in_comes_out_whole(db: SqlDatabase) -> None:
    full = entry(1, how=How.PHONE, said="They said: “next year” 🙂\nمرحبا", feeling=2, recovery=Recovery.OPEN)
    async with db.write() as tx:
        await tx.rejections.add(full)
    async with db.read() as tx:
        assert await tx.rejections.get(AMARA, 1) == full


async def test_somebody_elses_entry_is_not_there(db: SqlDatabase) -> None:
    async with db.write() as tx:
        await tx.rejections.add(entry(1))
    async with db.read() as tx:
        assert await tx.rejections.get(BILAL, 1) is None
        assert await tx.rejections.listed(BILAL, RejectionFilter()) == []
        assert await tx.rejections.count(BILAL, RejectionFilter()) == 0


async def test_free_text_is_sealed_in_the_row(db: SqlDatabase) -> None:
    async with db.write() as tx:
        await tx.rejections.add(entry(1, who="Ridge Hospital", said="too generic"))
    async with db.engines.read() as connection:
        row = (await connection.execute(select(tables.rejections))).one()
    assert b"Ridge" not in row.who
    assert b"generic" not in row.said


async def test_a_swapped_cell_is_noticed(db: SqlDatabase) -> None:
    async with db.write() as tx:
        await tx.rejections.add_many([entry(1), entry(2)])
    async with db.engines.write() as connection:
        theirs = (
            await connection.execute(select(tables.rejections.c.who).where(tables.rejections.c.id == 2))
        ).scalar_one()
        await connection.execute(
            tables.rejections.update().where(tables.rejections.c.id == 1).values(who=theirs)
        )
    with pytest.raises(SealBroken):
        async with db.read() as tx:
            await tx.rejections.get(AMARA, 1)


async def test_lists_are_newest_first_filtered_and_paged(db: SqlDatabase) -> None:
    new = [entry(n, occurred_on=date(2026, 11, 1) + timedelta(days=n)) for n in range(1, 8)]
    new[2] = replace(new[2], kind="exam", recovery=Recovery.PAUSED)
    new[4] = replace(new[4], deleted_at=NOW)
    async with db.write() as tx:
        await tx.rejections.add_many(new)
    async with db.read() as tx:
        everything = await tx.rejections.listed(AMARA, RejectionFilter())
        assert [r.id for r in everything] == [7, 6, 4, 3, 2, 1]
        assert [r.id for r in await tx.rejections.listed(AMARA, RejectionFilter(), limit=2, offset=2)] == [
            4,
            3,
        ]
        assert [r.id for r in await tx.rejections.listed(AMARA, RejectionFilter(kind="exam"))] == [3]
        assert [
            r.id for r in await tx.rejections.listed(AMARA, RejectionFilter(recoveries=OPEN_RECOVERY))
        ] == [3]
        assert await tx.rejections.count(AMARA, RejectionFilter(since_on=date(2026, 11, 7))) == 2


async def test_a_deleted_entry_can_be_put_back_until_it_is_purged(db: SqlDatabase) -> None:
    async with db.write() as tx:
        await tx.rejections.add(entry(1, deleted_at=NOW))
    async with db.write() as tx:
        assert await tx.rejections.get(AMARA, 1) is None
        assert await tx.rejections.get(AMARA, 1, deleted=True) is not None
        assert await tx.retention.deleted_rejections(NOW - timedelta(minutes=15)) == 0
        assert await tx.retention.deleted_rejections(NOW + timedelta(seconds=1)) == 1
        assert await tx.rejections.get(AMARA, 1, deleted=True) is None


async def test_an_interaction_is_claimed_once(db: SqlDatabase) -> None:
    async with db.write() as tx:
        assert await tx.receipts.claim(9, AMARA, 1, NOW)
        assert not await tx.receipts.claim(9, AMARA, 2, NOW)
        assert await tx.receipts.made(9) == 1


async def test_deleting_a_member_takes_their_rows_along(db: SqlDatabase) -> None:
    async with db.write() as tx:
        await tx.rejections.add_many([entry(1), entry(2)])
        await tx.rejections.add(entry(3, user_id=BILAL))
        assert await tx.members.delete(AMARA) == 1
        assert await tx.rejections.count(AMARA, RejectionFilter()) == 0
        assert await tx.rejections.count(BILAL, RejectionFilter()) == 1
