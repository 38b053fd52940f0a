"""The papers name what is there: links, paths, commands, settings, targets, periods. What they say in words is a reader's."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.cli import app
from bot.storage.backups import LONGEST
from bot.storage.keytables import POSTGRES_SCHEMA
from bot.storage.owned import OWNED
from config.documents import ROOT
from config.settings import Settings

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TEXTS = {path: path.read_text(encoding="utf-8") for path in PAPERS}
README, PRIVACY, SECURITY = (TEXTS[ROOT / f"{name}.md"] for name in ("README", "PRIVACY", "SECURITY"))
HOUSE = TEXTS[ROOT / "docs" / "house.md"]
OURS = ("bot/", "cogs/", "config/", "docs/", "scripts/", "tests/")
TOP = {"compose.yaml", "pyproject.toml", "requirements.txt", "CHANGELOG.md", "PRIVACY.md", ".env.example"}

papers = pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())


def prose(text: str) -> str:
    """The text without its blocks of code."""
    return re.sub(r"(?ms)^ *```.*?^ *```", "", text)


def anchors(text: str) -> set[str]:
    """The headings as GitHub links to them."""
    heads = re.findall(r"(?m)^#+ +(.+)$", prose(text))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@papers
def test_every_link_leads_somewhere(paper):
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(TEXTS[paper])):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (paper.parent / name).resolve() if name else paper
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@papers
def test_every_path_that_is_named_is_there(paper):
    named = re.findall(r"`([^`\s]+)`", prose(TEXTS[paper]))
    paths = [name for name in named if name.startswith(OURS) or name in TOP]
    gone = [name for name in paths if not list(ROOT.glob(re.sub(r"<\w+>", "*", name).rstrip("/")))]
    assert gone == []


@papers
def test_every_setting_and_make_target_that_is_named_is_there(paper):
    settings = {f"STEPFORWARD_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"STEPFORWARD_[A-Z_]+[A-Z]", TEXTS[paper])) - settings == set()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):", makefile))
    typed = " ".join(re.findall(r"(?ms)^```$.*?^```|`[^`]+`", TEXTS[paper]))
    assert set(re.findall(r"(?m)(?:`|^)make ([a-z-]+)", typed)) - targets == set()


def test_readme_lists_every_command_of_the_command_line():
    names = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    assert set(re.findall(r"(?m)^\| `python -m bot ([a-z-]+)", README)) == names


def test_the_house_has_the_walls_that_are_checked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    walls = [wall["name"] for wall in project["tool"]["importlinter"]["contracts"]]
    part = HOUSE.split("## Who may import whom", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"(?m)^- (.+)$", part) == walls


def test_the_house_names_every_room():
    rooms = [
        path for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    ]
    left_out = {"__init__.py", "__main__.py"}
    part = HOUSE.split("## What lives where", 1)[1].split("\n## ", 1)[0]
    assert [
        path.name for path in rooms if path.name not in left_out and f"`bot/{path.name}`" not in part
    ] == []


# What the privacy page calls each table of a member's.
KEPT = {
    "members": "your settings",
    "rejections": "rejections",
    "actions": "actions",
    "goodnews": "good news",
    "nudges": "planned check-ins",
    "deliveries": "delivery record",
    "post_names": "names in the group's weekly posts",
    "memberships": "the servers where you used the bot",
    "counters": "the number of your actions on each board",
    "wins": "your wins",
    "kudos": "the thanks you gave",
    "journal": "your journal",
    "journal_answers": "your journal",
    "drafts": "drafts of messages",
    "challenges": "the ten days",
    "challenge_days": "with their steps",
    "declined_patterns": "which patterns you",
    "receipts": "The note that a press was already answered",
}


def test_the_privacy_page_tells_of_every_table_of_a_members():
    assert set(KEPT) == {owned.name for owned in OWNED}
    assert [name for name in KEPT.values() if name not in PRIVACY] == []


def test_what_is_said_to_be_sealed_is_sealed_and_nothing_else():
    assert {column for owned in OWNED for column in owned.sealed} == {"who", "said", "note", "answer", "text"}
    for page in (PRIVACY, SECURITY):
        assert "(who, what they said, notes, journal, drafts)" in " ".join(page.split())


def test_the_papers_say_how_long_copies_are_kept():
    days = Settings.model_fields["backup_keep_days"].default
    assert f"copy of the data every night and keeps it {days} days" in PRIVACY
    assert f"another period, {LONGEST.days} days at most" in PRIVACY
    assert f"kept {days} days" in README


def test_the_security_page_says_where_things_lie():
    settings = Settings(_env_file=None)
    places = [settings.secret_key_file.as_posix(), settings.backup_place.as_posix(), POSTGRES_SCHEMA]
    places += [url.split(":///")[1] for url in (settings.database_url, settings.keystore_address)]
    assert [place for place in places if f"`{place}`" not in SECURITY] == []
    user = re.search(r"(?m)^USER (\d+):", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert user
    assert f"user {user[1]} " in SECURITY


def test_every_paper_is_found_from_the_readme():
    found, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        paper = waiting.pop()
        if paper not in found and paper in TEXTS:
            found.add(paper)
            links = re.findall(r"\]\(([^)\s#]+)", prose(TEXTS[paper]))
            waiting += [(paper.parent / link).resolve() for link in links if "://" not in link]
    assert {path.name for path in set(PAPERS) - found} <= {"CHANGELOG.md"}
