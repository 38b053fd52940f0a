"""The form for choosing: one select for each group of steps. What is left empty is drawn."""

from typing import Any, Self

from discord import SelectOption, ui

from bot.domain.challenges import DAYS, Group
from bot.errors import UserError
from bot.ui.challenges import step_name
from bot.ui.lasting import LastingForm
from bot.ui.request import Request
from cogs.challenge.flow import offer_chosen


class ChooseForm(LastingForm, verb="challenge-choose-form"):
    """At most ten steps of the five groups."""

    def __init__(self, request: Request, arg: str = "") -> None:
        voice = request.voice
        super().__init__(voice("challenge-form-title"), arg)
        self._picked: list[ui.Select[Any]] = []
        for group in Group:
            options = [
                SelectOption(value=step.id, label=step_name(voice, step.id))
                for step in request.services.challenges.steps
                if step.group is group
            ]
            if options:
                self._picked.append(self._select(request, group, options))

    def _select(self, request: Request, group: Group, options: list[SelectOption]) -> ui.Select[Any]:
        select: ui.Select[Any] = ui.Select(
            custom_id=f"challenge-{group}", options=options, min_values=0,
            max_values=min(DAYS, len(options)), required=False,
            placeholder=request.voice("challenge-form-none"),
        )  # fmt: skip
        hint = None if self._picked else request.voice("challenge-form-hint")
        chosen: ui.Select[Any] = self.ask(request.voice(f"challenge-group-{group}"), select, hint)
        return chosen

    @classmethod
    async def rebuilt(cls, request: Request, arg: str) -> Self:
        """The same form, empty."""
        return cls(request, arg)

    async def submitted(self, request: Request) -> None:
        """Show the ten that come of it. Raises UserError for more than ten."""
        chosen = [step for select in self._picked for step in select.values]
        if len(chosen) > DAYS:
            raise UserError("challenge-form-too-many", count=len(chosen), more=len(chosen) - DAYS)
        await offer_chosen(request, chosen)
