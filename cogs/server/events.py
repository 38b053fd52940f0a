"""The bot coming into servers and leaving them. Discord's outages arrive as other events and change nothing."""

from discord import Guild
from discord.ext import commands

from bot.app import StepForward
from bot.domain.processes import shard_of
from cogs.server.access import welcome_channel


class ServerEvents(commands.Cog):
    """Hands each arrival and removal to the service.

    discord.py sends `guild_remove` for a GUILD_DELETE without `unavailable` alone; with it the event is
    `guild_unavailable`, for which there is deliberately no listener: an outage is not a removal.
    """

    def __init__(self, bot: StepForward) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_guild_join(self, guild: Guild) -> None:
        """Invited: welcome, once, where the server allows it."""
        await self.bot.services.installs.arrived(
            guild.id, self._language(guild), welcome_channel(guild), self.bot.clock()
        )

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: Guild) -> None:
        """Removed: everything of the server's stops, and goes after the grace period."""
        await self.bot.services.installs.removed(guild.id, self.bot.clock())

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Connected: catch up with what changed meanwhile. Servers with an outage are in the list as well."""
        there = [(guild.id, self._language(guild)) for guild in self.bot.guilds]
        count, shards = self.bot.shard_count or 1, set(self.bot.shards)
        await self.bot.services.installs.reconcile(
            there, lambda guild_id: shard_of(guild_id, count) in shards, self.bot.clock()
        )

    def _language(self, guild: Guild) -> str:
        return self.bot.words.speak(guild.preferred_locale.value).language
