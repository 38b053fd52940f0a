import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.guilds import Guild
from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, DeliveryState, Nudge, NudgeState, Purpose, Subject
from bot.domain.rejections import Recovery, RejectionDraft
from bot.domain.wins import Win, WinState
from bot.errors import NotYours, UserError
from bot.services.actions import Actions
from bot.services.checkins import CheckIns, Target
from bot.services.records import Records
from bot.services.recoveries import Recoveries
from bot.services.rejections import Rejections
from bot.services.topics import RecoveryTopic
from tests import texts

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADA, BEN, DELIVERY, GUILD = 1_100_000_000_000_000_101, 202, 9_000_000_001, 900
_press_ids = itertools.count(1)


@pytest.fixture(scope="module")
def content():
    return texts.content()


class Desk:
    """A member with entries whose check-ins went out in one message."""

    def __init__(self, db, content):
        self.db = db
        self.woken: list[datetime] = []
        self.rejections = Rejections(db, self.woken.append)
        self.recoveries = Recoveries(db, self.woken.append)
        self.actions = Actions(db, content)
        recovery = RecoveryTopic(db, self.actions, self.recoveries, content)
        self.checkins = CheckIns(db, {Subject.REJECTION: recovery}, self.woken.append)
        self.ada = newcomer(ADA, "Africa/Lagos", "en", NOW)

    async def begin(self, *steps):
        async with self.db.write() as tx:
            await tx.members.add(self.ada)
            await tx.members.add(newcomer(BEN, "Africa/Lagos", "en", NOW))
            made = Delivery(
                DELIVERY, Purpose.CHECKIN, str(DELIVERY), "[]", NOW, NOW, NOW, user_id=ADA,
                state=DeliveryState.SENT, sent_at=NOW, attempt_at=NOW,
            )  # fmt: skip
            await tx.deliveries.add(made)
        return [await self.entry(number, step) for number, step in enumerate(steps, 1)]

    async def entry(self, number, step, kind="research"):
        logged = await self.rejections.log(
            self.ada, RejectionDraft(kind, date(2026, 11, 21)), interaction_id=next(_press_ids), now=NOW
        )
        about = logged.rejection.id
        async with self.db.write() as tx:
            await tx.nudges.add_many(
                [Nudge(number, ADA, Subject.REJECTION, about, step, 5, NOW, NudgeState.SENT, None, DELIVERY)]
            )
        return about

    async def done(self, target, button=None, now=NOW, note=None):
        return await self.checkins.done(
            self.ada,
            Target.parse(target),
            button=button,
            note=note,
            interaction_id=next(_press_ids),
            guild_id=None,
            now=now,
        )

    async def count(self):
        async with self.db.read() as tx:
            return await tx.actions.count(ADA)

    async def listed(self):
        async with self.db.read() as tx:
            return await tx.actions.listed(ADA)

    async def nudges(self, about):
        async with self.db.read() as tx:
            return await tx.nudges.of_subject(ADA, Subject.REJECTION, about)

    async def state(self, about):
        return (await self.rejections.get(ADA, about)).recovery


@pytest.fixture
def desk(db, content):
    return Desk(db, content)


@pytest.mark.parametrize(
    "step, kind",
    [
        ("day1", "step-taken"),
        ("days2", "step-taken"),
        ("week1", "debrief-written"),
        ("week2", "step-taken"),
        ("month1", "step-taken"),
    ],
)
async def test_done_logs_what_is_known_to_be_done(desk, step, kind):
    (about,) = await desk.begin(step)
    first = await desk.done(str(DELIVERY))
    action = first.logged[0].action
    assert (first.new, action.kind, action.rejection_id, action.scores) == (True, kind, about, True)
    again = await desk.done(str(DELIVERY), now=NOW + timedelta(days=60))
    assert (again.new, again.logged[0].already, await desk.count()) == (False, True, 1)


async def test_a_button_after_done_says_which_it_was_and_the_next_is_one_more(desk):
    await desk.begin("week2")
    done = (await desk.done(str(DELIVERY))).logged[0].action
    told = await desk.done(str(DELIVERY), button="targets")
    assert (told.new, told.logged[0].already, told.logged[0].action.kind) == (False, True, "targets-found")
    kept = await desk.actions.get(ADA, done.id)
    assert (kept.kind, await desk.count()) == ("targets-found", 1)
    for _ in range(2):
        assert (await desk.done(str(DELIVERY), button="targets")).logged[0].already
    assert (await desk.done(str(DELIVERY), button="cv")).new
    assert (await desk.done(str(DELIVERY))).logged[0].already
    assert [one.kind for one in await desk.listed()] == ["cv-revised", "targets-found"]


async def test_done_after_a_button_of_several_adds_nothing(desk):
    await desk.begin("week2")
    await desk.done(str(DELIVERY), button="feedback")
    done = await desk.done(str(DELIVERY))
    assert (done.new, done.logged[0].action.kind, await desk.count()) == (False, "feedback-asked", 1)


async def test_what_was_offered_to_the_group_is_not_called_a_feeling_afterwards(desk):
    await desk.begin("day1")
    await desk.done(str(DELIVERY))
    told = (await desk.done(str(DELIVERY), button="named-feeling", note="tired")).logged[0]
    assert (told.already, told.action.kind, told.action.note) == (True, "step-taken", "tired")
    assert [(one.kind, one.note) for one in await desk.listed()] == [("step-taken", "tired")]


async def test_what_the_group_may_see_keeps_its_name(desk):
    await desk.begin("week2")
    done = (await desk.done(str(DELIVERY))).logged[0].action
    async with desk.db.write() as tx:
        await tx.guilds.add(Guild(GUILD, "Africa/Lagos", "en", NOW))
        await tx.memberships.see(ADA, GUILD, "Ada", NOW)
        await tx.wins.add(Win(77, ADA, GUILD, done.id, True, WinState.WAITING, NOW, NOW))
    assert (await desk.done(str(DELIVERY), button="cv")).logged[0].action.kind == "step-taken"
    assert [one.kind for one in await desk.listed()] == ["step-taken"]


async def test_what_was_undone_can_be_told_anew(desk):
    await desk.begin("week2")
    done = (await desk.done(str(DELIVERY))).logged[0].action
    await desk.actions.undo(desk.ada, done.id, interaction_id=next(_press_ids), now=NOW)
    assert (await desk.done(str(DELIVERY), button="cv")).new
    assert [one.kind for one in await desk.listed()] == ["cv-revised"]


async def test_done_on_a_merged_message_counts_each_step_once(desk):
    await desk.begin("day1", "day1", "week1")
    done = await desk.done(str(DELIVERY))
    assert sorted(one.action.kind for one in done.logged) == ["debrief-written", "step-taken"]
    assert {one.action.kind: one.action.rejection_id is None for one in done.logged}["step-taken"]


async def test_done_on_a_merged_message_counts_once_what_each_entry_was_answered_by(desk):
    await desk.begin("week2", "week2")
    await desk.done("n1", button="cv")
    await desk.done("n2", button="targets")
    assert (await desk.done(str(DELIVERY))).logged[0].already
    assert await desk.count() == 2


async def answers_of(desk, *abouts):
    """Which of these entries' check-ins of the message is answered."""
    sent = [[n for n in await desk.nudges(about) if n.delivery_id == DELIVERY] for about in abouts]
    return [one.answered_at is not None for of_one in sent for one in of_one]


async def test_a_button_answers_those_it_is_for_and_the_rest_waits(desk):
    (research,) = await desk.begin("week2")
    exam = await desk.entry(2, "week2", "exam")
    cv = await desk.done(str(DELIVERY), button="cv")
    assert [one.action.rejection_id for one in cv.logged] == [research]
    assert (await answers_of(desk, research, exam), cv.left) == ([True, False], True)
    questions = await desk.done(str(DELIVERY), button="questions")
    assert [(one.action.kind, one.action.rejection_id) for one in questions.logged] == [
        ("practice-questions", exam)
    ]
    assert (await answers_of(desk, research, exam), questions.left) == ([True, True], False)
    done = await desk.done(str(DELIVERY))
    assert (done.logged[0].already, await desk.count()) == (True, 2)


async def test_all_of_it_is_done_counts_beside_a_button_that_was_not_for_all(desk):
    about = await desk.begin("week2", "week2")
    exam = await desk.entry(3, "week2", "exam")
    await desk.done(str(DELIVERY), button="cv")
    assert await answers_of(desk, *about, exam) == [True, True, False]
    done = await desk.done(str(DELIVERY))
    assert [(one.action.kind, one.already) for one in done.logged] == [("step-taken", False)]
    assert (done.left, await answers_of(desk, exam)) == (False, [True])


async def test_a_button_that_fits_no_more_answers_what_it_was_pressed_for(desk):
    await desk.begin()
    exam = await desk.entry(1, "week2", "exam")
    assert [one.action.kind for one in (await desk.done(str(DELIVERY), button="cv")).logged] == ["cv-revised"]
    assert await answers_of(desk, exam) == [True]


async def test_the_same_named_action_told_for_one_and_then_for_all_counts_once(desk):
    about = await desk.begin("week2", "week2")
    await desk.done("n1", button="cv")
    every = await desk.done(str(DELIVERY), button="cv")
    assert (every.logged[0].already, every.left, await desk.count()) == (True, False, 1)
    assert await answers_of(desk, *about) == [True, True]


async def test_one_entry_of_a_merged_message_is_answered_alone(desk):
    first, second = await desk.begin("day1", "day1")
    await desk.done("n1")
    answered = {
        about: [n.answered_at for n in await desk.nudges(about) if n.id < 3] for about in (first, second)
    }
    assert answered == {first: [NOW], second: [None]}


async def test_a_snooze_is_a_new_occurrence_at_the_members_hour(desk):
    (about,) = await desk.begin("day1")
    snoozed = await desk.checkins.snooze(desk.ada, Target(DELIVERY), 3, NOW)
    assert snoozed.due_at == datetime(2026, 11, 25, 17, tzinfo=UTC)
    assert desk.woken[-1] == snoozed.due_at
    new = max(await desk.nudges(about), key=lambda nudge: nudge.occurrence)
    assert (new.step, new.occurrence, new.state, new.due_at) == ("day1", 6, NudgeState.DUE, snoozed.due_at)
    with pytest.raises(UserError) as twice:
        await desk.checkins.snooze(desk.ada, Target(DELIVERY), 1, NOW)
    assert twice.value.key == "nudge-answered-already"


async def test_a_snooze_takes_up_a_protocol_that_ended_by_itself(desk):
    (about,) = await desk.begin("month1")
    async with desk.db.write() as tx:
        await tx.nudges.cancel_all(ADA, "over")
        rejection = await tx.rejections.get(ADA, about)
        await tx.rejections.replace(replace(rejection, recovery=Recovery.FINISHED))
    much_later = NOW + timedelta(days=60)
    snoozed = await desk.checkins.snooze(desk.ada, Target(DELIVERY), 1, much_later)
    assert (snoozed.due_at, await desk.state(about)) == (much_later + timedelta(days=1), Recovery.OPEN)


async def test_what_was_answered_and_ended_is_closed_for_a_snooze(desk):
    (about,) = await desk.begin("month1")
    async with desk.db.write() as tx:
        await tx.nudges.cancel_all(ADA, "over")
    assert (await desk.done(str(DELIVERY))).finished == 1
    with pytest.raises(UserError, match="nudge-closed"):
        await desk.checkins.snooze(desk.ada, Target(DELIVERY), 1, NOW)
    assert await desk.state(about) is Recovery.FINISHED


async def test_a_snooze_while_paused_waits_for_the_member(desk):
    (about,) = await desk.begin("day1")
    await desk.recoveries.pause(ADA, about)
    assert (await desk.checkins.snooze(desk.ada, Target(DELIVERY), 1, NOW)).due_at is None
    assert max(await desk.nudges(about), key=lambda nudge: nudge.occurrence).state is NudgeState.HELD


async def test_on_a_day_with_a_message_the_next_one_is_said_for_the_day_after(desk, content):
    (about,) = await desk.begin("day1")
    soon, records = Nudge(9, ADA, Subject.REJECTION, about, "week2", 0, NOW + HOUR), Records(desk.db, content)
    async with desk.db.write() as tx:
        await tx.nudges.cancel_all(ADA, "test")
        await tx.nudges.add_many([soon])
    assert await records.next_at(ADA) == NOW + 24 * HOUR
    async with desk.db.write() as tx:
        await tx.nudges.cancel_all(ADA, "test")
        await tx.nudges.add_many([replace(soon, id=10, occurrence=1, due_at=NOW + 48 * HOUR)])
    assert await records.next_at(ADA) == NOW + 48 * HOUR


async def test_a_closed_entry_is_not_asked_about_again(desk):
    (about,) = await desk.begin("day1")
    await desk.recoveries.stop(ADA, [about])
    for call in (
        desk.checkins.snooze(desk.ada, Target(DELIVERY), 1, NOW),
        desk.checkins.stop(desk.ada, Target(DELIVERY), NOW),
    ):
        with pytest.raises(UserError) as closed:
            await call
        assert closed.value.key == "nudge-closed"


async def test_stop_ends_what_the_message_is_about_and_can_be_taken_back(desk):
    first, second = await desk.begin("day1", "week1")
    other = await desk.entry(7, "day1")
    async with desk.db.write() as tx:
        await tx.nudges.cancel(ADA, Subject.REJECTION, other, "test")
    stopped = await desk.checkins.stop(desk.ada, Target(1, one=True), NOW)
    assert stopped == {Subject.REJECTION: [first]}
    assert [await desk.state(about) for about in (first, second)] == [Recovery.STOPPED, Recovery.OPEN]
    await desk.recoveries.resume(desk.ada, first, NOW)
    assert any(nudge.state is NudgeState.DUE for nudge in await desk.nudges(first))


async def test_the_last_answer_finishes_the_recovery(desk):
    (about,) = await desk.begin("month1")
    async with desk.db.write() as tx:
        await tx.nudges.cancel(ADA, Subject.REJECTION, about, "test")
    skipped = await desk.checkins.skip(desk.ada, Target(DELIVERY), NOW)
    assert (skipped.new, skipped.finished) == (True, 1)
    assert await desk.state(about) is Recovery.FINISHED
    assert not (await desk.checkins.skip(desk.ada, Target(DELIVERY), NOW)).new


async def test_an_answer_with_steps_ahead_leaves_the_recovery_open(desk):
    (about,) = await desk.begin("day1")
    assert (await desk.checkins.skip(desk.ada, Target(DELIVERY), NOW)).finished == 0
    assert await desk.state(about) is Recovery.OPEN


async def test_somebody_elses_press_finds_nothing(desk):
    await desk.begin("day1")
    ben = newcomer(BEN, "Africa/Lagos", "en", NOW)
    for target in (Target(DELIVERY), Target(1, one=True), Target(0)):
        for call in (
            desk.checkins.done(ben, target, interaction_id=1, guild_id=None, now=NOW),
            desk.checkins.skip(ben, target, NOW),
            desk.checkins.snooze(ben, target, 1, NOW),
            desk.checkins.stop(ben, target, NOW),
            desk.checkins.items(BEN, target),
        ):
            with pytest.raises(NotYours):
                await call


async def test_a_deleted_entry_is_kindly_closed(desk):
    (about,) = await desk.begin("day1")
    await desk.rejections.delete(ADA, about, NOW)
    with pytest.raises(UserError, match="nudge-closed"):
        await desk.checkins.items(ADA, Target(DELIVERY))
    assert (await desk.done(str(DELIVERY))).logged[0].action.rejection_id is None


@pytest.mark.parametrize("text", ["", "n", "x1", "-1", "1.2", "٣", "9" * 20])
def test_a_forged_target_is_nobodys(text):
    with pytest.raises(NotYours):
        Target.parse(text)


async def test_what_is_written_after_the_press_is_kept_with_the_action(desk):
    await desk.begin("week1")
    await desk.done(str(DELIVERY))
    for note in ("It was the visa.", "It was the visa."):
        await desk.done(str(DELIVERY), note=note)
    answered = await desk.done(str(DELIVERY), note="And the date.")
    assert (answered.logged[0].already, answered.logged[0].noted) == (True, True)
    assert answered.logged[0].action.note == "It was the visa.\n\nAnd the date."
    kept = await desk.actions.get(ADA, answered.logged[0].action.id)
    assert (kept.note, await desk.count()) == ("It was the visa.\n\nAnd the date.", 1)


async def test_each_form_of_a_merged_message_answers_its_own(desk):
    first, second = await desk.begin("week1", "week1")
    logged = [(await desk.done(f"n{n}", note=f"about {n}")).logged[0] for n in (1, 2)]
    assert [(one.action.note, one.already) for one in logged] == [("about 1", False), ("about 2", False)]
    assert [one.action.rejection_id for one in logged] == [first, second]
    assert (await desk.done(str(DELIVERY))).logged[0].already
    assert await desk.count() == 2


async def test_one_form_after_the_whole_message_counts_no_second_time(desk):
    await desk.begin("week1", "week1")
    await desk.done(str(DELIVERY))
    again = (await desk.done("n2", note="about 2")).logged[0]
    assert (again.already, again.noted, await desk.count()) == (True, True, 1)


async def test_a_note_without_room_is_refused_and_so_given_back(desk):
    await desk.begin("week1")
    for letter in "abcdefghi":
        await desk.done(str(DELIVERY), note=letter * 300)
    with pytest.raises(UserError, match="text-too-long"):
        await desk.done(str(DELIVERY), note="z" * 300)


async def test_a_protocol_is_not_over_while_closed_dms_keep_a_step_back(desk):
    (about,) = await desk.begin("week1")
    async with desk.db.write() as tx:
        await tx.nudges.cancel(ADA, Subject.REJECTION, about, "over")
        kept = Nudge(99, ADA, Subject.REJECTION, about, "month1", 7, NOW, NudgeState.UNDELIVERABLE, "50007")
        await tx.nudges.add_many([kept])
    assert (await desk.done(str(DELIVERY))).finished == 0
    assert await desk.state(about) is Recovery.OPEN
