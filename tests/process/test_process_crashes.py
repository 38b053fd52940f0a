"""A process that dies as soon as it is ready, started again at once by whoever watches over it."""

from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.domain.identifies import FREE
from bot.services.identifies import Identifies
from bot.storage.unit import SqlDatabase
from tests.process.forked import ForkedBot
from tests.process.rows import New, Rows
from tests.process.stories import PATIENCE
from tests.standin import StandinThread


async def died_before(db: SqlDatabase) -> None:
    """All but one of the ends that cost nothing lie behind it already."""
    for _ in range(FREE - 1):
        await Identifies(db).began(0, system_clock())


@pytest.mark.timeout(300)
def test_a_crash_loop_stops_identifying_and_still_sends(tmp_path: Path) -> None:
    with StandinThread() as standin:
        rows = Rows(tmp_path)
        rows.fill(standin, New(700, nudges=0))
        bot = ForkedBot(standin, tmp_path)
        try:
            rows.work(died_before)
            bot.start().wait_ready()
            bot.kill9()
            rows.fill(standin, New(701))
            bot.start()
            standin.wait(lambda: standin.world.dms_to(701), PATIENCE)
            standin.wait(lambda: "ended early 4 times" in bot.output(), PATIENCE)
            assert len(standin.gateway.identifies) == 1, "check-ins go out, and nothing is identified"
            assert bot.terminate() == 0, "a wait does not keep it from ending"
            assert len(standin.gateway.identifies) == 1
        finally:
            bot.__exit__(None, None, None)
