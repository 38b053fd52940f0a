"""The first story: a no, the first press, and what comes next."""

import pytest

from bot.ui.request import Request
from tests.e2e.world import World, custom_ids, last_message, said


async def test_the_first_log_asks_for_consent_and_saves_nothing_before_it(world: World) -> None:
    form = await world.slash("amara", "rejection log")
    card = await world.fill("amara", form, kind=["research"], who="Lab at Ridge Hospital", day="", said=None)
    assert "Before anything is saved" in said(card)
    assert await world.program.services.members.find(world.people["amara"].id) is None

    logged = await world.consent("amara", card)
    assert "Saved, for you alone" in said(logged)
    assert "Monday 23 November, 18:00" in said(logged)
    page = await world.slash("amara", "rejection list")
    assert "Ridge Hospital" in said(page)


async def test_the_consent_card_ends_with_the_press_that_agrees(world: World) -> None:
    form = await world.slash("amara", "rejection log")
    card = await world.fill("amara", form, kind=["exam"], who=None, day="")
    asked = await world.choose("amara", card, "consent-zone", "Africa/Lagos")
    logged = await world.press("amara", asked, "consent-save")
    assert logged.response is not None
    assert "You have started, with Africa/Lagos as your time zone" in said(logged)
    ended = custom_ids(logged.response.components)
    assert [custom_id.split(":")[2] for custom_id in ended] == ["support"]


async def test_a_second_press_on_a_consent_card_does_no_harm(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_args: object) -> None:
        raise RuntimeError("the card could not be closed")

    monkeypatch.setattr(Request, "close_pressed", refused)
    form = await world.slash("amara", "rejection log")
    card = await world.fill("amara", form, kind=["exam"], who=None, day="")
    asked = await world.choose("amara", card, "consent-zone", "Africa/Lagos")
    live = last_message(asked)
    assert "Saved, for you alone" in said(await world.press("amara", live, "consent-save"))
    again = said(await world.press("amara", live, "consent-save"))
    assert "you have started already" in again
    assert "Nothing was saved" not in again
    assert len(await world.program.services.recoveries.standings(world.people["amara"].id)) == 1


async def test_an_undo_takes_the_log_back_and_another_undo_restores_it(world: World) -> None:
    form = await world.slash("amara", "rejection log", kind="exam")
    logged = await world.consent(
        "amara", await world.fill("amara", form, kind=["exam"], who=None, day="yesterday")
    )
    gone = await world.press("amara", last_message(logged), "rejection-undo")
    assert "Nothing here yet" in said(await world.slash("amara", "rejection list"))
    await world.press("amara", gone if gone.response else last_message(logged), "rejection-restore")
    assert "Exam" in said(await world.slash("amara", "rejection list"))


async def test_a_changed_date_says_what_becomes_of_the_check_ins(world: World) -> None:
    form = await world.slash("amara", "rejection log", kind="exam")
    await world.consent("amara", await world.fill("amara", form, kind=["exam"], who=None, day=""))
    (standing,) = await world.program.services.recoveries.standings(world.people["amara"].id)
    page = await world.slash("amara", "rejection list")
    view = await world.choose("amara", page, "rejection-view", str(standing.rejection.id))
    form = await world.press("amara", view, "rejection-edit")
    edited = said(await world.fill("amara", form, kind=["exam"], who=None, day="2026-11-19"))
    assert "The check-ins went with the date" in edited
    assert "Thursday 26 November, 18:00 · A look at what happened" in edited
    assert "One step lies in the past now" in edited
