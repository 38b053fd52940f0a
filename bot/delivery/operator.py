"""Tells whoever runs the bot, by a direct message of their own, that it needs a look: once a day for each reason."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.answers import Kind
from bot.ids import new_id
from bot.services.outbox import Letter, Outbox
from bot.services.ports import Database

AGAIN_AFTER = timedelta(days=1)
FACT = "operator-told:"
UNTOLD = frozenset({"banned", "40003", "20026", "401"})
"""Reasons to ask nothing more of Discord; a message about them would be one request too many."""

log = logging.getLogger(__name__)


class Operator:
    """The host's own account. What was told is remembered over restarts, so that a crash loop does not tell it again."""

    def __init__(
        self,
        user_id: int,
        outbox: Outbox,
        db: Database,
        write: Callable[[str], str],
        resting_until: Callable[[datetime], datetime | None],
        clock: Clock,
    ) -> None:
        self._user_id = user_id
        self._outbox = outbox
        self._db = db
        self._write = write
        self._resting_until = resting_until
        self._clock = clock
        self._told: dict[str, datetime] = {}
        self._channel_id: int | None = None

    async def tell(self, reason: str) -> None:
        """Send one message about a reason, which is a short code; never raises. Of several processes one alone sends it."""
        now = self._clock()
        if reason in UNTOLD or self._resting_until(now) is not None or self._is_told(reason, now):
            return
        try:
            mine = await self._remember(reason, now)
        except Exception as error:  # noqa: BLE001 - a database in trouble is one of the reasons to tell
            log.error("the operator's message was not noted: %s", type(error).__name__)
            mine, self._told[reason] = True, now
        if mine:
            await self._send(reason, now)

    def _is_told(self, reason: str, now: datetime) -> bool:
        told_at = self._told.get(reason)
        return told_at is not None and now - told_at < AGAIN_AFTER

    async def _remember(self, reason: str, now: datetime) -> bool:
        """Note that it is told now. False when it was told within a day, or is being told by another process."""
        async with self._db.write() as tx:
            stored = await tx.facts.get(f"{FACT}{reason}")
            if stored is not None:
                self._told[reason] = datetime.fromisoformat(stored)
                if self._is_told(reason, now):
                    return False
            self._told[reason] = now
            return await tx.facts.swap(f"{FACT}{reason}", stored, now.isoformat(), now)

    async def _send(self, reason: str, now: datetime) -> None:
        if self._channel_id is None:
            opened = await self._outbox.open(self._user_id)
            self._channel_id = opened.made_id
        if self._channel_id is None:
            log.warning("the operator cannot be reached by a direct message")
            return
        number = new_id(now)
        answer = await self._outbox.send(Letter(self._channel_id, self._write(reason), str(number)))
        if answer.kind is not Kind.OK:
            log.warning("the operator was not told: %s %s", answer.kind, answer.code or answer.status)
