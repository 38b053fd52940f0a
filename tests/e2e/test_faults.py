"""What a member is told when something fails between their press and our answer. Nothing typed is lost, no word is false."""

import logging
import sys
from typing import Any, NoReturn
from unittest.mock import Mock

import aiohttp
import discord
import pytest

from bot.domain.members import DmState
from bot.ui.cards import Card
from bot.ui.forms import FORM_OPEN_FOR
from tests.e2e.world import LAGOS, World, custom_ids, last_message, raw, said

OWN = "MRN 123456, said the letter"


async def fill(world: World, **fields: Any) -> Any:
    form = await world.slash("amara", "rejection log")
    return await world.fill("amara", form, **{"kind": ["research"], "who": "Ridge", "day": "", **fields})


async def known(world: World) -> Any:
    return await world.consent("amara", await fill(world))


async def boom(*_args: object, **_kwargs: object) -> NoReturn:
    raise RuntimeError("broken")


def broken(*_args: object, **_kwargs: object) -> NoReturn:
    raise RuntimeError("broken")


async def test_a_first_draft_survives_a_consent_that_could_not_be_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await fill(world, who="Ridge")
    asked = await world.choose("amara", card, "consent-zone", LAGOS)
    with monkeypatch.context() as patch:
        patch.setattr(world.program.services.members, "consent", boom)
        failed = await world.press("amara", asked, "consent-save")
    assert "not saved" in said(failed)
    assert [file.filename for file in last_message(failed).attachments] == ["your-text.txt"]
    assert "sf:1:form-again:" in str(custom_ids(last_message(failed).components))
    assert "Saved, for you alone" in said(await world.press("amara", asked, "consent-save"))
    assert "Ridge" in said(await world.slash("amara", "rejection list"))


async def test_a_first_draft_survives_a_test_message_that_broke(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.program.services.doors, "open", boom)
    assert "Saved, for you alone" in said(await known(world))
    assert "Ridge" in said(await world.slash("amara", "rejection list"))


async def test_another_place_can_be_asked_for_twice(world: World) -> None:
    card = await fill(world)
    await world.press("amara", card, "consent-place")
    form = await world.press("amara", card, "consent-place")
    found = await world.fill("amara", form, place="Lima")
    assert "America/Lima" in said(await world.choose("amara", found, "consent-zone", "America/Lima"))


async def test_what_was_given_up_is_told_by_an_answer_and_not_by_a_form(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await known(world)
    members = world.program.services.members
    lost, told, meet = [5, 6], list[int](), members.meet

    async def met(user_id: int, guild_id: int | None) -> Any:
        return (await meet(user_id, guild_id))._replace(lost=[one for one in lost if one not in told])

    async def note(delivery_ids: list[int]) -> None:
        told.extend(delivery_ids)

    monkeypatch.setattr(members, "meet", met)
    monkeypatch.setattr(members, "told", note)
    await world.slash("amara", "rejection log")
    assert told == []
    assert "2 check-ins did not reach you" in said(await world.slash("amara", "rejection list"))
    assert told == lost
    assert "did not reach you" not in said(await world.slash("amara", "rejection list"))


@pytest.mark.parametrize("way", ["a card that cannot be made", "a card that cannot be sent"])
async def test_what_is_saved_is_never_called_unsaved(
    world: World, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    await known(world)
    with monkeypatch.context() as patch:
        failing, whole = iter((True,)), Card.to_components

        def once(card: Any) -> Any:
            return broken() if next(failing, False) else whole(card)

        if way == "a card that cannot be sent":
            patch.setattr(Card, "to_components", once)
        else:
            patch.setattr(sys.modules["cogs.rejections.flow"], "logged_card", broken)
        answer = await fill(world, who="Second Place")
    assert "It is saved, but I could not show the answer" in said(answer)
    assert "not saved" not in said(answer)
    assert "Second Place" in said(await world.slash("amara", "rejection list"))


async def test_an_erasure_that_breaks_says_that_it_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await known(world)
    form = await world.press("amara", await world.slash("amara", "me erase"), "me-erase")
    with monkeypatch.context() as patch:
        patch.setattr(world.program.services.erasure, "_take_posts_down", boom)
        assert "has begun" in said(await world.fill("amara", form, word="erase"))
    await world.pass_time(days=1, hours=1)
    assert await world.program.services.members.find(world.people["amara"].id) is None


async def test_a_test_message_that_waits_is_said_to_wait(world: World) -> None:
    await known(world)
    async with world.program.db.write() as tx:
        await tx.members.update(world.people["amara"].id, dm_state=DmState.QUEUED)
    card = await world.slash("amara", "rejection list")
    assert "is queued" in said(card)
    assert "sf:1:dm-test:" not in custom_ids(last_message(card).components)


async def test_good_news_with_heavy_words_is_kept_quietly(world: World) -> None:
    await known(world)
    form = await world.slash("amara", "goodnews")
    card = await world.fill(
        "amara", form, kind=["letter"], answers=[], day="", who="I still want to kill myself"
    )
    assert "It is saved as you wrote it" in said(card)
    assert world.program.bot.words.speak("en")("goodnews-letter-line") not in said(card)
    assert "goodnews-share" not in str(custom_ids(last_message(card).components))


async def test_a_sync_that_discord_refuses_stops_nothing_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bot = world.program.bot
    await bot.services.facts.set("commands", "of before", world.clock())
    bot._synced = False
    synced: list[str] = []
    answer = Mock(spec=aiohttp.ClientResponse, status=503, reason="busy")

    async def refuse() -> list[discord.app_commands.AppCommand]:
        raise discord.HTTPException(answer, {"code": 0, "message": "busy"})

    async def take() -> list[discord.app_commands.AppCommand]:
        synced.append("commands")
        return []

    monkeypatch.setattr(bot.tree, "sync", refuse)
    with caplog.at_level(logging.ERROR):
        await bot.sync_commands()
    assert "commands not synced" in caplog.text
    caplog.clear()
    monkeypatch.setattr(bot.tree, "sync", take)
    await world.tick()
    await world.tick()
    assert synced == ["commands"]


async def test_the_list_shows_a_place_as_it_was_written(world: World) -> None:
    await world.consent("amara", await fill(world, who="St_Mary*s"))
    await world.pass_time(minutes=1)
    card = last_message(await world.slash("amara", "recovery today"))
    assert "St_Mary*s" in str(raw(card))
    assert "St\\_Mary" not in str(raw(card))


async def test_a_patients_details_are_noticed_gently_and_saved(world: World) -> None:
    await known(world)
    answer = await fill(world, said=OWN)
    assert "may hold a patient" in said(answer)
    form = await world.press("amara", answer, "rejection-edit")
    assert form.modal is not None
    edited = await world.fill("amara", form, kind=["research"], who="Ridge", day="", said=OWN)
    assert "may hold a patient" in said(edited)
    ids = custom_ids(raw(last_message(edited)))
    assert sorted(ids) == sorted(set(ids)), "Discord refuses a message that has one custom id twice"
    assert "may hold a patient" not in said(await fill(world, said="They said no."))


def test_a_form_stays_open_for_hours() -> None:
    assert FORM_OPEN_FOR >= 3600 * 6
