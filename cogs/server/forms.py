"""The forms of /server: a place that is not on the short list."""

from typing import Any

from discord import ui

from bot.ui.forms import Form
from bot.ui.request import Request


class ZoneForm(Form):
    """One field: a city or a country."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.voice("server-zone-title"))
        self.place: ui.TextInput[Any] = self.ask(
            request.voice("zone-form-label"), ui.TextInput(max_length=60), request.voice("zone-form-hint")
        )

    async def submitted(self, request: Request) -> None:
        """Search, and go on with what was found."""
        from cogs.server.flow import find_zone  # noqa: PLC0415 - the flow opens this form

        await find_zone(request, self.place.value)
