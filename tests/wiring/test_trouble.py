"""A wrong or unreachable database: whatever a host types ends in one clear line, and no password is in it."""

import asyncio
import errno
import socket
import sqlite3

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError
from typer.testing import Result

from bot.cli.console import USAGE
from bot.clock import system_clock
from bot.storage.trouble import address_refused, told
from bot.wiring.opening import sentence
from tests.wiring.host import Host

SERVER = "The database cannot be reached: "
TROUBLES = {
    "postgresql://u:hunter2@127.0.0.1:1/x": SERVER,
    "postgresql://u:hunter2@/x?host=/nowhere": SERVER,
    "u:hunter2@nonsense": "STEPFORWARD_DATABASE_URL: that is no address",
    "mysql://u:hunter2@a/b": "STEPFORWARD_DATABASE_URL: mysql is not a database this bot knows",
    "sqlite://": "STEPFORWARD_DATABASE_URL: it names no file",
    "sqlite:////proc/nowhere/bot.sqlite3": "",
}
COMMANDS = (
    ("run",),
    ("migrate",),
    ("repair-counters",),
    ("backup",),
    ("restore", "a.sqlite3"),
    ("move", "sqlite:///other.sqlite3"),
    ("rotate-key",),
    ("erase-member", "1234567890123456789"),
    ("erase-person", "Jane Smith"),
)


def refused(done: Result, begins: str = "") -> str:
    """The one line, without a traceback or a password."""
    assert done.exit_code == USAGE, (done.output, done.exception)
    assert isinstance(done.exception, SystemExit)
    line, *more = done.stderr.splitlines()
    assert line.startswith(begins), line
    assert not any(more), "the bar of a move leaves an empty line"
    assert "hunter2" not in done.output
    return line


@pytest.fixture
def typing(host: Host) -> Host:
    (host.folder / "a.sqlite3").write_bytes(b"SQLite format 3\0")
    host.setting(DISCORD_TOKEN="nobodys", HEALTH="0")
    return host


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("url", TROUBLES)
def test_a_command_ends_in_one_line(typing: Host, url: str, command: tuple[str, ...]) -> None:
    typing.setting(DATABASE_URL=url)
    refused(typing.types(*command), TROUBLES[url])


@pytest.mark.postgres
@pytest.mark.parametrize("login, why", [("postgres", 'database "none"'), ("nobody", 'role "nobody"')])
@pytest.mark.parametrize("command", ["run", "migrate", "backup", "erase-member"])
def test_a_database_or_a_role_that_is_not_there(
    typing: Host, postgres_server: str, command: str, login: str, why: str
) -> None:
    typing.setting(DATABASE_URL=f"postgresql://{login}:hunter2@/none?host={postgres_server}")
    more = ("1234567890123456789",) if command == "erase-member" else ()
    line = refused(typing.types(command, *more), SERVER)
    assert f"{why} does not exist" in line
    assert "<class" not in line


@pytest.mark.parametrize("url, begins", [*TROUBLES.items()][:5])
def test_the_target_of_a_move_is_told_the_same(typing: Host, url: str, begins: str) -> None:
    typing.joins(1, system_clock())
    refused(typing.types("move", url), begins.replace("STEPFORWARD_DATABASE_URL", "ADDRESS"))


def test_the_keystore_has_an_address_too(typing: Host) -> None:
    typing.setting(KEYSTORE_URL="mysql://u:hunter2@a/b")
    refused(typing.types("migrate"), "STEPFORWARD_KEYSTORE_URL: mysql")


def test_a_name_that_is_no_file_is_said_before_the_keys(host: Host) -> None:
    host.database.unlink()
    assert refused(host.types("restore", "nix.sqlite3")) == "There is no file nix.sqlite3."


def sqlite_says(statement: str, *before: str) -> OperationalError:
    """What SQLite says to a statement, as SQLAlchemy raises it."""
    connection = sqlite3.connect(":memory:")
    try:
        for one in before:
            connection.execute(one)
        connection.execute(statement)
    except sqlite3.Error as error:
        return OperationalError(statement, None, error)
    finally:
        connection.close()
    raise AssertionError(statement)


def test_what_a_host_can_mend_has_words() -> None:
    readonly = sqlite_says("CREATE TABLE x (y)", "PRAGMA query_only=ON")
    line = told(readonly)
    assert line
    assert line.startswith("The database cannot be used: attempt to write a readonly database.")
    assert readonly.orig is not None
    assert told(readonly.orig) == line, "before SQLAlchemy sees it"
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert "nobody knows the name of its host" in (told(unknown) or "")
    assert "no answer in time" in (told(TimeoutError()) or "")
    denied = PermissionError(errno.EACCES, "Permission denied", "data/x")
    assert (
        told(denied) == "data/x cannot be used: Permission denied. Let the bot's user read and write there."
    )


def test_a_fault_of_the_program_keeps_its_traceback() -> None:
    for error in (
        sqlite_says("SELECT x"),
        ValueError(),
        KeyError("x"),
        aiohttp.ClientOSError(errno.EPIPE, "x"),
    ):
        assert told(error) is None


def test_an_unexpected_fault_is_not_hidden(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_args: object) -> None:
        await asyncio.sleep(0)
        raise KeyError("x")

    monkeypatch.setattr("bot.wiring.migrate_database", fail)
    assert isinstance(host.types("migrate").exception, KeyError)


@pytest.mark.parametrize(
    "url", ["sqlite:///data/x.sqlite3", "postgresql:///x", "postgres://u:p%40@h:5432/x?ssl=require"]
)
def test_a_right_address_is_not_refused(url: str) -> None:
    assert address_refused(url) == ""


def test_the_first_letter_of_a_path_is_left_alone() -> None:
    assert (
        sentence(ValueError("data/x.key: the host key is not base64"))
        == "data/x.key: the host key is not base64."
    )
    assert (
        sentence(ValueError("the host key is missing; put it back"))
        == "The host key is missing; put it back."
    )
