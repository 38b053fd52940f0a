"""Holds back each IDENTIFY until it may go out: a crash loop must not use up the thousand that Discord allows a day."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime

from bot.clock import Clock
from bot.domain.identifies import StartLimit, spread
from bot.services.identifies import Identifies

log = logging.getLogger(__name__)


class Gate:
    """Waits before connecting, and before an IDENTIFY in between. `close` ends every wait.

    A database in trouble keeps nobody from connecting: the count in memory goes on. Given how to `leave` other
    processes, it lets each IDENTIFY take its place in the row of all of them, and leaves them at the end.
    """

    def __init__(
        self, identifies: Identifies, clock: Clock, leave: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._identifies = identifies
        self._leave = leave
        self._at_once = 1
        self._clock = clock
        self._closing = asyncio.Event()
        self.waiting_until: datetime | None = None

    async def wait_to_connect(
        self, shard_ids: Sequence[int], limit: StartLimit, of_all: int | None = None
    ) -> bool:
        """Before any connection is opened: wait for Discord's own count, and after early ends. False: it ends instead.

        `of_all` is how many shards all processes have: what Discord has left is theirs as well.
        """
        now = self._clock()
        self._at_once = max(1, limit.at_once)
        at = now + spread(of_all or len(shard_ids), limit)
        if at > now:
            log.warning("connecting waits: Discord allows %d more identifies", limit.remaining)
        for shard_id in shard_ids:
            at = max(at, await self._may_at(shard_id, now))
        await self._until(at)
        return not self._closing.is_set()

    async def wait_to_identify(self, shard_id: int) -> None:
        """Before each IDENTIFY, and note that it goes out. Raises ConnectionAbortedError when the program ends first."""
        await self._until(await self._may_at(shard_id, self._clock()))
        if self._leave is not None:
            await self._until(await self._turn_at(shard_id, self._clock()))
        if self._closing.is_set():
            raise ConnectionAbortedError("the program ends")
        try:
            await self._identifies.began(shard_id, self._clock())
        except Exception as error:  # noqa: BLE001 - the connection matters more than its note
            log.error("shard %d: identify not noted, %s", shard_id, type(error).__name__)

    async def _may_at(self, shard_id: int, now: datetime) -> datetime:
        try:
            at = await self._identifies.may_at(shard_id, now)
            early = await self._identifies.early(shard_id, now)
        except Exception as error:  # noqa: BLE001 - the connection matters more than its count
            log.error("shard %d: identifies not counted, %s", shard_id, type(error).__name__)
            return now
        if at > now:
            log.warning(
                "shard %d ended early %d times within a day, so it waits until %s before it connects; direct "
                "messages go out meanwhile, commands are not heard. The lines before each end say why it ended",
                shard_id, early, at.isoformat(timespec="seconds"),
            )  # fmt: skip
        return at

    async def _turn_at(self, shard_id: int, now: datetime) -> datetime:
        try:
            return await self._identifies.turn_at(shard_id, self._at_once, now)
        except Exception as error:  # noqa: BLE001 - the connection matters more than its place
            log.error("shard %d: its turn to identify is not known, %s", shard_id, type(error).__name__)
            return now

    async def _until(self, at: datetime) -> None:
        seconds = (at - self._clock()).total_seconds()
        if seconds <= 0:
            return
        self.waiting_until = at
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._closing.wait()
        finally:
            self.waiting_until = None

    async def note_lasting(self, now: datetime) -> None:
        """The job of every few minutes."""
        await self._identifies.note_lasting(now)

    async def close(self) -> None:
        """The host asked for the end: nothing waits any longer, and this end is none that counts."""
        self._closing.set()
        try:
            await self._identifies.ended(self._clock())
            if self._leave is not None:
                await self._leave()
        except Exception as error:  # noqa: BLE001 - the end goes on; the next start may wait a little
            log.error("the end was not noted: %s", type(error).__name__)
