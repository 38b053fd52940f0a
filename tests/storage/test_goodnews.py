from datetime import UTC, date, datetime

from sqlalchemy import text

from bot.domain.goodnews import GoodNewsEntry
from bot.domain.members import newcomer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 1_100_000_000_000_000_101, 202


async def test_good_news_comes_back_as_it_went_in_and_is_sealed(database):
    first = GoodNewsEntry(1, ADA, "interview", date(2026, 11, 20), NOW, "Ridge Hospital", 7)
    second = GoodNewsEntry(2, ADA, "other", date(2026, 11, 21), NOW)
    async with database.write() as tx:
        await tx.members.add(newcomer(ADA, "Africa/Lagos", "en", NOW))
        for entry in (first, second):
            await tx.goodnews.add(entry)
    async with database.read() as tx:
        assert await tx.goodnews.listed(ADA) == [second, first]
        assert await tx.goodnews.get(ADA, 1) == first
        assert (await tx.goodnews.get(BEN, 1), await tx.goodnews.listed(BEN)) == (None, [])
    async with database.engines.read() as connection:
        sealed = (await connection.execute(text("SELECT who FROM goodnews WHERE id = 1"))).scalar_one()
    assert b"Ridge" not in sealed


async def test_one_deletes_ones_own_alone(database):
    async with database.write() as tx:
        await tx.members.add(newcomer(ADA, "Africa/Lagos", "en", NOW))
        await tx.goodnews.add(GoodNewsEntry(1, ADA, "other", date(2026, 11, 20), NOW))
        assert not await tx.goodnews.delete(BEN, 1)
        assert await tx.goodnews.delete(ADA, 1)
