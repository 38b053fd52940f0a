"""SIGTERM under load: what was begun is finished within ten seconds, and the next start goes on."""

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from bot.storage.tables import nudges
from tests.process.forked import ForkedBot
from tests.process.rows import New, Rows
from tests.process.stories import PATIENCE
from tests.process.storm import Storm
from tests.standin import StandinThread
from tests.standin.faults import LOST_IN_SILENCE, SILENCE, delayed, rate_limited

WITHIN = 10.0


def stopped(folder: Path, seed: int, times: int, *, broken: bool) -> float:
    """The slowest of so many ends under load, in seconds."""
    slowest = 0.0
    with StandinThread() as standin:
        storm = Storm(standin, folder, seed)
        try:
            storm.fill(60)
            if broken:
                storm.break_things()
            for _ in range(times):
                slowest = max(slowest, stop_once(storm))
            storm.settle()
        finally:
            storm.bot.__exit__(None, None, None)
        assert storm.judge() == (0, 0), f"lost and doubled with seed {seed}"
    return slowest


def stop_once(storm: Storm) -> float:
    """One run with members asking for things, ended at a random moment; how long it took."""
    storm.refill()
    wanted = len(storm.standin.world.requests) + storm.chance.randrange(5, 60)
    storm.bot.start().wait_ready(60)
    asked = [storm.standin.slash(n, "rejection list") for n in storm.members[:5]]
    storm.random_moment(wanted)
    begun = time.monotonic()
    assert storm.bot.terminate(60) == 0, storm.bot.output()[-4000:]
    took = time.monotonic() - begun
    assert all(one.replies and not one.waiting for one in asked if one.answers), "an answer was begun only"
    return took


@pytest.mark.timeout(300)
def test_ends_under_load_are_quick_and_clean(tmp_path: Path) -> None:
    assert stopped(tmp_path, random.randrange(1 << 30), 3, broken=True) < WITHIN


@pytest.mark.timeout(300)
def test_an_end_waits_neither_for_a_slow_send_nor_for_a_rate_limit(tmp_path: Path) -> None:
    slow, lost, held = 900, 901, 902
    with StandinThread() as standin:
        rows, add = Rows(tmp_path), standin.faults.add
        rows.fill(standin, New(slow), New(lost), New(held))
        faults = [
            add("POST", f"/channels/{standin.world.dm(user_id)}/messages", fault)
            for user_id, fault in ((slow, SILENCE), (lost, LOST_IN_SILENCE), (held, rate_limited(50)))
        ]
        with ForkedBot(standin, tmp_path) as bot:
            standin.wait(lambda: all(fault.used for fault in faults), 30)
            begun = time.monotonic()
            assert bot.terminate(60) == 0
            assert time.monotonic() - begun < WITHIN
            rows.pass_time(standin, 31)  # longer than an attempt's lease, within the minute of its nonce
            bot.start()
            standin.wait(lambda: all(standin.world.dms_to(n) for n in (slow, lost, held)), 60)
            standin.wait(lambda: {row["state"] for row in rows.all(nudges)} == {"sent"}, 30)
            assert bot.terminate() == 0
        assert [len(standin.world.dms_to(n)) for n in (slow, lost, held)] == [1, 1, 1]


def drawing(parent: int) -> int | None:
    """The process that draws, among those that this one started."""
    for folder in Path("/proc").iterdir():
        try:
            command = (folder / "cmdline").read_bytes()
            started_by = (folder / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue
        if b"bot.charts" in command and started_by == str(parent):
            return int(folder.name)
    return None


@pytest.mark.timeout(120)
def test_an_end_in_the_middle_of_a_picture_leaves_no_process_behind(tmp_path: Path) -> None:
    """The one that draws is frozen, so that the picture is under way when the end comes."""
    found: list[int] = []

    def frozen() -> bool:
        pid = drawing(bot.pid)
        if pid is not None:
            os.kill(pid, signal.SIGSTOP)
            found.append(pid)
        return pid is not None

    with StandinThread() as standin:
        Rows(tmp_path).fill(standin, New(900, nudges=6))
        with ForkedBot(standin, tmp_path) as bot:
            told = standin.slash(900, "insights progress")
            standin.wait(frozen, PATIENCE)
            assert not told.replies, "the picture was finished before"
            begun = time.monotonic()
            assert bot.terminate(60) == 0, bot.output()[-4000:]
            assert time.monotonic() - begun < WITHIN
            assert not Path(f"/proc/{found[0]}").exists()
            assert "Traceback" not in bot.output()


@pytest.mark.soak
def test_two_hundred_ends_under_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slowest = 0.0
    for number in range(0, int(os.environ.get("SOAK_STOPS", "200")), 20):
        folder = tmp_path / str(number)
        folder.mkdir()
        slowest = max(slowest, stopped(folder, number, 20, broken=number % 40 == 0))
        with capsys.disabled():
            sys.stdout.write(f"{number + 20} ends, the slowest {slowest:.2f} s: 0 lost, 0 doubled\n")
    assert slowest < WITHIN


@pytest.mark.timeout(120)
def test_an_end_while_it_still_connects_is_clean(tmp_path: Path) -> None:
    with StandinThread() as standin:
        standin.faults.add("GET", "/gateway/bot", delayed(5), times=None)
        bot = ForkedBot(standin, tmp_path).start()
        try:
            standin.wait(lambda: any("/gateway/bot" in one.path for one in standin.world.requests), PATIENCE)
            assert bot.terminate(PATIENCE) == 0, bot.output()[-4000:]
        finally:
            bot.__exit__(None, None, None)
        assert "Traceback" not in bot.output()
