"""Who may what is decided in the code: every command and press of a lead, with Discord's own permission opened."""

from collections.abc import Iterator
from typing import Any

import pytest
import simcord
from sqlalchemy import select

from bot.storage.columns import metadata
from tests.e2e.crawl import Crawler, dm_of, forge, leaves, open_commands, verb_of
from tests.e2e.world import World, checked, said

LEADS_TABLES = ("guilds", "guild_actions", "memberships")
REFUSED = ("Manage Server", "inside a server", "do not find", "only in a server")


def lead_commands(world: World) -> Iterator[Any]:
    """Commands whose group asks Discord to hide it from members."""
    for command in leaves(world.program.bot.tree):
        top = command.root_parent or command
        if top.default_permissions is not None:
            yield command


async def server_rows(world: World, guild_id: int) -> list[str]:
    """All that is kept about one server."""
    async with world.program.db.engines.read() as connection:
        return [
            repr(row)
            for table in metadata.sorted_tables
            if table.name in LEADS_TABLES
            for row in await connection.execute(select(table).where(table.c.guild_id == guild_id))
        ]


async def lead_presses(world: World) -> dict[str, dict[str, Any]]:
    """One press of each verb on the cards of a lead."""
    crawler = Crawler(world, "priya", only="server", most=1)
    await crawler.everything()
    assert crawler.faults == []
    found = {verb_of(p["custom_id"]): p for screen in crawler.screens for p in screen.presses}
    presses = {verb: press for verb, press in found.items() if verb.startswith("server-")}
    assert len(presses) >= 8
    return presses


async def test_a_member_is_refused_every_command_of_a_lead(world: World) -> None:
    open_commands(world, "amara")
    crawler = Crawler(world, "amara")
    before = await server_rows(world, world.guild.id)
    tried = 0
    for command in lead_commands(world):
        options = {p.display_name: await crawler.option(command, p) for p in command.parameters if p.required}
        answer = checked(await world.people["amara"].slash(world.channel, command.qualified_name, **options))
        assert any(sentence in said(answer) for sentence in REFUSED), command.qualified_name
        tried += 1
    assert tried >= 4
    assert await server_rows(world, world.guild.id) == before


@pytest.mark.parametrize("who", ["amara", "stranger", "dm", "other-lead"])
async def test_nobody_else_can_use_the_presses_of_a_lead(world: World, who: str) -> None:
    """A member, somebody new, the lead themselves in a direct message, and a lead of another server there."""
    presses = await lead_presses(world)
    if who == "amara":
        card = await world.slash("amara", "me settings")
        await world.consent("amara", card)
    before = await server_rows(world, world.guild.id)
    others = _other_server(world)
    for press in presses.values():
        values = [press["options"][0]["value"]] if press.get("options") else []
        if who == "dm":
            user, dm = dm_of(world, "priya")
            answer = checked(await forge(world, user, press, values=values, channel=dm))
        elif who == "other-lead":
            answer = checked(await forge(world, others[0], press, values=values, channel=others[1]))
        else:
            actor = world.people["amara" if who == "amara" else "bilal"]
            answer = checked(await forge(world, actor, press, values=values))
        assert answer.acknowledged
        if who != "other-lead":
            assert any(sentence in said(answer) for sentence in REFUSED), (press["custom_id"], said(answer))
    after = [
        row for row in await server_rows(world, world.guild.id) if str(world.people["amara"].id) not in row
    ]
    assert after == [row for row in before if str(world.people["amara"].id) not in row]


def _other_server(world: World) -> "tuple[simcord.MemberActor, simcord.ChannelHandle]":
    """Farida owns another server with the bot in it."""
    owner = world.people["farida"].user
    guild = world.env.create_guild("Another Circle", owner=owner)
    return guild.add_member(owner), guild.create_text_channel("general")


async def test_a_lead_is_not_refused(world: World) -> None:
    for command in lead_commands(world):
        crawler = Crawler(world, "priya")
        options = {p.display_name: await crawler.option(command, p) for p in command.parameters if p.required}
        answer = checked(await world.people["priya"].slash(world.channel, command.qualified_name, **options))
        assert "Manage Server" not in said(answer)
