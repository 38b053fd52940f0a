"""Taking a name out of weekly posts that were made already: after an erasure, and after a lead removed an alias."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.domain.answers import Kind
from bot.domain.nudges import Delivery, DeliveryState
from bot.domain.weekly import without_names
from bot.services.ports import Database, Unit
from bot.services.takedown import Channels, Post, is_edited, post_of

SafeName = Callable[[str], str]
"""How a name is written in posts."""
Somebody = Callable[[str], str]
"""The word that stands in a name's place, in a language."""

_MAY_STAND = (DeliveryState.SENDING, DeliveryState.SENT)

log = logging.getLogger(__name__)


class Redaction:
    """Rewrites what is stored, and the message where it stands."""

    def __init__(self, db: Database, channels: Channels, safe: SafeName, somebody: Somebody) -> None:
        self._db = db
        self._channels = channels
        self._safe = safe
        self._somebody = somebody

    async def of_member(self, user_id: int, now: datetime) -> list[Post]:
        """Take a member out of every weekly post that names them, by the name each one has; before their rows go.

        Gives the posts that Discord would not change now, for the caller to remember. Done again it edits again, so
        a crash between the database and Discord leaves no name.
        """
        async with self._db.write() as tx:
            named = await tx.guilds.naming(user_id)
            posts = [(post, await self._rewritten(tx, post, [name]) or post.body) for post, name in named]
        return await self._edit_all(posts, now)

    async def of_names(self, guild_id: int, names: Iterable[str], now: datetime) -> list[Post]:
        """The same for some names of one server, whoever bears them."""
        wanted = list(names)
        async with self._db.write() as tx:
            posts = [
                (post, body)
                for post in await tx.guilds.weekly_posts(guild_id)
                if (body := await self._rewritten(tx, post, wanted)) is not None
            ]
        if posts:
            log.info("server %s: a name left %d weekly posts", guild_id, len(posts))
        return await self._edit_all(posts, now)

    async def _rewritten(self, tx: Unit, post: Delivery, names: Iterable[str]) -> str | None:
        """Store a post without these names; None when none of them is in it."""
        guild = None if post.guild_id is None else await tx.guilds.get(post.guild_id)
        somebody = self._somebody("en" if guild is None else guild.language)
        body = without_names(post.body, {self._safe(name) for name in names}, somebody)
        if body is not None:
            await tx.guilds.rewrite(post.id, body)
        return body

    async def _edit_all(self, posts: Iterable[tuple[Delivery, str]], now: datetime) -> list[Post]:
        return [left for post, body in posts if (left := await self._not_edited(post, body, now)) is not None]

    async def _not_edited(self, delivery: Delivery, body: str, now: datetime) -> Post | None:
        """The post when it stands as it was, or may stand so: what was on its way is looked for first."""
        post = post_of(delivery)
        if post is None or delivery.state not in _MAY_STAND:
            return None
        message_id = post.message_id
        if message_id is None:
            found = await self._channels.find(post.channel_id, post.delivery_id, since=post.since)
            message_id = found.made_id
            if message_id is None:
                never_came = found.kind is Kind.OK and now >= post.certain_at
                return None if never_came or found.status == 404 else post
        edited = is_edited(await self._channels.edit(post.channel_id, message_id, body))
        return None if edited else post
