"""What the presses on /me cards do."""

from bot.domain.members import Member
from bot.domain.timetable import Pace
from bot.domain.zones import parse_zone
from bot.errors import NotYours
from bot.services.settings import Messages
from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.mine.cards import deliveries_card, paused_card, resumed_card, said_card
from cogs.mine.forms import PlaceForm, QuietForm


async def changed(request: Request, member: Member, key: str = "me-saved") -> None:
    """Show the settings as they are now, in the language they are now in."""
    request.member = member
    request.kept()
    request.voice = request.words.speak(member.language)
    await request.update(said_card(request, key, member))


class MeZone(Press, verb="me-zone"):
    """Another place, from the list."""

    async def pressed(self, request: Request) -> None:
        zone = parse_zone(self.picked(request), request.zones)
        await changed(
            request,
            await request.services.settings.set_zone(request.user_id, zone.id, request.now),
            "me-moved",
        )


class MePlace(Press, verb="me-place"):
    """Another place, by a search."""

    async def pressed(self, request: Request) -> None:
        await request.open(PlaceForm(request))


class MeHour(Press, verb="me-hour"):
    """Another hour."""

    async def pressed(self, request: Request) -> None:
        hour = _hour(self.picked(request))
        await changed(
            request, await request.services.settings.set_hour(request.user_id, hour, request.now), "me-moved"
        )


class MeQuiet(Press, verb="me-quiet"):
    """The form of the quiet hours."""

    async def pressed(self, request: Request) -> None:
        await request.open(QuietForm(request, request.known))


class MeMessages(Press, verb="me-messages"):
    """Like any message, without a sound, or off."""

    async def pressed(self, request: Request) -> None:
        picked = self.picked(request)
        if picked not in set(Messages):
            raise NotYours
        member = await request.services.settings.set_messages(request.user_id, Messages(picked), request.now)
        await changed(request, member, "me-off-now" if picked == Messages.OFF else "me-saved")


class MePace(Press, verb="me-pace"):
    """Lighter or full, for everything that is open and to come."""

    async def pressed(self, request: Request) -> None:
        if self.arg not in set(Pace):
            raise NotYours
        await changed(
            request,
            await request.services.settings.set_pace(request.known, Pace(self.arg), request.now),
            "me-moved",
        )


class MeLanguage(Press, verb="me-language"):
    """Another language."""

    async def pressed(self, request: Request) -> None:
        picked = self.picked(request)
        if picked not in request.words.languages:
            raise NotYours
        await changed(
            request, await request.services.settings.set_language(request.user_id, picked, request.now)
        )


class MePause(Press, verb="me-pause"):
    """Hold everything."""

    async def pressed(self, request: Request) -> None:
        request.member = await request.services.settings.pause(request.user_id, request.now)
        request.kept()
        await request.update(paused_card(request))


class MeResume(Press, verb="me-resume"):
    """Go on with everything."""

    async def pressed(self, request: Request) -> None:
        request.member = await request.services.settings.resume(request.user_id, request.now)
        request.kept()
        next_at = await request.services.records.next_at(request.user_id)
        await request.update(resumed_card(request, request.member, next_at))


class MeDeliveries(Press, verb="me-deliveries"):
    """The delivery record."""

    async def pressed(self, request: Request) -> None:
        await request.show(deliveries_card(request, await request.services.records.of(request.known)))


def _hour(picked: str) -> int:
    if not picked.isascii() or not picked.isdigit() or len(picked) > 2 or int(picked) > 23:
        raise NotYours
    return int(picked)


PRESSES = (
    MeZone,
    MePlace,
    MeHour,
    MeQuiet,
    MeMessages,
    MePace,
    MeLanguage,
    MePause,
    MeResume,
    MeDeliveries,
)
