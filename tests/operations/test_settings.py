import errno
import os
import re
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
        ("", ("127.0.0.1", 8080)),
    ],
)
def test_where_the_pages_are_served(given, address):
    assert settings(health=given).health_address == address


@pytest.mark.parametrize("given", ["8080", "here", "::1", "127.0.0.1:", "a b:1", "127.0.0.1:99999"])
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


REFUSED = {
    "LOG_LEVEL": ("foo", "write one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
    "HEALTH": ("127.0.0.1:65536", "a port is at most 65535"),
    "DISCORD_API_URL": ("nonsense", "write an address such as https://discord.com/api/v10"),
    "OPERATOR_ID": ("me", "write the number of a Discord account, or leave the line out"),
    "BACKUP_KEEP_DAYS": ("abc", "write a number"),
}


@pytest.mark.parametrize("command", ["run", "backup", "health"])
def test_each_wrong_setting_is_one_line_in_plain_words(command, monkeypatch):
    for name, (given, _told) in REFUSED.items():
        monkeypatch.setenv(f"STEPFORWARD_{name}", given)
    done = CliRunner().invoke(cli.app, [command])
    assert done.exit_code == console.USAGE
    lines = dict(line.split(": ", 1) for line in done.output.splitlines())
    assert set(lines) == {f"STEPFORWARD_{name}" for name in REFUSED}
    for name, (_given, told) in REFUSED.items():
        assert lines[f"STEPFORWARD_{name}"].startswith(told)


@pytest.mark.parametrize(
    "given, told",
    [
        ("5/4", "of 4 shards the last is number 3"),
        ("0-4/4", "of 4 shards the last is number 3"),
        ("3-1/4", "the last shard comes before the first"),
        ("0-3/0", "there is no shard of 0"),
        ("two", "write shards as 0-3/16"),
    ],
)
def test_shards_that_cannot_be_are_refused(given, told):
    with pytest.raises(ValidationError, match=told):
        settings(shards=given)


@pytest.mark.parametrize(
    "url", ["https://proxy.example:8443/api/v10", "http://127.0.0.1:9/api", "http://[::1]:9000"]
)
def test_discord_may_be_elsewhere(url):
    assert settings(discord_api_url=url).discord_api_url == url


@pytest.mark.parametrize(
    "url", ["discord.com/api", "ftp://x/y", "http://", "http://h:99999/api", "http://h:p/", "http://a b/"]
)
def test_what_is_no_address_of_discord_is_refused(url):
    with pytest.raises(ValidationError, match="write an address such as"):
        settings(discord_api_url=url)


def test_an_empty_line_means_the_default_of_every_setting(tmp_path, monkeypatch):
    names = [f"STEPFORWARD_{name.upper()}" for name in Settings.model_fields]
    for name in names:
        monkeypatch.delenv(name, raising=False)
    usual = Settings(_env_file=None)
    (tmp_path / "empty").write_text("".join(f"{name}=\n" for name in names))
    assert Settings(_env_file=tmp_path / "empty") == usual
    for name in names:
        monkeypatch.setenv(name, " ")
        (tmp_path / name.lower()).write_text("\n")
    assert Settings(_env_file=None) == usual
    assert Settings(_env_file=None, _secrets_dir=tmp_path) == usual


def test_an_empty_variable_does_not_hide_the_line_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("STEPFORWARD_LOG_LEVEL", "")
    (tmp_path / "env").write_text("STEPFORWARD_LOG_LEVEL=debug\n")
    assert Settings(_env_file=tmp_path / "env").log_level == "DEBUG"


@pytest.mark.parametrize(
    "command, wanted",
    [
        ("restore", "FILE"),
        ("move", "ADDRESS"),
        ("backup", "--folder FOLDER"),
        ("erase-person", "[NAME]..."),
        ("erase-member", "ID"),
        ("check-content", "[FOLDER]"),
        ("demo", "--port PORT"),
    ],
)
def test_help_names_what_is_typed_as_the_readme_does(command, wanted):
    shown = CliRunner().invoke(cli.app, [command, "--help"], env={"COLUMNS": "200"}).output
    assert wanted in " ".join(shown.split())
    usage = next(line for line in shown.splitlines() if "Usage:" in line)
    assert not re.search(r"[{\[][a-z]+[}\]]", usage)
    assert "<int range>" not in shown


def test_the_help_of_run_says_how_it_ends():
    shown = " ".join(CliRunner().invoke(cli.app, ["run", "--help"], env={"COLUMNS": "200"}).output.split())
    for part in ("Ctrl-C", "SIGTERM", "Ends with 0", "Example: python -m bot run"):
        assert part in shown


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
