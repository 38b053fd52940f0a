"""Taking a name out of weekly posts that were made already: after an erasure, and after a lead removed an alias."""

import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from bot.domain.answers import Answer, Kind
from bot.domain.nudges import Delivery, DeliveryState
from bot.domain.weekly import without_names
from bot.services.ports import Database

SafeName = Callable[[str], str]
"""How a name is written in posts."""
Somebody = Callable[[str], str]
"""The word that stands in a name's place, in a language."""

log = logging.getLogger(__name__)


class Editor(Protocol):
    """Puts another body into the bot's own message. Never raises."""

    async def edit(self, channel_id: int, message_id: int, body: str) -> Answer: ...


class Redaction:
    """Rewrites what is stored, and the message where it stands."""

    def __init__(self, db: Database, editor: Editor, safe: SafeName, somebody: Somebody) -> None:
        self._db = db
        self._editor = editor
        self._safe = safe
        self._somebody = somebody

    async def of_member(self, user_id: int) -> list[tuple[int, int]]:
        """Take a member's names out of every server's posts; for erasure, before the memberships go.

        Gives the (channel, message) pairs that Discord would not change now, for the caller to remove later.
        """
        async with self._db.read() as tx:
            memberships = await tx.memberships.of_member(user_id)
        left: list[tuple[int, int]] = []
        for membership in memberships:
            names = {name for name in (membership.alias, membership.display_name) if name}
            left += await self.of_names(membership.guild_id, names)
        return left

    async def of_names(self, guild_id: int, names: Iterable[str]) -> list[tuple[int, int]]:
        """The same for some names of one server."""
        safe = {self._safe(name) for name in names}
        async with self._db.write() as tx:
            guild = await tx.guilds.get(guild_id)
            somebody = self._somebody("en" if guild is None else guild.language)
            changed: list[tuple[Delivery, str]] = []
            for post in await tx.guilds.weekly_posts(guild_id):
                body = without_names(post.body, safe, somebody)
                if body is not None:
                    await tx.guilds.rewrite(post.id, body)
                    changed.append((post, body))
        if changed:
            log.info("server %s: a name left %d weekly posts", guild_id, len(changed))
        return [place for post, body in changed if (place := await self._not_edited(post, body))]

    async def _not_edited(self, post: Delivery, body: str) -> tuple[int, int] | None:
        if post.state is not DeliveryState.SENT or post.channel_id is None or post.message_id is None:
            return None
        answer = await self._editor.edit(post.channel_id, post.message_id, body)
        gone = answer.kind is Kind.OK or answer.status == 404
        return None if gone else (post.channel_id, post.message_id)
