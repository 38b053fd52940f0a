"""The journal without a database: what is kept of a form, what is found, what answers suggest."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.catalogue import suggest
from bot.domain.journal import (
    ANSWER_MAX,
    Asks,
    Choice,
    EntryKind,
    JournalEntry,
    JournalFilter,
    Question,
    first_words,
    found_in,
    holds,
    months,
)
from bot.domain.text import folded
from bot.errors import NotYours, SentenceId, UserError
from tests import texts

CHOICES = (Choice("cv", ("cv-revised", "feedback-asked")), Choice("list", ("targets-found",)), Choice("rest"))
KIND = EntryKind(
    "week",
    (
        Question("what"),
        Question("change", Asks.CHOICE, choices=CHOICES),
        Question("also", Asks.CHOICE, choices=(Choice("cv", ("feedback-asked", "rest-day")),)),
    ),
)


def entry(number: int = 1, day: str = "2026-11-22", kind: str = "week", **answers: str) -> JournalEntry:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return JournalEntry(number, 7, kind, None, date.fromisoformat(day), now, None, answers)


class TestWhatIsKept:
    def test_in_the_order_of_the_form_trimmed_and_without_what_was_left_empty(self):
        given = {"change": "cv", "what": "  A short email \n", "also": None, "unheard": "of"}
        assert list(KIND.checked(given).items()) == [("what", "A short email"), ("change", "cv")]

    @pytest.mark.parametrize("given", [{}, {"what": " \u200b "}, {"what": None, "change": ""}])
    def test_a_form_without_an_answer_is_not(self, given):
        with pytest.raises(UserError, match="journal-empty") as told:
            KIND.checked(given)
        assert told.value.values == {"field": "entry-week-what"}

    def test_nor_one_without_its_required_answer(self):
        kind = EntryKind("day", (Question("what"), Question("feeling", Asks.LINE, required=True)))
        with pytest.raises(UserError, match="journal-needs") as told:
            kind.checked({"what": "x"})
        assert told.value.values == {"field": "entry-day-feeling"}
        assert isinstance(told.value.values["field"], SentenceId)

    def test_a_choice_that_is_not_offered_is_made_up_by_somebody(self):
        with pytest.raises(NotYours):
            KIND.checked({"change": "everything"})

    @pytest.mark.parametrize("text", ["x" * (ANSWER_MAX + 1), "a\x00b", "\ud800"])
    def test_text_that_cannot_be_kept_is_said_to_be_so(self, text):
        with pytest.raises(UserError, match="text-"):
            KIND.checked({"what": text})


class TestWhatIsSuggested:
    @pytest.mark.parametrize(
        "answers, actions",
        [
            ({}, ()),
            ({"what": "cv"}, ()),
            ({"change": "rest"}, ()),
            ({"change": "list"}, ("targets-found",)),
            ({"change": "cv", "also": "cv"}, ("cv-revised", "feedback-asked", "rest-day")),
            ({"change": "taken out of the file since"}, ()),
        ],
    )
    def test_is_the_list_of_the_picked_choices_each_once(self, answers, actions):
        assert KIND.suggests(answers) == actions

    @pytest.mark.parametrize("rejected", [kind.id for kind in texts.content().kinds])
    def test_every_choice_of_the_shipped_files_has_an_action_for_every_kind_of_no(self, rejected):
        content = texts.content()
        for kind in content.journal.kinds:
            for question in kind.questions:
                for choice in question.choices:
                    named = [action for action in content.actions if action.id in choice.actions]
                    found = suggest(named, [content.kind(rejected)], [], 3)
                    assert found, (kind.id, choice.id)
                    assert not any(action.contacts_program for action in found)


class TestSearch:
    OWN = (
        entry(1, what="The first lines were about me, not about their work."),
        entry(2, what="Too late in the season", next="Write in March\nand ask ÉLODIE for a letter"),
        entry(3, what="ｗｉｄｅ letters, straße"),
    )

    @pytest.mark.parametrize(
        "sought, found",
        [
            ("first", [1]),
            ("FIRST work", [1]),
            ("work first", [1]),
            ("first season", []),
            ("élodie", [2]),
            ("e\u0301lodie", [2]),
            ("march late", [2]),
            ("wide", [3]),
            ("STRASSE", [3]),
            ("letter", [2, 3]),
            (".*", []),
        ],
    )
    def test_finds_what_holds_every_word(self, sought, found):
        words = folded(sought).split()
        assert [one.id for one in self.OWN if holds(one, words)] == found

    def test_shows_the_words_around_the_first_place(self):
        words = " ".join(f"w{n}" for n in range(40))
        found = found_in(entry(what="nothing", next=words), ["w20"])
        assert found.snippet == "… " + " ".join(f"w{n}" for n in range(15, 31)) + " …"

    def test_shows_the_beginning_where_no_single_word_holds_it(self):
        assert found_in(entry(what="a\u00adb c"), ["ab"]).snippet


def test_months_are_the_latest_first_each_once():
    own = [entry(1, "2026-11-22"), entry(2, "2026-01-03"), entry(3, "2026-11-01")]
    assert months(own) == ["2026-11", "2026-01"]


def test_a_filter_narrows_by_kind_month_and_rejection():
    own = [entry(1, "2026-11-22"), entry(2, "2026-10-22"), entry(3, "2026-11-02", kind="day")]
    assert [one.id for one in own if JournalFilter(month="2026-11").fits(one)] == [1, 3]
    assert [one.id for one in own if JournalFilter(kind="week", month="2026-11").fits(one)] == [1]
    assert [one.id for one in own if JournalFilter(rejection_id=5).fits(one)] == []


def test_a_text_is_shown_by_its_first_words():
    assert first_words("one\n two") == "one two"
    assert first_words(" ".join(["w"] * 17)) == " ".join(["w"] * 16) + " …"
