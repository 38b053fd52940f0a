"""What the ten days say wherever they are shown: the words of a step, and how far it is."""

from bot.domain.challenges import Challenge, bar
from bot.ui.cards import Card
from config.words import Voice


def step_name(voice: Voice, step: str) -> str:
    """What to do; one that the host has taken out of the file since is spoken of as a small step of one's own."""
    key = f"challenge-step-{step}"
    return voice(key) if voice.has(key) else voice("challenge-step-gone")


def step_how(voice: Voice, step: str) -> str:
    """How to do it."""
    key = f"challenge-step-{step}-how"
    return voice(key) if voice.has(key) else voice("challenge-step-gone-how")


def step_words(card: Card, voice: Voice, step: str) -> Card:
    """A step with its how."""
    return card.text(f"**{step_name(voice, step)}**\n{step_how(voice, step)}")


def progress(voice: Voice, challenge: Challenge) -> str:
    """How far it is, in signs and in words."""
    return voice("challenge-progress", bar=bar(challenge.done), done=challenge.done)
