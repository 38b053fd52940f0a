"""Kill -9 of the real process at random moments while it drains what is due: nothing lost, nothing doubled."""

import os
import random
import sys
from pathlib import Path

import pytest

from tests.process.storm import Storm
from tests.standin import StandinThread


def killed(folder: Path, seed: int, kills: int) -> Storm:
    with StandinThread() as standin:
        storm = Storm(standin, folder, seed)
        try:
            storm.fill(60)
            storm.break_things()
            for _ in range(kills):
                storm.kill()
            storm.settle()
        finally:
            storm.bot.__exit__(None, None, None)
        assert len(storm.rows.fates()) == len(storm.members)
        assert storm.judge() == (0, 0), f"lost and doubled with seed {seed}"
        return storm


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kills", [8, 7])
def test_kills_lose_and_double_nothing(tmp_path: Path, kills: int) -> None:
    killed(tmp_path, random.randrange(1 << 30), kills)


@pytest.mark.soak
def test_a_thousand_kills_lose_and_double_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kills = int(os.environ.get("SOAK_KILLS", "1000"))
    arrived = asked = 0
    for number in range(0, kills, 25):
        folder = tmp_path / str(number)
        folder.mkdir()
        storm = killed(folder, number, kills=min(25, kills - number))
        arrived += len(storm.members)
        asked += len(storm.standin.world.requests)
        with capsys.disabled():
            sys.stdout.write(
                f"{min(number + 25, kills)} kills, {arrived} members, {asked} requests: 0 lost, 0 doubled\n"
            )
