"""Guards the content: the shipped files agree, and a mistake in one is said with its file and line."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.domain.catalogue import suggest
from bot.domain.kinds import Kind, Stage
from bot.domain.seasons import Season, season_of
from bot.domain.timetable import Step
from config.challenges import check_challenges
from config.content import Content, ContentError, Lens, check, load_content, load_toml
from config.documents import ROOT
from config.milestones import check_milestones
from config.patterns import check_patterns
from config.words import Words
from tests import texts
from tests.texts import english

CONTENT = ROOT / "config" / "content"
LOCALES = ROOT / "config" / "locales"

KINDS = {
    "research", "clinical-experience", "letter", "exam", "certification", "application-no", "application-silence",
    "interview-waitlist", "interviewed-not-matched", "unmatched", "soap", "fellowship", "job", "visa", "other",
}  # fmt: skip


@pytest.fixture(scope="module")
def words() -> Words:
    return texts.english()


@pytest.fixture(scope="module")
def content() -> Content:
    return texts.content()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(CONTENT, tmp_path / "content")


def _edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_content_has_nothing_wrong() -> None:
    assert [str(error) for error in check(CONTENT, english())] == []


def test_every_sentence_of_the_content_fits_its_place_in_a_language_a_third_longer() -> None:
    both, known = texts.words(), texts.content()
    rest = (check_challenges, check_milestones, check_patterns)
    faults = [*check(CONTENT, both), *(fault for one in rest for fault in one(CONTENT, known, both))]
    assert [str(fault) for fault in faults] == []


def test_every_kind_of_the_product_is_there(content: Content) -> None:
    assert {kind.id for kind in content.kinds} == KINDS
    assert {kind.id for kind in content.kinds if kind.silence} == {"application-silence"}
    assert content.kind("taken-out-since").id == "other"


def test_every_step_has_words_for_every_kind(content: Content, words: Words) -> None:
    voice = words.speak("en")
    for step in Step:
        for kind in content.kinds:
            said = [voice(key) for key in content.protocol.step(step).sentences(kind.id)]
            assert all(said)
            assert sum(map(len, said)) < 700


def test_the_three_lenses_belong_to_day_1_week_1_and_month_1(content: Content) -> None:
    lenses = {step.step: step.lens for step in content.protocol.steps if step.lens}
    assert lenses == {Step.DAY1: Lens.RESPOND, Step.WEEK1: Lens.REVIEW, Step.MONTH1: Lens.STRATEGY}


def test_no_step_offers_a_button_that_contacts_a_program(content: Content) -> None:
    for step in content.protocol.steps:
        for button in step.buttons:
            action = content.action(button.action) if button.action else None
            assert not (action and action.contacts_program)


def test_being_matched_ends_everything_and_nothing_else_does(content: Content) -> None:
    assert [news.id for news in content.goodnews if news.ends_everything] == ["matched"]
    assert content.good_news("letter") is not None
    assert content.good_news("no-such") is None


def test_what_done_may_log_is_no_choice_and_no_idea(content: Content) -> None:
    assert content.action(content.protocol.done) is not None
    assert content.protocol.done not in {choice.id for choice in content.choices}
    assert len(content.choices) == len(content.actions) - 1


def test_every_kind_has_ideas_and_a_rest_among_them(content: Content) -> None:
    for kind in content.kinds:
        ideas = suggest(content.choices, [kind], [], 5)
        assert len(ideas) == 5
        assert any(idea.rest for idea in ideas)


@pytest.mark.parametrize("kind", ["unmatched", "soap", "interviewed-not-matched"])
def test_nothing_contacts_a_program_while_the_guard_is_up(content: Content, kind: str) -> None:
    both = [content.kind(kind), content.kind("application-no")]
    assert not any(idea.contacts_program for idea in suggest(content.actions, both, [], 99))
    calm = [content.kind("application-no")]
    assert any(idea.contacts_program for idea in suggest(content.actions, calm, [], 99))
    withdrawn = suggest(content.actions, calm, [], 99, contacts_withdrawn=True)
    assert not any(idea.contacts_program for idea in withdrawn)


def test_what_was_done_recently_comes_last(content: Content) -> None:
    kind = [content.kind("exam")]
    first = suggest(content.actions, kind, [], 99)[0]
    again = suggest(content.actions, kind, [first.id], 99)
    assert again[-1] == first
    assert suggest(content.actions, kind, [], 0) == []


def test_with_nothing_open_what_fits_anywhere_is_suggested(content: Content) -> None:
    assert all(idea.anywhere for idea in suggest(content.actions, [], [], 99))


def test_the_prompts_ask_for_no_feeling_and_no_rejection(content: Content, words: Words) -> None:
    assert len(content.prompts) >= 20
    for key in content.prompts:
        text = words.speak("en")(key)
        assert len(text) <= 150
        assert not re.search(r"(?i)\b(feel|feeling|sad|reject\w*|silence|score|mood|unmatched)\b", text), key


def test_seasons_begin_on_the_first_of_june(content: Content) -> None:
    assert content.season == Season(6, 1)
    assert season_of(date(2026, 11, 22)) == (date(2026, 6, 1), date(2027, 5, 31))
    assert season_of(date(2026, 5, 31)) == (date(2025, 6, 1), date(2026, 5, 31))
    assert season_of(date(2026, 6, 1), Season(6, 1))[0] == date(2026, 6, 1)
    assert season_of(date(2024, 2, 29), Season(3, 1)) == (date(2023, 3, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "name, old, new, line, reason",
    [
        ("kinds.toml", 'stage = "exam"', 'stage = "exams"', 'stage = "exams"', "stage"),
        ("kinds.toml", 'id = "exam"', 'id = "Exam!"', 'id = "Exam!"', "id"),
        ("kinds.toml", 'id = "exam"', 'id = "visa"', 'id = "visa"', "already in this file"),
        ("kinds.toml", "silence = true", "quiet = true", "quiet = true", "quiet`: is an unknown setting"),
        ("kinds.toml", 'id = "exam"', 'id = "quiz"', 'id = "quiz"', "no sentence 'kind-quiz'"),
        ("actions.toml", '"research"', '"reserch"', '"reserch"', "'reserch' does not exist"),
        ("protocol.toml", 'action = "cv-revised"', 'action = "cv"', 'action = "cv"', "'cv' does not exist"),
        ("protocol.toml", 'done = "step-taken"', 'done = "step"', 'done = "step"', "'step' does not exist"),
        ("protocol.toml", 'opens = "support"', 'opens = "now"', 'opens = "now"', "opens"),
        (
            "protocol.toml",
            'kinds = ["exam"]',
            'kinds = ["exam"]\nwithout = ["exam", "visa"]',
            "[[steps.buttons]]",
            "both name exam",
        ),
        ("protocol.toml", "hours = 24", "hours = 24 h", "hours = 24 h", ""),
        ("protocol.toml", "hours = 24", "hours = -1", "hours = -1", "hours"),
        ("season.toml", "start_day = 1", "start_day = 32", "start_day = 32", "start_day"),
        ("journal.toml", 'asks = "choice"', 'asks = "radio"', 'asks = "radio"', "asks"),
        ("journal.toml", 'asks = "choice"', 'asks = "line"', "[[kinds.questions]]", "two to ten choices"),
        ("journal.toml", 'id = "happened"', 'id = "feeling"', 'id = "feeling"', "already in this file"),
        (
            "journal.toml",
            'id = "happened"',
            'id = "weather"',
            'id = "weather"',
            "no sentence 'entry-day-weather'",
        ),
        ("journal.toml", '"feedback-asked"', '"no-such"', "actions = [", "'no-such' does not exist"),
        ("journal.toml", '"feedback-asked"', '"update-letter-sent"', "actions = [", "writes to a program"),
        ("journal.toml", 'step = "week1"', 'step = "day1"', 'step = "day1"', "has a kind already"),
        ("reframes.toml", 'id = "unfair"', 'id = "family"', 'id = "family"', "already in this file"),
        ("reframes.toml", 'id = "unfair"', 'id = "new"', 'id = "new"', "no sentence 'reframe-new-story'"),
        ("goodnews.toml", '"letter"]', '"note"]', '"note"]', "'note' does not exist"),
    ],
)
def test_a_mistake_is_said_with_file_and_line(
    copy: Path, name: str, old: str, new: str, line: str, reason: str
) -> None:
    _edit(copy, name, old, new)
    errors = check(copy, english())
    written = (copy / name).read_text(encoding="utf-8").splitlines()
    said = {(error.path.name, written[error.line - 1]) for error in errors if reason in str(error)}
    assert any(where == name and line in text for where, text in said), [str(e) for e in errors]


def test_the_kind_that_removed_kinds_become_cannot_be_removed(copy: Path) -> None:
    _edit(copy, "kinds.toml", 'id = "other"', 'id = "else"')
    assert any("there must be a kind 'other'" in str(error) for error in check(copy, english()))


def test_all_that_is_wrong_is_said_at_once(copy: Path) -> None:
    _edit(copy, "kinds.toml", 'stage = "exam"', 'stage = "exams"')
    _edit(copy, "season.toml", "start_day = 1", "start_day = 0")
    (copy / "goodnews.toml").unlink()
    errors = check(copy, english())
    assert [error.path.name for error in errors] == ["goodnews.toml", "kinds.toml", "season.toml"]
    assert "this file is missing" in str(errors[0])


def test_a_bad_file_stops_the_start(copy: Path, words: Words) -> None:
    _edit(copy, "season.toml", "start_month = 6", "start_month = 2\nstart_day = 30 #")
    with pytest.raises(ContentError, match=r"season.toml:\d+: "):
        load_content(copy, words)


def test_a_day_that_not_every_year_has_cannot_begin_a_season(copy: Path) -> None:
    (copy / "season.toml").write_text("[season]\nstart_month = 2\nstart_day = 29\n")
    assert len(check(copy, english())) == 1


def test_a_sentence_too_long_for_its_place_is_said_where_it_is_written(tmp_path: Path) -> None:
    locales = shutil.copytree(LOCALES, tmp_path / "locales")
    _edit(locales / "en", "kinds.ftl", "kind-visa = Visa", "kind-visa = " + "Visa " * 12)
    (error,) = check(CONTENT, Words.load(locales))
    assert error.path.name == "kinds.ftl"
    assert "at most 45 fit" in str(error)


def test_lines_are_found_around_arrays_strings_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        '# [x]\n[[a]]\nb = [\n  "[c]", # ]\n]\nd = """\ne = 1\n"""\n[[a.f]]\ng = 1\n[[a]]\nb = 2\n'
    )
    document = load_toml(path)
    lines = [document.line("a", 0, "b"), document.line("a", 0, "d"), document.line("a", 0, "f", 0, "g")]
    assert lines == [3, 6, 10]
    assert document.line("a", 1, "b", 7, "unknown") == 12
    assert document.line("nowhere") == 1


def test_a_file_that_is_no_toml_or_no_text_says_so(tmp_path: Path) -> None:
    broken, binary = tmp_path / "a.toml", tmp_path / "b.toml"
    broken.write_text("a = 1\nb = \n")
    binary.write_bytes(b"a = '\xff'")
    for path, line in ((broken, 2), (binary, 1)):
        with pytest.raises(ContentError) as caught:
            load_toml(path)
        assert caught.value.line == line


def test_a_kind_belongs_to_one_of_the_seven_stages() -> None:
    assert [stage.value for stage in Stage] == [
        "prepare", "exam", "certify", "apply", "interview", "match", "after",
    ]  # fmt: skip
    assert Kind("x", Stage.EXAM) == Kind("x", Stage.EXAM, silence=False, contact_guard=False)


def test_the_journal_entry_of_the_readme_is_one_as_it_stands_there(copy: Path, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    part = readme.split("**A journal entry of your own.**", 1)[1]
    toml, fluent = re.findall(r"(?s)```(?:toml|fluent)\n(.*?)```", part)[:2]
    locales = shutil.copytree(LOCALES, tmp_path / "locales")
    _append(copy / "journal.toml", toml)
    assert [error.path.name for error in check(copy, Words.load(locales))] == ["journal.toml"] * 4
    _append(locales / "en" / "journal.ftl", fluent)
    assert check(copy, Words.load(locales)) == []
    kind = load_content(copy, Words.load(locales)).journal.kind("mock")
    assert kind is not None
    assert [question.id for question in kind.questions] == ["heard"]


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")
