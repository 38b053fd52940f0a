from datetime import UTC, date, datetime

from bot.domain.actions import Action
from bot.domain.goodnews import ACTION_SOURCE, GoodNewsEntry
from bot.domain.members import newcomer
from bot.domain.rejections import Rejection

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 1_100_000_000_000_000_101, 202
FIRST, LATER = date(2026, 11, 2), date(2026, 11, 20)


def no(number, user_id, kind, day, deleted_at=None):
    return Rejection(number, user_id, kind, day, NOW, who="Ridge Hospital", deleted_at=deleted_at)


def deed(number, user_id, day, source):
    return Action(number, user_id, "cv-revised", day, NOW, scores=True, source=source)


async def test_noes_are_counted_by_kind_and_day_without_deleted_ones(database):
    async with database.write() as tx:
        for user_id in (ADA, BEN):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
        for one in (
            no(1, ADA, "exam", LATER), no(2, ADA, "exam", LATER), no(3, ADA, "visa", LATER), no(4, ADA, "exam", FIRST),
            no(5, ADA, "exam", LATER, NOW), no(6, BEN, "exam", LATER),
        ):  # fmt: skip
            await tx.rejections.add(one)
    async with database.read() as tx:
        assert await tx.progress.noes(ADA) == [("exam", FIRST, 1), ("exam", LATER, 2), ("visa", LATER, 1)]
        assert await tx.progress.noes(303) == []
        assert [await tx.progress.total(user_id) for user_id in (ADA, BEN, 303)] == [4, 1, 0]


async def test_what_stands_for_good_news_is_no_action(database):
    async with database.write() as tx:
        for user_id in (ADA, BEN):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
        await tx.goodnews.add(GoodNewsEntry(9, ADA, "interview", LATER, NOW, "Ridge Hospital"))
        for one in (
            deed(1, ADA, LATER, "interaction:1"), deed(2, ADA, LATER, "press:9:goodnews"), deed(3, ADA, FIRST, "nudge:1:a"),
            deed(4, ADA, LATER, f"{ACTION_SOURCE}9"), deed(5, BEN, LATER, "interaction:5"),
        ):  # fmt: skip
            assert await tx.actions.add(one)
    async with database.read() as tx:
        assert await tx.progress.actions(ADA) == {FIRST: 1, LATER: 2}
        assert await tx.progress.good_news(ADA) == [("interview", LATER, 1)]
        assert await tx.progress.good_news(BEN) == []
