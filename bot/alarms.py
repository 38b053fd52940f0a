"""What happens when the delivery machine needs somebody: the program ends, a lead is told, a host can read it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.app import StepForward

log = logging.getLogger(__name__)


class BotAlarms:
    """Hands each alarm to the service that knows what to do. Attached once the bot exists."""

    def __init__(self) -> None:
        self._bot: StepForward | None = None
        self._tell: Callable[[str], Awaitable[None]] | None = None
        self._closing: asyncio.Task[None] | None = None

    def attach(self, bot: StepForward) -> None:
        """From now on alarms reach this bot."""
        self._bot = bot

    def tell_by(self, tell: Callable[[str], Awaitable[None]]) -> None:
        """From now on what a host should look at is also told this way."""
        self._tell = tell

    async def token_dead(self) -> None:
        """Discord refused the token: not one request more, and an exit code that stops a restart loop."""
        log.critical("Discord refused the token; stopping")
        if self._bot is not None and self._closing is None:
            self._bot.token_dead = True
            self._closing = asyncio.create_task(self._bot.close())

    async def database_gone(self) -> None:
        """The file of the database is not the one that was opened: what is written now would be lost."""
        if self._closing is None:
            log.critical(
                "the database file was deleted or replaced while the bot ran; stopping, nothing more is saved"
            )
        if self._bot is not None and self._closing is None:
            self._bot.database_gone = True
            self._closing = asyncio.create_task(self._bot.close())

    async def channel_trouble(self, guild_id: int, reason: str) -> None:
        """Remember why posts no longer reach a group's channel; `/server status` shows it with the fix."""
        if self._bot is not None:
            await self._bot.services.guilds.trouble(guild_id, reason)

    async def gone(self, user_id: int, reason: str) -> None:
        """No server is shared with the member any more: they vanish from every board."""
        log.info("member %s: %s", user_id, reason)
        if self._bot is not None:
            await self._bot.services.memberships.gone(user_id, self._bot.clock())

    async def host(self, reason: str) -> None:
        """A line for whoever runs the program, and a direct message where they gave their account."""
        log.error("the host should look: %s", reason)
        if self._tell is not None and self._bot is not None and not self._bot.token_dead:
            await self._tell(reason)
