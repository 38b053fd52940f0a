"""Forms that a restart does not end: sent in after one they are read as ever, and a failed save can be tried again after one.

Nothing of them waits in memory. What was written stands in the private answer that gives it back, and the press under
it reads it there.
"""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.errors import UserError
from bot.ui.buttons import Press
from bot.ui.cards import PREFIX, Card, custom_id, press
from bot.ui.forms import Form
from bot.ui.request import Again, Interaction, Request, Written
from bot.ui.settled import TEXT, parts_of

SHOWN = 2800
"""Characters that stand in the card itself; a card holds 4,000 with everything else. More goes into a file."""
_TOKEN = 6
_BLOCK = re.compile(r"^\*\*(?P<label>[^\n]+)\*\*\n```\n(?P<text>.*?)\n```$", re.MULTILINE | re.DOTALL)
_APART = "`\u2060`"
"""Two backticks that do not end a block of text."""


class LastingForm(Form):
    """A form whose custom id says how to make it anew: `sf:1:<verb>:<arg>.<token>`. Subclasses write `rebuilt`.

    Every field has a custom id of its own that stays the same. The token keeps two members' forms apart, because
    discord.py finds an open form by its custom id alone.
    """

    verb: ClassVar[str]

    def __init_subclass__(cls, *, verb: str) -> None:
        cls.verb = verb
        super().__init_subclass__()

    def __init__(self, title: str, arg: str) -> None:
        super().__init__(title)
        self.arg = arg
        self.custom_id = custom_id(self.verb, f"{arg}.{secrets.token_urlsafe(_TOKEN)}")

    @classmethod
    async def rebuilt(cls, request: Request, arg: str) -> Self:
        """The same form, empty. The argument is the presser's to forge: whoever owns a thing is looked up."""
        raise NotImplementedError

    def again(self) -> Again:
        """Offered once more by what was written, not from memory."""
        return Again(self.reopened, Written(self.verb, self.arg, as_text(self)))

    def refill(self, fields: Mapping[str, str]) -> None:
        """Put back what was written and chosen, by the labels of the fields."""
        for label in self.children:
            if isinstance(label, ui.Label) and label.text in fields:
                _put_back(label.component, fields[label.text])

    def read(self, interaction: Interaction) -> None:
        """Take the values of a submission that this process did not open the form for."""
        data: Any = interaction.data or {}
        self._refresh(interaction, data.get("components", []), {})


class FormTry(Press, verb="form-try"):
    """Opens a form again with what stands in the private answer: `<verb of the form>.<its argument>`."""

    async def pressed(self, request: Request) -> None:
        verb, _, arg = self.arg.partition(".")
        kind = request.forms.get(verb)
        if kind is None:
            raise UserError("error-form-gone")
        form = await kind.rebuilt(request, arg)
        form.refill(await _written_on(request))
        await request.open(form)


def give_back(request: Request, card: Card, written: Written) -> Card:
    """The card with everything that was written, and the press that opens the form with it again."""
    if written.text and len(written.text) <= SHOWN:
        card.note(request.voice("error-typed-here")).text(written.text)
    elif written.text:
        card.note(request.voice("error-typed-back"))
        card.attach("your-text.txt", written.text.encode("utf-8", errors="replace"))
    again = press("form-try", f"{written.verb}.{written.arg}", label=request.voice("form-try-button"))
    return card.row(again)


async def take_late(request: Request, kind: type[LastingForm], arg: str) -> None:
    """Work through a form that was opened before this run of the bot, as if it had been opened in it."""
    form = await kind.rebuilt(request, arg.rpartition(".")[0])
    form.read(request.interaction)
    request.again = form.again()
    await form.submitted(request)


def form_named(custom_id: str) -> tuple[str, str]:
    """Verb and argument of a form's custom id; empty for a form of another make."""
    head, _, rest = custom_id.partition(f"{PREFIX}:")
    verb, _, arg = rest.partition(":")
    return ("", "") if head else (verb, arg)


def as_text(form: Form) -> str:
    """Every field that holds something: its label, and what was written or chosen, in a block to copy."""
    return "\n".join(f"**{label}**\n```\n{_safe(text)}\n```" for label, text in _fields(form) if text)


def from_text(text: str) -> dict[str, str]:
    """What `as_text` put together, by label."""
    return {found["label"]: _plain(found["text"]) for found in _BLOCK.finditer(text)}


def _safe(text: str) -> str:
    while "``" in text:
        text = text.replace("``", _APART)
    return text


def _plain(text: str) -> str:
    return text.replace(_APART, "``").replace(_APART, "``")


def _fields(form: Form) -> Iterator[tuple[str, str]]:
    for label in form.children:
        if isinstance(label, ui.Label):
            yield label.text, _value(label.component)


def _value(component: Any) -> str:
    if isinstance(component, ui.TextInput):
        return component.value or ""
    if isinstance(component, ui.RadioGroup):
        return next((option.label for option in component.options if option.value == component.value), "")
    if isinstance(component, ui.Select):
        return "\n".join(option.label for option in component.options if option.value in component.values)
    return ""


def _put_back(component: Any, text: str) -> None:
    if isinstance(component, ui.TextInput):
        component.default = text[: component.max_length]
    elif isinstance(component, ui.RadioGroup | ui.Select):
        for option in component.options:
            option.default = option.label in text.split("\n")


async def _written_on(request: Request) -> dict[str, str]:
    """The fields that stand on a private answer: in its text, or in its file when they were too long for that."""
    message = request.interaction.message
    if message is None:
        return {}
    fields: dict[str, str] = {}
    for part in parts_of(message.components):
        if part["type"] == TEXT:
            fields |= from_text(str(part["content"]))
    for url in _files(message.components):
        # discord.py parses these components without their connection, so that a file cannot read itself.
        content = await request.interaction.client.http.get_from_cdn(url)
        fields |= from_text(content.decode("utf-8", errors="replace"))
    return fields


def _files(components: Sequence[Any]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.FileComponent):
            yield component.media.url
        yield from _files(getattr(component, "children", ()))
