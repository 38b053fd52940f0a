"""Guards patterns.toml: the shipped file agrees with the rest, a mistake is said with line and reason, a host can add to it."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.domain.kinds import Stage
from bot.domain.patterns import FLOOR, Entry, Ref, Source, find
from config.check import check_all
from config.content import ContentError
from config.documents import ROOT
from config.patterns import check_patterns, load_patterns
from config.unsaid import unsaid
from config.words import Words
from tests import texts

CONTENT, LOCALES = ROOT / "config" / "content", ROOT / "config" / "locales"


def test_a_pattern_that_leaves_no_theme_out_does_not_say_what_the_answers_left_out() -> None:
    rules, voice = texts.patterns(), texts.voice()
    themes = {theme.id for theme in rules.themes.all}
    for rule in rules.rules:
        silent = rule.counts and all(one.without_themes >= themes for one in rule.counts)
        if rule.counts and not silent:
            said = voice(f"pattern-{rule.id}-says", count=3, among=4, what="x")
            assert not re.search(r"\bnone of\b|\bnothing missing\b", said, re.IGNORECASE), rule.id


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("content", "locales/en"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(CONTENT / "patterns.toml", tmp_path / "content")
    shutil.copy(LOCALES / "en" / "patterns.ftl", tmp_path / "locales" / "en")
    return tmp_path


def errors_in(copy: Path) -> list[ContentError]:
    """What is wrong with the copied file beside the shipped words."""
    return check_patterns(copy / "content", texts.content(), texts.english())


def edit(folder: Path, old: str, new: str, name: str = "content/patterns.toml") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_file_has_nothing_wrong() -> None:
    assert check_patterns(CONTENT, texts.content(), texts.english()) == []
    assert check_all(ROOT / "config")[0] == []


@pytest.mark.parametrize(
    "old, new, reason",
    [
        ('kinds = ["application-silence"]', 'kinds = ["application-quiet"]', "'application-quiet' does not exist"),
        ('kinds = ["visa"]', 'kinds = ["visas"]', "'visas' does not exist"),
        ('news = ["interview"]', 'news = ["interviews"]', "'interviews' does not exist"),
        ('"mock-interview", "questions-recalled", "answer', '"mock", "answer', "'mock' does not exist"),
        ('actions = ["rest-day"', 'actions = ["thank-you-sent"', "contacts a program"),
        ('stages = ["apply", "interview"]', 'stages = ["applying"]', "stages`: must be 'prepare'"),
        ('shared = "month"', 'shared = "weekday"', "shared"),
        ("minimum = 4", "minimum = 2", "must be 3 or more"),
        ("minimum = 4", "minimum = 0", "must be 3 or more"),
        ("minimum = 4", "atleast = 4", "atleast`: is an unknown setting"),
        ("share = 30", "share = 130", "must be 100 or less"),
        ("within_days = 730", "within_days = 0", "within_days"),
        ("silent = true", "silent = 2", "silent"),
        ('without_themes = [\n  "research-experience"', 'without_themes = [\n  "experience"', "'experience' does not exist"),
        ("journal = []", 'journal = ["week"]', "'week' does not exist"),
        ("journal = []", 'journal = ["week.weak"]', "'week.weak' does not exist"),
        ('id = "waitlists"', 'id = "silence"', "already in this file"),
        ('id = "local-ties"', 'id = "visa"', "already in this file"),
        ('id = "waitlists"', 'id = "lists"', "no sentence 'pattern-lists-title'"),
        ('id = "local-ties"', 'id = "ties"', "no sentence 'theme-ties-says'"),
        ('id = "certification"', 'id = "certification-and-pathways"', "at most 24"),
        ('"fully booked"', '"(fully booked"', "is never closed"),
        ('"fully booked"', '"<booked>"', "no group called “booked”"),
        ('"fully booked"', '"[fully]"', "found everywhere"),
        ('"<liked> <yours> [<praise>]"', '"<liked> <ours>"', "no group called “ours”"),
        ('"too <less>"', '"too <lesser>"', "no group called “lesser”"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_line_and_reason(copy: Path, old: str, new: str, reason: str) -> None:
    edit(copy, old, new)
    errors = errors_in(copy)
    written = (copy / "content" / "patterns.toml").read_text(encoding="utf-8").splitlines()
    where = [written[error.line - 1] for error in errors if reason in error.reason]
    changed = new.splitlines()[0]
    assert any(changed in line for line in where), errors


@pytest.mark.parametrize(
    "rule, reason",
    [
        ('id = "a"\nactions = ["rest-day"]', "either `counts` or `shared`"),
        (
            'id = "a"\nshared = "kind"\nactions = ["rest-day"]\n[[patterns.counts]]\nkinds = ["exam"]',
            "either `counts` or",
        ),
        ('id = "a"\nshared = "kind"', "one action or more"),
        ('id = "a"\nshared = "theme"\nactions = ["rest-day"]', "stand with the themes"),
        ('id = "a"\nactions = ["rest-day"]\n[[patterns.counts]]\nat_least = 3', "would count every entry"),
    ],
)
def test_a_condition_that_is_none_is_refused(copy: Path, rule: str, reason: str) -> None:
    path = copy / "content" / "patterns.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n[[patterns]]\n{rule}\n", encoding="utf-8")
    errors = errors_in(copy)
    assert any(reason in str(error) for error in errors), errors


def test_a_bad_file_stops_the_start(copy: Path) -> None:
    edit(copy, "minimum = 4", "minimum = 2")
    with pytest.raises(ContentError, match=r"patterns.toml:\d+: .*minimum"):
        load_patterns(copy / "content", texts.content(), texts.english())
    (copy / "content" / "patterns.toml").unlink()
    with pytest.raises(ContentError, match="missing"):
        load_patterns(copy / "content", texts.content(), texts.english())


def test_a_sentence_too_long_for_its_place_is_said_where_it_is_written(copy: Path) -> None:
    edit(
        copy,
        "pattern-month-title = A heavy month",
        "pattern-month-title = " + "A heavy " * 12,
        "locales/en/patterns.ftl",
    )
    errors = [str(error) for error in check_patterns(CONTENT, texts.content(), Words.load(copy / "locales"))]
    assert any("patterns.ftl" in error and "at most 80 fit" in error for error in errors), errors


def test_a_value_that_nothing_fills_is_said_where_it_is_written_with_those_there_are(copy: Path) -> None:
    edit(copy, "pattern-month-says = ", "pattern-month-says = { $number } of ", "locales/en/patterns.ftl")
    errors = check_patterns(CONTENT, texts.content(), Words.load(copy / "locales"))
    lines = (copy / "locales" / "en" / "patterns.ftl").read_text(encoding="utf-8").splitlines()
    told = {lines[error.line - 1].split(" =")[0]: error.reason for error in errors}
    assert list(told) == ["pattern-month-says"]
    assert (
        "uses $number, which nothing fills; it can use: $among, $count, $what" in told["pattern-month-says"]
    )


def test_a_sentence_that_is_missing_is_missing_in_the_folder_that_was_checked(copy: Path) -> None:
    edit(copy, "pattern-month-says = ", "pattern-monthly-says = ", "locales/en/patterns.ftl")
    (error,) = check_patterns(copy / "content", texts.content(), Words.load(copy / "locales"))
    assert f"no sentence 'pattern-month-says' in {copy / 'locales' / 'en'}" in str(error)


def test_a_host_adds_a_rule_and_a_theme_without_touching_code(copy: Path) -> None:
    """What the README shows, word for word."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rule, words = re.findall(
        r"(?ms)^ *```(?:toml|fluent)\n(.*?)^ *```", readme.split("**A pattern of your own.**")[1]
    )[:2]
    with (copy / "content" / "patterns.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + rule)
    with (copy / "locales" / "en" / "patterns.ftl").open("a", encoding="utf-8") as file:
        file.write("\n" + words)
    rules = load_patterns(copy / "content", texts.content(), Words.load(copy / "locales"))
    jobs = [Entry(Ref(Source.REJECTION, n), date(2026, 11, 1), "fellowship", Stage.AFTER) for n in range(3)]
    assert "fellowships" in {one.rule.id for one in find(rules.rules, jobs, date(2026, 11, 22))}


def test_no_pattern_says_why_or_how_likely_or_sends_anybody_to_a_program() -> None:
    words = texts.english()
    keys = [key for key in words.ids() if key.startswith(("pattern", "theme-"))]
    said = {key: words.speak("en")(key, count=5, among=9, what="x", pattern="x") for key in keys}
    assert {key: text for key, text in said.items() if unsaid(text)} == {}
    assert len(keys) > 60


@pytest.mark.parametrize(
    "written, told",
    [
        ("That is because you are weak.", "'because'"),
        ("You have a 20% chance.", "'%'"),
        ("The odds are small.", "'odds'"),
        ("You came { $count } percent of the way.", "'percent'"),
        ("Write to the programs again.", "'Write to the programs'"),
    ],
)
@pytest.mark.parametrize("key", ["pattern-month-says", "theme-visa-do", "pattern-silence-title"])
def test_a_host_who_says_why_or_how_likely_is_told_where(
    copy: Path, key: str, written: str, told: str
) -> None:
    edit(copy, f"{key} = ", f"{key} = {written} ", "locales/en/patterns.ftl")
    words = Words.load(copy / "locales")
    lines = (copy / "locales" / "en" / "patterns.ftl").read_text(encoding="utf-8").splitlines()
    errors = [error for error in check_patterns(CONTENT, texts.content(), words) if told in error.reason]
    assert [lines[error.line - 1].split(" = ")[0] for error in errors] == [key]
    assert key in errors[0].reason


def test_every_rule_keeps_the_floor_and_offers_what_is_there() -> None:
    rules, content = texts.patterns(), texts.content()
    assert {rule.minimum for rule in rules.rules if rule.minimum < FLOOR} == set()
    offered = {action for rule in rules.rules for action in rule.actions}
    offered |= {action for theme in rules.themes.all for action in theme.actions}
    assert [one for one in offered if (found := content.action(one)) is None or found.contacts_program] == []
