from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.actions import CUSTOM
from bot.domain.drafts import REMIND_DAYS, TEXT_MAX, Reminder, sent_source
from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, DeliveryState, NudgeState, Purpose, Subject
from bot.domain.people import plain
from bot.domain.rejections import RejectionDraft
from bot.errors import NotYours, UserError
from bot.services.actions import Actions
from bot.services.care import Care
from bot.services.catalogue import Catalogue
from bot.services.checkins import CheckIns, Snoozed, Target
from bot.services.contacts import Withheld, contacts_program
from bot.services.draft_topic import DraftTopic
from bot.services.drafts import PAGE_SIZE, Drafts
from bot.services.persons import Persons
from bot.services.records import Records
from bot.services.recoveries import Recoveries
from bot.services.rejections import Rejections
from bot.storage import tables
from tests.texts import care, content

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MATCH_WEEK = datetime(2027, 3, 16, 12, tzinfo=UTC)
ADA, BEN = 101, 202
REPLY = {
    "name": "dear Dr. Ridge,",
    "heard": "no funds",
    "build": "a course",
    "when": "May",
    "question": "which one",
}
APPLIED = {"applied": "internal medicine", "question": "what was missing"}
PROGRAM, PERSON = "feedback-program", "reply"


class Desk:
    def __init__(self, db):
        self.db = db
        self.wakes: list[datetime] = []
        self.actions = Actions(db, content())
        self.rejections = Rejections(db, self.wakes.append)
        self.recoveries = Recoveries(db, self.wakes.append)
        self.care = Care(care().lines, care().risk)
        self.drafts = Drafts(db, self.actions, content(), self.care, self.wakes.append)
        self.ada, self.ben = (newcomer(user_id, "Africa/Lagos", "en", NOW) for user_id in (ADA, BEN))
        self._press = 0

    async def begin(self):
        async with self.db.write() as tx:
            await tx.members.add(self.ada)
            await tx.members.add(self.ben)

    def press(self):
        self._press += 1
        return self._press

    async def rejection(self, kind, said=None):
        draft = RejectionDraft(kind, date(2026, 11, 22), said=said)
        return (await self.rejections.log(self.ada, draft, interaction_id=self.press(), now=NOW)).rejection

    async def write(self, kind=PERSON, typed=None, *, about=None, press=None, now=NOW):
        typed = typed or (REPLY if kind == PERSON else APPLIED)
        return await self.drafts.write(
            self.ada, kind, typed, rejection_id=about, interaction_id=press or self.press(), now=now
        )

    async def send(self, draft_id, now=NOW, **how):
        return await self.drafts.sent(
            self.ada, draft_id, interaction_id=self.press(), guild_id=None, now=now, **how
        )

    async def logged(self):
        async with self.db.read() as tx:
            return await tx.actions.listed(ADA)


@pytest.fixture
async def desk(db):
    made = Desk(db)
    await made.begin()
    return made


async def test_a_letter_is_put_together_and_kept(desk):
    about = await desk.rejection("research", "No funds.")
    kept = await desk.write(about=about.id)
    assert kept.draft.text.startswith("Dear Dr. Ridge,\n\n")
    assert "no funds." in kept.draft.text
    assert (kept.draft.who, kept.draft.rejection_id, kept.draft.sent_at) == ("Dr. Ridge", about.id, None)
    assert await desk.drafts.get(ADA, kept.draft.id, NOW) == kept


async def test_a_replay_writes_nothing_and_gives_the_first(desk):
    first = await desk.write(press=900)
    assert await desk.write(press=900) == first
    assert (await desk.drafts.listed(ADA)).total == 1


@pytest.mark.parametrize(
    "change, key",
    [({"heard": " "}, "draft-field-empty"), ({"heard": "x" * 301}, "text-too-long"), ({"name": "Dr\x00"}, "text-unreadable")],
)  # fmt: skip
async def test_what_cannot_be_kept_is_refused(desk, change, key):
    with pytest.raises(UserError, match=key):
        await desk.write(typed=REPLY | change)
    assert (await desk.drafts.listed(ADA)).total == 0


async def test_the_field_that_is_missing_is_named(desk):
    with pytest.raises(UserError) as refused:
        await desk.write(typed=REPLY | {"when": " "})
    assert refused.value.values == {"field": "draft-field-when"}


async def test_a_kind_that_is_gone_cannot_be_written(desk):
    with pytest.raises(UserError, match="draft-kind-unknown"):
        await desk.write("no-such-kind", REPLY)


async def test_a_draft_is_found_by_its_words_its_receiver_and_its_name(desk):
    kept = await desk.write()
    for typed in ("RIDGE", "no funds", "reply to", ""):
        assert await desk.drafts.completions(ADA, typed, {"reply": "Reply to a no"}) == [kept.draft]
    assert await desk.drafts.completions(ADA, "nothing like it", {}) == []
    assert await desk.drafts.completions(BEN, "", {}) == []


async def test_the_list_comes_in_pages_newest_first(desk):
    made = [(await desk.write(now=NOW + timedelta(minutes=n))).draft.id for n in range(PAGE_SIZE + 1)]
    first, second = await desk.drafts.listed(ADA), await desk.drafts.listed(ADA, 9)
    assert [draft.id for draft in first.items] == made[:0:-1]
    assert ([draft.id for draft in second.items], second.number, second.total) == ([made[0]], 1, len(made))


async def test_a_draft_is_changed_and_deleted(desk):
    draft_id = (await desk.write()).draft.id
    kept = await desk.drafts.edit(ADA, draft_id, "", " Another text. ", NOW)
    assert (kept.draft.who, kept.draft.text) == (None, "Another text.")
    for text, key in ((" ", "draft-field-empty"), ("x" * (TEXT_MAX + 1), "text-too-long")):
        with pytest.raises(UserError, match=key):
            await desk.drafts.edit(ADA, draft_id, None, text, NOW)
    await desk.drafts.delete(ADA, draft_id)
    with pytest.raises(NotYours):
        await desk.drafts.get(ADA, draft_id, NOW)


async def test_sending_counts_once_as_the_action_of_its_kind(desk):
    about = await desk.rejection("research")
    draft_id = (await desk.write(about=about.id)).draft.id
    first = await desk.send(draft_id)
    again = await desk.send(draft_id, NOW + timedelta(days=3))
    assert (first.logged.counted, again.logged.already) == (True, True)
    (action,) = await desk.logged()
    assert (action.kind, action.rejection_id, action.source) == (
        "reply-sent",
        about.id,
        sent_source(draft_id),
    )
    assert action.note is None
    assert (await desk.drafts.get(ADA, draft_id, NOW)).draft.sent_at == NOW == again.draft.sent_at


async def test_an_undo_makes_it_unsent_and_it_can_be_sent_again(desk):
    draft_id = (await desk.write()).draft.id
    sent = await desk.send(draft_id)
    await desk.actions.undo(desk.ada, sent.logged.action.id, interaction_id=desk.press(), now=NOW)
    assert (await desk.drafts.get(ADA, draft_id, NOW)).draft.sent_at is None
    assert not (await desk.send(draft_id)).logged.already


async def test_another_undo_leaves_drafts_alone(desk):
    draft_id = (await desk.write()).draft.id
    await desk.send(draft_id)
    other = await desk.actions.log(
        desk.ada, CUSTOM, note="x", done_on=date(2026, 11, 22), source=f"interaction:{draft_id}",
        interaction_id=desk.press(), guild_id=None, now=NOW,
    )  # fmt: skip
    await desk.actions.undo(desk.ada, other.action.id, interaction_id=desk.press(), now=NOW)
    assert (await desk.drafts.get(ADA, draft_id, NOW)).draft.sent_at == NOW


async def test_a_heavy_letter_scores_nowhere(desk):
    sent = await desk.send((await desk.write(typed=REPLY | {"heard": "I want to kill myself"})).draft.id)
    assert (sent.heavy, sent.logged.action.scores) == (True, False)
    other = await desk.send((await desk.write()).draft.id)
    assert (other.heavy, other.logged.action.scores) == (False, True)


async def test_sending_after_its_rejection_was_deleted_still_counts(desk):
    about = await desk.rejection("research")
    draft_id = (await desk.write(about=about.id)).draft.id
    await desk.rejections.delete(ADA, about.id, NOW)
    assert (await desk.send(draft_id)).logged.action.rejection_id is None


async def test_somebody_elses_is_nobodys(desk):
    about = await desk.rejection("research", "No.")
    draft_id = (await desk.write(about=about.id)).draft.id
    for call in (
        desk.drafts.get(BEN, draft_id, NOW),
        desk.drafts.to_copy(BEN, draft_id, NOW),
        desk.drafts.edit(BEN, draft_id, None, "x", NOW),
        desk.drafts.delete(BEN, draft_id),
        desk.drafts.offer(BEN, about.id, NOW),
        desk.drafts.about(BEN, about.id),
        desk.drafts.sent(desk.ben, draft_id, interaction_id=desk.press(), guild_id=None, now=NOW),
        desk.drafts.write(
            desk.ben, PERSON, REPLY, rejection_id=about.id, interaction_id=desk.press(), now=NOW
        ),
    ):
        with pytest.raises(NotYours):
            await call
    assert await desk.logged() == []


async def test_what_fits_a_rejection_is_offered_first(desk):
    assert (await desk.drafts.offer(ADA, None, NOW)).kinds == content().drafts
    offer = await desk.drafts.offer(ADA, (await desk.rejection("application-no")).id, NOW)
    assert [kind.id for kind in offer.kinds][:2] == [PROGRAM, "reply"]
    assert (set(offer.kinds), offer.withheld) == (set(content().drafts), None)


async def test_a_no_with_words_is_answered_by_the_letter_of_its_kind(desk):
    async def reply(kind, said="No."):
        return await desk.drafts.reply_to(await desk.rejection(kind, said), NOW)

    assert [await reply(kind) for kind in ("research", "application-no", "exam")] == ["reply", PROGRAM, None]
    assert await reply("research", None) is None


@pytest.mark.parametrize("kind", ["unmatched", "soap", "interviewed-not-matched"])
async def test_nothing_to_a_program_is_offered_while_something_open_guards_against_it(desk, kind):
    draft_id, to_person = (await desk.write(PROGRAM)).draft.id, (await desk.write()).draft.id
    refused = await desk.rejection("application-no", "No.")
    guard = await desk.rejection(kind)
    assert await withheld_everywhere(desk, draft_id, refused, NOW) == Withheld()
    assert (await desk.drafts.to_copy(ADA, to_person, NOW)).withheld is None
    await desk.recoveries.stop(ADA, [guard.id])
    assert (await desk.drafts.get(ADA, draft_id, NOW)).withheld is None
    assert await desk.drafts.reply_to(refused, NOW) == PROGRAM


async def withheld_everywhere(desk, draft_id, refused, now):
    offer = await desk.drafts.offer(ADA, None, now)
    assert not any(contacts_program(content(), kind.action) for kind in offer.kinds)
    assert PERSON in {kind.id for kind in offer.kinds}
    assert await desk.drafts.reply_to(refused, now) is None
    for call in (desk.drafts.opened(ADA, PROGRAM, now), desk.drafts.to_copy(ADA, draft_id, now)):
        with pytest.raises(UserError, match="draft-withheld"):
            await call
    assert (await desk.drafts.get(ADA, draft_id, now)).withheld == offer.withheld
    return offer.withheld


async def test_nothing_to_a_program_is_offered_in_match_week(desk):
    draft_id = (await desk.write(PROGRAM)).draft.id
    refused = await desk.rejection("interview-waitlist", "We will see.")
    ideas = Catalogue(desk.db, content()).ideas
    assert any(idea.contacts_program for idea in await ideas(desk.ada, NOW))
    assert await withheld_everywhere(desk, draft_id, refused, MATCH_WEEK) == Withheld(date(2027, 3, 19))
    assert not any(idea.contacts_program for idea in await ideas(desk.ada, MATCH_WEEK))


async def test_a_form_that_was_open_when_match_week_began_is_kept_and_what_was_sent_counts(desk):
    kept = await desk.write(PROGRAM, now=MATCH_WEEK)
    assert kept.withheld == Withheld(date(2027, 3, 19))
    assert (await desk.send(kept.draft.id, MATCH_WEEK)).logged.counted


async def test_somebody_named_in_a_draft_can_be_taken_out_of_it(desk):
    draft_id = (await desk.write()).draft.id
    persons = Persons(desk.db, lambda _code: "[name removed]")
    assert (await persons.find(["Ridge"])).times == 2
    await persons.erase([plain("Ridge")])
    kept = await desk.drafts.get(ADA, draft_id, NOW)
    assert kept.draft.who == "Dr. [name removed]"
    assert "Dear Dr. [name removed]," in kept.draft.text


async def test_a_host_who_takes_a_kind_out_leaves_its_drafts_to_be_read(desk, monkeypatch):
    draft_id = (await desk.write()).draft.id
    others = tuple(kind for kind in content().drafts if kind.id != PERSON)
    drafts = Drafts(desk.db, desk.actions, replace(content(), drafts=others), desk.care, desk.wakes.append)
    assert (await drafts.get(ADA, draft_id, NOW)).draft.kind == PERSON
    with pytest.raises(UserError, match="draft-kind-unknown"):
        await drafts.sent(desk.ada, draft_id, interaction_id=desk.press(), guild_id=None, now=NOW)


async def nudges(desk, draft_id):
    async with desk.db.read() as tx:
        found = await tx.nudges.of_subject(ADA, Subject.DRAFT, draft_id)
    return [(nudge.step, nudge.state, nudge.reason) for nudge in found]


DUE = (Reminder.SEND, NudgeState.DUE, None)


def gone(reason):
    return (Reminder.SEND, NudgeState.SKIPPED, reason)


@pytest.mark.parametrize("days", REMIND_DAYS[Reminder.SEND])
async def test_a_reminder_comes_at_the_members_hour_that_many_local_days_on(desk, days):
    draft_id = (await desk.write()).draft.id
    due_at = await desk.drafts.remind(desk.ada, draft_id, days, NOW)
    assert due_at == NOW.replace(hour=17) + timedelta(days=days), "18:00 in Lagos"
    assert (await desk.drafts.get(ADA, draft_id, NOW)).remind_at == due_at
    assert desk.wakes[-1] == due_at


async def test_a_new_reminder_takes_the_place_of_the_one_before(desk):
    draft_id = (await desk.write()).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 14, NOW)
    due_at = await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    assert sorted(await nudges(desk, draft_id)) == sorted([gone("moved"), DUE])
    assert (await desk.drafts.get(ADA, draft_id, NOW)).remind_at == due_at


async def test_no_other_number_of_days_and_nobody_elses_draft(desk):
    draft_id = (await desk.write()).draft.id
    with pytest.raises(UserError, match="stray-press"):
        await desk.drafts.remind(desk.ada, draft_id, 0, NOW)
    with pytest.raises(NotYours):
        await desk.drafts.remind(desk.ben, draft_id, 3, NOW)
    assert await nudges(desk, draft_id) == []


async def test_a_reminder_waits_while_its_members_messages_rest(desk):
    draft_id = (await desk.write()).draft.id
    paused = replace(desk.ada, paused_at=NOW)
    assert await desk.drafts.remind(paused, draft_id, 3, NOW) is None
    assert await nudges(desk, draft_id) == [(Reminder.SEND, NudgeState.HELD, None)]


async def test_sending_ends_the_reminder_to_send_and_an_undo_brings_it_back(desk):
    draft_id = (await desk.write()).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 7, NOW)
    sent = await desk.send(draft_id)
    assert await nudges(desk, draft_id) == [gone("sent")]
    await desk.actions.undo(desk.ada, sent.logged.action.id, interaction_id=desk.press(), now=NOW)
    assert await nudges(desk, draft_id) == [DUE]


async def test_an_undo_takes_the_reminder_of_what_follows_along_and_sending_again_brings_it_back(desk):
    """Nothing tells a day on which nothing can come."""
    draft_id = (await desk.write()).draft.id
    sent = await desk.send(draft_id)
    due_at = await desk.drafts.remind(desk.ada, draft_id, 7, NOW)
    await desk.actions.undo(desk.ada, sent.logged.action.id, interaction_id=desk.press(), now=NOW)
    assert (await desk.drafts.get(ADA, draft_id, NOW)).remind_at is None
    assert await Records(desk.db, content()).next_at(ADA) is None
    await desk.send(draft_id, NOW + timedelta(days=20))
    assert await nudges(desk, draft_id) == [(Reminder.ANSWER, NudgeState.DUE, None)]
    assert (await desk.drafts.get(ADA, draft_id, NOW)).remind_at == due_at


async def test_once_it_is_sent_the_reminder_is_to_look_for_an_answer(desk):
    draft_id = (await desk.write()).draft.id
    await desk.send(draft_id)
    await desk.drafts.remind(desk.ada, draft_id, 7, NOW)
    await desk.send(draft_id)
    assert await nudges(desk, draft_id) == [(Reminder.ANSWER, NudgeState.DUE, None)]


THANKS = {"help": "reading it", "learned": "patience"}
TOUCH = {"met": "at ACP", "news": "a new role"}


@pytest.mark.parametrize(
    "kind, typed, reminder",
    [
        (PERSON, REPLY, Reminder.ANSWER),
        (PROGRAM, APPLIED, Reminder.ANSWER),
        ("touch", TOUCH | {"question": "what is new"}, Reminder.ANSWER),
        ("touch", TOUCH, Reminder.AGAIN),
        ("thanks", THANKS, Reminder.AGAIN),
        ("thanks-interview", {"talked": "the clinic"}, None),
        ("update-program", {"applied": "surgery", "news": "a paper"}, None),
    ],
)
async def test_who_asked_nothing_is_not_reminded_to_look_for_an_answer(desk, kind, typed, reminder):
    """Somebody one knows can be written to again; a program is not."""
    kept = await desk.write(kind, typed)
    assert kept.reminder is Reminder.SEND
    sent = await desk.send(kept.draft.id)
    assert sent.reminder is (await desk.drafts.get(ADA, kept.draft.id, NOW)).reminder is reminder
    if reminder is None:
        with pytest.raises(UserError, match="draft-remind-none"):
            await desk.drafts.remind(desk.ada, kept.draft.id, 14, NOW)
        return
    await desk.drafts.remind(desk.ada, kept.draft.id, REMIND_DAYS[reminder][0], NOW)
    assert await nudges(desk, kept.draft.id) == [(reminder, NudgeState.DUE, None)]


async def test_who_said_that_it_was_the_last_time_is_not_reminded_to_write_again(desk):
    wrote = {"wrote": "a place", "question": "may I help"}
    draft_id = (await desk.write("follow-up", wrote)).draft.id
    await desk.drafts.edit(ADA, draft_id, None, "Thank you for everything.", NOW)
    assert (await desk.send(draft_id)).reminder is None


async def test_a_name_that_stood_under_a_letter_stands_under_the_next(desk):
    assert (await desk.write()).draft.text.endswith("\n[your name]")
    assert await desk.drafts.signed(ADA) is None
    await desk.write("thanks", THANKS | {"sign": "Ada Lovelace"})
    assert await desk.drafts.signed(ADA) == "Ada Lovelace"
    assert (await desk.write()).draft.text.endswith("Kind regards,\nAda Lovelace")
    assert await desk.drafts.signed(BEN) is None


async def test_deleting_a_draft_ends_its_reminders(desk):
    draft_id = (await desk.write()).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 7, NOW)
    await desk.drafts.delete(ADA, draft_id)
    assert await nudges(desk, draft_id) == [gone("deleted")]


async def test_a_reminder_to_write_to_a_program_comes_after_match_week(desk):
    before = MATCH_WEEK - timedelta(days=2)
    program, person = (await desk.write(PROGRAM)).draft.id, (await desk.write()).draft.id
    assert await desk.drafts.remind(desk.ada, program, 3, before) == datetime(2027, 3, 20, 17, tzinfo=UTC)
    assert await desk.drafts.remind(desk.ada, person, 3, before) == datetime(2027, 3, 17, 17, tzinfo=UTC)
    await desk.send(program, before)
    assert await desk.drafts.remind(desk.ada, program, 3, before) == datetime(2027, 3, 20, 17, tzinfo=UTC)


async def test_asked_again_it_comes_after_match_week_and_the_day_that_is_said_is_true(desk, checkins):
    draft_id = (await desk.write(PROGRAM)).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    target = await came(desk, draft_id)
    snoozed = await checkins.snooze(desk.ada, target, 3, datetime(2027, 3, 13, 18, tzinfo=UTC))
    assert snoozed == Snoozed(datetime(2027, 3, 20, 17, tzinfo=UTC))
    async with desk.db.read() as tx:
        assert [nudge.due_at for nudge in await tx.nudges.due_for(ADA)] == [snoozed.due_at]


async def test_asked_again_while_something_guards_against_it_says_that_it_waits(desk, checkins):
    draft_id = (await desk.write(PROGRAM)).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    target = await came(desk, draft_id)
    await desk.rejection("unmatched")
    assert (await checkins.snooze(desk.ada, target, 3, NOW)).waits


async def came(desk, draft_id, step_at=NOW):
    """The draft's reminder went out. Gives what its buttons answer."""
    made = Delivery(
        900, Purpose.CHECKIN, "900", "[]", NOW, NOW, NOW, user_id=ADA, state=DeliveryState.SENT, sent_at=NOW,
        attempt_at=NOW,
    )  # fmt: skip
    async with desk.db.write() as tx:
        await tx.deliveries.add(made)
        (nudge,) = await tx.nudges.of_subject(ADA, Subject.DRAFT, draft_id)
        await tx.nudges._connection.execute(
            tables.nudges.update().values(state=NudgeState.SENT, delivery_id=900, due_at=step_at)
        )
    return Target.parse(f"n{nudge.id}")


@pytest.fixture
def checkins(desk):
    return CheckIns(desk.db, {Subject.DRAFT: DraftTopic(desk.db, desk.drafts)}, desk.wakes.append)


async def answer(desk, checkins, target):
    return await checkins.done(desk.ada, target, interaction_id=desk.press(), guild_id=None, now=NOW)


async def test_done_under_a_reminder_to_send_says_that_it_was_sent_once(desk, checkins):
    draft_id = (await desk.write()).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    target = await came(desk, draft_id)
    first, again = [await answer(desk, checkins, target) for _ in range(2)]
    assert ([one.action.kind for one in first.logged], first.new, again.new) == (["reply-sent"], True, False)
    assert len(await desk.logged()) == 1
    assert (await desk.drafts.get(ADA, draft_id, NOW)).draft.sent_at == NOW


@pytest.mark.parametrize(
    "kind, typed, said",
    [(PERSON, REPLY, "nudge-draft-looked"), ("thanks", THANKS, "nudge-draft-again-noted")],
)
async def test_done_under_a_reminder_of_what_follows_counts_nothing(desk, checkins, kind, typed, said):
    draft_id = (await desk.write(kind, typed)).draft.id
    await desk.send(draft_id)
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    target = await came(desk, draft_id)
    first, again = [await answer(desk, checkins, target) for _ in range(2)]
    assert ([one.key for one in first.said], first.logged, first.new, again.new) == ([said], (), True, False)
    assert len(await desk.logged()) == 1


async def test_done_under_a_reminder_whose_kind_the_host_took_out_is_noted_and_counts_nothing(desk):
    draft_id = (await desk.write()).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    target = await came(desk, draft_id)
    others = tuple(kind for kind in content().drafts if kind.id != PERSON)
    drafts = Drafts(desk.db, desk.actions, replace(content(), drafts=others), desk.care, desk.wakes.append)
    checkins = CheckIns(desk.db, {Subject.DRAFT: DraftTopic(desk.db, drafts)}, desk.wakes.append)
    first, again = [await answer(desk, checkins, target) for _ in range(2)]
    assert ([one.key for one in first.said], first.logged) == (["nudge-draft-gone-noted"], ())
    assert (first.new, again.new) == (True, False)
    assert (await drafts.get(ADA, draft_id, NOW)).draft.sent_at == NOW


async def test_a_reminder_is_snoozed_and_stopped_and_the_draft_stays(desk, checkins):
    draft_id = (await desk.write()).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    target = await came(desk, draft_id)
    await checkins.snooze(desk.ada, target, 3, NOW)
    assert DUE in await nudges(desk, draft_id)
    assert await checkins.stop(desk.ada, target, NOW) == {Subject.DRAFT: [draft_id]}
    assert DUE not in await nudges(desk, draft_id)
    assert (await desk.drafts.get(ADA, draft_id, NOW)).remind_at is None


async def test_a_reminder_of_a_draft_that_was_deleted_since_is_closed(desk, checkins):
    draft_id = (await desk.write()).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    target = await came(desk, draft_id)
    await desk.drafts.delete(ADA, draft_id)
    answered = await answer(desk, checkins, target)
    assert ([said.key for said in answered.said], answered.logged) == (["nudge-closed"], ())
    with pytest.raises(UserError, match="nudge-closed"):
        await checkins.snooze(desk.ada, target, 3, NOW)
    assert await desk.logged() == []


async def test_a_reminder_that_was_moved_into_match_week_is_told_for_the_day_it_comes(desk):
    draft_id = (await desk.write(PROGRAM)).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    async with desk.db.write() as tx:
        await tx.nudges._connection.execute(tables.nudges.update().values(due_at=MATCH_WEEK))
    assert (await desk.drafts.get(ADA, draft_id, NOW)).remind_at == datetime(2027, 3, 20, 17, tzinfo=UTC)


async def test_the_next_check_in_is_never_told_for_a_day_on_which_it_cannot_come(desk):
    """Each day of Match Week puts a waiting reminder off by a day; while an entry guards, nobody knows when it comes."""
    records = Records(desk.db, content())
    draft_id = (await desk.write(PROGRAM)).draft.id
    await desk.drafts.remind(desk.ada, draft_id, 3, NOW)
    async with desk.db.write() as tx:
        await tx.nudges._connection.execute(tables.nudges.update().values(due_at=MATCH_WEEK))
    assert await records.next_at(ADA) == datetime(2027, 3, 20, 17, tzinfo=UTC)
    assert (await records.of(desk.ada)).next_at == datetime(2027, 3, 20, 17, tzinfo=UTC)
    guard = await desk.rejection("unmatched")
    async with desk.db.read() as tx:
        theirs = [nudge.due_at for nudge in await tx.nudges.of_subject(ADA, Subject.REJECTION, guard.id)]
    assert await records.next_at(ADA) == min(theirs)
    await desk.recoveries.pause(ADA, guard.id)
    assert await records.next_at(ADA) is None
    await desk.recoveries.stop(ADA, [guard.id])
    assert await records.next_at(ADA) == datetime(2027, 3, 20, 17, tzinfo=UTC)
    person = (await desk.write()).draft.id
    soon_at = await desk.drafts.remind(desk.ada, person, 3, NOW)
    assert await records.next_at(ADA) == soon_at
