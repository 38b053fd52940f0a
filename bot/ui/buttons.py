"""The base of every press. One class per verb, registered once; it works after a restart and after two months."""

import re
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.errors import NotYours
from bot.ids import is_id
from bot.ui.cards import PREFIX, press
from bot.ui.request import Interaction, Request, answer

ARG_MAX = 70
"""Characters after the verb."""


class Press(ui.DynamicItem[ui.Item[Any]], template=rf"{PREFIX}::never"):
    """A button or select whose custom id is `sf:1:<verb>:<arg>`.

    discord.py only logs what a dynamic item raises, so `callback` runs inside the boundary that answers. The
    argument comes from the presser: whoever owns the thing is looked up in the database, never believed.
    """

    verb: ClassVar[str]

    def __init_subclass__(cls, *, verb: str) -> None:
        cls.verb = verb
        super().__init_subclass__(template=rf"{PREFIX}:{re.escape(verb)}:(?P<arg>[^:]{{0,{ARG_MAX}}})")

    def __init__(self, item: ui.Item[Any], arg: str, *, from_select: bool = False) -> None:
        super().__init__(item)
        self.arg = arg
        self._from_select = from_select

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew by discord.py for each press."""
        return cls(item, match["arg"])

    @property
    def number(self) -> int:
        """The argument as an id; 0, which nobody owns, when it is not one."""
        return int(self.arg) if is_id(self.arg) else 0

    def chosen(self, request: Request) -> list[str]:
        """The values of a select; none for a press that was itself chosen in one."""
        if self._from_select:
            return []
        data: Any = request.interaction.data or {}
        return [str(value) for value in data.get("values", [])]

    def picked(self, request: Request) -> str:
        """The one value of a select. Raises NotYours when it came without one: a button made up by somebody."""
        chosen = self.chosen(request)
        if not chosen:
            raise NotYours
        return chosen[0]

    async def become(self, request: Request) -> None:
        """Be the press that was chosen in this select: a value is `<verb>:<arg>`, as the press's own custom id ends.

        Raises NotYours for a value that is none, as for every press made up by somebody.
        """
        verb, _, arg = self.picked(request).partition(":")
        kind = request.presses.get(verb)
        if kind is None or kind is type(self) or ":" in arg or len(arg) > ARG_MAX:
            raise NotYours
        await kind(press(verb, arg, label=verb), arg, from_select=True).pressed(request)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the press inside the boundary."""
        await answer(interaction, self.pressed)

    async def pressed(self, request: Request) -> None:
        """What the press does. Subclasses write this."""
        raise NotImplementedError
