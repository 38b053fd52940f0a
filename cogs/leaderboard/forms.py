"""The form for an alias."""

from typing import Any

from discord import ui

from bot.domain.boards import ALIAS_MAX, ALIAS_MIN, Visibility
from bot.ui.forms import Form
from bot.ui.request import Request


class AliasForm(Form):
    """One field."""

    def __init__(self, request: Request, guild_id: int, alias: str | None) -> None:
        voice = request.voice
        super().__init__(voice("board-alias-title"))
        self.guild_id = guild_id
        self.alias: ui.TextInput[Any] = self.ask(
            voice("board-alias-label"),
            ui.TextInput(required=True, min_length=ALIAS_MIN, max_length=ALIAS_MAX, default=alias),
            voice("board-alias-hint"),
        )

    async def submitted(self, request: Request) -> None:
        """Hand the alias to the flow."""
        from cogs.leaderboard.flow import appear  # noqa: PLC0415 - the error answer opens this form again

        await appear(request, self.guild_id, Visibility.ALIAS, self.alias.value)
