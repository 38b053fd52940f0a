import asyncio

from bot import breath
from bot.breath import in_breaths


async def turns(monkeypatch, seconds):
    """How often another task had its turn during the work on ten things."""
    monkeypatch.setattr(breath, "BREATH_SECONDS", seconds)
    served = []

    async def other():
        while True:
            served.append(1)
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    assert [item async for item in in_breaths(range(10))] == list(range(10))
    task.cancel()
    return len(served)


async def test_long_work_lets_others_have_their_turn_between_its_parts(monkeypatch):
    assert await turns(monkeypatch, -1.0) >= 10


async def test_short_work_is_done_in_one_go(monkeypatch):
    assert await turns(monkeypatch, 60.0) == 0
