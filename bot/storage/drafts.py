"""Drafts in rows; the letter and whom it goes to are sealed with the member's key."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.drafts import Draft
from bot.storage.keystore import Keystore
from bot.storage.members import lock_member
from bot.storage.sealing import Sealing
from bot.storage.tables import drafts
from bot.storage.tables.parts import readable

_TABLE = "drafts"
_READ = readable(drafts)


def _draft(row: Row[Any], sealing: Sealing) -> Draft:
    values = dict(row._mapping)
    values["who"] = sealing.open(row.who, "who", row.id)
    values["text"] = sealing.open(row.text, "text", row.id)
    return Draft(**values)


def _sealed(sealing: Sealing, draft_id: int, who: str | None, text: str) -> dict[str, bytes | None]:
    return {
        "traces": sealing.traces(draft_id, who, text),
        "who": sealing.seal(who, "who", draft_id),
        "text": sealing.seal(text, "text", draft_id),
    }


class DraftStore:
    """Reads and writes one member's drafts inside one transaction; every query names the owner."""

    def __init__(self, connection: AsyncConnection, keys: Keystore) -> None:
        self._connection = connection
        self._keys = keys

    async def add(self, draft: Draft) -> None:
        """Store a new draft."""
        sealing = await Sealing.of(self._keys, draft.user_id, _TABLE)
        values = {
            "id": draft.id,
            "user_id": draft.user_id,
            "kind": draft.kind,
            "rejection_id": draft.rejection_id,
            "made_at": draft.made_at,
            "sent_at": draft.sent_at,
            **_sealed(sealing, draft.id, draft.who, draft.text),
        }
        await self._connection.execute(drafts.insert().values(**values))

    async def get(self, user_id: int, draft_id: int) -> Draft | None:
        """The member's own draft, or None."""
        statement = select(*_READ).where(drafts.c.user_id == user_id, drafts.c.id == draft_id)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _draft(row, await Sealing.of(self._keys, user_id, _TABLE))

    async def listed(self, user_id: int, *, limit: int | None = None, offset: int = 0) -> list[Draft]:
        """The member's drafts, the newest first."""
        statement = (
            select(*_READ)
            .where(drafts.c.user_id == user_id)
            .order_by(drafts.c.made_at.desc(), drafts.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        rows = (await self._connection.execute(statement)).all()
        if not rows:
            return []
        sealing = await Sealing.of(self._keys, user_id, _TABLE)
        return [_draft(row, sealing) for row in rows]

    async def count(self, user_id: int) -> int:
        """How many drafts the member has."""
        statement = select(func.count()).select_from(drafts).where(drafts.c.user_id == user_id)
        return (await self._connection.execute(statement)).scalar_one()

    async def rewrite(self, user_id: int, draft_id: int, who: str | None, text: str) -> bool:
        """Put another text in place; False when the member has no such draft."""
        await lock_member(self._connection, user_id)
        sealing = await Sealing.of(self._keys, user_id, _TABLE)
        return await self._change(user_id, draft_id, _sealed(sealing, draft_id, who, text))

    async def set_sent(self, user_id: int, draft_id: int, sent_at: datetime | None) -> bool:
        """Note when it was sent, or that it was not; False when the member has no such draft."""
        return await self._change(user_id, draft_id, {"sent_at": sent_at})

    async def _change(self, user_id: int, draft_id: int, values: dict[str, Any]) -> bool:
        mine = (drafts.c.user_id == user_id) & (drafts.c.id == draft_id)
        return (await self._connection.execute(update(drafts).where(mine).values(**values))).rowcount == 1

    async def delete(self, user_id: int, draft_id: int) -> bool:
        """Delete the member's own draft; False when it is not there."""
        statement = delete(drafts).where(drafts.c.user_id == user_id, drafts.c.id == draft_id)
        return (await self._connection.execute(statement)).rowcount == 1
