"""What every form says that takes a member's own words: who reads it, and what it is not."""

import pytest
from simcord import InteractionResult

from tests.e2e.world import World
from tests.meta.lint import walk
from tests.texts import content

JOURNAL = [f"journal {kind.id}" for kind in content().journal.kinds]


async def opened(world: World, name: str) -> InteractionResult:
    """A form by the way that leads to it."""
    if name == "action":
        return await world.press("amara", await world.slash("amara", "action log"), "act-own")
    if name.startswith("journal"):
        return await world.slash("amara", "journal write", kind=name.rsplit(maxsplit=1)[-1])
    if name == "step":
        await world.pass_time(days=1, hours=6)
        return await world.press("amara", world.dms("amara")[-1], "nudge-do")
    if name == "draft write":
        return await world.slash("amara", name, kind="touch")
    return await world.slash("amara", name)


@pytest.mark.parametrize("name", ["rejection log", "goodnews", "action", "step", "draft write", *JOURNAL])
async def test_a_form_for_own_words_says_that_nobody_watches_and_that_it_is_no_care(
    world: World, name: str
) -> None:
    form = await world.slash("amara", "rejection log")
    await world.consent("amara", await world.fill("amara", form, kind=["research"], who=None, day=""))
    shown = (await opened(world, name)).modal
    assert shown is not None
    said = " ".join(str(part.get("description", "")) for part in walk(shown["components"])).lower()
    assert "not monitored" in said
    assert "not medical care" in said
    assert "no patient details" in said
