"""Guards `milestones.toml`: what is shipped is sound, and a mistake is said with its file and line."""

import shutil
from pathlib import Path

import pytest

from config.check import check_all
from config.documents import ROOT
from config.milestones import check_milestones
from tests.texts import CONTENT, content, english, milestones


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(CONTENT, tmp_path / "content")


def wrong(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "milestones.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [
        str(error).partition("milestones.toml:")[2]
        for error in check_milestones(folder, content(), english())
    ]


def test_the_shipped_numbers_are_those_of_the_product() -> None:
    assert milestones().numbers == (10, 25, 50, 100)
    assert check_milestones(CONTENT, content(), english()) == []


def test_what_is_said_is_short_because_what_followed_stands_behind_a_button() -> None:
    voice = english().speak("en")
    for number in milestones().numbers:
        said = voice(f"milestone-{number}")
        assert "/" not in said.replace("`/me pause`", "")
        assert len(said) < 400


@pytest.mark.parametrize(
    "old, new, line, reason",
    [
        ("number = 25", "number = 26", 16, "no sentence 'milestone-26'"),
        ("number = 25", "number = 10", 16, "10 must be more than 10"),
        ("number = 10", "number = 1", 13, "must be 5 or more"),
        ("number = 10", "noes = 10", 13, "noes`: is an unknown setting"),
        ('"soap"', '"soup"', 10, "'soup' does not exist"),
        ("[[milestones]]", "[[milestones]", 12, ""),
    ],
)
def test_a_mistake_is_said_with_its_line(folder: Path, old: str, new: str, line: int, reason: str) -> None:
    said = wrong(folder, old, new)
    assert any(error.startswith(f"{line}: ") and reason in error for error in said), said


def test_check_content_looks_at_it(tmp_path: Path) -> None:
    config = shutil.copytree(
        ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    assert check_all(config)[0] == []
    (config / "content" / "milestones.toml").write_text("milestones = 3\n", encoding="utf-8")
    assert any("milestones.toml:1:" in error for error in check_all(config)[0])
