"""Asks Discord again while it cannot be reached: a machine whose network comes up after the bot, or an outage.

Nothing here counts as an IDENTIFY or as an invalid request: nobody answered, or Discord said to come back later.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

T = TypeVar("T")

FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 300.0
BANNED_PAUSE_SECONDS = 900.0
"""A 429 that discord.py does not wait out by itself is a ban of the address, and lasts for a while."""

log = logging.getLogger(__name__)


async def reached(ask: Callable[[], Awaitable[T]], may_ask_again: Callable[[], bool] = lambda: True) -> T:
    """Ask until Discord answers, with growing pauses of five minutes at most, and a line in the log for each.

    What asking again would not change is raised: a refused token, an address that is not Discord's. Cancelled, it ends.
    """
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return await ask()
        except (OSError, aiohttp.ClientError, discord.DiscordException) as error:
            told = _out_of_reach(error)
            if told is None or not may_ask_again():
                raise
            rest = max(pause, _asked_for(error))
        log.warning("Discord cannot be reached (%s): the next try is in %d s", told, rest)
        await asyncio.sleep(rest)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


def _out_of_reach(error: Exception) -> str | None:
    """Why nobody answered, in a word; None when it was an answer that stays the same."""
    if isinstance(error, discord.GatewayNotFound) and isinstance(error.__cause__, discord.HTTPException):
        return _out_of_reach(error.__cause__)
    if isinstance(error, discord.RateLimited):
        return "rate limit"
    if isinstance(error, discord.HTTPException):
        return str(error.status) if error.status == 429 or error.status >= 500 else None
    if isinstance(error, discord.DiscordException):
        return None
    return getattr(error, "strerror", None) or type(error).__name__


def _asked_for(error: Exception) -> float:
    """The seconds that Discord wants to be left alone."""
    found = error.__cause__ if isinstance(error, discord.GatewayNotFound) else error
    if isinstance(found, discord.RateLimited):
        return found.retry_after
    return BANNED_PAUSE_SECONDS if isinstance(found, discord.HTTPException) and found.status == 429 else 0.0
