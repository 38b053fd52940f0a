"""`python -m bot restore`: a backup takes the database's place whole, or nothing is changed."""

import asyncio
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.guilds import Guild
from bot.domain.nudges import RESTORED, Delivery, DeliveryState, Nudge, NudgeState, Purpose, Subject
from bot.domain.wins import Win, WinState
from bot.services.records import Fate, Records
from bot.storage.columns import metadata
from bot.storage.occupancy import occupied
from bot.storage.schema import head
from bot.storage.tables import deliveries, nudges, wins
from bot.storage.unit import SqlDatabase
from tests.texts import content
from tests.wiring.host import Host

AMARA, BILAL, CHIDI, GUILD = 101, 102, 103, 900
NOW = datetime(2024, 11, 22, 12, tzinfo=UTC)  # long past for the command, which reads the clock


def backed_up(host: Host) -> Path:
    """The newest backup, made now."""
    done = host.types("backup", "--folder", host.folder / "b")
    assert done.exit_code == 0, done.output
    return max((host.folder / "b").iterdir(), key=lambda file: file.stat().st_mtime_ns)


def erase(host: Host, user_id: int) -> None:
    """Somebody erases everything of theirs, as far as the rows and the key go."""

    async def job(db: SqlDatabase) -> None:
        async with db.write() as tx:
            await tx.owned.erase(user_id)
        await db.keys.destroy(user_id, NOW)

    host.work(job)


def members(host: Host) -> list[int]:
    async def job(db: SqlDatabase) -> list[int]:
        async with db.read() as tx:
            return sorted(await tx.members.ids())

    return host.work(job)


def test_what_was_lost_is_there_again_and_what_was_there_is_kept(anywhere: Host) -> None:
    anywhere.joins(AMARA, NOW, "Ridge Hospital", "Мерси 🩺")
    backup = backed_up(anywhere)
    before = backup.read_bytes()
    anywhere.joins(BILAL, NOW, "later")
    done = anywhere.types("restore", backup)
    assert done.exit_code == 0, done.output
    assert members(anywhere) == [AMARA]
    assert anywhere.texts(AMARA) == {"Ridge Hospital", "Мерси 🩺"}
    assert re.search(r"is now \S*before\S*\d", done.stdout)
    assert backup.read_bytes() == before, "the backup is never changed"


def test_the_replaced_database_is_whole_under_its_new_name(host: Host) -> None:
    host.joins(AMARA, NOW, "Ridge Hospital")
    backup = backed_up(host)
    host.joins(BILAL, NOW, "later")
    assert host.types("restore", backup).exit_code == 0
    [aside] = host.folder.glob("bot-before-*.sqlite3")
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT count(*) FROM members").fetchone() == (2,)
    assert not list(host.folder.glob("bot.sqlite3-*")), "no log of the old database is left to the new one"


def test_on_an_empty_machine_with_the_keys_it_is_enough(host: Host) -> None:
    host.joins(AMARA, NOW, "Ridge Hospital")
    backup = backed_up(host)
    for path in host.folder.glob("bot.sqlite3*"):
        path.unlink()
    assert host.types("restore", backup).exit_code == 0
    assert host.texts(AMARA) == {"Ridge Hospital"}


def test_a_damaged_database_is_replaced_and_its_log_goes_with_it(host: Host) -> None:
    host.joins(AMARA, NOW, "Ridge Hospital")
    backup = backed_up(host)
    host.database.write_bytes(b"broken" * 5000)
    log = host.database.with_name("bot.sqlite3-wal")
    log.write_bytes(b"what could not be taken in")
    assert host.types("restore", backup).exit_code == 0
    assert host.texts(AMARA) == {"Ridge Hospital"}
    [kept] = host.folder.glob("bot-before-*.sqlite3-wal")
    assert kept.read_bytes() == b"what could not be taken in"


@pytest.mark.parametrize(
    "moment", ["bot.wiring.restoring.look", "bot.storage.restoring._keep_as", "pathlib.Path.replace"]
)
def test_killed_on_the_way_the_database_is_what_it_was(
    host: Host, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_args: object) -> None:
        raise Killed

    host.joins(AMARA, NOW, "Ridge Hospital")
    backup = backed_up(host)
    host.joins(BILAL, NOW, "later")
    with monkeypatch.context() as patch:
        patch.setattr(moment, killed)
        with pytest.raises(Killed):
            host.types("restore", backup)
    assert members(host) == [AMARA, BILAL]
    assert host.types("restore", backup).exit_code == 0
    assert members(host) == [AMARA]


class TestErasures:
    def test_who_was_erased_since_is_erased_again(self, anywhere: Host) -> None:
        for user_id in (AMARA, BILAL):
            anywhere.joins(user_id, NOW, f"text of {user_id}")
        backup = backed_up(anywhere)
        erase(anywhere, AMARA)
        done = anywhere.types("restore", backup)
        assert "Erased again: 1 member" in done.stdout, done.output
        assert members(anywhere) == [BILAL]
        assert anywhere.texts(BILAL) == {"text of 102"}

    def test_who_came_back_does_not_find_the_life_that_was_erased(self, host: Host) -> None:
        host.joins(AMARA, NOW)  # no word of theirs that would tell one key from another
        backup = backed_up(host)
        erase(host, AMARA)
        host.joins(AMARA, NOW + timedelta(days=1), "the new life")
        done = host.types("restore", backup)
        assert "Erased again: 1 member" in done.stdout, done.output
        assert members(host) == []
        host.joins(AMARA, NOW + timedelta(days=2), "a third time")
        assert host.texts(AMARA) == {"a third time"}

    def test_who_agreed_anew_without_erasing_is_kept(self, host: Host) -> None:
        host.joins(AMARA, NOW, "before")

        async def again(db: SqlDatabase) -> None:
            await db.keys.welcome(AMARA, NOW + timedelta(days=1))

        host.work(again)
        assert host.types("restore", backed_up(host)).exit_code == 0
        assert host.texts(AMARA) == {"before"}

    def test_nothing_of_theirs_stays_in_the_file(self, host: Host) -> None:
        host.joins(AMARA, NOW, "text")
        host.joins(BILAL, NOW, "text")
        backup = backed_up(host)
        erase(host, AMARA)
        host.types("restore", backup)
        with closing(sqlite3.connect(host.folder / "bot.sqlite3")) as connection:
            assert f"erasing:{AMARA}" not in str(connection.execute("SELECT name FROM facts").fetchall())
            for table in metadata.sorted_tables:
                if "user_id" in table.c:
                    statement = f"SELECT count(*) FROM {table.name} WHERE user_id = ?"
                    assert connection.execute(statement, (AMARA,)).fetchone() == (0,), table.name

    def test_what_was_posted_for_them_is_looked_for_again(self, host: Host) -> None:
        host.joins(AMARA, NOW, "text")

        async def post(db: SqlDatabase) -> None:
            async with db.write() as tx:
                win = Delivery(
                    id=20, purpose=Purpose.WIN, nonce="1", body="[]", due_at=NOW, made_at=NOW, next_try_at=NOW,
                    user_id=AMARA, guild_id=GUILD, channel_id=7, message_id=8, state=DeliveryState.SENT, sent_at=NOW,
                )  # fmt: skip
                await tx.deliveries.add(win)

        async def remembered(db: SqlDatabase) -> list[str]:
            async with db.read() as tx:
                return await tx.facts.names("remove:")

        host.work(post)
        backup = backed_up(host)
        erase(host, AMARA)
        assert host.types("restore", backup).exit_code == 0
        assert host.work(remembered) == ["remove:7:8"]

    def test_who_was_taken_out_by_name_is_told_of(self, host: Host) -> None:
        host.joins(AMARA, NOW, "Jane Smith said no")
        backup = backed_up(host)
        host.types("erase-person", "Jane Smith", typed="erase\n")
        done = host.types("restore", backup)
        assert "was used for 1 spelling." in done.stdout, done.output
        host.types("erase-person", "JANE  SMITH", typed="erase\n")
        assert "was used for 1 spelling." in host.types("restore", backup).stdout, (
            "the same person, spelled alike"
        )
        host.types("erase-person", "Jane Smith", typed="erase\n")
        assert "spelling" not in host.types("restore", backed_up(host)).stdout


class TestOverdue:
    def fill(self, host: Host) -> None:
        """Something of every sort that was due an hour ago, and something that is due tomorrow."""
        host.joins(AMARA, NOW, "text")
        past, ahead = NOW - timedelta(hours=1), datetime(2100, 1, 1, tzinfo=UTC)

        async def job(db: SqlDatabase) -> None:
            async with db.write() as tx:
                for number, (state, due_at) in enumerate(
                    [(NudgeState.DUE, past), (NudgeState.DUE, ahead), (NudgeState.HELD, past)]
                ):
                    step = ("day1", "week1", "month1")[number]
                    await tx.nudges.add_many(
                        [Nudge(10 + number, AMARA, Subject.REJECTION, 1, step, 0, due_at, state)]
                    )
                for number, fate in enumerate(
                    (DeliveryState.MADE, DeliveryState.SENDING, DeliveryState.SENT)
                ):
                    await tx.deliveries.add(
                        Delivery(
                            id=20 + number,
                            purpose=Purpose.CHECKIN,
                            nonce=str(number),
                            body="[]",
                            due_at=past,
                            made_at=past,
                            next_try_at=past,
                            user_id=AMARA,
                            state=fate,
                            attempt_at=past,
                            sent_at=past,
                        )
                    )
                await tx.guilds.add(
                    Guild(
                        GUILD,
                        zone="Africa/Lagos",
                        language="en",
                        joined_at=past,
                        channel_id=1,
                        weekly_due_at=past,
                    )
                )
                await tx.wins.add(Win(30, AMARA, GUILD, 5, True, WinState.WAITING, past, past))

        host.work(job)

    def states(self, host: Host) -> dict[int, tuple[str, str | None]]:
        async def job(db: SqlDatabase) -> dict[int, tuple[str, str | None]]:
            async with db.engines.read() as connection:
                found = {
                    row.id: (row.state, row.reason)
                    for table in (nudges, deliveries)
                    for row in await connection.execute(select(table.c.id, table.c.state, table.c.reason))
                }
                for row in await connection.execute(select(wins.c.id, wins.c.state)):
                    found[row.id] = (row.state, None)
                return found

        return host.work(job)

    def test_what_may_have_gone_out_is_not_sent_again(self, host: Host) -> None:
        self.fill(host)
        done = host.types("restore", backed_up(host))
        assert "Left out as overdue: 1 check-in" in done.stdout, done.output
        assert self.states(host) == {
            10: ("skipped", RESTORED), 11: ("due", None), 12: ("held", None),
            20: ("undeliverable", RESTORED), 21: ("undeliverable", RESTORED), 22: ("sent", None),
            30: ("withdrawn", None),
        }  # fmt: skip

        async def job(db: SqlDatabase) -> datetime | None:
            async with db.read() as tx:
                return await tx.guilds.earliest_due()

        following = host.work(job)
        assert following is None or following > NOW

    def test_members_read_it_in_their_record(self, host: Host) -> None:
        self.fill(host)
        host.types("restore", backed_up(host))

        async def job(db: SqlDatabase) -> tuple[int, list[Fate]]:
            async with db.read() as tx:
                member = await tx.members.get(AMARA)
            assert member is not None
            ledger = await Records(db, content()).of(member)
            return ledger.left_out, sorted(record.fate for record in ledger.records)

        assert host.work(job) == (
            1,
            [Fate.LEFT_OUT, Fate.LEFT_OUT, Fate.SENT],
        )

    def test_the_host_may_want_it_sent_all_the_same(self, host: Host) -> None:
        self.fill(host)
        backup = backed_up(host)
        before = self.states(host)
        assert host.types("restore", backup, "--send-overdue").exit_code == 0
        assert self.states(host) == before


class TestRefusals:
    def unchanged(self, host: Host, *words: str | Path) -> str:
        """The command fails with a clear line, and every file is as it was."""
        before = {path: path.read_bytes() for path in host.folder.rglob("*") if path.is_file()}
        done = host.types("restore", *words)
        assert done.exit_code == 2, done.output
        after = {path: path.read_bytes() for path in host.folder.rglob("*") if path.is_file()}
        changed = {path.name for path in {*before, *after} if before.get(path) != after.get(path)}
        assert changed <= {"bot.sqlite3.lock", "bot-keys.sqlite3-shm", "bot-keys.sqlite3-wal"}
        return done.stderr

    def test_without_the_host_key(self, host: Host) -> None:
        host.joins(AMARA, NOW, "text")
        backup = backed_up(host)
        (host.folder / "bot.key").rename(host.folder / "away.key")
        said = self.unchanged(host, backup)
        assert "cannot be put back without the keys" in said
        assert "bot.key" in said
        assert "bot-keys.sqlite3" in said

    def test_without_the_members_keys(self, host: Host) -> None:
        host.joins(AMARA, NOW, "text")
        backup = backed_up(host)
        for path in host.folder.glob("bot-keys*"):
            path.unlink()
        assert "keys are not there" in self.unchanged(host, backup)
        assert not list(host.folder.glob("bot-keys*")), "and none are made"

    def test_with_another_hosts_key(self, host: Host) -> None:
        host.joins(AMARA, NOW, "text")
        backup = backed_up(host)
        host.setting(SECRET_KEY="eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=")
        assert "does not open the members' keys" in self.unchanged(host, backup)

    def test_with_keys_that_are_older_than_the_backup(self, host: Host) -> None:
        host.joins(AMARA, NOW, "text")
        kept = shutil.copy(host.folder / "bot-keys.sqlite3", host.folder / "kept.sqlite3")
        host.joins(BILAL, NOW, "text")
        backup = backed_up(host)
        for path in host.folder.glob("bot-keys*"):
            path.unlink()
        Path(kept).rename(host.folder / "bot-keys.sqlite3")
        assert "texts of 1 member do not open" in self.unchanged(host, backup)
        done = host.types("restore", backup, "--drop-unreadable")
        assert "cannot be read: 1 member" in done.stdout
        assert members(host) == [AMARA]

    def test_while_a_bot_runs(self, anywhere: Host) -> None:
        anywhere.joins(AMARA, NOW, "text")
        backup = backed_up(anywhere)

        async def job(_db: SqlDatabase) -> None:
            async with occupied(anywhere.settings.database_url):
                done = await asyncio.to_thread(anywhere.types, "restore", backup)
            assert done.exit_code == 2
            assert "A bot runs on this database" in done.stderr

        anywhere.work(job)

    @pytest.mark.parametrize("wrong", ["text", "other", "half", "newer", "damaged"])
    def test_what_is_no_backup_of_ours(self, host: Host, wrong: str) -> None:
        host.joins(AMARA, NOW, *(f"text {number}" for number in range(50)))
        backup = backed_up(host)
        whole = backup.read_bytes()
        if wrong == "text":
            backup.write_text("Dear diary")
        elif wrong == "other":
            backup.unlink()
            with closing(sqlite3.connect(backup)) as connection:
                connection.execute("CREATE TABLE recipes (id)")
        elif wrong == "half":
            backup.write_bytes(whole[: len(whole) // 2])
        elif wrong == "damaged":
            middle = len(whole) // 2 // 4096 * 4096
            backup.write_bytes(whole[:middle] + bytes(8192) + whole[middle + 8192 :])
        else:
            with closing(sqlite3.connect(backup)) as connection, connection:
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
        expected = {"text": "not a SQLite file", "other": "tables are not there", "newer": "does not know"}
        assert expected.get(wrong, "Take another backup") in self.unchanged(host, backup)
        assert head() != "9999"
