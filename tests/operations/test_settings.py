from typing import Any

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from bot import cli
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
