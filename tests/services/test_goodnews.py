from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.goodnews import GoodNewsDraft
from bot.domain.members import newcomer
from bot.domain.nudges import NudgeState, Subject
from bot.domain.rejections import Recovery, RejectionDraft
from bot.errors import NotYours, UserError
from bot.services.goodnews import GoodNewsService
from bot.services.recoveries import Recoveries
from bot.services.rejections import Rejections
from tests.texts import content

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 101, 202


class Desk:
    def __init__(self, db):
        self.db = db
        self.rejections = Rejections(db, lambda _at: None)
        self.recoveries = Recoveries(db, lambda _at: None)
        self.news = GoodNewsService(db, content(), lambda _at: None)
        self.ada = newcomer(ADA, "Africa/Lagos", "en", NOW)
        self._press = 0

    async def begin(self, *kinds):
        async with self.db.write() as tx:
            await tx.members.add(self.ada)
            await tx.members.add(newcomer(BEN, "Africa/Lagos", "en", NOW))
        return [await self.rejection(kind) for kind in kinds]

    async def rejection(self, kind):
        self._press += 1
        draft = RejectionDraft(kind, date(2026, 11, 22))
        logged = await self.rejections.log(self.ada, draft, interaction_id=self._press, now=NOW)
        return logged.rejection.id

    async def good(self, kind, answers=None, *, press=None, who=None):
        self._press += 1
        draft = GoodNewsDraft(kind, date(2026, 11, 22), who, answers)
        return await self.news.log(self.ada, draft, interaction_id=press or self._press, now=NOW)

    async def recovery(self, about):
        return (await self.rejections.get(ADA, about)).recovery

    async def states(self, about):
        async with self.db.read() as tx:
            return {n.state for n in await tx.nudges.of_subject(ADA, Subject.REJECTION, about)}


@pytest.fixture
def desk(db):
    return Desk(db)


async def test_it_closes_what_it_answers_and_nothing_else(desk):
    answered, other = await desk.begin("research", "exam")
    logged = await desk.good("position", answered, who="Ridge Hospital")
    assert [one.id for one in logged.closed] == [answered]
    assert await desk.recovery(answered) is Recovery.ANSWERED
    assert await desk.states(answered) == {NudgeState.SKIPPED}
    assert (await desk.recovery(other), await desk.states(other)) == (Recovery.OPEN, {NudgeState.DUE})


async def test_being_matched_ends_everything_that_is_open(desk):
    first, second = await desk.begin("research", "exam")
    await desk.recoveries.pause(ADA, second)
    logged = await desk.good("matched")
    assert logged.ended_everything
    assert len(logged.closed) == 2
    for about in (first, second):
        assert (await desk.recovery(about), await desk.states(about)) == (
            Recovery.ANSWERED,
            {NudgeState.SKIPPED},
        )


async def test_an_undo_puts_back_what_this_news_ended_as_it_was(desk):
    running, paused, stopped = await desk.begin("research", "exam", "visa")
    await desk.recoveries.pause(ADA, paused)
    await desk.recoveries.stop(ADA, [stopped])
    await desk.good("visa-granted", stopped)
    logged = await desk.good("matched")
    await desk.news.undo(desk.ada, logged.entry.id, NOW + timedelta(minutes=14))
    assert (await desk.recovery(running), await desk.states(running)) == (Recovery.OPEN, {NudgeState.DUE})
    assert (await desk.recovery(paused), await desk.states(paused)) == (Recovery.PAUSED, {NudgeState.HELD})
    assert await desk.recovery(stopped) is Recovery.ANSWERED


async def test_an_undo_of_an_answer_to_something_stopped_leaves_it_stopped(desk):
    (stopped,) = await desk.begin("visa")
    await desk.recoveries.stop(ADA, [stopped])
    logged = await desk.good("visa-granted", stopped)
    await desk.news.undo(desk.ada, logged.entry.id, NOW)
    assert await desk.recovery(stopped) is Recovery.STOPPED


async def test_an_undo_after_fifteen_minutes_is_too_late(desk):
    await desk.begin()
    logged = await desk.good("other")
    with pytest.raises(UserError, match="goodnews-undo-late"):
        await desk.news.undo(desk.ada, logged.entry.id, NOW + timedelta(minutes=16))


async def test_a_replay_changes_nothing(desk):
    await desk.begin()
    first = await desk.good("other", press=99)
    again = await desk.good("other", press=99)
    assert (again.replay, again.entry.id) == (True, first.entry.id)
    async with desk.db.read() as tx:
        assert len(await tx.goodnews.listed(ADA)) == 1


async def test_somebody_elses_is_nobodys(desk):
    (about,) = await desk.begin("research")
    ben = newcomer(BEN, "Africa/Lagos", "en", NOW)
    draft = GoodNewsDraft("position", date(2026, 11, 22), None, about)
    with pytest.raises(NotYours):
        await desk.news.log(ben, draft, interaction_id=77, now=NOW)
    logged = await desk.good("position", about)
    for call in (
        desk.news.undo(ben, logged.entry.id, NOW),
        desk.news.as_action(ben, logged.entry.id, NOW),
    ):
        with pytest.raises(NotYours):
            await call


async def test_it_can_become_an_action_that_scores_nothing_once(desk):
    await desk.begin()
    logged = await desk.good("other")
    first = await desk.news.as_action(desk.ada, logged.entry.id, NOW)
    assert await desk.news.as_action(desk.ada, logged.entry.id, NOW) == first
    async with desk.db.read() as tx:
        action = await tx.actions.get(ADA, first)
    assert (action.kind, action.scores) == ("goodnews-other", False)


async def test_what_fits_is_offered_open_ones_first(desk):
    old, exam = await desk.begin("research", "exam")
    await desk.recoveries.stop(ADA, [old])
    new = await desk.rejection("research")
    assert [one.id for one in await desk.news.answerable(ADA, "position")] == [new, old]
    assert {one.id for one in await desk.news.answerable(ADA, None)} == {old, exam, new}
    assert await desk.news.answerable(ADA, "matched") == []
    assert await desk.news.answerable(BEN, None) == []
