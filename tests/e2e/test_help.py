"""The way in for somebody who never used the bot: help, about, and the welcome when it comes into a server."""

import pytest

from tests.e2e.world import World, custom_ids, last_message, raw, said, texts_of


async def test_help_offers_what_one_wants_to_do_and_starts_it(world: World) -> None:
    card = await world.slash("amara", "help")
    assert "I got a no" in said(card)
    assert "A rumour is not a rejection" in said(card)
    form = await world.press("amara", card, "rejection-new")
    assert form.modal is not None
    assert "nothing of yours here yet" in said(await world.press("amara", card, "recovery-today"))
    assert "/me pause" in said(await world.press("amara", card, "help-quiet"))
    assert "/me erase" in said(await world.press("amara", card, "help-data"))
    assert "This is for the group lead" in said(await world.press("amara", card, "server-setup"))
    assert "Set up" in said(await world.press("priya", await world.slash("priya", "help"), "server-setup"))


async def test_every_button_of_help_is_known(world: World) -> None:
    card = await world.slash("amara", "help")
    bot = world.program.bot
    for custom_id in custom_ids(raw(last_message(card))):
        assert bot._knows_press(custom_id), custom_id


async def test_help_and_about_write_nothing_about_who_asks(world: World) -> None:
    await world.slash("amara", "help")
    about = await world.slash("amara", "about")
    assert "Who sees it" in said(about)
    assert "Version" in said(about)
    assert "tell the group lead" in said(about)
    assert await world.program.services.members.find(world.people["amara"].id) is None


@pytest.mark.parametrize("allowed", [True, False])
async def test_the_welcome_is_posted_once_where_the_server_allows_it(world: World, allowed: bool) -> None:
    joined = world.env.create_guild("Second Circle", owner=world._users["priya"])
    channel = joined.create_text_channel("hello")
    place = channel.id if allowed else None
    installs = world.program.services.installs
    for _ in range(2):
        await installs.arrived(joined.id, "en", place, world.clock())
        await world.tick()
    posts = [m for m in channel.history() if m.author.id == world.env.backend.bot_user.id]
    assert len(posts) == int(allowed)
    for post in posts:
        assert "Nobody here sees a rejection" in texts_of(raw(post))


async def test_a_removal_waits_and_an_outage_changes_nothing(world: World) -> None:
    services = world.program.services
    await world.slash("priya", "server setup")
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    guild = await services.guilds.get(world.guild.id)
    assert guild is not None
    assert guild.removed_at is None
    world.env.backend.remove_guild(world.guild.id)
    await world.env.settle()
    gone = await services.guilds.get(world.guild.id)
    assert gone is not None
    assert gone.removed_at == world.clock()
