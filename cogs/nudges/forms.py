"""The short forms of a check-in: one field, and what is written stays with the member."""

from typing import Any

from discord import TextStyle, ui

from bot.domain.actions import NOTE_MAX
from bot.domain.timetable import Step
from bot.services.checkins import Target
from bot.ui.forms import Form
from bot.ui.request import Request
from bot.ui.support import care_first
from cogs.nudges.flow import tell_done

FORMS = {Step.DAY1: "named-feeling", Step.WEEK1: "answered", Step.MONTH1: "plan"}
"""The steps with a form of their own, and the button of the step that says what filling it in was."""


class StepForm(Form):
    """One text; submitting it is an action of the step, with the text as its private note."""

    def __init__(self, request: Request, step: Step, target: Target) -> None:
        voice = request.voice
        super().__init__(voice(f"nudge-form-{step}-title"))
        self._target, self._button = target, FORMS[step]
        style = TextStyle.short if step is Step.DAY1 else TextStyle.paragraph
        self.note: ui.TextInput[Any] = self.ask(
            voice(f"nudge-form-{step}-label"),
            ui.TextInput(style=style, max_length=NOTE_MAX),
            voice("nudge-form-notice"),
        )

    async def submitted(self, request: Request) -> None:
        """Support first when the words ask for it, then the note, then the answer."""
        note = self.note.value
        heavy = request.services.care.is_heavy((note,))
        await care_first(request, (note,))
        answered = await request.services.checkins.done(
            request.known, self._target, button=self._button, note=note, heavy=heavy, interaction_id=request.id,
            guild_id=request.guild_id, now=request.now,
        )  # fmt: skip
        request.kept()
        await tell_done(request, self._target, answered, button=self._button, heavy=heavy, note=note)
