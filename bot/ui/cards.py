"""The card: one Components V2 message, built from words and presses. What a press does lives in cogs.

A card is born finished, so discord.py never stores it: a stored view that mixes dynamic and plain items takes the
dynamic ones away from the whole bot when it ends (platform notes, item 1). Cards only serialise.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ButtonStyle, ui

PREFIX = "sf:1"
CALM = discord.Colour(0x5B8DB8)
WARM = discord.Colour(0xC98A5A)
_ROW = 5
_OPTION_MAX = 100


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a select."""

    value: str
    label: str
    description: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a card: made anew for each send, because discord.File can be read once."""

    name: str
    content: bytes

    def file(self) -> discord.File:
        """The file for discord.py."""
        return discord.File(io.BytesIO(self.content), filename=self.name)


def custom_id(verb: str, arg: str | int = "") -> str:
    """What the button carries: `sf:1:<verb>:<arg>`. The argument is the presser's to forge; check it."""
    return f"{PREFIX}:{verb}:{arg}"


def press(
    verb: str,
    arg: str | int = "",
    *,
    label: str,
    style: ButtonStyle = ButtonStyle.secondary,
    disabled: bool = False,
) -> ui.Button[Any]:
    """A button that does `verb`."""
    return ui.Button(label=label, style=style, custom_id=custom_id(verb, arg), disabled=disabled)


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _defaults(chosen: int | None, kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [] if chosen is None else [discord.SelectDefaultValue(id=chosen, type=kind)]


class Card(ui.LayoutView):
    """One message: text and rows of presses in a coloured frame. Every method gives the card back."""

    def __init__(self, *, accent: discord.Colour = CALM) -> None:
        super().__init__(timeout=None)
        self._frame: ui.Container[Any] = ui.Container(accent_colour=accent)
        self.add_item(self._frame)
        self.attached: list[Attached] = []
        self.stop()

    def title(self, text: str) -> Self:
        """A heading."""
        return self.text(f"### {text}")

    def text(self, markdown: str) -> Self:
        """A paragraph. Empty text is left out, because Discord refuses it."""
        if markdown.strip():
            self._frame.add_item(ui.TextDisplay(markdown))
        return self

    def note(self, text: str) -> Self:
        """Small print."""
        return self.text(f"-# {text}")

    def rule(self) -> Self:
        """A thin line."""
        self._frame.add_item(ui.Separator())
        return self

    def beside(self, markdown: str, button: ui.Button[Any]) -> Self:
        """A paragraph with its button at the right."""
        self._frame.add_item(ui.Section(markdown, accessory=button))
        return self

    def row(self, *buttons: ui.Button[Any] | None) -> Self:
        """Buttons, five to a row. None is left out."""
        present = [button for button in buttons if button is not None]
        for start in range(0, len(present), _ROW):
            self._frame.add_item(ui.ActionRow(*present[start : start + _ROW]))
        return self

    def beside_last(self, button: ui.Button[Any]) -> Self:
        """A button at the end of the last row, when the card ends with buttons and has room there; else in a new row."""
        last = self._frame.children[-1] if self._frame.children else None
        row = last if isinstance(last, ui.ActionRow) and len(last.children) < _ROW else None
        if row is not None and all(isinstance(item, ui.Button) for item in row.children):
            row.add_item(button)
            return self
        return self.row(button)

    def choose(
        self, verb: str, arg: str | int, options: Iterable[Option], *, placeholder: str, most: int = 1
    ) -> Self:
        """A select; the values arrive at the press of the same verb."""
        lines = [
            discord.SelectOption(
                value=o.value,
                label=shorten(o.label, _OPTION_MAX),
                description=None if o.description is None else shorten(o.description, _OPTION_MAX),
                default=o.chosen,
            )
            for o in options
        ]
        select: ui.Select[Any] = ui.Select(
            custom_id=custom_id(verb, arg),
            options=lines,
            placeholder=placeholder,
            min_values=1,
            max_values=min(most, len(lines)),
        )
        self._frame.add_item(ui.ActionRow(select))
        return self

    def choose_channel(
        self, verb: str, arg: str | int = "", *, placeholder: str, chosen: int | None = None
    ) -> Self:
        """A select of the server's text channels; `chosen` must exist, because Discord refuses a default that does not."""
        select: ui.ChannelSelect[Any] = ui.ChannelSelect(
            custom_id=custom_id(verb, arg),
            channel_types=[discord.ChannelType.text],
            placeholder=placeholder,
            min_values=1,
            max_values=1,
            required=True,
            default_values=_defaults(chosen, discord.SelectDefaultValueType.channel),
        )
        self._frame.add_item(ui.ActionRow(select))
        return self

    def choose_role(
        self, verb: str, arg: str | int = "", *, placeholder: str, chosen: int | None = None
    ) -> Self:
        """A select of the server's roles; choosing none is allowed. `chosen` must exist."""
        select: ui.RoleSelect[Any] = ui.RoleSelect(
            custom_id=custom_id(verb, arg),
            placeholder=placeholder,
            min_values=0,
            max_values=1,
            required=False,
            default_values=_defaults(chosen, discord.SelectDefaultValueType.role),
        )
        self._frame.add_item(ui.ActionRow(select))
        return self

    def attach(self, name: str, content: bytes) -> Self:
        """A file shown inside the card."""
        self.attached.append(Attached(name, content))
        self._frame.add_item(ui.File(f"attachment://{name}"))
        return self

    def picture(self, name: str, content: bytes, alt: str) -> Self:
        """An image shown inside the card, with its words for those who cannot see it."""
        self.attached.append(Attached(name, content))
        self._frame.add_item(
            ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{name}", description=alt))
        )
        return self

    def carries(self, verb: str) -> bool:
        """Whether some press on this card does `verb`."""
        return self.holds(f"{PREFIX}:{verb}:")

    def holds(self, start: str) -> bool:
        """Whether the custom id of some item on this card begins so. Discord refuses a message that has one twice."""
        return any(str(getattr(item, "custom_id", "")).startswith(start) for item in self.walk_children())


def plain_view(support_label: str) -> ui.View:
    """The row under a plain message, with the support button alone. Born finished, like a card."""
    view = ui.View(timeout=None)
    view.add_item(press("support", label=support_label))
    view.stop()
    return view
