"""`doctor` over real HTTP and real files, well and with everything that can be wrong with them."""

import asyncio
import os
import socket
import sqlite3
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from bot import cli
from bot.clock import system_clock
from bot.operations.calling import Unwell, ask_health
from bot.operations.endpoint import served
from bot.operations.findings import Finding, Mark
from bot.operations.metrics import Metrics
from bot.operations.vitals import Vitals
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore
from bot.wiring import examine, open_database
from config.check import check_all
from config.settings import Settings
from tests.operations.vitals import WELL, ill
from tests.standin import StandinThread
from tests.standin.faults import unauthorized

_files: dict[str, bytes] = {}
TOKEN = "fake-token-of-nobody"


@pytest.fixture(scope="module")
def standin():
    with StandinThread() as running:
        yield running


@pytest.fixture(scope="module", autouse=True)
def check_the_content_once():
    """Reading every word file takes half a second, and they are the same in each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.wiring.doctor.check_all", cache(check_all))
        yield


def settings_in(folder: Path, api_url: str = "http://127.0.0.1:9/api", **more) -> Settings:
    """Settings over a folder; by default nobody answers where Discord should be."""
    given = {
        "discord_token": TOKEN,
        "discord_api_url": api_url,
        "database_url": f"sqlite:///{folder / 'bot.sqlite3'}",
        "secret_key_file": folder / "bot.key",
        "health": "0",
        "privacy_url": "https://example.org/privacy",
        "problem_url": "https://example.org/problems",
    }
    return Settings(_env_file=None, **{**given, **more})


async def found(settings: Settings, clock=system_clock) -> dict[str, Finding]:
    """Every line by what it is about."""
    return {one.what: one async for one in examine(settings, clock)}


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def used(folder: Path, **more) -> Settings:
    """Settings of a bot that ran before."""
    settings = settings_in(folder, **more)
    if not _files:
        db = await open_database(settings)
        await db.engines.close()
        await db.keys.close()
        _files.update(files_of(folder))
    for name, content in _files.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    return settings


async def test_before_the_first_run_all_is_well_and_nothing_is_made(tmp_path, standin):
    lines = await found(settings_in(tmp_path, standin.api_url))
    assert {what: line.mark for what, line in lines.items() if line.mark is not Mark.OK} == {
        "health": Mark.SKIPPED
    }
    assert "the first run makes it" in lines["database"].told
    assert list(tmp_path.iterdir()) == []


async def test_a_bot_that_ran_is_well(tmp_path, standin):
    settings = await used(tmp_path, api_url=standin.api_url, health="127.0.0.1:0")
    lines = await found(settings)
    assert {line.mark for line in lines.values()} == {Mark.OK}
    assert "sound, writable" in lines["database"].told
    assert "opens the members' keys" in lines["key"].told
    assert not any(TOKEN in f"{line.told}{line.advice}" for line in lines.values())


async def test_the_portal_and_the_clock_are_looked_at_over_http(tmp_path, standin):
    standin.world.application = {"flags": 1 << 14}
    try:
        lines = await found(
            settings_in(tmp_path, standin.api_url, shards="0-1/4"),
            lambda: system_clock() + timedelta(minutes=2),
        )
    finally:
        standin.world.application = {}
    assert "Server Members Intent" in lines["intents"].told
    assert "ahead of Discord's" in lines["clock"].told
    assert "this process runs 2 of 4" in lines["shards"].told


async def test_a_dead_token_is_asked_with_once(tmp_path, standin):
    rule = standin.faults.add("*", "**", unauthorized(), times=None)
    lines = await found(settings_in(tmp_path, standin.api_url))
    standin.faults.clear()
    assert rule.used == 1
    assert lines["token"].mark is Mark.WRONG
    assert lines["database"].mark is Mark.OK, "the rest is looked at all the same"


async def test_without_a_network_it_goes_on(tmp_path):
    lines = await found(await used(tmp_path))
    assert lines["token"].mark is Mark.WRONG
    assert lines["invite"].mark is Mark.SKIPPED
    assert [lines[what].mark for what in ("database", "disk", "key", "content")] == [Mark.OK] * 4


async def test_a_damaged_or_newer_database_is_named(tmp_path):
    settings = await used(tmp_path)
    engines = Engines(settings.database_url)
    async with engines.write() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await engines.close()
    assert (await found(settings))["database"].mark is Mark.LOOK
    file = tmp_path / "bot.sqlite3"
    content = bytearray(file.read_bytes())
    content[4096 : 4096 * 20] = os.urandom(4096 * 19)
    file.write_bytes(content)
    line = (await found(settings))["database"]
    assert line.mark is Mark.WRONG
    assert "restore" in line.advice


@pytest.mark.parametrize("what", ["lost", "another", "open"])
async def test_the_key_is_looked_at_without_being_made(tmp_path, what):
    settings = await used(tmp_path)
    key = settings.secret_key_file
    if what == "lost":
        key.unlink()
    elif what == "another":
        key.write_text("A" * 43 + "=")
    else:
        key.chmod(0o644)
    line = (await found(settings))["key"]
    assert line.mark is (Mark.LOOK if what == "open" else Mark.WRONG)
    assert line.advice
    assert key.exists() is (what != "lost")


async def test_a_wrong_address_and_a_wrong_word_file_are_named(tmp_path):
    assert (await found(settings_in(tmp_path, database_url="mysql://x/y")))["database"].mark is Mark.WRONG
    lines = await found(settings_in(tmp_path, content_folder=tmp_path))
    assert lines["content"].mark is Mark.WRONG


UNREACHABLE = {
    "refused": ("postgresql://u:hunter2@127.0.0.1:1/x", "Connect call failed"),
    "no server": ("postgresql://u:hunter2@/x?host=/nowhere", "No such file or directory"),
    "nonsense": ("u:hunter2@nonsense", "no address of a database"),
    "a port of letters": ("postgresql://u:hunter2@h:port/x", "no address of a database"),
    "a large port": ("postgresql://u:hunter2@h:99999/x", "between 1 and 65535"),
    "in memory": ("sqlite://", "names no file"),
    "another engine": ("mysql://u:hunter2@a/b", "mysql is not a database this bot knows"),
    "another library's option": ("postgresql://u:hunter2@h/x?sslmode=require", "write ssl=require"),
}


@pytest.mark.parametrize("keys", ["beside", "same trouble"])
@pytest.mark.parametrize("what", UNREACHABLE)
async def test_a_database_out_of_reach_keeps_nothing_else_from_being_looked_at(tmp_path, what, keys):
    url, told = UNREACHABLE[what]
    settings = await used(tmp_path)
    given = {"database_url": url} if keys == "beside" else {"keystore_url": url}
    lines = await found(settings.model_copy(update={"privacy_url": "", **given}))
    trouble = lines["database" if keys == "beside" else "key"]
    assert (trouble.mark, told in trouble.told) == (Mark.WRONG, True), trouble
    assert trouble.advice
    assert lines["key"].mark in (Mark.WRONG, Mark.SKIPPED)
    assert {"content", "privacy", "problems", "health"} <= set(lines)
    assert not any("hunter2" in f"{line.told}{line.advice}" for line in lines.values())


@pytest.mark.postgres
async def test_a_database_that_is_not_there_is_named(tmp_path, postgres_server):
    settings = settings_in(tmp_path, database_url=f"postgresql://postgres@/none?host={postgres_server}")
    lines = await found(settings)
    assert lines["database"].told == 'it cannot be opened (database "none" does not exist)'
    assert lines["key"].mark is Mark.SKIPPED
    assert "health" in lines


async def test_keys_that_cannot_be_written_are_named(tmp_path, monkeypatch):
    settings = await used(tmp_path)
    with sqlite3.connect(":memory:") as readonly:
        readonly.execute("PRAGMA query_only=ON")
        with pytest.raises(sqlite3.OperationalError, match="readonly") as refused:
            readonly.execute("CREATE TABLE x (y)")
    readonly.close()

    async def refuse(*_args: object, **_more: object) -> None:
        raise OperationalError("BEGIN IMMEDIATE", None, refused.value)

    monkeypatch.setattr(Keystore, "open", refuse)
    lines = await found(settings)
    assert lines["key"].mark is Mark.WRONG
    assert "attempt to write a readonly database" in lines["key"].told
    assert lines["content"].mark is Mark.OK


async def test_the_pages_that_about_links_are_asked_for(tmp_path):
    lines = await found(settings_in(tmp_path, problem_url=""))
    assert (lines["privacy"].mark, lines["problems"].mark) == (Mark.OK, Mark.LOOK)
    assert "STEPFORWARD_PROBLEM_URL" in lines["problems"].advice


async def test_the_port_of_health_is_free_taken_or_answered_by_a_bot(tmp_path, standin):
    taken = settings_in(tmp_path, health=f"127.0.0.1:{standin.port}")
    assert "cannot be used" in (await found(taken))["health"].told
    with pytest.raises(Unwell, match="Nobody answers"):
        await asyncio.to_thread(ask_health, taken.health_address)
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = settings_in(tmp_path, health=f"127.0.0.1:{server.getsockname()[1]}")
    assert (await found(free))["health"].mark is Mark.OK
    for vitals, mark in ((WELL, Mark.OK), (ill(writable=False), Mark.LOOK)):
        async with served(("127.0.0.1", 0), partial(at_once, vitals), Metrics("1")) as port:
            running = settings_in(tmp_path, health=f"127.0.0.1:{port}")
            assert (await found(running))["health"].mark is mark
            if mark is Mark.OK:
                assert await asyncio.to_thread(ask_health, running.health_address) == ["The bot is well."]
            else:
                with pytest.raises(Unwell, match="cannot be written"):
                    await asyncio.to_thread(ask_health, running.health_address)


async def at_once(vitals: Vitals) -> Vitals:
    return vitals


def test_the_command_prints_a_line_for_each_and_ends_with_one_when_something_is_wrong(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("STEPFORWARD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("STEPFORWARD_HEALTH", "0")
    done = CliRunner().invoke(cli.app, ["doctor"])
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0].startswith("wrong token:       there is none")
    assert lines[1].lstrip().startswith("-> make one at https://")
    assert any(line.startswith("ok    content:") for line in lines)
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_each_wrong_setting_and_looks_at_the_rest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, given in {"SHARDS": "5/4", "HEALTH": "127.0.0.1:99999", "LOG_LEVEL": "foo"}.items():
        monkeypatch.setenv(f"STEPFORWARD_{name}", given)
    done = CliRunner().invoke(cli.app, ["doctor"])
    assert done.exit_code == 1
    said = [line for line in done.output.splitlines() if line.startswith("wrong setting:")]
    assert [line.split()[2] for line in said] == [
        "STEPFORWARD_SHARDS",
        "STEPFORWARD_LOG_LEVEL",
        "STEPFORWARD_HEALTH",
    ]
    assert "of 4 shards the last is number 3" in done.output
    assert any(line.startswith("ok    content:") for line in done.output.splitlines())
