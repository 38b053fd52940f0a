"""The board of a server, which reads counters, beside a GROUP BY over the same actions."""

import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.clock import system_clock
from bot.domain.boards import ALL_TIME_ON, Period
from bot.services.boards import Boards
from bot.services.memberships import Memberships
from bot.storage.tables import actions, memberships
from bot.storage.unit import SqlDatabase
from tests.bench.places import FIRST_USER, fill, multiply, opened, sqlite_in, texts
from tests.bench.table import Row

GUILD, MEMBERS, LOOKS = 900_000, 1_000, 40
_GROUPED = "SELECT user_id, count(*) FROM actions WHERE scores GROUP BY user_id ORDER BY 2 DESC LIMIT 10"
_COUNTED = """INSERT INTO counters (guild_id, period, starts_on, user_id, actions)
    SELECT ?, ?, ?, user_id, count(*) FROM actions WHERE scores AND done_on >= ? GROUP BY user_id"""


class Everybody:
    """Nobody has left."""

    async def is_member(self, guild_id: int, user_id: int) -> bool:
        return True


async def _begun(db: SqlDatabase) -> None:
    now = system_clock()
    await fill(db, MEMBERS, now + timedelta(days=300))
    action: dict[str, Any] = {
        "id": 1, "user_id": FIRST_USER, "kind": "letter", "done_on": now.date(), "logged_at": now,
        "scores": True, "source": "0",
    }  # fmt: skip
    async with db.engines.write() as connection:
        await connection.execute(actions.insert(), action)
        await connection.execute(memberships.insert(), [_membership(number) for number in range(MEMBERS)])


def _membership(number: int) -> dict[str, Any]:
    now = system_clock()
    return {
        "guild_id": GUILD, "user_id": FIRST_USER + number, "visibility": "shown", "display_name": f"m{number}",
        "display_folded": f"m{number}", "joined_at": now, "seen_at": now, "checked_at": now,
    }  # fmt: skip


def _acted(path: Path, count: int, today: date) -> None:
    """So many actions over the last two years, and the counters that belong to them."""
    week_on = today - timedelta(days=today.weekday())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            "PRAGMA cache_size=-2000000"
        )  # kB: the indexes of ten million rows are filled in memory
        multiply(
            connection, "actions", count - 1, id="n + 1", user_id=f"{FIRST_USER} + (n * 7919) % {MEMBERS}",
            done_on=f"date('{today}', '-' || (n % 700) || ' days')", source="n",
        )  # fmt: skip
        for period, first in ((Period.ALL, ALL_TIME_ON), (Period.WEEK, week_on)):
            connection.execute(_COUNTED, (GUILD, str(period), str(first), str(first)))
        connection.commit()


async def _looked(folder: Path, count: int) -> tuple[float, float]:
    """Seconds of one look at the board, the middle of many, and of the GROUP BY."""
    folder.mkdir()
    today = system_clock().date()
    async with opened(sqlite_in(folder), folder) as db:
        await _begun(db)
        _acted(folder / "bench.sqlite3", count, today)
        season = texts()[1].season
        boards = Boards(db, Memberships(db, season), Everybody(), season)
        seen = []
        for number in range(LOOKS):
            begun = time.perf_counter()
            shown = await boards.show(
                GUILD, FIRST_USER + number, Period.WEEK, today=today, now=system_clock()
            )
            seen.append(time.perf_counter() - begun)
            assert len(shown.top) == 10
    with closing(sqlite3.connect(folder / "bench.sqlite3")) as connection:
        begun = time.perf_counter()
        connection.execute(_GROUPED).fetchall()
        grouped = time.perf_counter() - begun
    return min(seen), grouped


async def bench(folder: Path, *, quick: bool) -> list[Row]:
    sizes = (10_000, 1_000_000) if quick else (10_000, 1_000_000, 10_000_000)
    found = {size: await _looked(folder / str(size), size) for size in sizes}
    rows = [
        Row(f"board at {size:,} actions / GROUP BY", f"{board * 1000:.2f} ms", f"{grouped * 1000:,.1f} ms",
            grouped / board, *(("at least", 1000) if size == 10_000_000 else ()))
        for size, (board, grouped) in found.items()
    ]  # fmt: skip
    most, least = found[sizes[-1]][0], found[sizes[0]][0]
    rows.append(
        Row(
            f"board at {sizes[-1]:,} / at {sizes[0]:,}", f"{most * 1000:.2f} ms", f"{least * 1000:.2f} ms",
            most / least, "at most", 1.2,
        )
    )  # fmt: skip
    return rows
