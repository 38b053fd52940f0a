"""The third story: an action, the board, and a win, told by those who did them."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord import InteractionResult

from bot.domain.actions import PER_KIND
from tests.e2e.world import World, checked, custom_ids, last_message, raw, said, texts_of

EVERYBODY = ("amara", "bilal", "carmen", "daria", "emeka")


async def set_up(world: World) -> None:
    """The lead has chosen the channel."""
    async with world.program.db.write() as tx:
        await tx.guilds.update(world.guild.id, channel_id=world.channel.id)


async def meet(world: World, who: str, appear: str | None = "shown") -> InteractionResult:
    """Somebody's first action in the server, and how they want to appear."""
    card = await world.consent(who, await world.slash(who, "action log", what="cv-revised"))
    if appear is not None:
        await world.press(who, card, f"appear-{appear}")
    return card


async def log(world: World, who: str, what: str = "mentor-message", **options: Any) -> InteractionResult:
    return await world.slash(who, "action log", what=what, **options)


async def press_way(world: World, who: str, shown: InteractionResult, way: str) -> InteractionResult:
    """By name (n) or anonymously (a)."""
    message = last_message(shown)
    found = next(i for i in custom_ids(message.components) if i.endswith(f".{way}"))
    return checked(await world.people[who].click(message, custom_id=found))


async def share(world: World, who: str, card: InteractionResult, way: str) -> InteractionResult:
    preview = await press_way(world, who, await world.press(who, card, "win-offer"), way)
    return await world.press(who, preview, "win-post")


def posts(world: World) -> list[str]:
    """What the bot has said in the channel."""
    ours = world.env.backend.bot_user.id
    return [texts_of(raw(m)) for m in world.channel.history() if m.author.id == ours]


def last_post(world: World) -> discord.Message:
    ours = world.env.backend.bot_user.id
    return next(m for m in reversed(world.channel.history()) if m.author.id == ours)


class TestLogging:
    async def test_nothing_is_kept_before_consent_and_the_first_action_asks_how_to_appear(
        self, world: World
    ) -> None:
        asked = await world.slash("amara", "action log", what="cv-revised")
        assert "Before anything is saved" in said(asked)
        card = await world.consent("amara", asked)
        assert "Revised my CV** · Sunday 22 November" in said(card)
        assert "How should your actions appear in IMG Circle?" in said(card)
        await world.press("amara", card, "appear-hidden")
        assert "How should" not in said(await log(world, "amara", "rest-day"))

    async def test_it_stands_on_the_board_once_the_member_says_so(self, world: World) -> None:
        card = await meet(world, "amara", appear=None)
        await meet(world, "bilal")
        assert "Amara" not in said(await world.slash("bilal", "leaderboard"))
        assert "You: **1 action**" in said(await world.slash("amara", "leaderboard"))
        shown = await world.press("amara", card, "appear-shown")
        assert "as **Amara**" in said(shown)
        assert "`1` **Amara** · 1" in said(await world.slash("bilal", "leaderboard"))
        hidden = await world.press("amara", await world.press("amara", shown, "appear"), "appear-hidden")
        assert "hidden" in said(hidden)
        assert "Amara" not in said(await world.slash("bilal", "leaderboard"))

    async def test_an_idea_counts_once_for_each_card(self, world: World) -> None:
        await meet(world, "amara")
        ideas = await world.slash("amara", "action ideas")
        assert "It counts." in said(await world.press("amara", ideas, "act"))
        assert "counted already" in said(await world.press("amara", ideas, "act"))
        assert "It counts." in said(
            await world.press("amara", await world.slash("amara", "action ideas"), "act")
        )

    async def test_what_is_not_in_the_list_is_kept_in_ones_own_words(self, world: World) -> None:
        await meet(world, "amara")
        assert "sent Dr \\*Canary\\* the draft" in said(
            await log(world, "amara", "sent Dr *Canary* the draft")
        )
        assert "It counts" in said(await log(world, "amara", "Kept a rest day"))
        form = await world.press("amara", await world.slash("amara", "action log"), "act-own")
        assert "called the school" in said(
            await world.fill("amara", form, what="called the school", day="yesterday")
        )
        listed = said(await world.slash("amara", "action list"))
        assert listed.index("Canary") < listed.index("called the school")

    @pytest.mark.parametrize(
        "date, answer",
        [
            ("23 Nov 2026", "That day has not come yet"),
            ("1 Oct 2026", "up to 30 days back"),
            ("soon", "I could not read that date"),
        ],
    )
    async def test_a_day_that_cannot_be_is_refused_kindly(self, world: World, date: str, answer: str) -> None:
        await meet(world, "amara")
        assert answer in said(await log(world, "amara", date=date))

    async def test_a_day_that_can_be_two_is_asked(self, world: World) -> None:
        await meet(world, "amara")
        asked = await log(world, "amara", date="11/10/2026")
        assert "in two ways" in said(asked)
        second = next(i for i in custom_ids(last_message(asked).components) if i.endswith(".1"))
        answer = checked(await world.people["amara"].click(last_message(asked), custom_id=second))
        assert "10 November" in said(answer)

    async def test_over_the_ceiling_it_is_kept_and_said(self, world: World) -> None:
        await meet(world, "amara")
        for _ in range(PER_KIND):
            assert "It counts." in said(await log(world, "amara"))
        assert "kept in your list" in said(await log(world, "amara"))
        assert "kept, not scored" in said(await world.slash("amara", "action list"))

    async def test_the_list_opens_while_typing(self, world: World) -> None:
        await meet(world, "amara")
        found = await world.people["amara"].autocomplete(world.channel, "action log", "what", "mock")
        assert [choice["value"] for choice in found] == ["mock-interview"]
        own = await world.people["amara"].autocomplete(world.channel, "action log", "what", "my very own")
        assert [choice["value"] for choice in own] == ["my very own"]
        undo = await world.people["amara"].autocomplete(world.channel, "action undo", "action", "")
        assert [choice["name"] for choice in undo] == ["Revised my CV · Sunday 22 November"]
        stranger = await world.people["bilal"].autocomplete(world.channel, "action undo", "action", "")
        assert stranger == []

    async def test_heavy_words_get_the_card_first_and_no_praise(self, world: World) -> None:
        await meet(world, "amara")
        answer = await log(world, "amara", "I wrote that I want to kill myself")
        assert "It counts" not in said(answer)
        assert "kept in your list" in said(answer)
        assert "win-offer" not in str(custom_ids(last_message(answer).components))
        again = await log(world, "amara", "I still want to kill myself")
        assert "kept in your list" in said(again)
        assert "score" not in said(again)
        assert "(you) · **1**" in said(await world.slash("amara", "leaderboard"))

    async def test_an_application_on_the_day_of_a_no_is_asked_about_and_counts(self, world: World) -> None:
        await meet(world, "amara")
        form = await world.slash("amara", "rejection log")
        await world.fill("amara", form, kind=["application-no"], who=None, day="")
        answer = said(await log(world, "amara", "application-sent"))
        assert "It counts" in answer
        assert "what is different this time?" in answer
        assert "what is different" not in said(await log(world, "amara", "rest-day"))


class TestUndo:
    async def test_the_button_works_for_fifteen_minutes_and_the_command_for_a_day(self, world: World) -> None:
        await meet(world, "amara")
        await world.pass_time(minutes=1)
        card = await log(world, "amara")
        await world.pass_time(minutes=16, stride=timedelta(minutes=16))
        assert "time for undoing this one is over" in said(await world.press("amara", card, "action-undo"))
        assert "Taken back: Wrote to a mentor" in said(await world.slash("amara", "action undo"))
        await world.pass_time(hours=25, stride=timedelta(hours=5))
        assert "no action of the last 24 hours" in said(await world.slash("amara", "action undo"))


class TestTheMenuOnAMessage:
    async def count(self, world: World, who: str, message: Any) -> InteractionResult:
        return checked(await world.people[who].context_menu(world.channel, "Count as my action", message))

    async def test_ones_own_message_counts_once_and_nothing_of_it_is_kept(self, world: World) -> None:
        await set_up(world)
        await meet(world, "amara")
        message = await world.people["amara"].send(world.channel, "I finished the canary poster")
        asked = await self.count(world, "amara", message)
        assert "What was it?" in said(asked)
        assert "It counts." in said(await world.choose("amara", asked, "act-post", "poster-submitted"))
        again = await self.count(world, "amara", message)
        assert "counted already" in said(await world.choose("amara", again, "act-post", "shared-post"))
        assert "canary" not in said(await world.slash("amara", "action list"))

    async def test_other_messages_are_refused_kindly(self, world: World) -> None:
        await set_up(world)
        await meet(world, "amara")
        theirs = await world.people["bilal"].send(world.channel, "mine")
        assert "somebody else" in said(await self.count(world, "amara", theirs))
        other = world.guild.create_text_channel("other")
        elsewhere = await world.people["amara"].send(other, "hello")
        asked = await world.people["amara"].context_menu(other, "Count as my action", elsewhere)
        assert "group’s channel" in said(checked(asked))


class TestAliases:
    async def test_an_alias_stands_on_the_board_and_nobody_elses_can_be_taken(self, world: World) -> None:
        card = await meet(world, "amara", appear=None)
        await meet(world, "bilal")
        for bad, answer in (("bilal", "has that name already"), ("<@1> x", "Links, mentions")):
            form = await world.press("amara", card, "appear-alias")
            assert answer in said(await world.fill("amara", form, alias=bad))
        form = await world.press("amara", card, "appear-alias")
        assert "as **Quiet Owl**" in said(await world.fill("amara", form, alias="Quiet Owl"))
        assert "**Quiet Owl** · 1" in said(await world.slash("bilal", "leaderboard"))
        assert "Amara" not in said(await world.slash("bilal", "leaderboard"))


class TestWins:
    async def test_a_named_one_is_previewed_posted_thanked_and_taken_back(self, world: World) -> None:
        await set_up(world)
        await meet(world, "bilal")
        card = await meet(world, "amara")
        preview = await press_way(world, "amara", await world.press("amara", card, "win-offer"), "n")
        assert "**Amara**: Revised my CV" in said(preview)
        await world.tick()
        assert posts(world) == []
        posted = await world.press("amara", preview, "win-post")
        await world.tick()
        assert posts(world) == ["**Amara**: Revised my CV"]
        assert "thanks are passed on" in said(await world.press("bilal", last_post(world), "kudos"))
        assert "already" in said(await world.press("bilal", last_post(world), "kudos"))
        assert "This one is yours" in said(await world.press("amara", last_post(world), "kudos"))
        assert "1 person said thank you" in said(await world.slash("amara", "action list"))
        assert "Taken back" in said(await world.press("amara", posted, "win-withdraw"))
        assert posts(world) == []

    async def test_own_words_never_reach_the_channel(self, world: World) -> None:
        await set_up(world)
        await meet(world, "amara")
        await share(world, "amara", await log(world, "amara", "told Dr Canary about my visa"), "n")
        await world.tick()
        assert posts(world) == ["**Amara**: Took a step of my own"]

    async def test_undoing_the_action_takes_the_post_along(self, world: World) -> None:
        await set_up(world)
        card = await meet(world, "amara")
        await share(world, "amara", card, "n")
        await world.tick()
        assert "post about it goes too" in said(await world.press("amara", card, "action-undo"))
        assert posts(world) == []

    async def test_anonymous_ones_wait_for_five_and_name_nobody(self, world: World) -> None:
        await set_up(world)
        for who in EVERYBODY[:4]:
            shared = await share(world, who, await meet(world, who, "hidden"), "a")
            assert "It waits." in said(shared)
        await world.pass_time(hours=50, stride=timedelta(hours=10))
        assert posts(world) == []
        await share(world, "emeka", await meet(world, "emeka", "hidden"), "a")
        await world.pass_time(hours=5, stride=timedelta(hours=5))
        assert posts(world) == []
        await world.pass_time(hours=45, stride=timedelta(hours=5))
        assert posts(world) == ["**Somebody in this group**: Revised my CV"] * 5

    async def test_without_a_channel_it_is_not_offered(self, world: World) -> None:
        card = await meet(world, "amara")
        assert "win-offer" not in str(custom_ids(last_message(card).components))


async def test_a_hostile_name_stays_text(world: World) -> None:
    await set_up(world)
    world.env.backend.users[world.people["amara"].id].global_name = "@everyone [x](https://a.b) <@1> **"
    card = await meet(world, "amara")
    await share(world, "amara", card, "n")
    await world.tick()
    for text in (said(await world.slash("amara", "leaderboard")), *posts(world)):
        assert "everyone" in text
        assert "https://" not in text
        assert "@everyone" not in text
        assert "<@1>" not in text.replace("\\<", "")


async def test_a_first_look_at_an_empty_board(world: World) -> None:
    board = await world.slash("farida", "leaderboard")
    assert "Nothing on the board yet" in said(board)
    month = await world.press("farida", board, "appear")
    assert "Before anything is saved" in said(month)


class TestLeaving:
    async def test_who_left_the_server_vanishes_and_who_returns_is_back(self, world: World) -> None:
        await meet(world, "amara")
        await meet(world, "bilal")
        await world.pass_time(days=2, stride=timedelta(hours=12))
        user = world._users["amara"]
        world.guild.remove_member(world.people["amara"])
        assert "Amara" not in said(await world.slash("bilal", "leaderboard", period="month"))
        world.people["amara"] = world.guild.add_member(user)
        assert "(you)" in said(await world.slash("amara", "leaderboard", period="month"))
        assert "Amara" in said(await world.slash("bilal", "leaderboard", period="month"))


class TestInDirectMessages:
    async def test_the_board_and_the_win_know_the_one_server_there_is(self, world: World) -> None:
        await set_up(world)
        await meet(world, "amara")
        amara = world._users["amara"]
        assert "Amara** (you)" in said(checked(await amara.slash("leaderboard")))
        card = checked(await amara.slash("action log", what="mock-interview"))
        offer = checked(await press_in_dm(amara, card, "win-offer"))
        assert "Would you like IMG Circle" in said(offer)

    async def test_a_stranger_sees_no_board_from_there(self, world: World) -> None:
        await meet(world, "amara")
        farida = world._users["farida"]
        answer = checked(await farida.slash("leaderboard"))
        assert "inside a server" in said(answer)


async def press_in_dm(user: Any, shown: InteractionResult, verb: str) -> InteractionResult:
    message = last_message(shown)
    found = next(i for i in custom_ids(message.components) if i.split(":")[2] == verb)
    result: InteractionResult = await user.click(message, custom_id=found)
    return result
