"""A full disk as a member meets it: nothing is called saved, the text comes back, and erasing works."""

from typing import Any

from sqlalchemy import func, select

from bot.storage.tables import rejections
from tests.e2e.test_faults import fill, known
from tests.e2e.world import World, last_message, said
from tests.storage.full import fill_up, growing_with_ballast

LETTER = "A long and tired letter. " * 100


async def test_not_saved_is_said_the_text_comes_back_and_an_erasure_succeeds(
    world: World, monkeypatch: Any
) -> None:
    await known(world)
    db = world.program.db
    assert db.engines.ballast is not None
    assert db.engines.ballast.fill()
    await fill_up(db)
    saved, answer = 1, await fill(world, said=LETTER)
    while "not saved" not in said(answer):  # the last pages still have room for a few
        assert "Saved, for you alone" in said(answer)
        saved, answer = saved + 1, await fill(world, said=LETTER)
    assert saved < 10
    assert [file.filename for file in last_message(answer).attachments] == ["your-text.txt"]
    async with db.engines.read() as connection:
        rows = (await connection.execute(select(func.count()).select_from(rejections))).scalar_one()
    assert rows == saved
    assert "988" in said(await world.slash("amara", "support"))

    growing_with_ballast(db, monkeypatch)
    form = await world.press("amara", await world.slash("amara", "me erase"), "me-erase")
    assert "key" in said(await world.fill("amara", form, word="erase"))
    assert await world.program.services.members.find(world.people["amara"].id) is None
