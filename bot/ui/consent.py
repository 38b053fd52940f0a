"""The first-run card: what is kept, who sees it, the member's zone, and *Save and start*.

Until that press nothing is written. What the member wanted to do waits in memory for 15 minutes.
"""

from dataclasses import dataclass

from discord import ButtonStyle

from bot.domain.zones import featured
from bot.ui.cards import Card, Option, press
from bot.ui.request import Again, Continue, Request


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for consent: what to do afterwards, what was typed for it, and the zone chosen so far."""

    then: Continue
    zone: str | None = None
    typed: str | None = None
    again: Again | None = None


def consent_card(request: Request, token: str, zone: str | None) -> Card:
    """The card, before or after a zone was chosen."""
    voice = request.voice
    card = Card().title(voice("consent-title")).text(voice("consent-kept")).text(voice("consent-seen"))
    card.text(voice("consent-messages"))
    options = [
        Option(place.id, place.city, place.country, chosen=place.id == zone)
        for place in featured(request.zones)
    ]
    card.choose("consent-zone", token, options, placeholder=voice("consent-zone-choose"))
    card.row(press("consent-place", token, label=voice("consent-zone-other")))
    not_now = press("consent-not-now", token, label=voice("consent-not-now"))
    if zone is None:
        return card.text(voice("consent-zone-why")).row(not_now)
    clock = voice.clock(request.now, zone)
    card.text(voice("consent-zone-check", zone=zone, clock=clock))
    return card.row(
        press("consent-save", token, label=voice("consent-save"), style=ButtonStyle.primary),
        not_now,
    )


def again_card(request: Request, token: str) -> Card:
    """The card for somebody who agreed when less was kept; their place and settings stay as they are."""
    voice = request.voice
    card = Card().title(voice("consent-title-again"))
    for part in ("consent-again", "consent-kept", "consent-seen"):
        card.text(voice(part))
    return card.row(
        press("consent-save", token, label=voice("consent-agree"), style=ButtonStyle.primary),
        press("consent-not-now", token, label=voice("consent-not-now")),
    )


def started_card(request: Request, zone: str) -> Card:
    """What the card becomes once it was agreed to: no press on it is left. For `request.member` as they were before."""
    key = "consent-saved" if request.member is None else "consent-saved-again"
    return Card().text(request.voice(key, zone=zone))


async def ask_consent(request: Request, then: Continue) -> None:
    """Keep what was wanted in memory and show the card; whoever agreed to less before has a place already."""
    zone = None if request.member is None else request.member.zone
    waiting = Waiting(then, zone, request.typed, request.again)
    token = request.pending.put(request.user_id, waiting, request.now)
    await request.show(consent_card(request, token, None) if zone is None else again_card(request, token))
