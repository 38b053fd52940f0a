"""The form for an action in the member's own words."""

from dataclasses import dataclass
from typing import Any

from discord import ui

from bot.domain.actions import NOTE_MAX
from bot.ui.forms import Form
from bot.ui.request import Request


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wants to log, as text; it is read only after consent, in the member's zone."""

    kind: str
    note: str | None = None
    day: str | None = None
    rejection_id: int | None = None


class ActionForm(Form):
    """What, and when."""

    def __init__(self, request: Request, typed: Typed) -> None:
        voice = request.voice
        super().__init__(voice("action-form-title"))
        self.first = typed
        self.what: ui.TextInput[Any] = self.ask(
            voice("action-form-what"),
            ui.TextInput(required=True, max_length=NOTE_MAX, default=typed.note),
            voice("action-form-what-hint"),
        )
        self.day: ui.TextInput[Any] = self.ask(
            voice("action-form-day"),
            ui.TextInput(
                required=False, max_length=40, default=typed.day, placeholder=voice("action-form-day-today")
            ),
        )

    async def submitted(self, request: Request) -> None:
        """Hand what was typed to the flow."""
        from cogs.actions.flow import take  # noqa: PLC0415 - the flow opens this form again

        await take(request, Typed(self.first.kind, self.what.value, self.day.value, self.first.rejection_id))
