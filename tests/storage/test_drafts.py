from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bot.domain.drafts import Draft
from bot.domain.members import newcomer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 1_100_000_000_000_000_101, 202
FIRST = Draft(1, ADA, "reply", "Dear Dr. Ridge,\n\nThank you.", NOW, "Dr. Ridge", 7)
SECOND = Draft(2, ADA, "thanks", "Hello,", NOW + timedelta(days=1), sent_at=NOW + timedelta(days=2))


async def fill(database):
    async with database.write() as tx:
        for user_id in (ADA, BEN):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
        for draft in (FIRST, SECOND):
            await tx.drafts.add(draft)


async def test_drafts_come_back_as_they_went_in_newest_first_and_are_sealed(database):
    await fill(database)
    async with database.read() as tx:
        assert await tx.drafts.listed(ADA) == [SECOND, FIRST]
        assert await tx.drafts.listed(ADA, limit=1, offset=1) == [FIRST]
        assert (await tx.drafts.get(ADA, 1), await tx.drafts.count(ADA)) == (FIRST, 2)
    async with database.engines.read() as connection:
        row = (await connection.execute(text("SELECT who, text FROM drafts WHERE id = 1"))).one()
    assert b"Ridge" not in row.who + row.text


async def test_one_sees_and_changes_ones_own_alone(database):
    await fill(database)
    async with database.write() as tx:
        assert (await tx.drafts.get(BEN, 1), await tx.drafts.listed(BEN), await tx.drafts.count(BEN)) == (
            None,
            [],
            0,
        )
        assert not await tx.drafts.rewrite(BEN, 1, None, "x")
        assert not await tx.drafts.set_sent(BEN, 1, NOW)
        assert not await tx.drafts.delete(BEN, 1)
        assert await tx.drafts.get(ADA, 1) == FIRST


async def test_a_draft_is_rewritten_sent_unsent_and_deleted(database):
    await fill(database)
    async with database.write() as tx:
        assert await tx.drafts.rewrite(ADA, 1, None, "Dear Dr. Osei,")
        assert await tx.drafts.set_sent(ADA, 1, NOW)
    async with database.write() as tx:
        assert await tx.drafts.get(ADA, 1) == replace(FIRST, who=None, text="Dear Dr. Osei,", sent_at=NOW)
        assert await tx.drafts.set_sent(ADA, 1, None)
        assert await tx.drafts.delete(ADA, 1)
    async with database.read() as tx:
        assert await tx.drafts.listed(ADA) == [SECOND]


async def test_somebody_named_in_a_draft_is_found_by_its_present_words(database):
    await fill(database)
    async with database.write() as tx:
        await tx.drafts.rewrite(ADA, 1, "Dr. Osei", "Dear Dr. Osei,")
    async with database.read() as tx:
        assert [place.row_id for place in await tx.persons.holding({"osei"})] == [1]
        assert await tx.persons.holding({"ridge"}) == []
