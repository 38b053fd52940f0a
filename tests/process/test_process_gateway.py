"""The gateway drops, forgets and repeats; a server is away for a while. None of it costs anything."""

import random
from collections.abc import Sized
from pathlib import Path

import pytest

from bot.storage.columns import metadata
from bot.storage.tables import rejections
from tests.process.forked import ForkedBot
from tests.process.rows import New, Rows
from tests.process.stories import PATIENCE, answered, form, log, rejection, said
from tests.standin import Standin, StandinThread
from tests.standin.gateway import ABORT

MEMBER = 500
DROPS = (ABORT, 1000, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)


def grown(standin: Standin, listed: Sized, before: int) -> None:
    standin.wait(lambda: len(listed) > before, PATIENCE)


@pytest.mark.timeout(300)
def test_drops_replays_and_outages_lose_and_double_nothing(tmp_path: Path) -> None:
    with StandinThread() as standin:
        gateway, rows = standin.gateway, Rows(tmp_path)
        guild = standin.world.guild()
        rows.fill(standin, New(MEMBER, nudges=0))
        chance, logged = random.Random(7), 0
        with ForkedBot(standin, tmp_path) as bot:
            for code in DROPS:
                modal = form(standin, MEMBER, guild)
                gateway.rewind = chance.randrange(4)
                resumes = len(gateway.resumes)
                gateway.drop(code)
                told = standin.submit(MEMBER, modal, rejection(modal), guild=guild)  # while nobody listens
                grown(standin, gateway.resumes, resumes)
                answered(standin, told)
                logged += 1
            assert len(gateway.identifies) == 1, "every drop was resumed"
            assert rows.count(rejections) == logged

            for forget in (True, False):
                gateway.drop(forget=True) if forget else gateway.invalidate()
                seen = len(gateway.identifies)
                grown(standin, gateway.identifies, seen)
                standin.wait(gateway.live, PATIENCE)
                assert "Exam" in said(standin, log(standin, MEMBER, guild))
                logged += 1
            assert len(gateway.identifies) == 3
            assert rows.count(rejections) == logged

            before = {table.name: rows.count(table) for table in metadata.sorted_tables}
            for _ in range(100):
                standin.outage(guild)
            assert "Exam" in said(standin, standin.slash(MEMBER, "rejection list", guild=guild))
            assert {table.name: rows.count(table) for table in metadata.sorted_tables} == before
            assert all(row["removed_at"] is None for row in rows.all(metadata.tables["guilds"]))
            standin.recover(guild)
            assert bot.terminate() == 0
            assert "Traceback" not in bot.output()
