"""One message about a rejection, a day of the ten days and a draft: each is answered by its own topic."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.actions import Action
from bot.domain.nudges import Delivery, DeliveryState, NudgeState, Purpose, Subject
from bot.errors import NotYours, UserError
from bot.services.actions import ActionLogged, Actions
from bot.services.checkins import CheckIns, Target
from bot.services.recoveries import Recoveries
from bot.services.reminders import remind
from bot.services.topics import Comes, Done, RecoveryTopic, Said
from bot.storage import tables
from tests import texts
from tests.delivery.world import NOW, day_nudge, fill, member, nudge, reminder

ADA, DELIVERY = 42, 9_000_000_001
_press_ids = itertools.count(1)


class Heard:
    """A topic that notes what reaches it, and logs one action a thing."""

    def __init__(self):
        self.stopped, self.was_settled, self.taken_up = [], [], []
        self.known: set[str] = set()

    async def done(self, member, nudges, pressed):
        if pressed.button is not None:
            return Done()
        logged = [self._log(nudge, pressed.now) for nudge in nudges]
        return Done(tuple(logged), tuple(nudge.id for nudge in nudges), (Said("nudge-state-done"),))

    def _log(self, nudge, now):
        source = f"{nudge.subject}:{nudge.subject_id}"
        already, self.known = source in self.known, self.known | {source}
        action = Action(nudge.id, ADA, "follow-up-sent", now.date(), now, scores=True, source=source)
        return ActionLogged(action, True, over_ceiling=False, already=already, ask_visibility_in=None)

    async def settled(self, tx, user_id, subject_ids):
        self.was_settled += subject_ids
        return 0

    async def take_up(self, tx, user_id, subject_id):
        self.taken_up.append(subject_id)

    async def comes(self, tx, member, subject_id, due_at, now):
        return Comes(due_at)

    async def stop(self, member, subject_ids, now):
        self.stopped += subject_ids
        return list(subject_ids)


class Desk:
    def __init__(self, db):
        self.db = db
        self.woken: list[datetime] = []
        actions, recoveries = Actions(db, texts.content()), Recoveries(db, self.woken.append)
        self.days, self.drafts = Heard(), Heard()
        topics: dict[Subject, Any] = {
            Subject.REJECTION: RecoveryTopic(db, actions, recoveries, texts.content()),
            Subject.CHALLENGE: self.days,
            Subject.DRAFT: self.drafts,
        }
        self.checkins = CheckIns(db, topics, self.woken.append)

    async def begin(self, *nudges, **changes):
        made = Delivery(
            DELIVERY, Purpose.CHECKIN, str(DELIVERY), "[]", NOW, NOW, NOW, user_id=ADA,
            state=DeliveryState.SENT, sent_at=NOW, attempt_at=NOW,
        )  # fmt: skip
        await fill(self.db, *nudges, posts=[made], **changes)
        self.ada = await member(self.db)

    async def done(self, target=str(DELIVERY), button=None):
        return await self.checkins.done(
            self.ada,
            Target.parse(target),
            button=button,
            interaction_id=next(_press_ids),
            guild_id=None,
            now=NOW,
        )

    async def of(self, subject, about):
        async with self.db.read() as tx:
            return await tx.nudges.of_subject(ADA, subject, about)


SENT = {"state": NudgeState.SENT, "delivery_id": DELIVERY}
THREE = (nudge(1, **SENT), day_nudge(2, 3, **SENT), reminder(3, **SENT))


@pytest.fixture
def desk(db):
    return Desk(db)


async def test_done_answers_all_that_the_message_is_about(desk):
    await desk.begin(*THREE)
    done = await desk.done()
    assert (done.new, len(done.logged), len(done.said)) == (True, 3, 2)
    assert (desk.days.was_settled, desk.drafts.was_settled) == ([7], [8])
    for subject, about in ((Subject.REJECTION, ADA), (Subject.CHALLENGE, 7), (Subject.DRAFT, 8)):
        assert [one.answered_at for one in await desk.of(subject, about)] == [NOW]
    again = await desk.done()
    assert (again.new, all(one.already for one in again.logged)) == (False, True)


async def test_one_of_them_is_answered_alone(desk):
    await desk.begin(*THREE)
    assert len((await desk.done("n2")).logged) == 1
    assert (desk.days.was_settled, desk.drafts.was_settled) == ([7], [])


async def test_a_button_of_one_step_answers_what_it_is_for(desk):
    await desk.begin(*THREE)
    done = await desk.done(button="laptop-closed")
    assert ([one.action.kind for one in done.logged], done.left) == (["laptop-closed"], True)
    assert [one.answered_at for one in await desk.of(Subject.CHALLENGE, 7)] == [None]
    with pytest.raises(UserError, match="stray-press"):
        await desk.done("n2", button="laptop-closed")


async def test_what_it_is_about_is_named_by_kind_and_date(desk):
    await desk.begin(*THREE)
    items = await desk.checkins.items(ADA, Target(DELIVERY))
    assert [(item.subject, item.kind, item.occurred_on.day) for item in items] == [
        (Subject.REJECTION, "exam", 21), (Subject.CHALLENGE, "step-3", 22), (Subject.DRAFT, "thanks", 22),
    ]  # fmt: skip


async def test_later_makes_a_new_occurrence_of_each(desk):
    await desk.begin(*THREE)
    snoozed = await desk.checkins.snooze(desk.ada, Target(DELIVERY), 3, NOW)
    assert desk.woken == [snoozed.due_at]
    for subject, about in ((Subject.REJECTION, ADA), (Subject.CHALLENGE, 7), (Subject.DRAFT, 8)):
        new = (await desk.of(subject, about))[-1]
        assert (new.occurrence, new.due_at, new.state) == (1, NOW + timedelta(days=3), NudgeState.DUE)


async def test_later_is_for_what_still_stands(desk):
    await desk.begin(*THREE)
    async with desk.db.write() as tx:
        await tx.nudges._connection.execute(tables.drafts.update().values(sent_at=NOW))
    await desk.checkins.snooze(desk.ada, Target(DELIVERY), 1, NOW)
    assert [len(await desk.of(Subject.DRAFT, 8)), len(await desk.of(Subject.CHALLENGE, 7))] == [1, 2]
    with pytest.raises(UserError, match="nudge-closed"):
        await desk.checkins.snooze(desk.ada, Target(3, one=True), 1, NOW)


async def test_later_waits_for_a_member_who_is_paused(desk):
    await desk.begin(*THREE, paused_at=NOW)
    assert (await desk.checkins.snooze(desk.ada, Target(2, one=True), 1, NOW)).due_at is None
    assert (await desk.of(Subject.CHALLENGE, 7))[-1].state is NudgeState.HELD


async def test_stop_ends_each_and_says_which(desk):
    await desk.begin(*THREE)
    stopped = await desk.checkins.stop(desk.ada, Target(DELIVERY), NOW)
    assert stopped == {Subject.REJECTION: [ADA], Subject.CHALLENGE: [7], Subject.DRAFT: [8]}
    assert (desk.days.stopped, desk.drafts.stopped) == ([7], [8])


async def test_what_ended_by_itself_is_not_stopped_once_more(desk):
    await desk.begin(*THREE)
    async with desk.db.write() as tx:
        await tx.nudges._connection.execute(tables.challenges.update().values(state="finished"))
    assert Subject.CHALLENGE not in await desk.checkins.stop(desk.ada, Target(DELIVERY), NOW)
    with pytest.raises(UserError, match="nudge-closed"):
        await desk.checkins.stop(desk.ada, Target(2, one=True), NOW)


async def test_a_subject_nobody_answers_for_is_nobodys_message(desk):
    await desk.begin(*THREE)
    with pytest.raises(NotYours):
        await CheckIns(desk.db, {}, desk.woken.append).skip(desk.ada, Target(DELIVERY), NOW)


@pytest.mark.parametrize(
    "changes,rests,state",
    [
        ({}, False, NudgeState.DUE),
        ({}, True, NudgeState.HELD),
        ({"paused_at": NOW}, False, NudgeState.HELD),
        ({"stopped_at": NOW}, False, NudgeState.HELD),
    ],
)
async def test_a_reminder_counts_its_occurrences_and_rests_with_its_member(desk, changes, rests, state):
    await desk.begin(reminder(3), **changes)
    due_at = datetime(2026, 11, 29, 17, tzinfo=UTC)
    async with desk.db.write() as tx:
        made = await remind(tx, desk.ada, Subject.DRAFT, 8, "reminder", due_at, NOW, rests=rests)
        other = await remind(tx, desk.ada, Subject.DRAFT, 9, "reminder", due_at, NOW)
    assert (made.occurrence, made.state, other.occurrence) == (1, state, 0)
    assert (await desk.of(Subject.DRAFT, 8))[-1] == made
