"""The support card is complete, private, small, and needs no database."""

from types import SimpleNamespace
from unittest.mock import Mock, create_autospec

import discord
import pytest
from aiohttp import ClientResponse

from bot.domain.care import Region
from bot.ui.request import Request
from bot.ui.support import care_card, support_card
from cogs.care.buttons import PRESSES, answer_at_once
from cogs.care.cards import grounding_card, not_meant_card
from tests.texts import care, english, voice

CARDS = {
    "support any": lambda: support_card(voice(), care().lines, Region.ANY),
    "support us": lambda: support_card(voice(), care().lines, Region.US),
    "support world": lambda: support_card(voice(), care().lines, Region.WORLD),
    "care": lambda: care_card(voice(), care().lines),
    "grounding": lambda: grounding_card(voice()),
    "not meant": lambda: not_meant_card(voice(), care().lines),
}


def said(card):
    return "\n".join(
        item.content for item in card.walk_children() if isinstance(item, discord.ui.TextDisplay)
    )


def verbs(card):
    ids = [str(item.custom_id) for item in card.walk_children() if isinstance(item, discord.ui.Button)]
    return [one.split(":")[2] for one in ids]


@pytest.mark.parametrize("name", CARDS)
def test_a_card_fits_and_every_press_on_it_is_ours(name):
    card = CARDS[name]()
    assert card.content_length() <= 4000
    assert set(verbs(card)) <= {press.verb for press in PRESSES}
    assert "!" not in said(card)


def test_the_card_asks_first_whether_one_is_safe():
    assert said(CARDS["support any"]()).startswith("### Are you safe right now?")


def test_the_card_brought_by_words_takes_a_no_and_keeps_its_link():
    assert "support-notmeant" in verbs(CARDS["care"]())
    assert "https://findahelpline.com" in said(CARDS["not meant"]())


def test_988_is_named_in_the_us_and_not_outside():
    assert "988" in said(CARDS["support us"]())
    assert "988" not in said(CARDS["support world"]())


class Broken:
    """Stands for services whose database is gone: any use of one is an error."""

    def __init__(self):
        self.care = SimpleNamespace(lines=care().lines)
        self.members = SimpleNamespace(notice=lambda member: None)

    def __getattr__(self, name):
        raise AssertionError(f"the support card asked for {name}")


class Host:
    """The bot as a request sees it; what it does not name here is not there."""

    words = property(lambda _self: english())

    def __init__(self):
        self.services = Broken()

    def clock(self):
        return None

    def __getattr__(self, name):
        return None


def broken_interaction():
    interaction = Mock(spec=discord.Interaction)
    interaction.client = Host()
    interaction.locale = discord.Locale.american_english
    interaction.message = None
    interaction.response = create_autospec(discord.InteractionResponse, instance=True)
    interaction.response.is_done.return_value = False
    return interaction


@pytest.mark.parametrize("press", PRESSES)
async def test_every_press_answers_privately_with_the_database_gone(press):
    interaction = broken_interaction()
    button: discord.ui.Button = discord.ui.Button(custom_id=f"sf:1:{press.verb}:")
    await press(button, "").callback(interaction)
    assert interaction.response.send_message.await_args.kwargs["ephemeral"] is True


async def test_a_failing_discord_is_asked_again():
    interaction = broken_interaction()
    failed = discord.DiscordServerError(
        create_autospec(ClientResponse, instance=True, status=503, reason="busy"), ""
    )
    interaction.response.send_message.side_effect = [failed, None]

    async def run(request: Request) -> None:
        await request.show(support_card(request.voice, request.services.care.lines))

    await answer_at_once(interaction, run)
    assert interaction.response.send_message.await_count == 2
