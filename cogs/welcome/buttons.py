"""The presses of the first-run card. Nothing is written before *Save and start*."""

from dataclasses import replace

from bot.domain.members import CONSENT_VERSION, DmState, Member
from bot.domain.zones import parse_zone, search
from bot.errors import UserError
from bot.ui.buttons import Press
from bot.ui.cards import Card, Option, press
from bot.ui.consent import Waiting, consent_card, started_card
from bot.ui.request import Request, aside
from cogs.welcome.forms import PlaceForm

TEST_SECONDS = 5.0
"""What the member typed is saved after so long, however long Discord takes over the test message: a stop waits seven."""


def _waiting(request: Request, token: str) -> Waiting:
    waiting = request.pending.get(request.user_id, token, Waiting, request.now)
    if waiting is None:
        agreed = request.member is not None and request.member.consent_version >= CONSENT_VERSION
        raise UserError("consent-done" if agreed else "consent-gone")
    return waiting


async def choose_zone(request: Request, token: str, zone_id: str) -> None:
    """Remember the zone and ask whether the clock is right."""
    zone = parse_zone(zone_id, request.zones, request.zone_names)
    request.pending.replace(token, replace(_waiting(request, token), zone=zone.id))
    await request.update(consent_card(request, token, zone.id))


class ConsentZone(Press, verb="consent-zone"):
    """A place was chosen."""

    async def pressed(self, request: Request) -> None:
        await choose_zone(request, self.arg, self.picked(request))


class ConsentPlace(Press, verb="consent-place"):
    """A place that is not on the list is wanted."""

    async def pressed(self, request: Request) -> None:
        _waiting(request, self.arg)

        async def found(later: Request, text: str) -> None:
            await show_places(later, self.arg, text)

        await request.open(PlaceForm(request, found))


async def show_places(request: Request, token: str, text: str) -> None:
    """The places a search found: one is taken at once, several are offered."""
    found = search(request.zones, text, available=request.zone_names)
    if not found:
        found = [parse_zone(text, request.zones, request.zone_names)]
    if len(found) == 1:
        await choose_zone(request, token, found[0].id)
        return
    options = [Option(zone.id, zone.city, zone.country or None) for zone in found]
    card = Card().text(request.voice("zone-form-choose"))
    await request.update(
        card.choose("consent-zone", token, options, placeholder=request.voice("zone-form-choose"))
    )


class ConsentSave(Press, verb="consent-save"):
    """*Save and start*: consent with version and time, the test message, then what was wanted."""

    async def pressed(self, request: Request) -> None:
        waiting = _waiting(request, self.arg)
        if waiting.zone is None:
            raise UserError("consent-gone")
        request.typed, request.again = waiting.typed, waiting.again
        card = started_card(request, waiting.zone)
        request.member = await self._agreed(request, waiting, waiting.zone)
        await aside(request.close_pressed(card), "the end of a card")
        opening = request.services.doors.open(request.member, request.now, interaction_id=request.id)
        request.member = await aside(opening, "the test message", seconds=TEST_SECONDS) or request.member
        await request.arrive_soon()
        await waiting.then(request)

    async def _agreed(self, request: Request, waiting: Waiting, zone: str) -> Member:
        """Take the draft, so that a second press saves nothing twice; it waits again when consent cannot be stored."""
        request.pending.take(request.user_id, self.arg, Waiting, request.now)
        member: Member | None = None
        try:
            member = await request.services.members.consent(
                request.user_id, zone, request.voice.language, request.now
            )
        finally:
            if member is None:
                request.pending.give_back(request.user_id, self.arg, waiting, request.now)
        return member


class ConsentNotNow(Press, verb="consent-not-now"):
    """Leave without a trace."""

    async def pressed(self, request: Request) -> None:
        request.pending.take(request.user_id, self.arg, Waiting, request.now)
        await request.update(Card().text(request.voice("consent-left")))


class DmTest(Press, verb="dm-test"):
    """Send the test message again."""

    async def pressed(self, request: Request) -> None:
        request.member = await request.services.doors.open(
            request.known, request.now, interaction_id=request.id
        )
        card = Card().text(request.voice(f"dm-test-{request.member.dm_state}"))
        if request.member.dm_state is not DmState.OPEN:
            card.row(press("dm-test", label=request.voice("dm-test-button")))
        await request.show(card)


PRESSES = (ConsentZone, ConsentPlace, ConsentSave, ConsentNotNow, DmTest)
