"""`python -m bot rotate-key`: a new host key, and not one text that cannot be read, whatever happens on the way."""

import asyncio
import re
from datetime import datetime
from pathlib import Path

import pytest

from bot.crypto import HostKey
from bot.domain.rejections import RejectionFilter
from bot.storage import rotation
from bot.storage.occupancy import occupied
from bot.storage.unit import SqlDatabase
from bot.wiring import running
from tests.wiring.host import Host

PEOPLE = range(101, 108)
OLD = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="


class Killed(BaseException):
    """The process ends here."""


def fill(host: Host, now: datetime) -> None:
    for user_id in PEOPLE:
        host.joins(user_id, now, f"text of {user_id}")


def readable(host: Host) -> bool:
    async def job(db: SqlDatabase) -> bool:
        async with db.read() as tx:
            for user_id in PEOPLE:
                [entry] = await tx.rejections.listed(user_id, RejectionFilter())
                assert entry.who == f"text of {user_id}"
        return True

    return host.work(job)


def test_the_key_changes_and_everything_opens_with_the_new_one(anywhere: Host, now: datetime) -> None:
    fill(anywhere, now)
    before = (anywhere.folder / "bot.key").read_text()
    done = anywhere.types("rotate-key")
    assert done.exit_code == 0, done.output
    assert f"{len(PEOPLE)} keys wrapped anew" in done.stdout
    assert "not finished" not in done.output
    assert (anywhere.folder / "bot.key").read_text() != before
    assert (anywhere.folder / "bot.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in anywhere.folder.glob("bot.key*")] == ["bot.key"], "the old key is destroyed"
    assert readable(anywhere)


def test_the_old_key_opens_nothing_any_more(host: Host, now: datetime) -> None:
    fill(host, now)
    before = (host.folder / "bot.key").read_text()
    host.types("rotate-key")
    (host.folder / "bot.key").write_text(before)
    assert "does not open the members' keys" in host.types("rotate-key").stderr


def test_the_erasure_list_outlives_it(host: Host, now: datetime) -> None:
    fill(host, now)

    async def erase(db: SqlDatabase) -> frozenset[bytes]:
        await db.keys.destroy(101, now)
        return await db.keys.erased_fingerprints()

    async def marks(db: SqlDatabase) -> frozenset[bytes]:
        return await db.keys.erased_fingerprints() & {db.keys.fingerprint(101)}

    before = host.work(erase)
    host.types("rotate-key")
    assert host.work(marks) == before


@pytest.mark.parametrize("moment", ["written", "linked", "first-batch", "keys", "check", "destroying"])
def test_killed_at_any_moment_it_goes_on(
    host: Host, now: datetime, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(host, now)

    def killed(*_args: object, **_kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "BATCH", 3)
        if moment == "written":
            patch.setattr("os.link", killed)
            patch.setattr(rotation, "write_new_key", lambda path: path.write_text(OLD))
        elif moment == "linked":
            patch.setattr(Path, "replace", killed)
            patch.setattr(rotation, "write_new_key", lambda path: path.write_text(OLD))
        elif moment == "first-batch":
            wrap, calls = HostKey.wrap, iter(range(5))
            patch.setattr(HostKey, "wrap", lambda *args: wrap(*args) if next(calls) < 4 else killed())
        elif moment == "keys":
            patch.setattr(rotation, "_rewrap_check", killed)
        elif moment == "check":
            patch.setattr("bot.storage.engine.Engines.truncate_log", killed)
        else:
            patch.setattr(Path, "unlink", killed)
        with pytest.raises(Killed):
            host.types("rotate-key")
    assert readable(host)
    host.joins(200, now, "written while both keys count")
    done = host.types("rotate-key")
    assert done.exit_code == 0, done.output
    assert [path.name for path in host.folder.glob("bot.key*")] == ["bot.key"]
    assert readable(host)
    assert host.texts(200) == {"written while both keys count"}


class TestFromTheEnvironment:
    def test_a_new_key_is_printed_once_and_nothing_is_changed(self, host: Host, now: datetime) -> None:
        host.setting(SECRET_KEY=OLD)
        fill(host, now)
        printed = host.types("rotate-key").stdout
        found = re.search(r"STEPFORWARD_SECRET_KEY=(\S{44})", printed)
        assert found
        assert readable(host), "the old key alone still opens everything"
        host.setting(SECRET_KEY=found[1], SECRET_KEY_OLD=OLD)
        assert readable(host), "so do both"
        assert "keys wrapped anew" in host.types("rotate-key").stdout
        host.setting(SECRET_KEY_OLD="")
        assert readable(host), "and so does the new one alone"
        host.setting(SECRET_KEY=OLD)
        assert "does not open" in host.types("rotate-key").stderr

    def test_the_wrong_old_key_changes_nothing(self, host: Host, now: datetime) -> None:
        host.setting(SECRET_KEY=OLD)
        fill(host, now)
        wrong = OLD.replace("eHh4", "eXl5")
        host.setting(SECRET_KEY=wrong, SECRET_KEY_OLD=wrong)
        assert "does not open the members' keys" in host.types("rotate-key").stderr
        host.setting(SECRET_KEY=OLD, SECRET_KEY_OLD="")
        assert readable(host)


def test_while_a_bot_runs_it_refuses(host: Host, now: datetime) -> None:
    fill(host, now)

    async def job(_db: SqlDatabase) -> None:

        async with occupied(host.settings.database_url):
            done = await asyncio.to_thread(host.types, "rotate-key")
        assert done.exit_code == 2
        assert "A bot runs" in done.stderr

    host.work(job)
    assert [path.name for path in host.folder.glob("bot.key*")] == ["bot.key"]


@pytest.mark.parametrize("alone", [True, False])
def test_no_bot_starts_while_a_command_or_another_bot_has_the_file(
    alone: bool, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.setting(DISCORD_TOKEN="fake")
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0)

    async def job() -> None:
        async with occupied(host.settings.database_url, alone=alone):
            done = await asyncio.to_thread(host.types, "run")
        assert done.exit_code == 2
        assert "Another bot, or another command, uses the database" in done.stderr

    asyncio.run(job())


@pytest.mark.parametrize("command", ["migrate", "repair-counters"])
def test_what_changes_the_tables_refuses_while_a_bot_runs(command: str, host: Host) -> None:
    if command == "migrate":
        host.database.unlink()

    async def job() -> None:
        async with occupied(host.settings.database_url):
            done = await asyncio.to_thread(host.types, command)
        assert done.exit_code == 2
        assert "Stop" in done.stderr

    asyncio.run(job())
