"""What stands beside the support card: the grounding step, and the answer to “not what I meant”."""

from collections.abc import Sequence

from bot.domain.care import Region, SupportLine, lines_for
from bot.ui.cards import Card, press
from bot.ui.support import with_lines
from config.words import Voice

BACK = "back"
"""The argument of a `support` press that puts the numbers in place of the card it stands on."""


def grounding_card(voice: Voice) -> Card:
    """Five senses, slowly. The numbers stay one press away."""
    card = Card().title(voice("care-grounding-title")).text(voice("care-grounding-body"))
    return card.row(press("support", BACK, label=voice("care-button-back")))


def not_meant_card(voice: Voice, lines: Sequence[SupportLine]) -> Card:
    """Believes the member at once, and leaves the link where it was."""
    card = Card().title(voice("care-notmeant-title")).text(voice("care-notmeant-body"))
    with_lines(card, voice, (line for line in lines_for(lines, Region.WORLD) if line.url))
    return card.row(press("support", BACK, label=voice("care-button-back")))
