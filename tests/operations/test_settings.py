import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from bot import cli
from bot.cli import console
from bot.storage.engine import make_folder
from config.settings import Settings


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)


@pytest.mark.parametrize(
    "given, address",
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("0.0.0.0:9", ("0.0.0.0", 9)),  # noqa: S104 - a container's own network
        ("[::1]:8080", ("::1", 8080)),
        ("0", None),
        ("", None),
    ],
)
def test_where_the_pages_are_served(given, address):
    assert settings(health=given).health_address == address


@pytest.mark.parametrize("given", ["8080", "here", "::1", "127.0.0.1:", "a b:1"])
def test_an_address_that_is_none_is_refused(given):
    with pytest.raises(ValidationError, match="or 0 for none"):
        settings(health=given)


def test_the_pages_are_for_this_machine_alone_unless_the_host_says_otherwise(monkeypatch):
    monkeypatch.delenv("STEPFORWARD_HEALTH", raising=False)
    assert settings().health_address == ("127.0.0.1", 8080)


@pytest.mark.parametrize("shards, makes", [("", True), ("0-1/4", True), ("2-3/4", False)])
def test_of_several_processes_one_makes_the_nightly_copy(shards, makes):
    assert settings(shards=shards).makes_backups is makes
    assert not Settings(_env_file=None, shards=shards, backup_nightly=False).makes_backups


def test_help_begins_with_what_one_needs_first():
    shown = CliRunner().invoke(cli.app, ["--help"], env={"COLUMNS": "200"}).output
    places = [shown.index(f" {name} ") for name in (*cli.FIRST, "backup", "check-content")]
    assert places == sorted(places)


@pytest.mark.parametrize("environment", ["", "from-the-environment"])
def test_a_token_from_a_mounted_file_wins_and_shows_nowhere(environment, tmp_path, monkeypatch):
    (tmp_path / "stepforward_discord_token").write_text("from-a-file\n")
    monkeypatch.setattr(console, "SECRETS", tmp_path)
    monkeypatch.setenv("STEPFORWARD_DISCORD_TOKEN", environment)
    read = console.read_settings()
    assert read.discord_token.get_secret_value() == "from-a-file"
    assert "from-a-file" not in repr(read)


@pytest.mark.parametrize("folder", ["missing", "forbidden"])
def test_without_a_folder_of_secrets_the_environment_counts(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(console, "SECRETS", tmp_path / "none" if folder == "missing" else tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: folder != "forbidden")
    monkeypatch.setenv("STEPFORWARD_DISCORD_TOKEN", "from-the-environment")
    assert console.read_settings().discord_token.get_secret_value() == "from-the-environment"


def test_a_secret_that_cannot_be_read_is_named_in_one_line(tmp_path, monkeypatch):
    secret, read_text = tmp_path / "stepforward_discord_token", Path.read_text

    def refuse(self, *args, **kwargs):
        if self != secret:
            return read_text(self, *args, **kwargs)
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    secret.write_text("from-a-file")
    monkeypatch.setattr(console, "SECRETS", tmp_path)
    monkeypatch.setattr(Path, "read_text", refuse)
    done = CliRunner().invoke(cli.app, ["run"])
    assert done.exit_code == console.USAGE
    assert done.output.splitlines() == [
        f"{secret} cannot be read: Permission denied. Let the bot's user read it."
    ]


def test_the_health_check_of_a_container_loads_nothing_heavy():
    program = "import sys, bot.cli, bot.operations.calling; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"aiohttp", "discord", "sqlalchemy", "cryptography"} & set(done.stdout.split())


def test_the_password_in_an_address_shows_nowhere():
    settings = Settings(
        _env_file=None,
        database_url="postgresql://sf:hunter2@db/sf",
        keystore_url="postgresql://sf:hunter2@k/sf",
    )
    assert "hunter2" not in f"{settings!r} {settings}"


@pytest.mark.skipif(os.name != "posix", reason="rights of a folder are POSIX's")
def test_the_folder_of_the_data_is_made_for_its_owner_alone(tmp_path):
    make_folder(f"sqlite:///{tmp_path / 'data' / 'bot.sqlite3'}")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
