"""The steps of the ten days: what ships is whole, and what is wrong is said with the line and the reason."""

import shutil
from pathlib import Path

import pytest

from bot.domain.challenges import Group
from config.challenges import check_challenges, load_challenges
from config.documents import ROOT, ContentError
from config.words import Words
from tests import texts
from tests.texts import CONTENT, LOCALES


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(CONTENT, tmp_path / "content")


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "challenges.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_ships_is_varied_and_whole() -> None:
    steps = texts.challenge()
    assert len(steps) >= 20
    for group in Group:
        assert sum(step.group is group for step in steps) >= 4
    assert len({step.action for step in steps}) >= 15
    assert check_challenges(CONTENT, texts.content(), texts.english()) == []


def test_no_step_contacts_a_program() -> None:
    for step in texts.challenge():
        action = texts.content().action(step.action)
        assert action is not None
        assert not action.contacts_program


@pytest.mark.parametrize(
    "old, new, line, reason",
    [
        ('id = "walk"', 'id = "swim"', 'id = "swim"', "no sentence 'challenge-step-swim'"),
        ('id = "walk"', 'id = "one-goal"', 'id = "one-goal"', "already in this file"),
        ('id = "walk"', 'id = "Walk!"', 'id = "Walk!"', "id"),
        ('action = "walk-taken"', 'action = "run"', 'action = "run"', "'run' does not exist"),
        (
            'action = "contact-followed-up"',
            'action = "thank-you-sent"',
            'action = "thank-you-sent"',
            "contacts a program",
        ),
        ('group = "plan"', 'group = "sleep"', 'group = "sleep"', "group"),
        (
            'after = "answer-recorded"',
            'after = "walk"',
            'after = "walk"',
            "no step 'walk' stands above this one",
        ),
        ('group = "plan"', 'grup = "plan"', 'grup = "plan"', "grup"),
    ],
)
def test_a_mistake_is_said_with_line_and_reason(
    copy: Path, old: str, new: str, line: str, reason: str
) -> None:
    edit(copy, old, new)
    written = (copy / "challenges.toml").read_text(encoding="utf-8").splitlines()
    errors = check_challenges(copy, texts.content(), texts.english())
    assert any(line in written[one.line - 1] and reason in one.reason for one in errors), [
        str(one) for one in errors
    ]
    with pytest.raises(ContentError, match=r"challenges.toml:\d+: "):
        load_challenges(copy, texts.content(), texts.english())


def test_nine_steps_are_too_few_and_26_of_a_group_too_many(copy: Path) -> None:
    one = '[[steps]]\nid = "step-{n}"\ngroup = "plan"\naction = "walk-taken"\n'
    path = copy / "challenges.toml"
    path.write_text("".join(one.format(n=n) for n in range(9)))
    assert any(
        "at least 10" in error.reason for error in check_challenges(copy, texts.content(), texts.english())
    )
    path.write_text("".join(one.format(n=n) for n in range(26)))
    many = [
        e for e in check_challenges(copy, texts.content(), texts.english()) if "at most 25 fit" in e.reason
    ]
    assert [error.line for error in many] == [25 * 4 + 3]


def test_a_sentence_too_long_for_its_place_is_said_where_it_is_written(tmp_path: Path) -> None:
    locales = shutil.copytree(LOCALES, tmp_path / "locales")
    path = locales / "en" / "challenges.ftl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("challenge-step-walk = ", "challenge-step-walk = " + "Walk " * 20))
    (error,) = check_challenges(CONTENT, texts.content(), Words.load(locales))
    assert (error.path.name, "at most 80 fit" in error.reason) == ("challenges.ftl", True)


def test_a_host_adds_a_step_without_touching_code(tmp_path: Path) -> None:
    """As the README shows it, word for word."""
    shown = (
        (ROOT / "README.md").read_text(encoding="utf-8").split("**A step of the ten days of your own**", 1)[1]
    )
    blocks = [block.split("\n", 1)[1] for block in shown.split("```")[1:4:2]]
    config = shutil.copytree(ROOT / "config", tmp_path / "config")
    for name, block in zip(("content/challenges.toml", "locales/en/challenges.ftl"), blocks, strict=True):
        with (config / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{block}")
    words = Words.load(config / "locales")
    assert check_challenges(config / "content", texts.content(), words) == []


def test_a_step_that_another_builds_on_is_told_with_the_command_that_helps() -> None:
    told = texts.words().speak("en")("challenge-swap-needed", day=2)
    assert "`/challenge swap day:2`" in told
