"""One process draws: started late, replaced when it dies, killed when it hangs, gone when the bot is."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.charts import painter as painting
from bot.charts.frames import MOST, framed, length_of
from bot.charts.painter import Painter
from bot.domain.figures import Figure, Lengths

PNG = b"\x89PNG\r\n\x1a\n"
ONE = Figure(lengths=Lengths("From a no", "", (("same day", 4), ("longer", 2))))
UNWRITABLE = Figure(lengths=Lengths("日本", "", (("same day", 4),)))


@asynccontextmanager
async def opened(*command):
    painter = Painter(*([command] if command else []))
    try:
        yield painter
    finally:
        await painter.close()
    assert painter.pid is None


def script(code):
    """A process that does something else than draw."""
    return (sys.executable, "-c", f"import sys, time\n{code}")


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def known_to(pid):
    return Path(f"/proc/{pid}/environ").read_bytes()


async def test_it_starts_when_it_is_asked_and_draws_again_and_again():
    async with opened() as painter:
        assert painter.pid is None
        first = await painter.draw(ONE)
        pid = painter.pid
        assert first is not None
        assert first.startswith(PNG)
        assert await asyncio.gather(*(painter.draw(ONE) for _ in range(5))) == [first] * 5
        assert painter.pid == pid
    assert pid is not None
    assert not is_running(pid)


async def test_the_first_figure_that_can_be_written_is_drawn():
    async with opened() as painter:
        assert await painter.draw(UNWRITABLE, ONE) == await painter.draw(ONE)
        assert await painter.draw(UNWRITABLE) is None
        assert await painter.draw(ONE) is not None


async def test_one_that_died_is_replaced_and_the_picture_comes():
    async with opened() as painter:
        before = await painter.draw(ONE), painter.pid
        assert before[1] is not None
        os.kill(before[1], signal.SIGKILL)
        assert await painter.draw(ONE) == before[0]
        assert painter.pid != before[1]


@pytest.mark.parametrize(
    "code",
    ["sys.exit(3)", "sys.stdin.buffer.read(4); sys.exit(3)", "sys.stdout.buffer.write(b'\\xff' * 8)"],
    ids=["at once", "in the middle", "nonsense"],
)
async def test_one_that_cannot_draw_costs_the_picture_and_no_more(code):
    async with opened(*script(code)) as painter:
        assert await painter.draw(ONE) is None


async def test_a_program_that_is_not_there_costs_the_picture_and_no_more():
    async with opened("/nowhere/python") as painter:
        assert await painter.draw(ONE) is None


async def test_one_that_hangs_is_killed_in_time_and_not_asked_again(monkeypatch):
    started, start = [], asyncio.create_subprocess_exec

    async def noted(*command, **more):
        started.append(command)
        return await start(*command, **more)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    monkeypatch.setattr(painting, "DRAW_SECONDS", 0.3)
    async with opened(*script("time.sleep(60)")) as painter:
        loop = asyncio.get_running_loop()
        begun, drawing = loop.time(), asyncio.create_task(painter.draw(ONE))
        while painter.pid is None and not drawing.done():  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0)
        pid = painter.pid
        assert pid is not None
        assert await drawing is None
        assert loop.time() - begun < 6
        assert len(started) == 1
        assert painter.pid is None
        await painter.close()
        assert not is_running(pid)


async def test_who_gives_up_leaves_nothing_for_the_next_one(monkeypatch):
    """An answer that nobody waits for any more must not be taken for the answer to what is asked next."""
    async with opened() as painter:
        expected = await painter.draw(ONE)
        other = Figure(lengths=Lengths("Another", "", (("same day", 9),)))
        given_up = asyncio.create_task(painter.draw(other))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        given_up.cancel()
        assert await painter.draw(ONE) == expected


async def test_a_turn_that_does_not_come_costs_the_picture(monkeypatch):
    monkeypatch.setattr(painting, "PATIENCE_SECONDS", 0.2)
    async with opened(*script("time.sleep(60)")) as painter:
        assert list(await asyncio.gather(painter.draw(ONE), painter.draw(ONE))) == [None, None]


async def test_after_the_end_nothing_is_started_any_more():
    async with opened() as painter:
        drawing = asyncio.create_task(painter.draw(ONE))
        await asyncio.sleep(0)
        await painter.close()
        assert await drawing is None
        assert await painter.draw(ONE) is None
        assert painter.pid is None


async def test_it_is_told_nothing_of_the_bots_secrets(monkeypatch):
    monkeypatch.setenv("STEPFORWARD_DISCORD_TOKEN", "canary")
    async with opened() as painter:
        await painter.draw(ONE)
        known = known_to(painter.pid)
    assert b"PYTHONPATH" in known
    assert b"canary" not in known


async def test_it_ends_by_itself_when_the_bot_is_killed():
    """Its input ends, whatever ended the bot."""
    async with opened() as painter:
        await painter.draw(ONE)
        worker = painter._worker
        assert worker is not None
        assert worker.stdin is not None
        worker.stdin.close()
        async with asyncio.timeout(5):
            assert await worker.wait() == 0


def test_what_is_longer_than_anything_we_say_is_refused():
    assert length_of(framed(b"abc")[:4]) == 3
    with pytest.raises(ValueError, match="a frame of"):
        length_of((MOST + 1).to_bytes(4, "big"))
