from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.guilds import newly_joined
from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, DeliveryState, Nudge, NudgeState, Purpose, Subject
from bot.domain.rejections import RejectionDraft
from bot.domain.timetable import Pace
from bot.errors import NotYours, UserError
from bot.services.members import Members
from bot.services.records import Fate, Records
from bot.services.recoveries import Recoveries
from bot.services.rejections import Rejections
from bot.services.settings import Messages, SettingsService, messages_of
from tests.texts import content

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA = 101


class Desk:
    def __init__(self, db):
        self.db = db
        self.rejections = Rejections(db, lambda _at: None)
        self.recoveries = Recoveries(db, lambda _at: None)
        self.settings = SettingsService(db, self.recoveries, lambda _at: None)

    async def begin(self):
        self.ada = newcomer(ADA, "Africa/Lagos", "en", NOW)
        async with self.db.write() as tx:
            await tx.members.add(self.ada)
        return await self.log(1)

    async def log(self, interaction_id):
        draft = RejectionDraft("research", date(2026, 11, 22))
        logged = await self.rejections.log(self.ada, draft, interaction_id=interaction_id, now=NOW)
        return logged.rejection.id

    async def nudges(self, about):
        async with self.db.read() as tx:
            return await tx.nudges.of_subject(ADA, Subject.REJECTION, about)

    async def plan(self, about):
        return {n.step: (n.due_at, n.state) for n in await self.nudges(about)}


@pytest.fixture
async def desk(db):
    return Desk(db)


async def test_a_new_zone_and_hour_move_what_is_still_to_come(desk):
    about = await desk.begin()
    assert (await desk.plan(about))["day1"][0] == datetime(2026, 11, 23, 17, tzinfo=UTC)
    await desk.settings.set_zone(ADA, "Asia/Karachi", NOW)
    assert (await desk.plan(about))["day1"][0] == datetime(2026, 11, 23, 13, tzinfo=UTC)
    await desk.settings.set_hour(ADA, 20, NOW)
    assert (await desk.plan(about))["week1"][0] == datetime(2026, 11, 29, 15, tzinfo=UTC)


async def test_a_snoozed_check_in_keeps_its_local_day(desk):
    about = await desk.begin()
    due_at = datetime(2026, 11, 25, 17, tzinfo=UTC)
    async with desk.db.write() as tx:
        await tx.nudges.add_many([Nudge(9, ADA, Subject.REJECTION, about, "day1", 1, due_at)])
    await desk.settings.set_hour(ADA, 9, NOW)
    assert {n.due_at for n in await desk.nudges(about) if n.id == 9} == {
        datetime(2026, 11, 25, 8, tzinfo=UTC)
    }


async def test_other_things_keep_their_local_day_too(desk):
    about = await desk.begin()
    days = [(8, Subject.CHALLENGE, "ten-2", 23), (9, Subject.DRAFT, "reminder", 25)]
    async with desk.db.write() as tx:
        await tx.nudges.add_many(
            [
                Nudge(number, ADA, subject, 5, step, 0, datetime(2026, 11, day, 17, tzinfo=UTC))
                for number, subject, step, day in days
            ]
        )
    await desk.settings.set_zone(ADA, "Asia/Karachi", NOW)
    await desk.settings.set_hour(ADA, 9, NOW)
    async with desk.db.read() as tx:
        found = {n.id: n.due_at for n in await tx.nudges.due_for(ADA)}
    assert (found[8], found[9]) == (
        datetime(2026, 11, 23, 4, tzinfo=UTC), datetime(2026, 11, 25, 4, tzinfo=UTC),
    )  # fmt: skip
    assert (await desk.plan(about))["day1"][0] == datetime(2026, 11, 23, 4, tzinfo=UTC)


async def test_pause_and_resume_are_for_other_things_too(desk):
    about = await desk.begin()
    due_at = datetime(2026, 11, 23, 17, tzinfo=UTC)
    async with desk.db.write() as tx:
        await tx.nudges.add_many([Nudge(8, ADA, Subject.CHALLENGE, 5, "ten-2", 0, due_at)])
    await desk.recoveries.pause(ADA, about)
    await desk.settings.pause(ADA, NOW)
    async with desk.db.read() as tx:
        assert await tx.nudges.due_for(ADA) == []
    await desk.settings.resume(ADA, NOW + timedelta(days=3))
    async with desk.db.read() as tx:
        (back,) = await tx.nudges.due_for(ADA)
    assert (back.id, back.due_at) == (8, datetime(2026, 11, 25, 17, tzinfo=UTC))


async def test_the_hour_cannot_lie_in_the_quiet_hours_and_nothing_changes(desk):
    about = await desk.begin()
    before = await desk.plan(about)
    for call in (desk.settings.set_hour(ADA, 22, NOW), desk.settings.set_quiet(ADA, 17, 8, NOW)):
        with pytest.raises(UserError, match="settings-hour-in-quiet"):
            await call
    assert await desk.plan(about) == before


async def test_a_new_pace_reaches_what_is_open(desk):
    about = await desk.begin()
    await desk.settings.set_pace(desk.ada, Pace.FULL, NOW)
    assert set(await desk.plan(about)) == {"day1", "days2", "week1", "week2", "month1"}
    async with desk.db.read() as tx:
        assert (await tx.members.get(ADA)).pace is Pace.FULL


async def test_off_holds_everything_also_what_is_logged_later_and_back_loses_nothing(desk):
    about = await desk.begin()
    off = await desk.settings.set_messages(ADA, Messages.OFF, NOW)
    desk.ada = off
    later = await desk.log(2)
    assert messages_of(off) is Messages.OFF
    for rejection_id in (about, later):
        assert {state for _, state in (await desk.plan(rejection_id)).values()} == {NudgeState.HELD}
    back = await desk.settings.set_messages(ADA, Messages.SILENT, NOW + timedelta(days=10))
    assert (messages_of(back), back.reachable) == (Messages.SILENT, True)
    plan = await desk.plan(later)
    assert {state for _, state in plan.values()} == {NudgeState.DUE}
    assert plan["day1"][0] == datetime(2026, 12, 2, 17, tzinfo=UTC)


async def test_off_takes_back_a_test_message_that_waits(desk):
    await desk.begin()
    test = Delivery(5, Purpose.DM_TEST, "5", "[]", NOW, NOW, NOW, user_id=ADA)
    async with desk.db.write() as tx:
        await tx.deliveries.add(test)
    await desk.settings.set_messages(ADA, Messages.OFF, NOW)
    async with desk.db.read() as tx:
        assert (await tx.deliveries.get(5)).state is DeliveryState.WITHDRAWN


async def test_resume_leaves_alone_what_is_paused_by_itself(desk):
    about = await desk.begin()
    other = await desk.log(2)
    await desk.recoveries.pause(ADA, other)
    await desk.settings.pause(ADA, NOW)
    await desk.settings.resume(ADA, NOW)
    assert {state for _, state in (await desk.plan(about)).values()} == {NudgeState.DUE}
    assert {state for _, state in (await desk.plan(other)).values()} == {NudgeState.HELD}


async def test_resume_does_not_undo_off(desk):
    about = await desk.begin()
    await desk.settings.set_messages(ADA, Messages.OFF, NOW)
    await desk.settings.pause(ADA, NOW)
    await desk.settings.resume(ADA, NOW)
    assert {state for _, state in (await desk.plan(about)).values()} == {NudgeState.HELD}


async def test_a_stranger_has_no_settings(desk):
    for call in (
        desk.settings.set_hour(7, 9, NOW),
        desk.settings.pause(7, NOW),
        desk.settings.resume(7, NOW),
    ):
        with pytest.raises(UserError, match="error-not-started"):
            await call


@pytest.mark.parametrize(
    "state,more,fate,why",
    [
        (DeliveryState.SENT, {"sent_at": NOW + timedelta(minutes=1)}, Fate.SENT, None),
        (DeliveryState.SENT, {"sent_at": NOW + timedelta(hours=5)}, Fate.LATE, None),
        (DeliveryState.MADE, {}, Fate.WAITING, None),
        (DeliveryState.UNDELIVERABLE, {"reason": "50007"}, Fate.REFUSED, "closed"),
        (DeliveryState.UNDELIVERABLE, {"reason": "50278"}, Fate.REFUSED, "no-server"),
        (DeliveryState.DEAD, {"reason": "no-answer"}, Fate.GIVEN_UP, "no-answer"),
        (DeliveryState.DEAD, {"reason": "50035"}, Fate.GIVEN_UP, "other"),
    ],
)
async def test_the_record_says_what_became_of_each_message(desk, state, more, fate, why):
    await desk.begin()
    made = Delivery(
        5, Purpose.CHECKIN, "5", "[]", NOW, NOW, NOW, user_id=ADA, state=state, attempt_at=NOW, **more
    )
    async with desk.db.write() as tx:
        await tx.deliveries.add(made)
    ledger = await Records(desk.db, content()).of(desk.ada)
    assert [(record.fate, record.why) for record in ledger.records] == [(fate, why)]
    assert ledger.next_at == datetime(2026, 11, 23, 17, tzinfo=UTC)


async def test_a_check_in_that_was_given_up_is_told_until_an_answer_was_taken(desk):
    await desk.begin()
    lost = Delivery(
        5,
        Purpose.CHECKIN,
        "5",
        "[]",
        NOW,
        NOW,
        NOW,
        user_id=ADA,
        state=DeliveryState.DEAD,
        reason="no-answer",
    )
    async with desk.db.write() as tx:
        await tx.deliveries.add(lost)
    members = Members(desk.db, desk.db.keys)
    assert await members.meet(7) == (None, [], None, False)
    given_up = [(await members.meet(ADA))[1] for _ in range(2)]
    assert given_up[0] == given_up[1] != []
    await members.told(given_up[0])
    assert (await members.meet(ADA))[1] == []
    assert (await Records(desk.db, content()).of(desk.ada)).records[0].why == "no-answer"


async def test_a_mention_is_for_a_server_one_is_in_that_has_a_channel(desk):
    await desk.begin()
    async with desk.db.write() as tx:
        for guild_id, channel_id in ((11, 5), (12, None), (13, 5)):
            await tx.guilds.add(newly_joined(guild_id, "en", NOW))
            await tx.guilds.update(guild_id, channel_id=channel_id)
        await tx.memberships.see(ADA, 11, "Ada", NOW)
        await tx.memberships.see(ADA, 12, "Ada", NOW)
    for elsewhere in (12, 13, 14):
        with pytest.raises(NotYours):
            await desk.settings.set_fallback(ADA, elsewhere, NOW)
    assert (await desk.settings.set_fallback(ADA, 11, NOW)).fallback_guild_id == 11
    assert (await desk.settings.set_fallback(ADA, None, NOW)).fallback_guild_id is None
    with pytest.raises(UserError, match="error-not-started"):
        await desk.settings.set_fallback(ADA + 1, None, NOW)


async def test_a_visit_is_noted_once_a_day(desk):
    await desk.begin()
    members = Members(desk.db, desk.db.keys)

    async def visit(now):
        await members.note_visit(await members.find(ADA), now)
        found = await members.find(ADA)
        assert found is not None
        return found.last_seen_at

    assert await visit(NOW + timedelta(hours=23)) == NOW
    assert await visit(NOW + timedelta(days=1)) == NOW + timedelta(days=1)
    await members.note_visit(None, NOW)
