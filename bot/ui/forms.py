"""The base of every form. What was typed is never lost: an error gives it back and offers the form again."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.errors import UserError
from bot.ui.buttons import Press
from bot.ui.request import Again, Request, answer

FORM_OPEN_FOR = 6 * 3600.0
"""Seconds; long enough to write in peace. Without a timeout, dismissed forms stay in memory for good."""


class Form(ui.Modal):
    """At most five labelled fields. Subclasses add fields with `ask` and write `submitted`."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title, timeout=FORM_OPEN_FOR)

    def ask(self, label: str, component: Any, description: str | None = None) -> Any:
        """Add one labelled field and give the component back, to read after submission."""
        self.add_item(ui.Label(text=label, component=component, description=description))
        return component

    def typed(self) -> str:
        """Everything written into the text fields, with their labels."""
        return "\n\n".join(f"{label}\n{text}" for label, text in self._texts())

    def _texts(self) -> Iterator[tuple[str, str]]:
        for label in self.children:
            if (
                isinstance(label, ui.Label)
                and isinstance(label.component, ui.TextInput)
                and label.component.value
            ):
                yield label.text, label.component.value

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Run `submitted` inside the boundary."""
        await answer(interaction, self.submitted, typed=self.typed() or None, again=self.again())

    async def submitted(self, request: Request) -> None:
        """What the form does. Subclasses write this."""
        raise NotImplementedError

    def again(self) -> Again:
        """What offers this form once more after an error."""
        return Again(self.reopened)

    def reopened(self) -> "Form":
        """The same form to fill again, holding what was typed and chosen."""
        return _Reopened(self)


class _Reopened(Form):
    """A second go at a form: the fields move over with their values, and submitting means the same."""

    def __init__(self, first: Form) -> None:
        super().__init__(first.title)
        self.first = first
        for label in list(first.children):
            if isinstance(label, ui.Label):
                _keep(label.component)
            self.add_item(label)

    async def submitted(self, request: Request) -> None:
        await self.first.submitted(request)


def _keep(component: Any) -> None:
    """Make the submitted value the one the form opens with."""
    if isinstance(component, ui.TextInput):
        component.default = component.value
    elif isinstance(component, ui.Select):
        for option in component.options:
            option.default = option.value in component.values
    elif isinstance(component, ui.RadioGroup):
        for choice in component.options:
            choice.default = choice.value == component.value


class FormAgain(Press, verb="form-again"):
    """Opens a form again after an error, while it is still in memory."""

    async def pressed(self, request: Request) -> None:
        again = request.pending.get(request.user_id, self.arg, Again, request.now)
        if again is None:
            raise UserError("error-form-gone")
        await request.open(again.form())


def typed_in(data: Any) -> str:
    """The text in a submitted form that this process no longer knows (it restarted in between)."""
    found: list[str] = []
    for row in data.get("components", []):
        inner = [row["component"]] if "component" in row else row.get("components", [])
        found += [str(part["value"]) for part in inner if part.get("type") == 4 and part.get("value")]
    return "\n\n".join(found)
