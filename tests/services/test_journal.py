"""The journal with its check-ins: what is counted once, what answers what, and what is suggested when."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.journal import JournalFilter
from bot.domain.members import newcomer
from bot.domain.nudges import NudgeState, Subject
from bot.domain.paging import Page
from bot.domain.rejections import RejectionDraft
from bot.errors import NotYours, UserError
from bot.services.analyses import Analyses, Press
from bot.services.checkins import Target
from bot.services.journal import PAGE_SIZE, Journal
from tests import texts
from tests.services.test_checkins import ADA, BEN, DELIVERY, Desk

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
_numbers = itertools.count(500)
WEEK = {"control": "My first lines", "change": "materials"}


class Writer(Desk):
    """A member at the desk, with a journal."""

    def __init__(self, db):
        super().__init__(db, texts.content())
        self.content = texts.content()
        self.analyses = Analyses(db, self.actions, self.checkins, self.content)
        self.journal = Journal(db, self.analyses, self.content)
        self.ben = newcomer(BEN, "Africa/Lagos", "en", NOW)

    def kind(self, name):
        return self.content.journal.kind(name)

    async def write(self, about=None, kind="week", answers=None, now=NOW, press=None, heavy=False, who=None):
        pressed = press or Press(next(_numbers), None, now, heavy)
        return await self.journal.write(
            who or self.ada, self.kind(kind), WEEK if answers is None else answers, about, pressed
        )

    async def action_kinds(self):
        page = await self.actions.listed(ADA)
        return sorted(item.action.kind for item in page.items)


@pytest.fixture
async def desk(db):
    return Writer(db)


async def test_an_entry_is_kept_and_counts_once_for_each_rejection(desk):
    about, other = await desk.begin("day1", "day1")
    kept = await desk.write(about, answers=WEEK | {"next": "Shorter"})
    assert kept.entry.written_on == date(2026, 11, 22)
    assert await desk.journal.entries(ADA) == [kept.entry]
    again = await desk.write(about, now=NOW + timedelta(hours=1))
    assert again.answered.logged.already
    await desk.write(other)
    assert await desk.action_kinds() == ["debrief-written", "debrief-written"]


async def test_the_same_press_and_the_same_words_soon_after_make_one_entry(desk):
    (about,) = await desk.begin("week1")
    press = Press(next(_numbers), None, NOW)
    first = await desk.write(about, press=press)
    assert (await desk.write(about, press=press)).entry == first.entry
    assert (await desk.write(about, answers={"control": "other"}, press=press)).entry == first.entry
    assert (await desk.write(about, now=NOW + timedelta(minutes=9))).entry == first.entry
    assert (await desk.write(about, now=NOW + timedelta(minutes=11))).entry != first.entry


async def test_an_entry_answers_its_check_in_and_done_afterwards_counts_nothing_more(desk):
    (about,) = await desk.begin("week1")
    kept = await desk.write(about)
    assert not kept.answered.logged.already
    assert not (await desk.done(str(DELIVERY))).new
    assert await desk.action_kinds() == ["debrief-written"]


async def test_done_first_and_the_analysis_afterwards_count_once_too(desk):
    (about,) = await desk.begin("week1")
    await desk.done(str(DELIVERY))
    assert (await desk.write(about)).answered.logged.already
    assert await desk.action_kinds() == ["debrief-written"]


async def test_the_goal_of_month_one_says_what_done_left_open(desk):
    (about,) = await desk.begin("month1")
    await desk.done(str(DELIVERY))
    assert await desk.action_kinds() == ["step-taken"]
    await desk.write(about, kind="month", answers={"build": "One talk"})
    assert await desk.action_kinds() == ["plan-written"]


async def test_an_entry_before_its_check_in_leaves_it_to_come(desk):
    (about,) = await desk.begin("day1")
    await desk.write(about)
    async with desk.db.read() as tx:
        nudges = await tx.nudges.of_subject(ADA, Subject.REJECTION, about)
    (week,) = [nudge for nudge in nudges if nudge.step == "week1"]
    assert (week.state, week.answered_at) == (NudgeState.DUE, None)


async def test_an_edit_answers_a_check_in_that_came_since_and_counts_once(desk):
    (about,) = await desk.begin("week1")
    kept = await desk.write(about)
    edited = await desk.journal.edit(
        desk.ada, kept.entry.id, {"next": "y"}, Press(next(_numbers), None, LATER)
    )
    assert edited.answered.logged is None
    assert edited.entry.answers == {"next": "y"}
    assert edited.entry.edited_at == LATER
    assert await desk.action_kinds() == ["debrief-written"]


async def test_an_edit_keeps_what_an_older_form_asked(desk):
    await desk.begin("week1")
    kept = await desk.write()
    async with desk.db.write() as tx:
        await tx.journal.replace(replace(kept.entry, answers={"control": "x", "gone-since": "kept"}))
    edited = await desk.journal.edit(
        desk.ada, kept.entry.id, {"control": "y"}, Press(next(_numbers), None, LATER)
    )
    assert edited.entry.answers == {"control": "y", "gone-since": "kept"}


async def test_an_edit_keeps_a_choice_that_is_gone_since_until_another_is_picked(desk):
    await desk.begin("week1")
    kept = await desk.write()
    async with desk.db.write() as tx:
        await tx.journal.replace(replace(kept.entry, answers={"control": "x", "change": "gone-since"}))

    async def edit(given):
        press = Press(next(_numbers), None, LATER)
        return (await desk.journal.edit(desk.ada, kept.entry.id, given, press)).entry.answers

    assert await edit({"control": "y", "change": None}) == {"control": "y", "change": "gone-since"}
    assert await edit({"control": "y", "change": "timing"}) == {"control": "y", "change": "timing"}
    assert await edit({"control": "y", "change": None}) == {"control": "y"}


async def test_heavy_words_are_kept_score_nowhere_and_suggest_nothing(desk):
    (about,) = await desk.begin("week1")
    kept = await desk.write(about, heavy=True)
    assert kept.suggested == ()
    assert not kept.answered.logged.action.scores


async def test_a_rejection_gone_since_or_of_somebody_else_takes_the_link_and_nothing_more(desk):
    (about,) = await desk.begin("week1")
    assert (await desk.write(about, who=desk.ben)).entry.rejection_id is None
    await desk.rejections.delete(ADA, about, NOW)
    kept = await desk.write(about)
    assert kept.entry.rejection_id is None
    assert kept.entry.answers == WEEK


async def test_nobody_reads_changes_or_deletes_anothers(desk):
    await desk.begin("week1")
    kept = await desk.write()
    for tried in (
        desk.journal.get(BEN, kept.entry.id),
        desk.journal.delete(BEN, kept.entry.id),
        desk.journal.edit(desk.ben, kept.entry.id, WEEK, Press(next(_numbers), None, NOW)),
    ):
        with pytest.raises(NotYours):
            await tried
    assert await desk.journal.entries(BEN) == []
    assert (await desk.journal.search(BEN, "lines")).total == 0
    assert await desk.journal.completions(BEN, "") == []
    assert await desk.journal.get(ADA, kept.entry.id) == kept.entry
    await desk.journal.delete(ADA, kept.entry.id)
    assert await desk.journal.entries(ADA) == []


async def test_pages_are_by_date_and_tell_the_months(desk):
    await desk.begin("week1")
    for number in range(PAGE_SIZE + 1):
        await desk.write(answers={"control": f"c{number}"}, now=NOW - timedelta(days=10 * number))
    first = await desk.journal.listed(ADA, JournalFilter())
    assert [entry.answers["control"] for entry in first.page.items] == [f"c{n}" for n in range(PAGE_SIZE)]
    assert first.months == ("2026-11", "2026-10", "2026-09")
    last = await desk.journal.listed(ADA, JournalFilter(), 9)
    assert (last.page.number, len(last.page.items), last.page.total) == (1, 1, PAGE_SIZE + 1)
    october = await desk.journal.listed(ADA, JournalFilter(month="2026-10"))
    assert [entry.answers["control"] for entry in october.page.items] == ["c3", "c4", "c5"]


async def test_a_search_without_a_word_says_so(desk):
    await desk.begin("week1")
    assert isinstance(await desk.journal.search(ADA, "lines"), Page)
    with pytest.raises(UserError, match="journal-words-missing"):
        await desk.journal.search(ADA, " \u200b ")


async def test_completions_are_by_words_kind_and_day(desk):
    await desk.begin("week1")
    kept = await desk.write()
    for typed in ("", "LINES", "week", "2026-11"):
        assert await desk.journal.completions(ADA, typed) == [kept.entry]
    assert await desk.journal.completions(ADA, "surgery") == []


class TestSuggestions:
    async def test_fit_what_the_entry_is_about_and_come_again_in_the_next_check_in(self, desk):
        about, other = await desk.begin("week2", "week2")
        kept = await desk.write(about)
        assert "email-opening-rewritten" in [action.id for action in kept.suggested]
        first, second = await desk.analyses.of_check_in(ADA, Target(DELIVERY), NOW)
        assert {first.item.subject_id, second.item.subject_id} == {about, other}
        mine = first if first.item.subject_id == about else second
        assert (mine.entry, mine.suggested) == (kept.entry, kept.suggested)
        assert [one.suggested for one in (first, second) if one is not mine] == [()]

    async def test_an_analysis_without_its_choice_is_one_and_says_what_can_be_chosen(self, desk):
        (about,) = await desk.begin("week2")
        kept = await desk.write(about, answers={"control": "My first lines"})
        await desk.write(about, kind="day", answers={"feeling": "tired"}, now=NOW + timedelta(hours=1))
        (found,) = await desk.analyses.of_check_in(ADA, Target(DELIVERY), NOW)
        assert (found.entry, found.suggested, found.to_choose) == (kept.entry, (), "change")
        chosen = await desk.write(about, kind="interview", answers={"wanted": "both"}, now=NOW - timedelta(1))
        (found,) = await desk.analyses.of_check_in(ADA, Target(DELIVERY), NOW)
        assert (found.entry, found.suggested, found.to_choose) == (chosen.entry, chosen.suggested, None)

    async def test_one_that_is_done_answers_the_check_in_and_counts_once(self, desk):
        (about,) = await desk.begin("week2")
        await desk.write(about)
        presses = [Press(next(_numbers), None, NOW) for _ in range(2)]
        first, again = [
            await desk.analyses.did(desk.ada, 1, "email-opening-rewritten", press) for press in presses
        ]
        assert (first.already, again.already) == (False, True)
        assert (await desk.action_kinds()).count("email-opening-rewritten") == 1
        async with desk.db.read() as tx:
            nudge = await tx.nudges.get(ADA, 1)
        assert nudge is not None
        assert nudge.answered_at == NOW

    @pytest.mark.parametrize("first", ["done", "did"])
    async def test_it_and_done_are_one_action_whichever_comes_first(self, desk, first):
        (about,) = await desk.begin("week2")
        await desk.write(about)
        press = Press(next(_numbers), None, NOW)
        if first == "done":
            await desk.done(str(DELIVERY))
        await desk.analyses.did(desk.ada, 1, "email-opening-rewritten", press)
        if first == "did":
            assert not (await desk.done(str(DELIVERY))).new
        assert await desk.action_kinds() == ["debrief-written", "email-opening-rewritten"]

    @pytest.mark.parametrize("first", ["at once", "check-in"])
    async def test_one_pressed_in_the_answer_and_in_the_check_in_counts_once(self, desk, first):
        (about,) = await desk.begin("week2")
        await desk.write(about)

        async def at_once():
            press = Press(next(_numbers), None, NOW)
            return await desk.analyses.did_at_once(desk.ada, about, "email-opening-rewritten", press)

        async def in_check_in():
            press = Press(next(_numbers), None, NOW)
            return await desk.analyses.did(desk.ada, 1, "email-opening-rewritten", press)

        presses = [at_once, in_check_in] if first == "at once" else [in_check_in, at_once]
        assert [(await press()).already for press in presses] == [False, True]
        assert (await at_once()).already
        assert await desk.action_kinds() == ["debrief-written", "email-opening-rewritten"]
        async with desk.db.read() as tx:
            nudge = await tx.nudges.get(ADA, 1)
        assert nudge.answered_at == NOW

    @pytest.mark.parametrize(
        "first, other", [("button", "at once"), ("button", "idea"), ("other", "at once")]
    )
    async def test_it_and_the_check_ins_own_button_are_one(self, desk, first, other):
        (about,) = await desk.begin("week2")

        async def button():
            return (await desk.done("n1", button="cv")).logged[0]

        async def told():
            press = Press(next(_numbers), None, NOW)
            if other == "idea":
                return await desk.analyses.did(desk.ada, 1, "cv-revised", press)
            return await desk.analyses.did_at_once(desk.ada, about, "cv-revised", press)

        both = [button, told] if first == "button" else [told, button]
        assert [(await press()).already for press in both] == [False, True]
        assert await desk.action_kinds() == ["cv-revised"]

    @pytest.mark.parametrize("first", ["idea", "done"])
    async def test_one_pressed_at_once_and_done_in_the_check_in_are_one(self, desk, first):
        (about,) = await desk.begin("week2")

        async def idea():
            press = Press(next(_numbers), None, NOW)
            return await desk.analyses.did_at_once(desk.ada, about, "email-opening-rewritten", press)

        async def done():
            return (await desk.done(str(DELIVERY))).logged[0]

        both = [idea, done] if first == "idea" else [done, idea]
        assert [(await press()).already for press in both] == [False, True]
        for press in (done, idea):
            assert (await press()).already
        assert await desk.action_kinds() == ["email-opening-rewritten"]
        action = (await idea()).action
        await desk.actions.undo(desk.ada, action.id, interaction_id=next(_numbers), now=NOW)
        assert not (await done()).already
        assert await desk.action_kinds() == ["step-taken"]

    @pytest.mark.parametrize("button, kinds", [(None, ["cv-revised"]), ("cv", ["cv-revised"])])
    async def test_done_for_all_adds_nothing_when_each_was_told_at_once_or_by_itself(
        self, desk, button, kinds
    ):
        about, _ = await desk.begin("week2", "week2")
        await desk.analyses.did_at_once(desk.ada, about, "cv-revised", Press(next(_numbers), None, NOW))
        await desk.done("n2", button="cv")
        assert (await desk.done(str(DELIVERY), button=button)).logged[0].already
        assert await desk.action_kinds() == kinds * 2

    async def test_an_idea_for_one_and_the_same_action_told_for_all_are_one(self, desk):
        about, _ = await desk.begin("week2", "week2")
        await desk.analyses.did_at_once(desk.ada, about, "cv-revised", Press(next(_numbers), None, NOW))
        assert (await desk.done(str(DELIVERY), button="cv")).logged[0].already
        assert await desk.action_kinds() == ["cv-revised"]

    async def test_done_for_all_counts_once_for_those_that_nothing_was_told_of(self, desk):
        about, _ = await desk.begin("week2", "week2")
        await desk.analyses.did_at_once(desk.ada, about, "cv-revised", Press(next(_numbers), None, NOW))
        assert not (await desk.done(str(DELIVERY))).logged[0].already
        assert await desk.action_kinds() == ["cv-revised", "step-taken"]

    async def test_nobody_counts_one_for_anothers_rejection(self, desk):
        (about,) = await desk.begin("week2")
        with pytest.raises(NotYours):
            await desk.analyses.did_at_once(desk.ben, about, "cv-revised", Press(next(_numbers), None, NOW))

    async def test_a_second_one_counts_by_itself(self, desk):
        (about,) = await desk.begin("week2")
        await desk.write(about)
        for action in ("email-opening-rewritten", "cv-revised"):
            await desk.analyses.did(desk.ada, 1, action, Press(next(_numbers), None, NOW))
        assert await desk.action_kinds() == ["cv-revised", "debrief-written", "email-opening-rewritten"]

    async def test_nobody_answers_anothers_check_in(self, desk):
        await desk.begin("week2")
        with pytest.raises(NotYours):
            await desk.analyses.did(desk.ben, 1, "cv-revised", Press(next(_numbers), None, NOW))
        with pytest.raises(NotYours):
            await desk.analyses.of_check_in(BEN, Target(DELIVERY), NOW)

    async def test_an_entry_about_nothing_draws_on_what_is_open(self, desk):
        await desk.begin("week1")
        kept = await desk.write(answers={"change": "approach"})
        assert "email-opening-rewritten" in [action.id for action in kept.suggested]
        await desk.rejections.log(
            desk.ben, RejectionDraft("exam", date(2026, 11, 21)), interaction_id=next(_numbers), now=NOW
        )
        theirs = await desk.write(answers={"change": "approach"}, who=desk.ben)
        assert "study-plan-changed" in [action.id for action in theirs.suggested]

    async def test_a_check_in_asks_for_the_lens_of_its_step(self, desk):
        await desk.begin("day1", "week1", "days2")
        asked = await desk.analyses.asked(ADA, Target(DELIVERY))
        assert sorted(kind.id for _, kind in asked) == ["day", "week"]
        of_week = await desk.analyses.asked(ADA, Target(DELIVERY), "week1")
        assert [kind.id for _, kind in of_week] == ["week"]
        assert not await desk.analyses.is_whole(ADA, Target(DELIVERY))
        assert await desk.analyses.is_whole(ADA, Target(1, one=True))
