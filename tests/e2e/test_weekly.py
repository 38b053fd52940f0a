"""Sunday 18:00: what the group sees, the button under it, and that it comes once."""

from datetime import datetime

import discord

from bot.domain.boards import Visibility
from bot.domain.guilds import lead_of
from tests.e2e.world import World, custom_ids, raw, said, texts_of

PEOPLE = ("amara", "bilal", "carmen", "daria", "emeka")


async def a_group(world: World) -> None:
    """Five members who acted and are shown, and a channel with a weekly post on Sundays at 18:00 in Lagos."""
    services, now = world.program.services, world.clock()
    lead = lead_of(world.guild.id, world.people["priya"].id, manages=True)
    await services.guilds.settings(lead, "en", now)
    await services.guilds.change(lead, now, channel_id=world.channel.id, zone="Africa/Lagos")
    for number, name in enumerate(PEOPLE, 1):
        await joined(world, name, actions=number, now=now)


async def joined(world: World, name: str, *, actions: int, now: datetime) -> None:
    services, user_id = world.program.services, world.people[name].id
    member = await services.members.consent(user_id, "Africa/Lagos", "en", now)
    await services.memberships.touch(user_id, world.guild.id, name.title(), now)
    await services.memberships.choose(user_id, world.guild.id, Visibility.SHOWN, now=now)
    kinds = [kind.id for kind in world.program.bot.content.actions]
    for index in range(actions):
        await services.actions.log(
            member, kinds[index], done_on=now.date(), source=f"interaction:{index}", interaction_id=user_id + index,
            guild_id=world.guild.id, now=now,
        )  # fmt: skip


def posts(world: World) -> list[discord.Message]:
    return [m for m in world.channel.history() if m.author.id == world.env.backend.bot_user.id]


async def test_the_post_comes_once_at_the_servers_hour(world: World) -> None:
    await a_group(world)
    await world.pass_time(hours=4, minutes=30)
    assert posts(world) == []
    await world.pass_time(minutes=30)
    (post,) = posts(world)
    words = texts_of(raw(post))
    assert "This week in the group" in words
    assert "Together: **15 actions**." in words
    assert "`1` **Emeka** · 5\n`2` **Daria** · 4\n`3` **Carmen** · 3" in words
    assert "Here for the first time" in words

    await world.restart()
    await world.pass_time(hours=3)
    assert len(posts(world)) == 1


async def test_the_button_opens_the_catalogue_privately_and_an_action_counts(world: World) -> None:
    await a_group(world)
    await world.pass_time(hours=5)
    (post,) = posts(world)
    card = await world.press("bilal", post, "did-something")
    assert "What did you do this week?" in said(card)
    logged = await world.choose("bilal", card, "act-pick", "rest-day")
    assert "Rest" in said(logged) or "rest" in said(logged)
    board = await world.press("bilal", post, "leaderboard")
    assert "Bilal" in said(board)


async def test_somebody_new_is_asked_before_anything_is_written(world: World) -> None:
    await a_group(world)
    await world.pass_time(hours=5)
    (post,) = posts(world)
    card = await world.press("farida", post, "did-something")
    assert "Before anything is saved" in said(card)
    assert await world.program.services.members.find(world.people["farida"].id) is None
    shown = await world.consent("farida", card)
    assert "What did you do this week?" in said(shown)


async def test_a_removed_alias_leaves_the_board_and_the_posts(world: World) -> None:
    await a_group(world)
    services, amara = world.program.services, world.people["amara"].id
    await services.memberships.choose(
        amara, world.guild.id, Visibility.ALIAS, alias="Rude Word", now=world.clock()
    )
    await world.pass_time(hours=5)
    (post,) = posts(world)
    assert "Rude Word" in texts_of(raw(post))

    offered = await world.people["priya"].autocomplete(world.channel, "server remove", "what", "rude")
    gone = await world.slash("priya", "server remove", what=offered[0]["value"])
    assert "The alias is gone" in said(gone)
    (post,) = posts(world)
    assert "Rude Word" not in texts_of(raw(post))
    assert "**somebody**" in texts_of(raw(post))
    membership = await services.memberships.get(amara, world.guild.id)
    assert membership is not None
    assert membership.visibility is Visibility.UNASKED


async def test_after_an_erasure_the_name_leaves_the_posts(world: World) -> None:
    await a_group(world)
    await world.pass_time(hours=5)
    assert await world.program.services.redaction.of_member(world.people["emeka"].id, world.clock()) == []
    (post,) = posts(world)
    assert "Emeka" not in texts_of(raw(post))
    assert any(i.startswith("sf:1:did-something:") for i in custom_ids(raw(post)))
