"""The file of messages agrees with the catalogue and the words, and a mistake in it is said with its line."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.drafts import compose
from bot.domain.seasons import MatchWeek
from config.check import check_all, season_warnings
from config.content import check
from config.documents import ContentError
from config.drafts import FILE, DraftsReader
from config.needs import wordless
from config.words import Words
from tests.texts import CONTENT, LOCALES, content, english, voice


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The content, to be spoiled."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def mend(copy: Path, old: str, new: str) -> list[str]:
    """What is said after one change: the line that is blamed, and the reason."""
    path = copy / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    errors: list[ContentError] = []
    reader = DraftsReader(copy, errors)
    errors += reader.disagreements([one.id for one in content().actions], [one.id for one in content().kinds])
    errors += wordless(reader.needs(), english())
    return [f"{lines[error.line - 1]} <- {error.reason}" for error in errors]


@pytest.mark.parametrize(
    "old, new, blamed, reason",
    [
        ('shape = "question"', 'shape = "ask"', 'shape = "ask"', "shape"),
        ('action = "reply-sent"', 'action = "replied"', 'action = "replied"', "'replied' does not exist"),
        ('kinds = ["research", "c', 'kinds = ["reserch", "c', "kinds = ", "'reserch' does not exist"),
        ('id = "thanks"', 'id = "reply"', 'id = "reply"', "already in this file"),
        ('id = "thanks"', 'id = "cheers"', 'id = "cheers"', "no sentence 'draft-cheers'"),
        ('id = "thanks"', f'id = "{"x" * 25}"', "id = ", "at most 24"),
        ('"question"]\noptional = ["name"]', '"ask"]\noptional = ["name"]', "fields = ", "'ask' does not exist"),
        ('optional = ["name"]\n', 'optional = ["name", "question"]\n', "letter = ", "{question} may be empty"),
        ("|As for the time: {when}]", "]", "letter = ", "{when} may begin otherwise"),
        ("{heard:told}", "{heard:tld}", "letter = ", "`tld` is not a way to begin"),
        ('examples = ["question", "when"]', 'examples = ["question", "build"]', "examples = ", "'build' does not exist"),
        ('examples = ["fit"]', 'examples = ["talked"]', "examples = ", "no sentence 'draft-thanks-interview-talked-hint'"),
        ('optional = ["name"]\n', 'optional = ["sign"]\n', "optional = ", "'sign' does not exist"),
        ("{heard}", "{herd}", "letter = ", "{herd}, which is not one of its fields"),
        ("[I understand that {heard:told}|I have read it with care, and this is what I take from it: {heard}]", "", "letter = ", "does not use {heard}"),
        ("|Hello,]", "|Hello,", "letter = ", "a [ without its ]"),
        ('id = "heard"\nshape = "words"\nmost = 300', 'id = "heard"\nshape = "words"\nmost = 900', "letter = ", "characters long"),
        ('id = "sign"\n', 'id = "autograph"\n', 'id = "autograph"', "no sentence 'draft-field-autograph'"),
        ("long = true", "lengthy = true", "lengthy = true", "lengthy`: is an unknown setting"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_line(copy: Path, old: str, new: str, blamed: str, reason: str) -> None:
    said = mend(copy, old, new)
    assert any(line.startswith(blamed) and reason in line for line in said), said


def test_a_message_of_the_hosts_own_needs_its_words_and_no_code(copy: Path, tmp_path: Path) -> None:
    locales = shutil.copytree(LOCALES, tmp_path / "locales")
    with (copy / FILE).open("a", encoding="utf-8") as file:
        file.write(
            '\n[[drafts]]\nid = "sorry"\naction = "follow-up-sent"\nfields = ["name", "news"]\n'
            'optional = ["name"]\nletter = "[Dear {name},|Hello,] I am sorry that I missed our call. {news}"\n'
        )
    assert len(check(copy, Words.load(locales))) == 2
    with (locales / "en" / "drafts.ftl").open("a", encoding="utf-8") as file:
        file.write("draft-sorry = Say sorry\ndraft-sorry-hint = After a call you have missed\n")
    assert check(copy, Words.load(locales)) == []


def test_every_message_counts_as_an_action_and_those_to_programs_are_known() -> None:
    known = {kind.id: content().action(kind.action) for kind in content().drafts}
    assert None not in known.values()
    assert {kind for kind, action in known.items() if action and action.contacts_program} == {
        "feedback-program", "thanks-interview", "update-program",
    }  # fmt: skip


def test_match_week_begins_on_a_monday(copy: Path) -> None:
    assert content().match_weeks == (MatchWeek(content().match_weeks[0].monday),)
    season = copy / "season.toml"
    season.write_text(
        season.read_text(encoding="utf-8").replace("2027-03-15", "2027-03-16"), encoding="utf-8"
    )
    (error,) = check(copy, english())
    assert "Monday" in error.reason


PLACEHOLDER_ON_A_PHONE = 34
"""Characters of a field of one line that a phone 390 pixels wide shows."""


def test_the_example_of_a_field_fits_into_it_and_each_question_has_its_own() -> None:
    """A hint is an example of what to write: where it says so, it has to fit, and it shows what this letter is for."""
    questions = []
    for kind in content().drafts:
        assert len(voice()(kind.fields[0].hint_key)) <= PLACEHOLDER_ON_A_PHONE, (
            "it stands in the field itself"
        )
        for field in kind.fields:
            _, found, example = voice()(field.hint_key).partition("For example: ")
            assert not found or len(example) <= field.most
            questions += [example] if field.id == "question" else []
    assert all(questions)
    assert len(set(questions)) == len(questions)


def test_a_letter_made_of_its_own_examples_reads_without_a_colon() -> None:
    """What the form shows is what goes on with the sentence best."""
    for kind in content().drafts:
        typed = {f.id: voice()(f.hint_key).rpartition("For example: ")[2] for f in kind.fields}
        assert compose(kind, typed | {"name": "Dr. Mensah", "sign": "Amara"}).count(":") <= (
            kind.id == "thanks"
        )


def test_a_host_is_warned_before_a_season_has_no_match_week() -> None:
    known = content()
    last = known.match_weeks[-1].monday
    assert season_warnings(known, last) == []
    (warning,) = season_warnings(known, last.replace(month=9))
    assert warning.startswith(f"config/content/season.toml: the Match Week of {last.year + 1} is missing")


def test_the_check_itself_warns_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    year = content().match_weeks[-1].monday.year
    monkeypatch.setattr("config.check.system_clock", lambda: datetime(year, 9, 1, tzinfo=UTC))
    assert any("Match Week" in line for line in check_all(CONTENT.parent)[1])
