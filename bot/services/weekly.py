"""The weekly post of each server: made once a week, at the server's own day and hour, from its board."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bot.domain.boards import Period
from bot.domain.guilds import Guild, local_day, next_weekly
from bot.domain.nudges import Purpose
from bot.domain.weekly import WeeklyPost, is_running, is_too_late, post_key, prompt_of, week_shown
from bot.services.boards import Boards
from bot.services.making import new_delivery
from bot.services.ports import Database, Unit, Waker

BATCH = 50

WriteWeekly = Callable[[WeeklyPost, int], str]
"""The body of a weekly post as component payloads in JSON; it holds a custom id that ends in `:<delivery_id>`."""

log = logging.getLogger(__name__)


class Weekly:
    """Makes what is due. The due time moves on in the transaction that stores the post, and both are compared first.

    So of two processes, or of two runs around a crash, one alone makes the post: the due time is moved on only from
    where it was seen, and the post's key (server and week) exists once.
    """

    def __init__(
        self, db: Database, boards: Boards, write: WriteWeekly, prompts: Sequence[str], wake: Waker
    ) -> None:
        self._db = db
        self._boards = boards
        self._write = write
        self._prompts = prompts
        self._wake = wake

    async def next_at(self) -> datetime | None:
        """When the next post of any server is due."""
        async with self._db.read() as tx:
            return await tx.guilds.earliest_due()

    async def run_due(self, now: datetime) -> int:
        """Make what is due by now. Gives how many posts were made.

        One server's fault does not keep the others from their post: it is logged by type, and tried again.
        """
        made, seen = 0, set[int]()
        while due := [guild for guild in await self._due(now) if guild.guild_id not in seen]:
            seen |= {guild.guild_id for guild in due}
            batch = [await self._made(guild, now) for guild in due]
            made += sum(batch)
            if any(batch):
                self._wake(now)
        return made

    async def _due(self, now: datetime) -> list[Guild]:
        async with self._db.read() as tx:
            return await tx.guilds.due(now, BATCH)

    async def _made(self, guild: Guild, now: datetime) -> bool:
        (outcome,) = await asyncio.gather(self.run_one(guild, now), return_exceptions=True)
        if isinstance(outcome, BaseException):
            log.error("weekly post of %s: %s", guild.guild_id, type(outcome).__name__)
            return False
        return outcome

    async def run_one(self, guild: Guild, now: datetime) -> bool:
        """Make one server's post, or leave it out, and move its due time on. True when a post was made."""
        due_at = guild.weekly_due_at
        if due_at is None or due_at > now:
            return False
        post = None if is_too_late(due_at, now) else await self._post(guild, due_at, now)
        async with self._db.write() as tx:
            current = await tx.guilds.lock(guild.guild_id)
            if current is None or not await tx.guilds.advance(
                guild.guild_id, due_at, next_weekly(current, now)
            ):
                return False
            if post is None or not current.posts_weekly:
                log.info("weekly post of %s left out", guild.guild_id)
                return False
            return await self._store(tx, current, post, now)

    async def _post(self, guild: Guild, due_at: datetime, now: datetime) -> WeeklyPost | None:
        """What the post says; None for a week without an action, unless the lead wants it all the same."""
        today = local_day(guild, due_at)
        week_on = week_shown(today)
        board = await self._boards.show(guild.guild_id, None, Period.WEEK, today=week_on, now=now)
        post = WeeklyPost(
            language=guild.language,
            board=board,
            prompt=prompt_of(self._prompts, guild.guild_id, week_on),
            running=is_running(week_on, local_day(guild, now)),
        )
        return None if post.empty and not guild.weekly_when_empty else post

    async def _store(self, tx: Unit, guild: Guild, post: WeeklyPost, now: datetime) -> bool:
        key = post_key(guild.guild_id, post.board.starts_on)
        if await tx.deliveries.of_key(key) is not None:
            return False
        delivery = new_delivery(
            Purpose.WEEKLY,
            partial(self._write, post),
            now,
            guild_id=guild.guild_id,
            channel_id=guild.channel_id,
            key=key,
        )
        await tx.deliveries.add(delivery)
        await tx.guilds.note_names(delivery.id, post.board.names)
        log.info("weekly post of %s made: %s", guild.guild_id, delivery.id)
        return True
