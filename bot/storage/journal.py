"""The journal in rows: an entry, and each answer sealed with the member's key in a row of its own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.breath import in_breaths
from bot.domain.journal import JournalEntry
from bot.ids import new_id
from bot.storage.keystore import Keystore
from bot.storage.sealing import Sealing
from bot.storage.tables import journal, journal_answers
from bot.storage.tables.parts import readable

_TABLE = "journal_answers"
_FEW = 50
"""Entries whose answers are asked for by name; with more, all of the member's are read."""
_READ = readable(journal)


class JournalStore:
    """Reads and writes one member's journal inside one transaction; every query names the owner."""

    def __init__(self, connection: AsyncConnection, keys: Keystore) -> None:
        self._connection = connection
        self._keys = keys

    async def add(self, entry: JournalEntry) -> None:
        """Store a new entry with its answers."""
        values = {column.name: getattr(entry, column.name) for column in _READ}
        await self._connection.execute(journal.insert().values(**values))
        await self._answer(entry)

    async def replace(self, entry: JournalEntry) -> bool:
        """Store other answers for an entry; False when it is not there or somebody else's."""
        mine = _mine(entry.user_id, entry.id)
        changed = await self._connection.execute(
            update(journal).where(mine).values(edited_at=entry.edited_at)
        )
        if changed.rowcount != 1:
            return False
        await self._forget_answers(entry.user_id, entry.id)
        await self._answer(entry)
        return True

    async def delete(self, user_id: int, entry_id: int) -> bool:
        """Delete an entry with its answers; False when it is not there or somebody else's."""
        await self._forget_answers(user_id, entry_id)
        statement = delete(journal).where(_mine(user_id, entry_id))
        return (await self._connection.execute(statement)).rowcount == 1

    async def get(self, user_id: int, entry_id: int) -> JournalEntry | None:
        """The member's own entry, or None."""
        return next(iter(await self._found(user_id, _mine(user_id, entry_id))), None)

    async def heads(self, user_id: int) -> list[JournalEntry]:
        """All of the member's entries without their answers, the latest day first: nothing is opened for it."""
        return [_entry(row, {}) for row in await self._rows(journal.c.user_id == user_id)]

    async def named(self, user_id: int, entry_ids: Sequence[int]) -> list[JournalEntry]:
        """These of the member's entries, the latest day first."""
        return await self._found(user_id, (journal.c.user_id == user_id) & journal.c.id.in_(entry_ids))

    async def entries(self, user_id: int) -> list[JournalEntry]:
        """All of the member's entries, the latest day first."""
        return await self._found(user_id, journal.c.user_id == user_id)

    async def since(self, user_id: int, since: datetime) -> list[JournalEntry]:
        """What was written after an instant."""
        return await self._found(user_id, (journal.c.user_id == user_id) & (journal.c.written_at > since))

    async def of_rejection(self, user_id: int, rejection_id: int) -> list[JournalEntry]:
        """What the member wrote about one rejection, the latest first."""
        return await self._found(
            user_id, (journal.c.user_id == user_id) & (journal.c.rejection_id == rejection_id)
        )

    async def _found(self, user_id: int, which: ColumnElement[bool]) -> list[JournalEntry]:
        rows = await self._rows(which)
        if not rows:
            return []
        answers = await self._answers(user_id, [row.id for row in rows] if len(rows) <= _FEW else None)
        return [_entry(row, answers[row.id]) for row in rows]

    async def _rows(self, which: ColumnElement[bool]) -> Sequence[Row[Any]]:
        statement = select(*_READ).where(which).order_by(journal.c.written_on.desc(), journal.c.id.desc())
        return (await self._connection.execute(statement)).all()

    async def _answers(self, user_id: int, entry_ids: list[int] | None) -> dict[int, dict[str, str]]:
        """The opened answers by entry; of all the member's entries when none is named. Others are served in between."""
        table = journal_answers.c
        statement = select(table.id, table.entry_id, table.question, table.answer)
        statement = statement.where(table.user_id == user_id).order_by(table.id)
        if entry_ids is not None:
            statement = statement.where(table.entry_id.in_(entry_ids))
        sealing = await Sealing.of(self._keys, user_id, _TABLE)
        found: dict[int, dict[str, str]] = defaultdict(dict)
        async for row in in_breaths((await self._connection.execute(statement)).all()):
            found[row.entry_id][row.question] = sealing.open(row.answer, "answer", row.id) or ""
        return found

    async def _answer(self, entry: JournalEntry) -> None:
        sealing = await Sealing.of(self._keys, entry.user_id, _TABLE)
        rows: list[dict[str, object]] = []
        for question, text in entry.answers.items():
            row_id = new_id(entry.edited_at or entry.written_at)
            rows.append(
                {
                    "id": row_id,
                    "user_id": entry.user_id,
                    "entry_id": entry.id,
                    "question": question,
                    "traces": sealing.traces(row_id, text),
                    "answer": sealing.seal(text, "answer", row_id),
                }
            )
        if rows:
            await self._connection.execute(journal_answers.insert(), rows)

    async def _forget_answers(self, user_id: int, entry_id: int) -> None:
        table = journal_answers.c
        statement = delete(journal_answers).where(table.user_id == user_id, table.entry_id == entry_id)
        await self._connection.execute(statement)


def _mine(user_id: int, entry_id: int) -> ColumnElement[bool]:
    return (journal.c.user_id == user_id) & (journal.c.id == entry_id)


def _entry(row: Row[Any], answers: Mapping[str, str]) -> JournalEntry:
    return JournalEntry(**row._mapping, answers=answers)
