"""The form of good news: what it is, what it answers, when, and who. Nothing but the first is needed."""

from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.domain.rejections import WHO_MAX, Rejection
from bot.ui.cards import shorten
from bot.ui.forms import Form
from bot.ui.request import Request

NOTHING = "0"
DAY_MAX = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as text."""

    kind: str | None = None
    answers: str | None = None
    day: str | None = None
    who: str | None = None


class GoodNewsForm(Form):
    """At most four fields; what it answers is asked of those who have something to answer. The notice stands at the text."""

    def __init__(self, request: Request, typed: Typed, offered: list[Rejection]) -> None:
        voice = request.voice
        super().__init__(voice("goodnews-form-title"))
        self.offered = offered
        kinds = [
            discord.SelectOption(
                value=news.id, label=voice(f"goodnews-{news.id}"), default=news.id == typed.kind
            )
            for news in request.content.goodnews
        ]
        self.kind: ui.Select[Any] = self.ask(
            voice("goodnews-form-kind"), ui.Select(options=kinds, required=True)
        )
        self.answers: ui.Select[Any] | None = None
        if offered:
            self.answers = self.ask(
                voice("goodnews-form-answers"),
                ui.Select(options=_offers(request, typed, offered), required=False, min_values=0),
                voice("goodnews-form-answers-hint"),
            )
        today = voice("rejection-form-day-today")
        self.day: ui.TextInput[Any] = self.ask(
            voice("rejection-form-day"),
            ui.TextInput(required=False, max_length=DAY_MAX, default=typed.day, placeholder=today),
        )
        self.who: ui.TextInput[Any] = self.ask(
            voice("rejection-form-who"),
            ui.TextInput(required=False, max_length=WHO_MAX, default=typed.who),
            voice("goodnews-form-who-hint"),
        )

    async def submitted(self, request: Request) -> None:
        """Hand what was typed to the flow."""
        from cogs.goodnews.flow import take  # noqa: PLC0415 - the flow opens this form again

        answers = None if self.answers is None or not self.answers.values else self.answers.values[0]
        await take(request, Typed(self.kind.values[0], answers, self.day.value, self.who.value), self.offered)


def _offers(request: Request, typed: Typed, offered: list[Rejection]) -> list[discord.SelectOption]:
    voice = request.voice
    options = [discord.SelectOption(value=NOTHING, label=voice("goodnews-form-nothing"))]
    for rejection in offered:
        kind = voice(f"kind-{request.content.kind(rejection.kind).id}")
        label = " · ".join(
            filter(None, (kind, rejection.who, voice.day(rejection.occurred_on, request.today.year)))
        )
        value = str(rejection.id)
        options.append(
            discord.SelectOption(value=value, label=shorten(label, 100), default=value == typed.answers)
        )
    return options
