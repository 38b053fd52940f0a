"""The neutral mention in a group's channel, for a member who chose it for when their direct messages are closed.

Why somebody is mentioned is never part of it. Sending is `services.deliveries`, as for every post.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.domain.deliveries import Stage
from bot.domain.members import DmState, Member
from bot.domain.nudges import MENTION_KEY, Delivery, DeliveryState, Purpose
from bot.domain.quiet import in_quiet, out_of_quiet
from bot.services.making import new_delivery
from bot.services.ports import Unit

WriteMention = Callable[[int, int, str], str]
"""The body: the delivery's id for the marker, the member's id, and the server's language."""
Mention = Callable[[Unit, Member, datetime], Awaitable[bool]]
"""Puts a mention on its way for a member whose check-in cannot be delivered, if they chose that."""
UNWANTED = "unwanted"


async def no_mention(_tx: Unit, _member: Member, _now: datetime) -> bool:
    """For whoever has no post to offer: what waits is then said in the next private answer alone."""
    return False


class Mentions:
    """Makes the posts. Two processes make one: the caller's transaction holds the member's row, and the key is unique."""

    def __init__(self, write: WriteMention) -> None:
        self._write = write

    async def add(self, tx: Unit, member: Member, now: datetime) -> bool:
        """Make a mention out of the quiet hours, at most one for a local day. True when one was made."""
        at = out_of_quiet(now, member.rhythm)
        key = f"{MENTION_KEY}{member.user_id}:{at.astimezone(member.rhythm.tz).date()}"
        guild = None if member.fallback_guild_id is None else await tx.guilds.get(member.fallback_guild_id)
        if guild is None or not await can_mention(tx, member, guild.guild_id):
            return False
        if await tx.deliveries.of_key(key) is not None:
            return False
        user_id, language = member.user_id, guild.language
        post = new_delivery(
            Purpose.POST,
            lambda number: self._write(number, user_id, language),
            now,
            at=at,
            user_id=user_id,
            guild_id=guild.guild_id,
            channel_id=guild.channel_id,
            key=key,
        )
        await tx.deliveries.add(post)
        return True


async def can_mention(tx: Unit, member: Member, guild_id: int) -> bool:
    """Whether a member may be mentioned in a server now: they chose it, are there, and there is a channel for it."""
    if member.fallback_guild_id != guild_id or not member.reachable or member.dm_state is not DmState.CLOSED:
        return False
    return await has_place(tx, member.user_id, guild_id)


async def has_place(tx: Unit, user_id: int, guild_id: int) -> bool:
    """Whether a member is in a server, as far as is known, and posts are possible there."""
    membership, guild = await tx.memberships.get(user_id, guild_id), await tx.guilds.get(guild_id)
    return membership is not None and membership.left_at is None and guild is not None and guild.can_post


async def is_right(tx: Unit, delivery: Delivery, found: Stage, member: Member | None, now: datetime) -> bool:
    """Whether a mention may begin an attempt. One that nobody wants any more is taken back; one at night waits."""
    if member is None or delivery.guild_id is None:
        return False
    token = (delivery.id, delivery.attempts)
    if found is not Stage.REPEAT and not await can_mention(tx, member, delivery.guild_id):
        await tx.deliveries.finish(token, DeliveryState.WITHDRAWN, UNWANTED)
        return False
    if in_quiet(now, member.rhythm):
        await tx.deliveries.later(token, out_of_quiet(now, member.rhythm))
        return False
    return True
