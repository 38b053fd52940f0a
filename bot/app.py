"""The Discord client. It wires events to the boundary and knows no feature; cogs are named as strings."""

import asyncio
import hashlib
import json
import logging
import sys
import zoneinfo
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from functools import cache, partial
from typing import Any, Protocol, cast

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket

from bot.clock import Clock
from bot.domain.identifies import StartLimit
from bot.domain.zones import Zone
from bot.logs import where
from bot.reaching import reached
from bot.services.pending import Pending
from bot.services.registry import Services
from bot.ui.buttons import Press
from bot.ui.cards import PREFIX
from bot.ui.commands import AnyCommand, put_words_on, told_of, translator_of
from bot.ui.errors import on_tree_error
from bot.ui.forms import FormAgain, typed_in
from bot.ui.lasting import FormTry, LastingForm, form_named, take_late
from bot.ui.request import Interaction, answer
from bot.ui.strays import stray_form, stray_press
from config.content import Content
from config.words import Words

log = logging.getLogger(__name__)

EXTENSIONS = (
    "cogs.welcome",
    "cogs.care",
    "cogs.rejections",
    "cogs.recoveries",
    "cogs.actions",
    "cogs.leaderboard",
    "cogs.wins",
    "cogs.server",
    "cogs.weekly",
    "cogs.help",
    "cogs.nudges",
    "cogs.mine",
    "cogs.goodnews",
    "cogs.journal",
    "cogs.insights",
    "cogs.drafts",
    "cogs.challenge",
)

MAX_RATELIMIT_SECONDS = 60
IDENTIFY_SECONDS = 5.0
ANSWERS_SECONDS = 7.0
ANSWER_TASKS = ("CommandTree-invoker", "discord-ui-dynamic-item-", "discord-ui-modal-dispatch-")
"""How discord.py 2.7 names the tasks in which commands, presses and forms are answered."""

Started = Callable[["StepForward"], Awaitable[None]]
"""Called once after login, when the cogs are loaded: from here on messages can be sent."""


def _client_options(watch: "Watch") -> dict[str, Any]:
    """No privileged intent, no cache of members or messages, no mention that pings, servers and the bot's DM alone."""
    return {
        "command_prefix": commands.when_mentioned,
        "help_command": None,
        "tree_cls": Tree,
        "intents": discord.Intents(guilds=True),
        "allowed_mentions": discord.AllowedMentions.none(),
        "allowed_contexts": app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=False
        ),
        "allowed_installs": app_commands.AppInstallationType(guild=True, user=False),
        "max_messages": None,
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "chunk_guilds_at_startup": False,
        "max_ratelimit_timeout": MAX_RATELIMIT_SECONDS,
        "http_trace": watch.trace,
    }


@cache
def _zone_names() -> frozenset[str]:
    """Every zone of this machine's database; listing them walks hundreds of files."""
    return frozenset(zoneinfo.available_timezones())


class Tree(app_commands.CommandTree["StepForward"]):
    """The command tree with our one error answer."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer privately; never a traceback."""
        await on_tree_error(interaction, error)


class Gate(Protocol):
    """Holds connections and IDENTIFYs back until they may go out; see bot.delivery.gate."""

    async def wait_to_connect(
        self, shard_ids: Sequence[int], limit: StartLimit, of_all: int | None = None
    ) -> bool: ...
    async def wait_to_identify(self, shard_id: int) -> None: ...


class Watch(Protocol):
    """Hears every event first, and every answer of Discord's API, for the host's figures; see bot.operations.watching."""

    @property
    def trace(self) -> aiohttp.TraceConfig: ...
    def saw(self, event: str, args: tuple[Any, ...]) -> None: ...


class StepForward(commands.AutoShardedBot):
    """The bot as discord.py runs it, with everything its handlers reach through `interaction.client`."""

    def __init__(
        self,
        *,
        services: Services,
        content: Content,
        zones: tuple[Zone, ...],
        words: Words,
        clock: Clock,
        shard_ids: list[int] | None = None,
        shard_count: int | None = None,
        extensions: tuple[str, ...] = EXTENSIONS,
        started: Started,
        gate: Gate,
        watch: Watch,
    ) -> None:
        self._watch = watch
        # None is discord.py's own default for both; its annotations forget it.
        super().__init__(
            **_client_options(watch), shard_count=shard_count, shard_ids=cast("list[int]", shard_ids)
        )
        self.services = services
        self.content = content
        self.zones = zones
        self.zone_names = _zone_names()
        self.words = words
        self.clock = clock
        self.pending = Pending()
        self.forms: dict[str, type[LastingForm]] = {}
        self.presses: dict[str, type[Press]] = {}
        self._extension_names = extensions
        self._started = started
        self._gate = gate
        self._synced = False
        self._set_up = False
        self.token_dead = False
        self.database_gone = False
        self._identify_every = IDENTIFY_SECONDS

    async def login(self, token: str) -> None:
        """Log in, and try again while Discord cannot be reached; a failure of ours after that is not tried again."""

        async def ask() -> None:
            if self.http.connector is not discord.utils.MISSING:
                await self.http.close()
                self.http.connector = discord.utils.MISSING
            await super(StepForward, self).login(token)

        await reached(ask, lambda: not self._set_up)

    async def close(self) -> None:
        """Close, also a bot that never began to log in: discord.py makes what it closes with at that moment."""
        if isinstance(self.loop, asyncio.AbstractEventLoop):
            await super().close()

    async def connect(self, *, reconnect: bool = True) -> None:
        """Ask `GET /gateway/bot` for the gateway also with a fixed shard count, where discord.py would not.

        A lost session falls back to the default gateway too, so it is always the one the API names.
        """
        count, url, limit = await reached(self.http.get_bot_gateway)
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        self._identify_every = IDENTIFY_SECONDS / limit["max_concurrency"]
        left = StartLimit(
            limit["total"],
            limit["remaining"],
            timedelta(milliseconds=limit["reset_after"]),
            limit["max_concurrency"],
        )
        of_all = self.shard_count or count
        if await self._gate.wait_to_connect(self.shard_ids or range(of_all), left, of_all):
            await super().connect(reconnect=reconnect)

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Every event of discord.py's, at the moment it comes in; watched before anybody handles it."""
        self._watch.saw(event_name, args)
        super().dispatch(event_name, *args, **kwargs)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Keep Discord's pace of identifying: one in five seconds for each unit of `max_concurrency`."""
        if not initial:
            await asyncio.sleep(self._identify_every)
        await self._gate.wait_to_identify(shard_id or 0)

    async def setup_hook(self) -> None:
        """Load the cogs, register every press, and sync the commands when they changed."""
        self._set_up = True
        self.add_dynamic_items(FormAgain, FormTry)
        for name in self._extension_names:
            await self.load_extension(name)
        put_words_on(self.tree, self.words)
        await self.tree.set_translator(translator_of(self.words))
        await self.sync_commands()
        await self._started(self)

    def _all_commands(self) -> Iterator[AnyCommand]:
        """What Discord is told: slash commands and both kinds of context menus."""
        for kind in (
            discord.AppCommandType.chat_input,
            discord.AppCommandType.message,
            discord.AppCommandType.user,
        ):
            yield from self.tree.get_commands(type=kind)

    async def finish_answers(self) -> None:
        """Wait until the commands, presses and forms under way at this moment are answered, or seven seconds."""
        answers = {task for task in asyncio.all_tasks() if task.get_name().startswith(ANSWER_TASKS)}
        if answers:
            await asyncio.wait(answers, timeout=ANSWERS_SECONDS)

    def add_presses(self, *presses: type[Press]) -> None:
        """Register presses; called from each cog's setup."""
        self.add_dynamic_items(*presses)
        self.presses.update({press.verb: press for press in presses})

    def add_forms(self, *forms: type[LastingForm]) -> None:
        """Register forms that a restart does not end; called from each cog's setup."""
        self.forms.update({form.verb: form for form in forms})

    async def sync_commands(self) -> None:
        """Tell Discord the commands when they changed. A refusal stops nothing: it is logged, and tried again later."""
        if self._synced:
            return
        try:
            await self._sync_when_changed()
        except (discord.HTTPException, discord.RateLimited, OSError) as refused:
            log.error("commands not synced: %s (%s)", type(refused).__name__, getattr(refused, "code", None))
        else:
            self._synced = True

    async def _sync_when_changed(self) -> None:
        payload = [await told_of(command, self.tree) for command in self._all_commands()]
        ours = json.dumps(payload, sort_keys=True, default=str)
        digest = hashlib.sha256(f"{self.application_id}:{ours}".encode()).hexdigest()
        if await self.services.facts.get("commands") == digest:
            return
        await self.tree.sync()
        await self.services.facts.set("commands", digest, self.clock())
        log.info("commands synced: %d", len(payload))

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer what discord.py drops without a word: forms of an earlier run, presses nobody knows."""
        data: Any = interaction.data or {}
        if interaction.type is discord.InteractionType.modal_submit:
            if not self._knows_form(str(data.get("custom_id"))):
                await self._take_late(interaction, data)
        elif interaction.type is discord.InteractionType.component:
            pressed = str(data.get("custom_id"))
            if pressed.startswith(f"{PREFIX.split(':')[0]}:") and not self._knows_press(pressed):
                await answer(interaction, stray_press)

    async def _take_late(self, interaction: Interaction, data: Any) -> None:
        verb, arg = form_named(str(data.get("custom_id")))
        kind = self.forms.get(verb)
        take = stray_form if kind is None else partial(take_late, kind=kind, arg=arg)
        await answer(interaction, take, typed=typed_in(data) or None)

    def _knows_form(self, custom_id: str) -> bool:
        return custom_id in self._connection._view_store._modals

    def _knows_press(self, custom_id: str) -> bool:
        return any(pattern.fullmatch(custom_id) for pattern in self._connection._view_store._dynamic_items)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """An event handler failed: the type and place are logged, never the payload."""
        error = sys.exc_info()[1]
        log.error("event %s failed: %s at %s", event_method, type(error).__name__, where(error))


def point_discord_at(api_url: str) -> None:
    """Send every REST call to this base, for a rate-limiting proxy or a Discord-compatible server."""
    discord.http.Route.BASE = api_url.rstrip("/")
