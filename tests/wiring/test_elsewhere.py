"""A command typed in the wrong folder, or beside a database of another version, says so and makes nothing."""

from pathlib import Path

import pytest

from bot.storage import schema
from tests.wiring.host import Host

COMMANDS = [("erase-member", "5"), ("erase-person", "Jane"), ("repair-counters",)]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_where_there_is_no_database_nothing_is_said_to_have_been_looked_at(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Host(tmp_path, monkeypatch).types(*words, typed="Erase\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no database here yet." in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_database_of_another_version_is_left_to_the_bot_that_has_it(
    words: tuple[str, ...], host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, revisions = host.database.read_bytes(), ("9999", schema.head())
    monkeypatch.setattr(schema, "_revisions", lambda: revisions)
    done = host.types(*words, typed="Erase\n")
    assert done.exit_code == 2
    assert "python -m bot migrate" in " ".join(done.stderr.split())
    assert host.database.read_bytes() == before
