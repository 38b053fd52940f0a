from datetime import UTC, datetime

from sqlalchemy import text

from bot.domain.members import newcomer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 1_100_000_000_000_000_101, 202


async def test_what_is_not_mine_is_kept_once_and_forgotten_when_taken_back(database):
    async with database.write() as tx:
        for user_id in (ADA, BEN):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
        for _ in range(2):
            await tx.patterns.decline(ADA, "feedback", "visa", NOW)
        await tx.patterns.decline(ADA, "silence", "", NOW)
        await tx.patterns.decline(BEN, "silence", "", NOW)
    async with database.read() as tx:
        assert await tx.patterns.declined(ADA) == {("feedback", "visa"), ("silence", "")}
    async with database.write() as tx:
        assert not await tx.patterns.take_back(ADA, "feedback", "letters")
        assert await tx.patterns.take_back(ADA, "silence", "")
        assert not await tx.patterns.take_back(ADA, "silence", "")
    async with database.read() as tx:
        assert await tx.patterns.declined(ADA) == {("feedback", "visa")}
        assert await tx.patterns.declined(BEN) == {("silence", "")}


async def test_an_erased_member_leaves_no_answer(database):
    async with database.write() as tx:
        await tx.members.add(newcomer(ADA, "Africa/Lagos", "en", NOW))
        await tx.patterns.decline(ADA, "silence", "", NOW)
        assert (await tx.owned.counts(ADA))["declined_patterns"] == 1
        await tx.owned.erase(ADA)
    async with database.engines.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM declined_patterns"))).scalar_one() == 0
