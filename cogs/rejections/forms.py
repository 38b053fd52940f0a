"""The one form of five fields. Nothing else fits, and nothing else is asked."""

from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import TextStyle, ui

from bot.domain.kinds import How
from bot.domain.rejections import SAID_MAX, WHO_MAX, Rejection
from bot.ui.forms import Form
from bot.ui.request import Request

FEELINGS = range(1, 6)
DAY_MAX = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as text; it is read only after consent, in the member's zone."""

    kind: str | None = None
    who: str | None = None
    day: str | None = None
    said: str | None = None
    feeling: int | None = None
    how: How | None = None

    @classmethod
    def of(cls, entry: Rejection, *, how: How | None = None) -> Self:
        """A saved rejection, ready to be edited."""
        return cls(
            entry.kind, entry.who, entry.occurred_on.isoformat(), entry.said, entry.feeling, how or entry.how
        )


def _kinds(request: Request, typed: Typed) -> "ui.Select[Any]":
    options = [
        discord.SelectOption(
            value=kind.id,
            label=request.voice(f"kind-{kind.id}"),
            description=request.voice(f"kind-{kind.id}-hint"),
            default=kind.id == typed.kind,
        )
        for kind in request.content.kinds
    ]
    return ui.Select(options=options, required=True)


def _feelings(request: Request, typed: Typed) -> "ui.RadioGroup[Any]":
    options = [
        discord.RadioGroupOption(
            value=str(n), label=request.voice(f"feeling-{n}"), default=n == typed.feeling
        )
        for n in FEELINGS
    ]
    return ui.RadioGroup(required=False, options=options)


class RejectionForm(Form):
    """Kind, who, date, what they said, how it feels. The notice stands in the description of the last text."""

    def __init__(self, request: Request, typed: Typed, *, editing: int | None = None) -> None:
        voice = request.voice
        super().__init__(voice("rejection-form-edit" if editing else "rejection-form-title"))
        self.how = typed.how
        self.editing = editing
        self.kind: ui.Select[Any] = self.ask(
            voice("rejection-form-kind"), _kinds(request, typed), voice("rejection-form-kind-hint")
        )
        self.who: ui.TextInput[Any] = self.ask(
            voice("rejection-form-who"),
            ui.TextInput(required=False, max_length=WHO_MAX, default=typed.who),
            voice("rejection-form-who-hint"),
        )
        today = voice("rejection-form-day-today")
        self.day: ui.TextInput[Any] = self.ask(
            voice("rejection-form-day"),
            ui.TextInput(required=False, max_length=DAY_MAX, default=typed.day, placeholder=today),
        )
        self.said: ui.TextInput[Any] = self.ask(
            voice("rejection-form-said"),
            ui.TextInput(style=TextStyle.paragraph, required=False, max_length=SAID_MAX, default=typed.said),
            voice("rejection-form-notice"),
        )
        self.feeling: ui.RadioGroup[Any] = self.ask(
            voice("rejection-form-feeling"), _feelings(request, typed)
        )

    def read(self) -> Typed:
        """What was submitted."""
        return Typed(
            kind=self.kind.values[0],
            who=self.who.value,
            day=self.day.value,
            said=self.said.value,
            feeling=int(self.feeling.value) if self.feeling.value else None,
            how=self.how,
        )

    async def submitted(self, request: Request) -> None:
        """Hand what was typed to the flow."""
        from cogs.rejections.flow import take  # noqa: PLC0415 - the flow opens this form again

        await take(request, self.read(), self.editing)
