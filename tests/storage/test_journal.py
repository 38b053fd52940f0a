from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from bot.domain.journal import JournalEntry
from bot.domain.members import newcomer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 1_100_000_000_000_000_101, 202


def entry(number, user_id=ADA, **changes):
    first = JournalEntry(
        number,
        user_id,
        "week",
        7,
        date(2026, 11, 1) + timedelta(days=number),
        NOW,
        None,
        {"control": "Ridge", "next": "x"},
    )
    return replace(first, **changes)


async def two_members(database):
    async with database.write() as tx:
        for one in (ADA, BEN):
            await tx.members.add(newcomer(one, "Africa/Lagos", "en", NOW))


async def test_entries_come_back_as_they_went_in_latest_first_and_sealed(database):
    await two_members(database)
    first, second = entry(3), entry(4, rejection_id=None, answers={"control": "日本 👩🏽‍⚕️\n\nيوم"})
    async with database.write() as tx:
        for one in (first, second):
            await tx.journal.add(one)
    async with database.read() as tx:
        assert await tx.journal.entries(ADA) == [second, first]
        assert await tx.journal.heads(ADA) == [replace(one, answers={}) for one in (second, first)]
        assert await tx.journal.named(ADA, [3]) == [first]
        assert await tx.journal.named(BEN, [3, 4]) == await tx.journal.named(ADA, []) == []
        assert await tx.journal.of_rejection(ADA, 7) == [first]
        assert await tx.journal.since(ADA, NOW - timedelta(minutes=1)) == [second, first]
        assert await tx.journal.since(ADA, NOW) == []
        assert [await tx.journal.get(ADA, 3), await tx.journal.get(BEN, 3)] == [first, None]
        assert await tx.journal.entries(BEN) == []
    async with database.engines.read() as connection:
        rows = (await connection.execute(text("SELECT answer FROM journal_answers"))).scalars().all()
    assert len(rows) == 3
    assert not any(b"Ridge" in row for row in rows)


async def test_more_entries_than_are_asked_for_by_name_have_their_own_answers(database):
    await two_members(database)
    many = [
        entry(n, written_on=date(2026, 1, 1) + timedelta(days=n), answers={"a": str(n)}) for n in range(1, 60)
    ]
    async with database.write() as tx:
        for one in many:
            await tx.journal.add(one)
    async with database.read() as tx:
        assert await tx.journal.entries(ADA) == many[::-1]


async def test_an_edit_puts_other_answers_in_place_of_the_old(database):
    await two_members(database)
    async with database.write() as tx:
        await tx.journal.add(entry(3))
        changed = entry(3).edited({"next": "y"}, NOW + timedelta(days=1))
        assert await tx.journal.replace(changed)
        assert not await tx.journal.replace(replace(changed, user_id=BEN))
    async with database.read() as tx:
        assert await tx.journal.entries(ADA) == [changed]


async def test_one_deletes_ones_own_alone_and_every_answer_goes_with_it(database):
    await two_members(database)
    async with database.write() as tx:
        await tx.journal.add(entry(3))
        assert not await tx.journal.delete(BEN, 3)
        assert (await tx.journal.entries(ADA)) == [entry(3)]
        assert await tx.journal.delete(ADA, 3)
    async with database.engines.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM journal_answers"))).scalar_one() == 0
