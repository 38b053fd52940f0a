"""Two real bot processes over one PostgreSQL, each with half of the servers; one is killed while check-ins go out."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.storage.engine import Engines
from bot.storage.keystore import Keystore
from bot.storage.schema import migrate
from bot.storage.tables import guilds
from bot.storage.unit import SqlDatabase
from tests.process.forked import ForkedBot
from tests.process.rows import New, Rows
from tests.process.stories import PATIENCE, log, said
from tests.standin import Standin, StandinThread

pytestmark = pytest.mark.postgres
MEMBERS = 120


@dataclass(frozen=True)
class Shared(Rows):
    """The rows on PostgreSQL, opened with the bots' own key."""

    url: str

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[SqlDatabase]:
        engines = Engines(self.url)
        await migrate(engines)
        keys = await Keystore.open(self.url, self.folder / "secret.key")
        try:
            yield SqlDatabase(engines, keys)
        finally:
            await engines.close()
            await keys.close()


def bot(standin: Standin, folder: Path, url: str, shards: str) -> ForkedBot:
    (own := folder / shards.replace("/", "-of-")).mkdir()
    return ForkedBot(
        standin,
        own,
        env={
            "STEPFORWARD_DATABASE_URL": url,
            "STEPFORWARD_SECRET_KEY_FILE": str(folder / "secret.key"),
            "STEPFORWARD_SHARDS": shards,
            "STEPFORWARD_DM_PER_SECOND": "40",
        },
    )


@pytest.mark.timeout(300)
def test_two_processes_share_the_work_and_one_takes_over(tmp_path: Path, postgres_url: str) -> None:
    rows = Shared(tmp_path, postgres_url)
    with StandinThread() as standin:
        standin.gateway.shards = 2
        here, there = (standin.world.guild(guild_id=number << 22) for number in (1000, 1001))
        people = [number << 22 for number in range(5000, 5000 + MEMBERS)]
        rows.fill(standin, *(New(user_id) for user_id in people))
        with bot(standin, tmp_path, postgres_url, "0-0/2") as first:
            with bot(standin, tmp_path, postgres_url, "1-1/2") as second:
                assert standin.world.command_writes == 1, "the commands are told to Discord once"
                for user_id, guild in ((people[0], here), (people[1], there)):
                    assert "Exam" in said(standin, log(standin, user_id, guild))
                standin.wait(
                    lambda: sum(len(standin.world.dms_to(one)) for one in people) > MEMBERS // 3, PATIENCE
                )
                os.kill(second.pid, signal.SIGKILL)
                second.wait_exit()
            standin.wait(lambda: all(standin.world.dms_to(one) for one in people), 75)
            assert {len(standin.world.dms_to(one)) for one in people} == {1}
            assert all(row["removed_at"] is None for row in rows.all(guilds))
            assert first.terminate() == 0
            for one in (first, second):
                assert ": sent" in one.output(), "both did some of it"
                assert "Traceback" not in one.output()
