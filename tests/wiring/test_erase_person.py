"""`python -m bot erase-person` as a host types it: counts, a word to be sure, a receipt, and never a text."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.wiring.host import Host

AMARA, BILAL = 101, 102


def fill(host: Host, now: datetime) -> Host:
    """Two members who name the same person."""
    host.joins(AMARA, now, "Kanari Vogel of Ridge Hospital", "kanari.vogel@ridge.org")
    host.joins(BILAL, now, "KANARI VOGEL", "somebody else")
    return host


@pytest.fixture
def named(host: Host, now: datetime) -> Host:
    return fill(host, now)


def test_it_counts_asks_and_tells_what_it_did(anywhere: Host, now: datetime) -> None:
    named = fill(anywhere, now)
    done = named.types("erase-person", "Kanari Vogel", typed="erase\n")
    assert done.exit_code == 0, done.output
    assert "Named 3 times, in the words of 2 members" in done.stdout
    assert "Taken out 3 times, of 2 members" in done.stdout
    assert "Ridge" not in done.output
    assert named.texts(AMARA) == {"[name removed] of Ridge Hospital", "[name removed]"}
    assert named.texts(BILAL) == {"[name removed]", "somebody else"}


def test_anything_else_than_the_word_changes_nothing(named: Host) -> None:
    before = named.texts(AMARA), named.texts(BILAL)
    assert "Nothing was changed" in named.types("erase-person", "Kanari Vogel", typed="yes\n").stdout
    assert (named.texts(AMARA), named.texts(BILAL)) == before


def test_the_name_may_be_typed_where_no_shell_remembers_it(named: Host) -> None:
    assert "Taken out" in named.types("erase-person", typed="Kanari Vogel\nerase\n").stdout


def test_nobody_of_that_name_and_too_little_of_one(named: Host) -> None:
    assert "named nowhere" in named.types("erase-person", "Vogelsang").stdout
    assert "too little to look for" in named.types("erase-person", "K").stderr


def test_no_file_holds_the_name_before_or_after(named: Host) -> None:
    def readable(folder: Path) -> list[str]:
        files = [path for path in folder.rglob("*") if path.is_file()]
        return [path.name for path in files if b"kanari" in path.read_bytes().lower()]

    assert readable(named.folder) == []
    named.types("erase-person", "Kanari Vogel", typed="erase\n")
    assert readable(named.folder) == []
