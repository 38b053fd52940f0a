"""However many messages were ever sent, a tick reads those that wait: every statement of it finds rows by an index."""

import re
from typing import Any

from sqlalchemy import event

from bot.storage.due import earliest_due
from bot.storage.queue import waiting
from tests.delivery.world import NOW, Machine, fill, nudge
from tests.storage.conftest import sqlite_database

__all__ = ["sqlite_database"]

WHOLE = re.compile(
    r"(SCAN (deliveries|nudges)(?! USING (COVERING )?INDEX ix_(deliveries_pending|nudges_due|nudges_claimed)))|SEARCH (deliveries|nudges)$"
)
"""A table that is read from end to end, or for its smallest value, and not the few rows that wait."""


async def test_no_statement_of_a_tick_reads_a_whole_table(sqlite_database):
    await fill(sqlite_database, nudge(1), nudge(2, about=43))
    engines = sqlite_database.engines
    said: dict[str, Any] = {}

    def note(_connection, _cursor, statement, values, _context, many):
        said[statement] = values[0] if many else values

    for engine in (engines.writer, engines.reader):
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    await Machine(sqlite_database).settle()
    async with engines.reader.connect() as connection:
        await earliest_due(connection, NOW)
        await waiting(connection, NOW)
        asked = [one for one in said.items() if "deliveries" in one[0] or "nudges" in one[0]]
        assert len(asked) > 12
        for statement, values in asked:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))
            plan = [row[3] for row in rows]
            assert not any(WHOLE.match(line) for line in plan), (statement, plan)
            assert not any("ORDER BY" in line for line in plan) or "delivery_id IN" in statement, statement
