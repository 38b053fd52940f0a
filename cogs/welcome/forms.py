"""The search for a place that is not on the short list."""

from collections.abc import Awaitable, Callable
from typing import Any

from discord import ui

from bot.ui.forms import Form
from bot.ui.request import Request

Found = Callable[[Request, str], Awaitable[None]]


class PlaceForm(Form):
    """One field: a city or a country."""

    def __init__(self, request: Request, found: Found) -> None:
        super().__init__(request.voice("zone-form-title"))
        self._found = found
        self.place: ui.TextInput[Any] = self.ask(
            request.voice("zone-form-label"), ui.TextInput(max_length=60), request.voice("zone-form-hint")
        )

    async def submitted(self, request: Request) -> None:
        """Search, and go on with what was found."""
        await self._found(request, self.place.value)
