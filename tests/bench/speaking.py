"""The real bot without a network: interactions go in as the gateway would hand them over, answers end in memory."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import discord
from discord import app_commands
from discord.webhook.async_ import AsyncWebhookAdapter
from pydantic import SecretStr

from bot.clock import system_clock
from bot.storage.schema import migrate
from bot.ui.cards import Card
from bot.ui.request import answer
from bot.wiring import Program, build
from bot.wiring.running import spare_what_stays
from config.settings import Settings
from tests.standin.people import _filled

GUILD = 900_000
Json = dict[str, Any]
USER: Json = {"username": "m", "discriminator": "0", "avatar": None, "global_name": None}
MESSAGE: Json = {
    "id": "9", "type": 0, "content": "", "channel_id": "5", "author": {"id": "1", **USER}, "attachments": [],
    "embeds": [], "mentions": [], "mention_roles": [], "mention_everyone": False, "pinned": False, "tts": False,
    "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "flags": 64, "components": [],
}  # fmt: skip


class Voiceless:
    """The bot, and what it answered: when the first answer to each interaction came, and the form it held."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.answers: dict[str, asyncio.Future[Json]] = {}
        self._numbers = iter(range(10**18, 2 * 10**18))

    async def ask(self, kind: int, user_id: int, data: Json) -> Json:
        """One interaction, from the gateway's payload to its first answer."""
        number = str(next(self._numbers))
        heard: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self.answers[number] = heard
        self.program.bot._connection.parse_interaction_create(
            cast("Any", _payload(kind, number, user_id, data))
        )
        try:
            return await heard
        finally:
            del self.answers[number]

    async def timed(self, kind: int, user_id: int, data: Json) -> float:
        """How many seconds that took."""
        begun = time.perf_counter()
        await self.ask(kind, user_id, data)
        return time.perf_counter() - begun

    async def slash(self, user_id: int, name: str, sub: str | None = None) -> Json:
        return await self.ask(2, user_id, command(name, sub))

    async def form(self, user_id: int) -> Json:
        """Open the form of /rejection log and fill it in, ready to be submitted."""
        form = (await self.slash(user_id, "rejection", "log"))["data"]
        fields = {"kind": ["research"]}
        found = [inner for item in form["components"] if (inner := item.get("component"))]
        values = {one["custom_id"]: _value(one, fields) for one in found}
        return {
            "custom_id": form["custom_id"], "components": [_filled(item, values) for item in form["components"]]
        }  # fmt: skip

    async def request(self, route: Any, *, payload: Json | None = None, **_more: Any) -> Json:
        """What stands in for Discord's HTTP: the first answer wakes whoever asked."""
        heard = self.answers.get(str(getattr(route, "webhook_token", None)))
        if heard is not None and not heard.done():
            heard.set_result(payload or {})
        is_first = route.url.split("?")[0].endswith("/callback")
        return {"interaction": {"id": "1", "type": 2}} if is_first else MESSAGE


async def _no_sync() -> None:
    """There is nobody to tell the commands to."""


def _value(component: Json, fields: Json) -> Any:
    options = component.get("options")
    return [options[0]["value"]] if options and component["type"] == 3 else ("" if not options else None)


def command(name: str, sub: str | None = None) -> Json:
    """The data of a slash command."""
    options = [] if sub is None else [{"type": 1, "name": sub, "options": []}]
    return {"id": "1", "name": name, "type": 1, "options": options}


def _payload(kind: int, number: str, user_id: int, data: Json) -> Json:
    user = {"id": str(user_id), **USER}
    return {
        "id": number, "application_id": "1", "type": kind, "token": number, "version": 1, "data": data,
        "channel_id": "5", "channel": {"id": "5", "type": 0, "name": "group", "guild_id": str(GUILD), "position": 0},
        "app_permissions": "0", "locale": "en-US", "entitlements": [], "attachment_size_limit": 1, "context": 0,
        "authorizing_integration_owners": {"0": str(GUILD)}, "guild_id": str(GUILD), "guild_locale": "en-US",
        "guild": {"id": str(GUILD), "locale": "en-US", "features": []},
        "member": {
            "user": user, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False,
            "permissions": "0", "flags": 0,
        },
    }  # fmt: skip


@asynccontextmanager
async def voiceless(folder: Path, members: int) -> AsyncIterator[Voiceless]:
    """The program as `run` builds it over a SQLite file, with so many members and one command that does nothing."""
    settings = Settings(
        _env_file=None, discord_token=SecretStr("bench"), database_url=f"sqlite:///{folder / 'bench.sqlite3'}",
        secret_key_file=folder / "bench.key", health="0",
    )  # fmt: skip
    program = await build(settings, shard_count=1, beating=False)
    await migrate(program.db.engines)
    bot, heard = program.bot, Voiceless(program)
    await bot._async_setup_hook()
    bot._connection.application_id = 1
    bot._connection.user = discord.ClientUser(state=bot._connection, data=cast("Any", {"id": "1", **USER}))

    @app_commands.command(name="bare", description="nothing, as discord.py does it")
    async def bare(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("empty", ephemeral=True)

    @app_commands.command(name="empty", description="nothing, as every command of this bot does it")
    async def empty(interaction: discord.Interaction[Any]) -> None:
        await answer(interaction, lambda request: request.show(Card().text("empty")))

    with (
        patch.object(
            AsyncWebhookAdapter, "request", lambda _self, route, **more: heard.request(route, **more)
        ),
        patch.object(bot.tree, "sync", _no_sync),
    ):
        await bot.setup_hook()
        bot.tree.add_command(bare)
        bot.tree.add_command(empty)
        for user_id in range(1, members + 1):
            await program.services.members.consent(user_id, "Africa/Lagos", "en", system_clock())
        spare_what_stays()
        try:
            yield heard
        finally:
            await bot.finish_answers()
            await program.close()
