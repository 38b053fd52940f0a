"""One's own settings, rest, and the record of what was sent."""

from datetime import datetime, timedelta

import pytest
from simcord import InteractionResult

from bot.domain.members import DmState
from tests.e2e.world import LAGOS, World, custom_ids, last_message, raw, said, texts_of


async def known(world: World) -> InteractionResult:
    form = await world.slash("amara", "rejection log")
    return await world.consent("amara", await world.fill("amara", form, kind=["research"], who=None, day=""))


async def test_a_visit_is_noted_once_a_day_by_whatever_they_do(world: World) -> None:
    logged = await known(world)
    members, amara = world.program.services.members, world.people["amara"].id

    async def last_seen_at() -> datetime:
        found = await members.find(amara)
        assert found is not None
        return found.last_seen_at

    first = await last_seen_at()
    world.clock.now += timedelta(hours=23)
    await world.slash("amara", "recovery today")
    assert await last_seen_at() == first
    world.clock.now += timedelta(hours=1)
    await world.slash("amara", "recovery today")
    assert await last_seen_at() == first + timedelta(days=1)
    world.clock.now += timedelta(days=40)
    await world.press("amara", logged, "rejection-undo")
    assert await last_seen_at() == first + timedelta(days=41)


async def test_settings_ask_for_consent_first(world: World) -> None:
    card = await world.slash("amara", "me settings")
    assert "Before anything is saved" in said(card)
    assert "Your settings" in said(await world.consent("amara", card, LAGOS))


async def test_a_new_place_and_hour_move_the_plan(world: World) -> None:
    await known(world)
    card = await world.slash("amara", "me settings")
    assert "Lagos, Nigeria, 13:00 now" in said(card)
    moved = await world.choose("amara", card, "me-zone", "Asia/Karachi")
    assert "Karachi" in said(moved)
    await world.choose("amara", card, "me-hour", "9")
    assert "Monday 23 November, 09:00" in said(await world.slash("amara", "recovery plan"))


async def test_another_place_is_searched(world: World) -> None:
    await known(world)
    card = await world.slash("amara", "me settings")
    form = await world.press("amara", card, "me-place")
    found = await world.fill("amara", form, place="Lima")
    assert "Lima, Peru" in said(await world.choose("amara", found, "me-zone", "America/Lima"))


async def test_the_hour_cannot_lie_in_the_quiet_hours(world: World) -> None:
    await known(world)
    card = await world.slash("amara", "me settings")
    form = await world.press("amara", card, "me-quiet")
    assert "inside your quiet hours" in said(await world.fill("amara", form, start=["17"], end=["20"]))


@pytest.mark.parametrize("way", ["off", "pause"])
async def test_stop_means_stop_and_coming_back_loses_nothing(world: World, way: str) -> None:
    await known(world)
    sent = len(world.dms("amara"))
    if way == "off":
        card = await world.slash("amara", "me settings")
        assert "I do not write to you" in said(await world.choose("amara", card, "me-messages", "off"))
    else:
        assert "Everything is paused" in said(await world.slash("amara", "me pause"))
    await world.pass_time(days=90, stride=timedelta(days=3))
    assert len(world.dms("amara")) == sent
    if way == "off":
        await world.choose("amara", await world.slash("amara", "me settings"), "me-messages", "silent")
    else:
        assert "Welcome back" in said(await world.slash("amara", "me resume"))
    await world.pass_time(days=1, stride=timedelta(hours=1))
    assert len(world.dms("amara")) == sent + 1


async def test_the_record_tells_what_was_sent(world: World) -> None:
    await known(world)
    await world.pass_time(days=2, stride=timedelta(hours=1))
    record = said(await world.slash("amara", "me deliveries"))
    assert "Test message: arrived" in record
    assert "Check-in: arrived Monday 23 November, 18:00" in record
    assert "The next check-in comes Sunday 29 November, 18:00" in record


async def test_who_chose_it_is_mentioned_when_messages_are_closed(world: World) -> None:
    await known(world)
    me = world.people["amara"].id
    async with world.program.db.write() as tx:
        await tx.guilds.update(world.guild.id, channel_id=world.channel.id)
    card = await world.press("amara", await world.slash("amara", "me settings"), "me-fallback")
    assert "**Now:** in my next private answer" in said(card)
    assert "Others there can see" in said(card)
    chosen = await world.press("amara", card, "me-fallback-set")
    assert "with a mention in IMG Circle" in said(chosen)
    async with world.program.db.write() as tx:
        await tx.members.update(me, dm_state=DmState.CLOSED)
    await world.pass_time(days=2, stride=timedelta(hours=1))
    (post,) = [m for m in world.channel.history() if f"<@{me}>" in texts_of(raw(m))]
    assert texts_of(raw(post)) == f"<@{me}>, something waits for you. Press the button, and you alone see it."
    shown = await world.press("amara", post, "recovery-today")
    assert "Research position" in said(shown)
    assert last_message(shown).ephemeral
    assert "nothing of yours here yet" in said(await world.press("bilal", post, "recovery-today"))
    assert "**Now:** in my next private answer" in said(await world.press("amara", chosen, "me-fallback-set"))


async def test_without_a_channel_there_is_no_mention_to_choose(world: World) -> None:
    await known(world)
    card = await world.press("amara", await world.slash("amara", "me settings"), "me-fallback")
    assert "There is none here yet" in said(card)
    assert not [i for i in custom_ids(last_message(card).components) if "fallback-set" in i]


async def test_a_stranger_is_told_kindly(world: World) -> None:
    for command in ("me pause", "me resume", "me deliveries"):
        assert "nothing of yours here yet" in said(await world.slash("bilal", command))
    assert last_message(await world.slash("bilal", "me pause")).ephemeral
