"""What the bot may really do in a channel, read from what Discord told it. Asks Discord nothing."""

import discord

from bot.domain.guilds import GONE, NO_EMBED, NO_FILES, NO_SEND, NO_VIEW


def missing(guild: discord.Guild | None, channel_id: int | None) -> tuple[str, ...]:
    """What is wrong with the channel, as codes of bot.domain.guilds; nothing when it is well or cannot be known."""
    if guild is None or channel_id is None or guild.me is None:
        return ()
    channel = guild.get_channel(channel_id)
    if channel is None:
        return (GONE,)
    may = channel.permissions_for(guild.me)
    needed = (
        (NO_VIEW, may.view_channel),
        (NO_SEND, may.send_messages),
        (NO_EMBED, may.embed_links),
        (NO_FILES, may.attach_files),
    )
    wrong = [code for code, given in needed if not given]
    # Without one of the first two Discord takes the rest away too, so what else is missing cannot be told.
    return (wrong[0],) if wrong and wrong[0] in (NO_VIEW, NO_SEND) else tuple(wrong)


def has_role(guild: discord.Guild | None, role_id: int | None) -> bool:
    """Whether the role is still there."""
    return guild is not None and role_id is not None and guild.get_role(role_id) is not None


def has_channel(guild: discord.Guild | None, channel_id: int | None) -> bool:
    """Whether the channel is still there."""
    return guild is not None and channel_id is not None and guild.get_channel(channel_id) is not None


def welcome_channel(guild: discord.Guild) -> int | None:
    """Where new things are said in this server, if the bot may write there."""
    channel = guild.system_channel
    if channel is None or guild.me is None:
        return None
    may = channel.permissions_for(guild.me)
    return channel.id if may.view_channel and may.send_messages else None
