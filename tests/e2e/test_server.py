"""A lead sets the bot up, tests it, sees how things stand; nobody else may, whatever their client shows."""

from typing import Any

import discord
import pytest
from simcord import InteractionResult
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.domain.guilds import ShownWin
from bot.services.moderation import Removable
from cogs.server.flow import removable_choices
from tests import texts
from tests.conftest import START
from tests.e2e.world import World, checked, custom_ids, last_message, raw, said, texts_of


async def pick(world: World, who: str, card: InteractionResult, verb: str, *values: Any) -> InteractionResult:
    """Choose a channel or a role."""
    message = last_message(card)
    custom_id = next(i for i in custom_ids(raw(message)) if i.split(":")[2] == verb)
    return checked(await world.people[who].select(message, values, custom_id=custom_id))


async def set_up(world: World) -> InteractionResult:
    """The checklist with the channel chosen."""
    return await pick(
        world, "priya", await world.slash("priya", "server setup"), "server-channel", world.channel
    )


async def deny(world: World, **permissions: bool) -> None:
    """Take permissions in the channel from the bot."""
    denied = discord.Permissions(**permissions).value
    world.env.backend.set_overwrite(
        world.channel.id,
        Overwrite(target_id=world.env.backend.bot_user.id, type=OverwriteType.MEMBER, deny=denied),
    )
    await world.env.settle()


async def open_to_all(world: World) -> None:
    """An admin of the server lets everybody use /server, as Discord allows them to."""
    server = next(c for c in await world.program.bot.tree.fetch_commands() if c.name == "server")
    world.guild.set_command_permissions(server, {world.guild.default_role: True})


def posts(world: World) -> list[discord.Message]:
    return [m for m in world.channel.history() if m.author.id == world.env.backend.bot_user.id]


async def test_the_checklist_says_what_will_be_seen_and_saves_each_choice(world: World) -> None:
    card = await world.slash("priya", "server setup")
    assert "What will be visible" in said(card)
    assert "none yet, so nothing is posted" in said(card)
    assert "as soon as there is a channel" in said(card)

    card = await pick(world, "priya", card, "server-channel", world.channel)
    assert "I may post there" in said(card)
    card = await world.choose("priya", card, "server-day", "0")
    card = await world.choose("priya", card, "server-hour", "9")
    card = await world.choose("priya", card, "server-zone", "Asia/Karachi")
    assert "Monday, 09:00 server time" in said(card)
    assert "Karachi" in said(card)
    guild = await world.program.services.guilds.get(world.guild.id)
    assert guild is not None
    assert (guild.channel_id, guild.weekly_day, guild.weekly_hour) == (world.channel.id, 0, 9)
    assert guild.weekly_due_at is not None
    assert guild.weekly_due_at.isoformat() == "2026-11-23T04:00:00+00:00"

    again = await world.slash("priya", "server setup")
    assert "Monday, 09:00 server time" in said(again)


async def test_a_place_that_is_not_on_the_list_is_searched(world: World) -> None:
    form = await world.press("priya", await set_up(world), "server-place")
    card = await world.fill("priya", form, place="Tbilisi")
    assert "Tbilisi" in said(card)


async def test_a_role_is_named_and_taken_back(world: World) -> None:
    role = world.guild.create_role("Peers")
    card = await pick(world, "priya", await set_up(world), "server-role", role)
    assert f"<@&{role.id}> is named" in said(card)
    card = await pick(world, "priya", card, "server-role")
    assert "no role" in said(card)


async def test_a_test_really_arrives(world: World) -> None:
    result = await world.press("priya", await set_up(world), "server-test")
    assert "It arrived" in said(result)
    assert [texts_of(raw(post)) for post in posts(world)] == [
        world.program.bot.words.speak("en")("server-test-post")
    ]


async def test_what_is_missing_is_said_before_and_after_a_test(world: World) -> None:
    await deny(world, send_messages=True, embed_links=True)
    card = await set_up(world)
    assert "I am missing Send Messages. To change that" in said(card)
    result = await world.press("priya", card, "server-test")
    assert "It did not arrive" in said(result)
    assert "allow View Channel, Send Messages, Embed Links and Attach Files" in said(result)
    assert posts(world) == []
    guild = await world.program.services.guilds.get(world.guild.id)
    assert guild is not None
    assert guild.channel_trouble == "send"
    assert guild.weekly_due_at is None

    await deny(world)
    status = await world.slash("priya", "server status")
    assert "I may post there" in said(status)
    mended = await world.program.services.guilds.get(world.guild.id)
    assert mended is not None
    assert mended.channel_trouble is None
    assert mended.weekly_due_at is not None


async def test_a_deleted_channel_is_told_with_the_fix(world: World) -> None:
    await set_up(world)
    world.env.backend.delete_channel(world.channel.id)
    other = world.guild.create_text_channel("elsewhere")
    await world.env.settle()
    status = checked(await world.people["priya"].slash(other, "server status"))
    assert "it was deleted. Please choose another one" in said(status)


async def test_status_tells_no_number_of_fewer_than_five_people(world: World) -> None:
    await set_up(world)
    status = await world.slash("priya", "server status")
    assert "fewer than five" in said(status)


@pytest.mark.parametrize(
    "command, options",
    [
        ("server setup", {}),
        ("server status", {}),
        ("server remove", {"what": "entry.1"}),
        ("server action add", {"label": "Journal club"}),
    ],
)
async def test_a_command_is_refused_to_who_does_not_lead(
    world: World, command: str, options: dict[str, str]
) -> None:
    await open_to_all(world)
    refused = await world.slash("amara", command, **options)
    assert "This is for the group lead" in said(refused)
    guild = await world.program.services.guilds.get(world.guild.id)
    assert guild is None or guild.channel_id is None


async def test_every_press_of_the_checklist_is_refused_to_who_does_not_lead(world: World) -> None:
    from bot.app import StepForward
    from bot.ui.buttons import Press
    from bot.ui.cards import Card, Option, press
    from cogs.server.buttons import PRESSES

    bot: StepForward = world.program.bot
    channel = bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    before = await set_up(world)
    guild = await world.program.services.guilds.get(world.guild.id)
    assert before.response is not None
    for verb in (one.verb for one in PRESSES if issubclass(one, Press)):
        card = Card().text("forged").row(press(verb, "1", label="press"))
        message = await channel.send(view=card)
        refused = await world.press("amara", message, verb)
        assert "This is for the group lead" in said(refused), verb
        select = Card().text("forged").choose(verb, "2", [Option("1", "one")], placeholder="choose")
        message = await channel.send(view=select)
        refused = await world.choose("amara", message, verb, "1")
        assert "This is for the group lead" in said(refused), verb
    assert await world.program.services.guilds.get(world.guild.id) == guild


async def test_an_entry_is_added_listed_and_removed(world: World) -> None:
    await set_up(world)
    added = await world.slash("priya", "server action add", label="Joined our journal club")
    assert "Added: Joined our journal club" in said(added)
    twice = await world.slash("priya", "server action add", label="joined our JOURNAL club")
    assert "has that entry already" in said(twice)
    assert "Joined our journal club" in said(await world.slash("priya", "server status"))

    offered = await world.people["priya"].autocomplete(world.channel, "server remove", "what", "journal")
    assert [choice["name"] for choice in offered] == ["Catalogue entry: Joined our journal club"]
    await open_to_all(world)
    assert await world.people["amara"].autocomplete(world.channel, "server remove", "what", "") == []
    gone = await world.slash("priya", "server remove", what=offered[0]["value"])
    assert "The entry is gone" in said(gone)
    again = await world.slash("priya", "server remove", what=offered[0]["value"])
    assert "I do not find this one" in said(again)


@pytest.mark.parametrize(
    "what", ["nonsense", "win.", "win.x", "alias.", "entry.99", "https://example.org/", "win.1"]
)
async def test_what_is_not_there_cannot_be_removed(world: World, what: str) -> None:
    refused = await world.slash("priya", "server remove", what=what)
    assert "I do not find this one" in said(refused)


def test_a_win_is_listed_in_the_words_that_stand_in_the_channel() -> None:
    voice = texts.voice()
    kinds = ("custom", "shared-post", "cv-revised", "server-7")
    found = Removable((), tuple(ShownWin(5, kind, START) for kind in kinds), ())
    labels = [label for _, label in removable_choices(voice, found)]
    assert labels == [
        f"Win: {name} · Sunday 22 November"
        for name in (*["Took a step of my own"] * 2, "Revised my CV", "an action of this server")
    ]
