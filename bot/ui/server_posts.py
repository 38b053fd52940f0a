"""What the bot posts about itself in a server: the welcome, the test a lead asks for, and a mention a member chose."""

from discord import ButtonStyle

from bot.services.guilds import WriteTest
from bot.services.installs import WriteWelcome
from bot.services.mentions import WriteMention
from bot.ui.cards import Card, press
from bot.ui.nudge_body import payload
from config.words import Voice, Words


def welcome_writer(words: Words) -> WriteWelcome:
    """The function that writes the welcome post in a server's language."""
    return lambda language, delivery_id: payload(welcome_card(words.speak(language), delivery_id))


def welcome_card(voice: Voice, delivery_id: int) -> Card:
    """What this is, in three sentences, and *Set up* for the lead."""
    card = Card().title(voice("server-welcome-title")).text(voice("server-welcome-what"))
    return card.text(voice("server-welcome-lead")).row(
        press("server-setup", delivery_id, label=voice("server-welcome-setup"), style=ButtonStyle.primary),
        press("help", label=voice("server-welcome-help")),
    )


def trial_writer(words: Words) -> WriteTest:
    """The function that writes a test post in a server's language."""
    return lambda language, delivery_id: payload(trial_card(words.speak(language), delivery_id))


def trial_card(voice: Voice, delivery_id: int) -> Card:
    """A test: posts arrive here."""
    return (
        Card()
        .text(voice("server-test-post"))
        .row(press("help", delivery_id, label=voice("server-welcome-help")))
    )


def mention_writer(words: Words) -> WriteMention:
    """The function that writes a mention in a server's language."""
    return lambda delivery_id, user_id, language: payload(
        mention_card(words.speak(language), delivery_id, user_id)
    )


def mention_card(voice: Voice, delivery_id: int, user_id: int) -> Card:
    """Something waits, and not a word about what. Whoever presses sees what is their own, alone."""
    card = Card().text(voice("mention-post", member=f"<@{user_id}>"))
    return card.row(press("recovery-today", delivery_id, label=voice("mention-show")))
