"""The ten days as a member lives them: begun, done in any order, swapped, stopped, taken up again, over."""

import asyncio
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.challenges import DAYS, ChallengeState, step_of
from bot.domain.goodnews import GoodNewsDraft
from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, DeliveryState, NudgeState, Purpose, Subject
from bot.errors import NotYours, UserError
from bot.services.actions import Actions
from bot.services.challenge_topic import ChallengeTopic, said
from bot.services.challenges import Challenges
from bot.services.checkins import CheckIns, Target
from bot.services.goodnews import GoodNewsService
from bot.services.recoveries import Recoveries
from bot.services.settings import Messages, SettingsService
from bot.services.topics import Pressed
from bot.storage import tables
from tests import texts
from tests.services.test_erasure import erasure_of
from tests.services.test_retention import retention_of
from tests.storage.conftest import database

__all__ = ["database"]

# 18:00 in Lagos is the member's hour; it is noon.
NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
ADA, BEN, DAY = 101, 202, timedelta(days=1)
_press_ids = itertools.count(1)


class Desk:
    def __init__(self, db):
        self.db = db
        self.woken: list[datetime] = []
        self.actions = Actions(db, texts.content())
        self.challenges = Challenges(db, self.actions, texts.challenge(), self.woken.append)
        self.settings = SettingsService(db, Recoveries(db, self.woken.append), self.woken.append)
        topics = {Subject.CHALLENGE: ChallengeTopic(self.challenges)}
        self.checkins = CheckIns(db, topics, self.woken.append)
        self.ada = newcomer(ADA, "Africa/Lagos", "en", NOW)

    async def join(self):
        async with self.db.write() as tx:
            await tx.members.add(self.ada)
            await tx.members.add(newcomer(BEN, "Africa/Lagos", "en", NOW))

    async def begin(self, now=NOW, seed="x"):
        steps = await self.challenges.drawn(ADA, seed)
        return await self.challenges.start(self.ada, steps, interaction_id=next(_press_ids), now=now)

    async def done(self, about, day, now=NOW):
        return await self.challenges.done(self.ada, about.id, day, Pressed(next(_press_ids), None, now))

    async def nudges(self, about):
        async with self.db.read() as tx:
            found = await tx.nudges.of_subject(ADA, Subject.CHALLENGE, about.id)
        return {one.step: (one.state, one.reason) for one in found}

    async def sent(self, about, day, delivery=9_000_000_001):
        """The message of a day went out."""
        made = Delivery(
            delivery, Purpose.CHECKIN, str(delivery), "[]", NOW, NOW, NOW, user_id=ADA,
            state=DeliveryState.SENT, sent_at=NOW, attempt_at=NOW,
        )  # fmt: skip
        async with self.db.write() as tx:
            await tx.deliveries.add(made)
            where = (tables.nudges.c.subject_id == about.id, tables.nudges.c.step == step_of(day))
            changes = {"state": NudgeState.SENT, "delivery_id": delivery}
            await tx.nudges._connection.execute(tables.nudges.update().where(*where).values(**changes))
        return Target(delivery)

    async def press_done(self, target, now=NOW):
        return await self.checkins.done(
            self.ada, target, interaction_id=next(_press_ids), guild_id=None, now=now
        )

    async def count(self):
        async with self.db.read() as tx:
            return await tx.actions.count(ADA)


@pytest.fixture
async def desk(db):
    desk = Desk(db)
    await desk.join()
    return desk


async def test_it_begins_today_with_a_message_at_the_hour_of_each_day(desk):
    begun = await desk.begin()
    assert (begun.started_on, begun.state, len(begun.days)) == (
        date(2026, 11, 22),
        ChallengeState.RUNNING,
        DAYS,
    )
    async with desk.db.read() as tx:
        due = await tx.nudges.due_for(ADA)
    assert [one.due_at for one in due] == [NOW + timedelta(hours=6) + day * DAY for day in range(DAYS)]
    assert desk.woken == [due[0].due_at]
    assert await desk.challenges.current(ADA) == begun
    assert await desk.challenges.current(BEN) is None


async def test_begun_after_the_hour_the_first_message_comes_tomorrow(desk):
    begun = await desk.begin(NOW + timedelta(hours=8))
    assert sorted(await desk.nudges(begun)) == sorted(step_of(day) for day in range(2, 11))


async def test_the_same_press_begins_once_and_another_one_is_refused(desk):
    steps = await desk.challenges.drawn(ADA, "x")
    first = await desk.challenges.start(desk.ada, steps, interaction_id=7, now=NOW)
    assert await desk.challenges.start(desk.ada, steps, interaction_id=7, now=NOW) == first
    with pytest.raises(UserError, match="challenge-running"):
        await desk.begin(NOW + 9 * DAY)
    assert len(await desk.nudges(first)) == DAYS


async def test_two_presses_at_once_begin_one(database):
    desk = Desk(database)
    await desk.join()
    found = await asyncio.gather(desk.begin(), desk.begin(seed="y"), return_exceptions=True)
    assert sorted(isinstance(one, UserError) for one in found) == [False, True]


async def test_after_the_tenth_day_a_new_start_ends_the_old_one_quietly(desk):
    old = await desk.begin()
    new = await desk.begin(NOW + 10 * DAY)
    assert (await desk.challenges.get(ADA, old.id)).state is ChallengeState.FINISHED
    assert await desk.challenges.current(ADA) == new
    assert not {one.step for one in new.days} & {one.step for one in old.days}


@pytest.mark.parametrize("steps", [(), ("walk",) * 10, ("gone",) * 10])
async def test_ten_different_steps_of_the_file_are_needed(desk, steps):
    with pytest.raises(UserError, match="stray-press"):
        await desk.challenges.start(desk.ada, steps, interaction_id=1, now=NOW)


async def test_a_step_done_counts_as_its_action_once_and_its_message_does_not_come(desk):
    begun = await desk.begin()
    first = await desk.done(begun, 3)
    assert first.logged.action.kind == desk.challenges.action_of(begun.days[2].step)
    assert (first.logged.already, first.challenge.done) == (False, 1)
    again = await desk.done(begun, 3, NOW + DAY)
    assert (again.logged.already, again.challenge.days[2].done_at, await desk.count()) == (True, NOW, 1)
    assert (await desk.nudges(begun))[step_of(3)] == (NudgeState.SKIPPED, "done")
    assert (await desk.nudges(begun))[step_of(4)] == (NudgeState.DUE, None)


async def test_message_and_command_count_the_same_step_once(desk):
    begun = await desk.begin()
    target = await desk.sent(begun, 1)
    answered = await desk.press_done(target)
    assert (answered.new, len(answered.logged), answered.said) == (
        True, 1, (said(await desk.challenges.get(ADA, begun.id)),),
    )  # fmt: skip
    assert answered.said[0].values["done"] == 1
    assert (await desk.done(begun, 1)).logged.already
    assert not (await desk.press_done(target, NOW + 60 * DAY)).new
    assert await desk.count() == 1


async def test_a_missed_day_can_be_done_on_any_later_day_also_when_the_ten_are_past(desk):
    begun = await desk.begin()
    result = await desk.done(begun, 2, NOW + 15 * DAY)
    assert result.logged.action.done_on == date(2026, 12, 7)
    assert result.challenge.state is ChallengeState.RUNNING


async def test_the_tenth_step_ends_it_quietly_in_whatever_order(desk):
    begun = await desk.begin()
    for day in (5, 1, 10, 2, 9, 3, 8, 4, 7):
        assert said((await desk.done(begun, day)).challenge).key == "challenge-progress"
    last = await desk.done(begun, 6, NOW + 3 * DAY)
    assert (last.challenge.state, last.challenge.ended_at) == (ChallengeState.FINISHED, NOW + 3 * DAY)
    assert said(last.challenge).key == "challenge-finished"
    assert await desk.challenges.current(ADA) is None
    async with desk.db.read() as tx:
        assert await tx.nudges.due_for(ADA) == []


async def test_an_undo_opens_the_day_again_with_its_message(desk):
    begun = await desk.begin()
    result = [await desk.done(begun, day) for day in range(1, 11)][-1]
    await desk.actions.undo(desk.ada, result.logged.action.id, interaction_id=next(_press_ids), now=NOW)
    opened = await desk.challenges.get(ADA, begun.id)
    assert (opened.state, opened.done, opened.ended_at) == (ChallengeState.RUNNING, 9, None)
    assert (await desk.nudges(begun))[step_of(10)] == (NudgeState.DUE, None)
    assert not (await desk.done(begun, 10)).logged.already
    assert (await desk.challenges.get(ADA, begun.id)).state is ChallengeState.FINISHED


async def test_an_undo_while_paused_holds_the_message(desk):
    begun = await desk.begin()
    result = await desk.done(begun, 5)
    await desk.settings.pause(ADA, NOW)
    await desk.actions.undo(desk.ada, result.logged.action.id, interaction_id=next(_press_ids), now=NOW)
    assert (await desk.nudges(begun))[step_of(5)] == (NudgeState.HELD, None)


async def test_an_undo_does_not_wake_ten_days_beside_others_that_run(desk):
    old = await desk.begin()
    result = [await desk.done(old, day) for day in range(1, 11)][-1]
    await desk.begin(seed="y")
    await desk.actions.undo(desk.ada, result.logged.action.id, interaction_id=next(_press_ids), now=NOW)
    assert (await desk.challenges.get(ADA, old.id)).state is ChallengeState.FINISHED


async def test_another_step_chosen_or_drawn(desk):
    begun = await desk.begin()
    _, free = await desk.challenges.swappable(ADA, begun.id, 4)
    assert not {step.id for step in free} & {one.step for one in begun.days}
    chosen = await desk.challenges.swap(ADA, begun.id, 4, free[0].id, "x")
    assert chosen.days[3].step == free[0].id
    drawn = await desk.challenges.swap(ADA, begun.id, 4, None, "x")
    assert drawn.days[3].step not in {one.step for one in chosen.days}
    assert [one.step for one in drawn.days if one.day != 4] == [
        one.step for one in begun.days if one.day != 4
    ]


async def test_what_cannot_stand_in_a_days_place(desk):
    begun = await desk.begin()
    for step in (begun.days[0].step, "gone"):
        with pytest.raises(UserError, match="stray-press"):
            await desk.challenges.swap(ADA, begun.id, 4, step, "x")
    await desk.done(begun, 4)
    with pytest.raises(UserError, match="challenge-swap-done"):
        await desk.challenges.swap(ADA, begun.id, 4, None, "x")
    few = Challenges(
        desk.db, desk.actions, [s for s in texts.challenge() if s.id in {d.step for d in begun.days}], print
    )
    with pytest.raises(UserError, match="challenge-swap-none"):
        await few.swap(ADA, begun.id, 5, None, "x")
    await desk.challenges.stop(ADA, begun.id, NOW)
    with pytest.raises(UserError, match="challenge-over"):
        await desk.challenges.swap(ADA, begun.id, 5, None, "x")


async def test_a_step_done_on_the_card_answers_its_message(desk):
    begun = await desk.begin()
    target = await desk.sent(begun, 1)
    await desk.done(begun, 1)
    assert not (await desk.checkins.skip(desk.ada, target, NOW)).new
    assert (await desk.press_done(target)).logged[0].already
    with pytest.raises(UserError, match="nudge-closed"):
        await desk.checkins.snooze(desk.ada, target, 1, NOW)


async def test_ten_days_that_are_over_can_be_deleted_and_those_that_run_not(desk):
    begun = await desk.begin()
    target = await desk.sent(begun, 1)
    await desk.done(begun, 2)
    with pytest.raises(UserError, match="challenge-running"):
        await desk.challenges.delete(ADA, begun.id)
    await desk.challenges.stop(ADA, begun.id, NOW)
    with pytest.raises(NotYours):
        await desk.challenges.delete(BEN, begun.id)
    assert [one.id for one in await desk.challenges.ended(ADA)] == [begun.id]
    await desk.challenges.delete(ADA, begun.id)
    assert await desk.challenges.ended(ADA) == []
    assert [one.key for one in (await desk.press_done(target)).said] == ["nudge-closed"]
    assert await desk.count() == 1


async def test_a_step_that_another_builds_on_is_kept_until_that_one_goes(desk):
    two = ["answer-recorded", "recording-heard"]
    steps = [*two, *(step.id for step in texts.challenge() if step.id not in two)][:DAYS]
    begun = await desk.challenges.start(desk.ada, steps, interaction_id=next(_press_ids), now=NOW)
    with pytest.raises(UserError, match="challenge-swap-needed") as needed:
        await desk.challenges.swappable(ADA, begun.id, 1)
    assert needed.value.values == {"day": 2}
    await desk.challenges.swap(ADA, begun.id, 2, None, "x")
    assert (await desk.challenges.swap(ADA, begun.id, 1, None, "x")).days[0].step != "answer-recorded"


async def test_a_stop_keeps_what_was_done_and_it_can_go_on(desk):
    begun = await desk.begin()
    await desk.done(begun, 1)
    stopped = await desk.challenges.stop(ADA, begun.id, NOW + 2 * DAY)
    assert (stopped.state, stopped.done) == (ChallengeState.STOPPED, 1)
    assert {state for state, _ in (await desk.nudges(begun)).values()} == {NudgeState.SKIPPED}
    with pytest.raises(UserError, match="challenge-over"):
        await desk.challenges.stop(ADA, begun.id, NOW)
    again = await desk.challenges.resume(desk.ada, begun.id, NOW + 4 * DAY)
    assert again == await desk.challenges.current(ADA)
    due = [step for step, (state, _) in (await desk.nudges(begun)).items() if state is NudgeState.DUE]
    assert sorted(due) == sorted(step_of(day) for day in range(5, 11))
    with pytest.raises(UserError, match="challenge-over"):
        await desk.challenges.resume(desk.ada, begun.id, NOW)


async def test_it_does_not_go_on_beside_another_and_rests_with_its_member(desk):
    old = await desk.begin()
    await desk.challenges.stop(ADA, old.id, NOW)
    new = await desk.begin(seed="y")
    with pytest.raises(UserError, match="challenge-running"):
        await desk.challenges.resume(desk.ada, old.id, NOW)
    await desk.challenges.stop(ADA, new.id, NOW)
    paused = await desk.settings.pause(ADA, NOW)
    await desk.challenges.resume(paused, old.id, NOW)
    assert {state for state, _ in (await desk.nudges(old)).values()} == {NudgeState.HELD}


async def test_stop_these_on_the_message_stops_it_and_a_late_done_still_counts(desk):
    begun = await desk.begin()
    target = await desk.sent(begun, 1)
    assert await desk.checkins.stop(desk.ada, target, NOW) == {Subject.CHALLENGE: [begun.id]}
    assert await desk.challenges.current(ADA) is None
    with pytest.raises(UserError, match="nudge-closed"):
        await desk.checkins.stop(desk.ada, target, NOW)
    with pytest.raises(UserError, match="nudge-closed"):
        await desk.checkins.snooze(desk.ada, target, 1, NOW)
    late = await desk.press_done(target, NOW + DAY)
    assert (late.logged[0].already, (await desk.challenges.get(ADA, begun.id)).done) == (False, 1)
    assert (await desk.challenges.get(ADA, begun.id)).state is ChallengeState.STOPPED


async def test_later_on_the_message_asks_about_that_day_again(desk):
    begun = await desk.begin()
    target = await desk.sent(begun, 1)
    snoozed = await desk.checkins.snooze(desk.ada, target, 3, NOW)
    assert snoozed.due_at == NOW + timedelta(hours=6) + 3 * DAY
    assert await desk.checkins.skip(desk.ada, await desk.sent(begun, 2, 9_000_000_002), NOW)
    assert (await desk.challenges.get(ADA, begun.id)).done == 0


@pytest.mark.parametrize("off", [Messages.OFF, None])
async def test_begun_at_rest_nothing_comes_until_its_member_is_back(desk, off):
    ada = await (desk.settings.pause(ADA, NOW) if off is None else desk.settings.set_messages(ADA, off, NOW))
    steps = await desk.challenges.drawn(ADA, "x")
    begun = await desk.challenges.start(ada, steps, interaction_id=1, now=NOW)
    assert {state for state, _ in (await desk.nudges(begun)).values()} == {NudgeState.HELD}
    back = NOW + 3 * DAY
    await (
        desk.settings.resume(ADA, back)
        if off is None
        else desk.settings.set_messages(ADA, Messages.NOTIFY, back)
    )
    assert {state for state, _ in (await desk.nudges(begun)).values()} == {NudgeState.DUE}


async def test_being_matched_ends_them_and_an_undo_brings_them_back(desk):
    news = GoodNewsService(desk.db, texts.content(), desk.woken.append)
    begun = await desk.begin()
    await desk.done(begun, 1)
    draft = GoodNewsDraft("position", date(2026, 11, 22), None, None)
    assert not (await news.log(desk.ada, draft, interaction_id=next(_press_ids), now=NOW)).ended_days
    assert await desk.challenges.current(ADA) is not None
    draft = replace(draft, kind="matched")
    matched = await news.log(desk.ada, draft, interaction_id=next(_press_ids), now=NOW)
    assert (matched.ended_days, await desk.challenges.current(ADA)) == (True, None)
    async with desk.db.read() as tx:
        assert await tx.nudges.due_for(ADA) == []
    await news.undo(desk.ada, matched.entry.id, NOW)
    back = await desk.challenges.current(ADA)
    assert (back.id, back.done, back.ended_at) == (begun.id, 1, None)
    due = [step for step, (state, _) in (await desk.nudges(begun)).items() if state is NudgeState.DUE]
    assert sorted(due) == sorted(step_of(day) for day in range(2, 11))


async def test_an_undo_of_the_news_leaves_alone_what_its_member_stopped(desk):
    news = GoodNewsService(desk.db, texts.content(), desk.woken.append)
    begun = await desk.begin()
    draft = GoodNewsDraft("matched", date(2026, 11, 22), None, None)
    await desk.challenges.stop(ADA, begun.id, NOW)
    matched = await news.log(desk.ada, draft, interaction_id=next(_press_ids), now=NOW)
    await news.undo(desk.ada, matched.entry.id, NOW)
    assert (matched.ended_days, await desk.challenges.current(ADA)) == (False, None)


async def test_nobody_touches_anothers_days(desk):
    begun = await desk.begin()
    ben = replace(desk.ada, user_id=BEN)
    pressed = Pressed(next(_press_ids), None, NOW)
    for call in (
        desk.challenges.get(BEN, begun.id),
        desk.challenges.done(ben, begun.id, 1, pressed),
        desk.challenges.swap(BEN, begun.id, 1, None, "x"),
        desk.challenges.stop(BEN, begun.id, NOW),
        desk.challenges.finish(BEN, begun.id, NOW),
        desk.challenges.resume(ben, begun.id, NOW),
        desk.challenges.done(desk.ada, begun.id, 11, pressed),
    ):
        with pytest.raises(NotYours):
            await call
    assert await desk.challenges.get(ADA, begun.id) == begun


async def test_a_step_the_host_took_out_counts_as_a_small_step(desk):
    begun = await desk.begin()
    async with desk.db.write() as tx:
        await tx.challenges.put_step(ADA, begun.id, 1, "gone")
    assert (await desk.done(begun, 1)).logged.action.kind == "small-step"


@pytest.mark.parametrize(
    "after,steps,over",
    [(24, range(1, 11), True), (22, range(1, 11), False), (24, range(1, 10), False)],
    ids=["two weeks after", "not yet", "a message is still to come"],
)
async def test_two_weeks_after_the_last_message_the_night_ends_it(database, after, steps, over):
    desk = Desk(database)
    await desk.join()
    begun = await desk.begin()
    for day in steps:
        await desk.sent(begun, day, 9_000_000_000 + day)
    now = NOW + after * DAY
    assert await retention_of(database).finish_days(now) == int(over)
    found = await desk.challenges.get(ADA, begun.id)
    assert (found.state is ChallengeState.FINISHED, found.ended_at) == (over, now if over else None)
    assert await retention_of(database).finish_days(now) == 0


async def test_an_erasure_takes_the_days_too(desk):
    await desk.done(await desk.begin(), 1)
    receipt = await erasure_of(desk.db).erase(ADA, NOW)
    assert (receipt.rows["challenges"], receipt.rows["challenge_days"]) == (1, 10)
    async with desk.db.read() as tx:
        assert {name: n for name, n in (await tx.owned.counts(ADA)).items() if n} == {}


async def test_an_undo_brings_them_back_also_when_no_message_was_left(desk):
    news = GoodNewsService(desk.db, texts.content(), desk.woken.append)
    begun = await desk.begin()
    for day in range(1, 11):
        await desk.sent(begun, day, 9_000_000_000 + day)
    now = NOW + 9 * DAY
    draft = GoodNewsDraft("matched", date(2026, 12, 1), None, None)
    matched = await news.log(desk.ada, draft, interaction_id=next(_press_ids), now=now)
    assert (matched.ended_days, await desk.challenges.current(ADA)) == (True, None)
    await news.undo(desk.ada, matched.entry.id, now + timedelta(minutes=5))
    assert (await desk.challenges.current(ADA)).id == begun.id


async def test_what_goes_on_after_long_has_its_time_again(database):
    desk = Desk(database)
    await desk.join()
    begun = await desk.begin()
    await desk.challenges.stop(ADA, begun.id, NOW + DAY)
    back = NOW + 60 * DAY
    await desk.challenges.resume(desk.ada, begun.id, back)
    assert await retention_of(database).finish_days(back + 13 * DAY) == 0
    running = await desk.challenges.current(ADA)
    assert running is not None
    assert running.id == begun.id
    assert await retention_of(database).finish_days(back + 15 * DAY) == 1


async def test_what_its_member_stopped_can_go_on_and_what_good_news_ended_is_not_offered(desk):
    begun = await desk.begin()
    assert await desk.challenges.stopped(ADA) is None
    await desk.challenges.stop(ADA, begun.id, NOW)
    assert (await desk.challenges.stopped(ADA)).id == begun.id
    assert await desk.challenges.stopped(BEN) is None
    await desk.challenges.resume(desk.ada, begun.id, NOW)
    news = GoodNewsService(desk.db, texts.content(), desk.woken.append)
    draft = GoodNewsDraft("matched", date(2026, 11, 22), None, None)
    await news.log(desk.ada, draft, interaction_id=next(_press_ids), now=NOW)
    assert await desk.challenges.stopped(ADA) is None
