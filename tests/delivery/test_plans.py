"""However many messages were ever sent, a tick reads those that wait: every statement of it finds rows by an index."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event, text

from bot.domain.answers import Answer, Kind
from bot.storage.due import earliest_due
from bot.storage.queue import waiting
from bot.storage.share import Share
from tests.delivery.world import LOST, NOW, Machine, day_nudge, fill, nudge, post, reminder
from tests.storage.conftest import postgres_database, sqlite_database

__all__ = ["postgres_database", "sqlite_database"]

WAITING = ("ix_deliveries_pending", "ix_nudges_due", "ix_nudges_claimed")
"""The indexes over what waits alone; one of these may be read from end to end."""
TABLES = "deliveries|nudges|challenges|challenge_days|drafts"
"""What grows with everything that was ever done; a tick reads of it what waits."""
WHOLE = re.compile(
    rf"(SCAN ({TABLES})(?! USING (COVERING )?INDEX ix_(deliveries_pending|nudges_due|nudges_claimed)))|SEARCH ({TABLES})$"
)
"""A table that is read from end to end, or for its smallest value, and not the few rows that wait."""

KEPT = 8000
_SENT_LONG_AGO = (
    f"""INSERT INTO deliveries (id, user_id, purpose, nonce, body, state, due_at, made_at, next_try_at, attempts, sent_at)
        SELECT 1000000 + n, 1000 + n % 200, 'checkin', n, '[]', 'sent', at, at, at, 1, at
        FROM (SELECT n, timestamptz '2026-11-01' - n * interval '1 minute' AS at FROM generate_series(1, {KEPT}) n) sent""",
    f"""INSERT INTO nudges (id, user_id, subject, subject_id, step, occurrence, due_at, state, delivery_id)
        SELECT 1000000 + n, 1000 + n % 200, 'rejection', n, 'day1', 1, '2026-11-01', 'sent', 1000000 + n
        FROM generate_series(1, {KEPT}) n""",
    f"""INSERT INTO challenges (id, user_id, state, started_on, started_at)
        SELECT 2000000 + n, 1000 + n % 200, 'finished', '2026-09-01', '2026-09-01' FROM generate_series(1, {KEPT}) n""",
    f"""INSERT INTO challenge_days (id, user_id, challenge_id, day, step)
        SELECT 2000000 + n, 1000 + n % 200, 2000000 + n, 1, 'walk' FROM generate_series(1, {KEPT}) n""",
    f"""INSERT INTO drafts (id, user_id, kind, text, made_at)
        SELECT 2000000 + n, 1000 + n % 200, 'thanks', ''::bytea, '2026-09-01' FROM generate_series(1, {KEPT}) n""",
    "ANALYZE",
)


@contextmanager
def heard(engines) -> Iterator[dict[str, Any]]:
    """Every statement about messages, check-ins or what they are about that is said meanwhile, with values of it."""
    said: dict[str, Any] = {}

    def note(_connection, _cursor, statement, values, _context, many):
        if re.search(rf"\b({TABLES})\b", statement):
            said[statement] = values[0] if many else values

    for engine in {engines.writer, engines.reader}:
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield said
    for engine in {engines.writer, engines.reader}:
        event.remove(engine.sync_engine, "before_cursor_execute", note)


async def a_tick_and_what_may_happen(database):
    """Messages that arrive, one whose answer is lost, one that is refused, a post; as one process and as one of two."""
    for number, share in enumerate((None, Share((0,), 2))):
        database.share = share
        first, now = number * 10, NOW + number * timedelta(days=7)
        about = {"due_at": now, "step": f"week{number + 1}"}
        await fill(
            database,
            *(nudge(first + n, user_id=42 + first + n, **about) for n in range(1, 4)),
            nudge(first + 4, user_id=42 + first + 1, about=99 + number, **about),
            day_nudge(first + 5, 3, user_id=42 + first + 2, about=700 + number, due_at=now),
            reminder(first + 6, user_id=42 + first + 3, about=800 + number, due_at=now),
            posts=[post(70 + number, made_at=now)],
        )
        machine = Machine(database)
        machine.clock.now = now
        machine.discord.script = [LOST, Answer(Kind.HTTP, 403, 50007)]
        await machine.settle()


async def test_no_statement_of_a_tick_reads_a_whole_table(sqlite_database):
    engines = sqlite_database.engines
    with heard(engines) as said:
        await a_tick_and_what_may_happen(sqlite_database)
        async with engines.reader.connect() as connection:
            await earliest_due(connection, NOW)
            await waiting(connection, NOW)
    assert len(said) > 20
    assert all(any(f"FROM {table}" in one for one in said) for table in ("challenges", "drafts"))
    async with engines.reader.connect() as connection:
        for statement, values in said.items():
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))
            plan = [row[3] for row in rows]
            assert not any(WHOLE.match(line) for line in plan), (statement, plan)
            assert not any("ORDER BY" in line for line in plan) or "delivery_id IN" in statement, statement


def parts_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from parts_of(part)


def reads_a_whole_table(plan: dict[str, Any]) -> bool:
    """Whether a plan of PostgreSQL's looks at every message or check-in, by the table or by an index over all of it."""
    for part in parts_of(plan):
        index = part.get("Index Name", "")
        if part["Node Type"] == "Seq Scan" and part["Relation Name"] in TABLES.split("|"):
            return True
        ours = re.match(rf"(pk|ix|uq)_({TABLES})", index)
        if ours and index not in WAITING and "Index Cond" not in part:
            return True
    return False


async def plans_of(connection, statement, values) -> AsyncIterator[dict[str, Any]]:
    """As it is planned for these values, and, as PostgreSQL does after a few times, for any."""
    say = connection.exec_driver_sql
    yield (await say(f"EXPLAIN (FORMAT JSON) {statement}", tuple(values))).scalar_one()[0]["Plan"]
    await say("SET LOCAL plan_cache_mode = force_generic_plan")
    await say(f"PREPARE asked AS {statement}")
    nothing = f"({', '.join('NULL' for _ in values)})" if values else ""
    yield (await say(f"EXPLAIN (FORMAT JSON) EXECUTE asked{nothing}")).scalar_one()[0]["Plan"]
    await say("DEALLOCATE asked")


async def test_postgres_reads_no_whole_table_in_a_tick_either(postgres_database):
    engines = postgres_database.engines
    await fill(
        postgres_database,
        *(nudge(100 + n, user_id=1000 + n, due_at=NOW + timedelta(days=90)) for n in range(200)),
    )
    async with engines.write() as connection:
        for statement in _SENT_LONG_AGO:
            await connection.execute(text(statement))
    with heard(engines) as said:
        await a_tick_and_what_may_happen(postgres_database)
        async with engines.read() as connection:
            await earliest_due(connection, NOW)
            await waiting(connection, NOW)
    assert len(said) > 20
    async with engines.read() as connection:
        for statement, values in said.items():
            async for plan in plans_of(connection, statement, values):
                assert not reads_a_whole_table(plan), (statement, plan)
