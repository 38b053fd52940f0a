"""The forms of /me: the search for a place, and the quiet hours."""

from typing import Any

import discord
from discord import ui

from bot.domain.members import Member
from bot.domain.zones import parse_zone, search
from bot.ui.cards import Option
from bot.ui.forms import Form
from bot.ui.request import Request
from cogs.mine.cards import clock, places_card, said_card

_MOST = 24


class PlaceForm(Form):
    """One field: a city or a country."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.voice("zone-form-title"))
        self.place: ui.TextInput[Any] = self.ask(
            request.voice("zone-form-label"), ui.TextInput(max_length=60), request.voice("zone-form-hint")
        )

    async def submitted(self, request: Request) -> None:
        """One place is taken at once; several are offered."""
        found = search(request.zones, self.place.value, limit=_MOST)
        if not found:
            found = [parse_zone(self.place.value, request.zones)]
        if len(found) == 1:
            member = await request.services.settings.set_zone(request.user_id, found[0].id, request.now)
            request.member = member
            request.kept()
            await request.update(said_card(request, "me-moved", member))
            return
        await request.update(places_card(request, [Option(z.id, z.city, z.country or None) for z in found]))


class QuietForm(Form):
    """From which hour to which; the same hour twice means none."""

    def __init__(self, request: Request, member: Member) -> None:
        voice = request.voice
        super().__init__(voice("me-quiet-title"))
        self.start = self._hours(voice("me-quiet-from"), member.quiet_from)
        self.end = self._hours(voice("me-quiet-to"), member.quiet_to, voice("me-quiet-same"))

    def _hours(self, label: str, now: int, hint: str | None = None) -> "ui.Select[Any]":
        options = [
            discord.SelectOption(value=str(hour), label=clock(hour), default=hour == now)
            for hour in range(24)
        ]
        select: ui.Select[Any] = self.ask(label, ui.Select(options=options, required=True), hint)
        return select

    async def submitted(self, request: Request) -> None:
        """Save, unless the chosen hour would lie in them."""
        start, end = int(self.start.values[0]), int(self.end.values[0])
        member = await request.services.settings.set_quiet(request.user_id, start, end, request.now)
        request.member = member
        request.kept()
        await request.update(said_card(request, "me-moved", member))
