"""The forms of letters: one made of a template's fields, and one with the whole text to change."""

from typing import Any, Self

from discord import TextStyle, ui

from bot.domain.drafts import SIGN, TEXT_MAX, WHO_MAX, Draft, DraftKind, Field
from bot.domain.rejections import Rejection
from bot.errors import NotYours
from bot.ids import is_id
from bot.ui.cards import shorten
from bot.ui.drafts import write_arg
from bot.ui.lasting import LastingForm
from bot.ui.request import Request
from config.words import Voice

PLACEHOLDER = 100


class DraftForm(LastingForm, verb="draft-form"):
    """The fields of one letter. The notice stands in the first one's description, its hint greyed in the field.

    `signed` is how the member signed before.
    """

    def __init__(
        self, request: Request, kind: DraftKind, about: Rejection | None, signed: str | None = None
    ) -> None:
        voice = request.voice
        super().__init__(voice(f"draft-{kind.id}"), write_arg(kind.id, about.id if about else None))
        self.kind, self.about = kind, about
        self.inputs: dict[str, ui.TextInput[Any]] = {}
        for field in kind.fields:
            first = not self.inputs
            hint = voice(field.hint_key)
            component = _input(field, hint if first else _said(field, about))
            if field.id == SIGN:
                component.default = signed
            description = voice("draft-form-notice") if first else hint
            self.inputs[field.id] = self.ask(_label(voice, field), component, description)

    @classmethod
    async def rebuilt(cls, request: Request, arg: str) -> Self:
        """Raises NotYours, or UserError when it is gone. In Match Week too: what was typed into it is kept."""
        number, _, kind_id = arg.partition(".")
        if not is_id(number):
            raise NotYours
        about = await request.services.drafts.about(request.user_id, int(number) or None)
        kind = request.services.drafts.kind(kind_id)
        return cls(request, kind, about)

    async def submitted(self, request: Request) -> None:
        """Hand what was typed to the flow."""
        from cogs.drafts.flow import write  # noqa: PLC0415 - the flow opens this form again

        typed = {name: component.value for name, component in self.inputs.items()}
        await write(request, self, typed)


def _label(voice: Voice, field: Field) -> str:
    return voice(f"draft-field-{field.id}")


def _said(field: Field, about: Rejection | None) -> str | None:
    if not field.said or about is None or about.said is None:
        return None
    return shorten(" ".join(about.said.split()), PLACEHOLDER)


def _input(field: Field, placeholder: str | None) -> "ui.TextInput[Any]":
    return ui.TextInput(
        custom_id=field.id,
        style=TextStyle.paragraph if field.long else TextStyle.short,
        required=not field.optional,
        max_length=field.most,
        placeholder=placeholder,
    )


class TextForm(LastingForm, verb="draft-text"):
    """The whole letter, and whom it goes to."""

    def __init__(self, request: Request, draft: Draft) -> None:
        voice = request.voice
        super().__init__(voice("draft-text-title"), str(draft.id))
        self.draft = draft
        self.who: ui.TextInput[Any] = self.ask(
            voice("draft-text-who"),
            ui.TextInput(custom_id="who", required=False, max_length=WHO_MAX, default=draft.who),
            voice("draft-text-who-hint"),
        )
        self.text: ui.TextInput[Any] = self.ask(
            voice("draft-text-text"),
            ui.TextInput(
                custom_id="text", style=TextStyle.paragraph, max_length=TEXT_MAX, default=draft.text
            ),
            voice("draft-form-notice"),
        )

    @classmethod
    async def rebuilt(cls, request: Request, arg: str) -> Self:
        """Raises NotYours."""
        if not is_id(arg):
            raise NotYours
        kept = await request.services.drafts.get(request.user_id, int(arg), request.now)
        return cls(request, kept.draft)

    async def submitted(self, request: Request) -> None:
        """Hand what was typed to the flow."""
        from cogs.drafts.flow import rewrite  # noqa: PLC0415 - the flow opens this form again

        await rewrite(request, self.draft.id, self.who.value, self.text.value)


FORMS = (DraftForm, TextForm)
