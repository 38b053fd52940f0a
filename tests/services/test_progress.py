from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.goodnews import GoodNewsDraft
from bot.domain.kinds import Stage
from bot.domain.rejections import RejectionDraft
from bot.ids import new_id
from bot.services.actions import Actions
from bot.services.care import Care
from bot.services.goodnews import GoodNewsService
from bot.services.progress import ProgressService
from bot.services.rejections import Rejections
from tests.texts import care, content, milestones

TODAY = date(2026, 11, 22)


@pytest.fixture
def progress(db):
    return ProgressService(db, content(), milestones(), Care(care().lines, care().risk).is_heavy)


@pytest.fixture
def log(db, member, now, wakes):
    rejections = Rejections(db, wakes)

    async def logged(days_ago=0, kind="research", **more):
        draft = RejectionDraft(kind, TODAY - timedelta(days=days_ago), **more)
        return await rejections.log(member, draft, interaction_id=new_id(now), now=now)

    return logged


@pytest.fixture
def act(db, member, now):
    actions = Actions(db, content())

    async def done(days_ago):
        await actions.log(
            member, "cv-revised", done_on=TODAY - timedelta(days=days_ago), source=f"test:{new_id(now)}",
            interaction_id=new_id(now), guild_id=None, now=now,
        )  # fmt: skip

    return done


async def test_it_counts_noes_actions_and_good_news(db, member, now, progress, log, act, wakes):
    for days_ago, kind in ((20, "research"), (20, "letter"), (9, "exam"), (0, "application-silence")):
        await log(days_ago, kind)
    await act(18)
    await act(9)
    news = GoodNewsService(db, content(), wakes)
    entry = await news.log(member, GoodNewsDraft("position", TODAY), interaction_id=new_id(now), now=now)
    await news.as_action(member, entry.entry.id, now)
    found = await progress.of(member, now)
    assert (found.noes, found.actions, found.good_news) == (4, 2, (("position", 1),))
    assert found.first_on == TODAY - timedelta(days=20)
    assert {stage: sum(row) for stage, row in found.timeline.noes.items()} == {
        Stage.PREPARE: 2,
        Stage.EXAM: 1,
        Stage.APPLY: 1,
    }
    assert (found.waits.bars, found.waits.open) == ((1, 2, 0, 0, 0, 0), 1)


async def test_nothing_is_told_of_somebody_elses(member, now, progress, log, act):
    await log(3)
    await act(2)
    found = await progress.of(replace(member, user_id=member.user_id + 1), now)
    assert (found.noes, found.actions, found.timeline, found.first_on) == (0, 0, None, None)


async def test_kinds_the_host_has_taken_out_are_spoken_of_as_other(db, member, now, progress, wakes):
    async with db.write() as tx:
        await tx.members.seen(member.user_id, now)
    few = replace(content(), goodnews=tuple(one for one in content().goodnews if one.id != "letter"))
    news = GoodNewsService(db, content(), wakes)
    for kind in ("letter", "other", "interview"):
        await news.log(member, GoodNewsDraft(kind, TODAY), interaction_id=new_id(now), now=now)
    found = await ProgressService(db, few, milestones(), lambda _texts: False).of(member, now)
    assert dict(found.good_news) == {"other": 2, "interview": 1}


class TestRoundNumbers:
    @pytest.fixture
    async def nine(self, log):
        for number in range(9):
            await log(30 + number)

    @pytest.mark.usefixtures("nine")
    async def test_the_log_that_reaches_one_is_told_of_it_and_no_other(self, progress, log):
        tenth, eleventh = await log(), await log()
        assert (tenth.number, eleventh.number) == (10, 11)
        assert (progress.milestone(tenth), progress.milestone(eleventh)) == (10, None)

    @pytest.mark.usefixtures("nine")
    @pytest.mark.parametrize(
        "more",
        [
            {"said": "I want to end my life"},
            {"who": "I want to kill myself"},
            {"feeling": 1},
            {"feeling": 2},
            {"kind": "unmatched"},
            {"kind": "soap"},
            {"kind": "interviewed-not-matched"},
        ],
        ids=str,
    )
    async def test_on_a_heavy_day_there_is_no_number(self, member, now, progress, log, more):
        assert progress.milestone(await log(**more)) is None
        assert [one.noes for one in (await progress.of(member, now)).reached] == [10]

    @pytest.mark.usefixtures("nine")
    @pytest.mark.parametrize("feeling", [None, 3, 5])
    async def test_on_another_day_there_is(self, progress, log, feeling):
        assert progress.milestone(await log(feeling=feeling)) == 10

    @pytest.mark.usefixtures("nine")
    async def test_a_log_that_discord_repeats_is_not_told_again(self, db, member, now, progress, wakes):
        rejections, draft = Rejections(db, wakes), RejectionDraft("exam", TODAY)
        first, again = [await rejections.log(member, draft, interaction_id=77, now=now) for _ in range(2)]
        assert (progress.milestone(first), progress.milestone(again)) == (10, None)

    async def test_one_that_was_taken_back_does_not_count(self, db, member, now, log, wakes):
        first = await log()
        await Rejections(db, wakes).delete(member.user_id, first.rejection.id, now)
        assert (await log()).number == 1
