"""`python -m bot backup` as a host types it."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bot.storage.engine import Engines
from bot.storage.schema import SchemaRefused
from bot.wiring import opening
from tests.wiring.host import Host

AMARA = 101


def test_it_names_the_file_and_tells_where_the_keys_are(host: Host, now: datetime) -> None:
    host.joins(AMARA, now, "Ridge Hospital")
    done = host.types("backup")
    assert done.exit_code == 0, done.output
    [made] = (host.folder / "backups").iterdir()
    assert str(made) in done.stdout
    assert "bot.key" in done.stdout
    assert "bot-keys.sqlite3" in done.stdout
    assert b"Ridge" not in made.read_bytes()


def test_no_key_is_in_it(host: Host, now: datetime) -> None:
    host.joins(AMARA, now, "Ridge Hospital")
    host.types("backup", "--folder", host.folder / "elsewhere")
    [made] = (host.folder / "elsewhere").iterdir()
    content = made.read_bytes()
    assert b"member_keys" not in content
    assert (host.folder / "bot.key").read_bytes().strip() not in content


def test_before_there_is_a_database_there_is_nothing_to_do(host: Host) -> None:
    host.database.unlink()
    done = host.types("backup")
    assert done.exit_code == 2
    assert "nothing to back up" in done.stderr
    assert [path.name for path in host.folder.iterdir()] == [], "and nothing is made by asking"


def test_a_folder_that_cannot_be_written_is_one_clear_line(host: Host, now: datetime, tmp_path: Path) -> None:
    host.joins(AMARA, now, "Ridge Hospital")
    (tmp_path / "file").touch()
    done = host.types("backup", "--folder", tmp_path / "file" / "under")
    assert done.exit_code == 2
    assert "The backup was not made" in done.stderr


def test_a_database_of_an_earlier_version_is_backed_up_before_it_is_migrated(
    host: Host, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.joins(AMARA, now, "Ridge Hospital")

    async def is_older(_engines: Engines) -> bool:
        return True

    async def refuses(engines: Engines) -> None:
        [made] = (host.folder / "backups").iterdir()
        with closing(sqlite3.connect(made)) as connection:
            assert connection.execute("SELECT count(*) FROM rejections").fetchone() == (1,)
        raise SchemaRefused("it would lose rows")

    monkeypatch.setattr(opening, "is_older", is_older)
    monkeypatch.setattr(opening, "head", lambda: "a later one")
    monkeypatch.setattr(opening, "migrate_schema", refuses)
    assert "it would lose rows" in host.types("migrate").stderr


def test_without_room_for_that_backup_nothing_is_migrated(
    host: Host, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.joins(AMARA, now, "Ridge Hospital")

    async def is_older(_engines: Engines) -> bool:
        return True

    (host.folder / "backups").touch()
    monkeypatch.setattr(opening, "is_older", is_older)
    monkeypatch.setattr(opening, "head", lambda: "a later one")
    done = host.types("migrate")
    assert done.exit_code == 2
    assert "was not changed" in done.stderr
