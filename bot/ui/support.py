"""The support card: a constant made of words and facts in memory. No database, no look-up, nothing typed or noted.

Any cog may show it; what its presses do is in `cogs/care`.
"""

import logging
from collections.abc import Iterable, Sequence

import discord

from bot.domain.care import Region, SupportLine, lines_for
from bot.ui.cards import Card, press
from bot.ui.request import Request
from config.words import Voice

log = logging.getLogger(__name__)

_ELSEWHERE = {
    Region.ANY: (Region.US, Region.WORLD),
    Region.US: (Region.WORLD,),
    Region.WORLD: (Region.US,),
}


async def care_first(request: Request, texts: Iterable[str | None]) -> bool:
    """Show the card privately, before anything else, when the member's own texts ask for it; once a local day.

    Call it before the save, which goes on in any case. See `Care.is_heavy` for the tone of the answer that follows.
    """
    care = request.services.care
    if not care.check(request.user_id, texts, request.today):
        return False
    try:
        await request.show(care_card(request.voice, care.lines))
    except discord.HTTPException as refused:
        # The save and its answer, which carries the support button, come all the same; the card may come next time.
        log.warning("interaction %s: support card refused (%s)", request.id, refused.code)
        care.memory.forget(request.user_id)
    return True


def support_card(voice: Voice, lines: Sequence[SupportLine], region: Region = Region.ANY) -> Card:
    """One question, at most four lines, and what one can press. For /support and the support button."""
    return _numbers(voice, lines, region).note(voice("care-small-print"))


def care_card(voice: Voice, lines: Sequence[SupportLine]) -> Card:
    """The same card when a member's own words brought it: it says why, and takes a no for an answer."""
    card = _numbers(voice, lines, Region.ANY)
    card.text(voice("care-why")).row(press("support-notmeant", label=voice("care-button-notmeant")))
    return card.note(voice("care-small-print"))


def with_lines(card: Card, voice: Voice, lines: Iterable[SupportLine]) -> Card:
    """The card with one paragraph for each line."""
    for line in lines:
        contact = f"[{line.contact}]({line.url})" if line.url else f"**{line.contact}**"
        card.text(voice(line.note_key, name=line.name, contact=contact, hours=line.hours))
    return card


def _numbers(voice: Voice, lines: Sequence[SupportLine], region: Region) -> Card:
    card = Card().title(voice("care-title")).text(voice(f"care-opening-{region.value}"))
    with_lines(card, voice, lines_for(lines, region))
    elsewhere = [
        press(f"support-{to.value}", label=voice(f"care-button-{to.value}")) for to in _ELSEWHERE[region]
    ]
    return card.row(*elsewhere, press("support-grounding", label=voice("care-button-grounding")))
