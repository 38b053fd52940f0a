"""The file of the database is deleted or replaced under the running bot."""

from pathlib import Path

import pytest

from bot.alarms import BotAlarms
from bot.wiring import DEMO_DATABASE, build_demo
from bot.wiring.operating import host_jobs
from tests.conftest import FakeClock


@pytest.mark.parametrize("way", ["deleted", "replaced"])
async def test_the_bot_stops_rather_than_write_for_nobody(
    tmp_path: Path,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    program = await build_demo(clock, tmp_path)
    operations, alarms, closed = program.operations, BotAlarms(), list[bool]()

    async def close() -> None:
        closed.append(True)

    monkeypatch.setattr(program.bot, "close", close)
    try:
        alarms.attach(program.bot)
        (look,) = [job for job in host_jobs(operations, None, alarms) if job.name == "database"]
        await look.run(clock())
        assert not program.bot.database_gone
        file = tmp_path / DEMO_DATABASE
        file.rename(tmp_path / "kept")
        if way == "replaced":
            file.write_bytes((tmp_path / "kept").read_bytes())
        for _ in range(2):
            await look.run(clock())
        assert program.bot.database_gone
        assert [line.message for line in caplog.records if "deleted or replaced" in line.message] == [
            "the database file was deleted or replaced while the bot ran; stopping, nothing more is saved"
        ]
        assert alarms._closing is not None
        await alarms._closing
        assert closed == [True]
    finally:
        await program.close()
