"""Asks Discord whether somebody is in a server. The bot keeps no list of members, so single ones are looked up."""

import asyncio

import aiohttp
import discord

UNKNOWN_MEMBER = 10007
UNKNOWN_USER = 10013
DEADLINE_SECONDS = 2.0
"""A board is waiting for the answer; without one, nothing changes."""


class DiscordPresence:
    """Looks single members up. Nothing that Discord or the network does is raised."""

    def __init__(self) -> None:
        self._client: discord.Client | None = None

    def attach(self, client: discord.Client) -> None:
        """Give it the client that is logged in; before that no answer is clear."""
        self._client = client

    async def is_member(self, guild_id: int, user_id: int) -> bool | None:
        """True, False, or None when Discord gave no clear answer."""
        if self._client is None:
            return None
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await self._client.http.get_member(guild_id, user_id)
        except discord.NotFound as error:
            return False if error.code in (UNKNOWN_MEMBER, UNKNOWN_USER) else None
        except (discord.DiscordException, TimeoutError, OSError, aiohttp.ClientError):
            return None
        return True
