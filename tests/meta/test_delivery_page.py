"""docs/delivery.md against the code: its states, its arrows, its answers and its figures are the machine's own."""

import inspect
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from itertools import product

import pytest
from sqlalchemy import text

from bot.domain.answers import Answer, Kind, outcome
from bot.domain.members import newcomer
from bot.domain.nudges import OVERTAKEN, Arrived, Delivery, DeliveryState, Nudge, NudgeState, Purpose, Subject
from bot.domain.rejections import Recovery, Rejection
from bot.services.stores.deliveries import ClaimStore, DeliveryStore
from bot.services.stores.nudges import NudgeStore
from bot.storage.restoring import leave_out_overdue
from bot.storage.unit import SqlDatabase, Unit
from config.documents import ROOT
from tests.storage.conftest import sqlite_database

__all__ = ["sqlite_database"]

PAGE = (ROOT / "docs" / "delivery.md").read_text(encoding="utf-8")
N, D = NudgeState, DeliveryState
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADA, RESTING, SUBJECT, MESSAGE = 101, 102, 7, 9
RHYTHM = newcomer(ADA, "Africa/Lagos", "en", NOW).rhythm
GONE = "[*]"

Edge = tuple[str, str]
Act = Callable[[Unit], Awaitable[object]]

# What the services make of a claimed nudge, and of a message that was begun.
KEPT_BACK = (N.SKIPPED, N.HELD, N.UNDELIVERABLE, N.DEAD)
ENDS = (D.UNDELIVERABLE, D.DEAD, D.WITHDRAWN)
ABOUT = (ADA, Subject.REJECTION, SUBJECT)

NUDGE_ACTS: dict[str, tuple[Act, ...]] = {
    "claims.claim": (lambda tx: tx.claims.claim([ADA], NOW, NOW + HOUR),),
    "claims.reclaim": (lambda tx: tx.claims.reclaim(NOW + 2 * HOUR),),
    "claims.pull_back": (lambda tx: tx.claims.pull_back([MESSAGE]),),
    "claims.finish": tuple(
        lambda tx, state=state: tx.claims.finish([1], state, "x") for state in KEPT_BACK
    ),
    "claims.settle": tuple(
        lambda tx, state=state: tx.claims.settle([MESSAGE], state, "x") for state in (N.SENT, *KEPT_BACK)
    ),
    "claims.put_off": (lambda tx: tx.claims.put_off([1], NOW, None),),
    "claims.set_aside": (lambda tx: tx.claims.set_aside(1),),
    "nudges.cancel": (lambda tx: tx.nudges.cancel(*ABOUT, "x"),),
    "nudges.cancel_all": (lambda tx: tx.nudges.cancel_all(ADA, "x"),),
    "nudges.skip": (lambda tx: tx.nudges.skip(ADA, [1, 2], "x"),),
    "nudges.hold": (lambda tx: tx.nudges.hold(*ABOUT),),
    "nudges.hold_all": (lambda tx: tx.nudges.hold_all(ADA),),
    "nudges.release": (lambda tx: tx.nudges.release(ADA, RHYTHM, NOW),),
    "nudges.reschedule": (lambda tx: tx.nudges.reschedule([(1, NOW + HOUR)]),),
    "nudges.revive": (lambda tx: tx.nudges.revive(*ABOUT, OVERTAKEN, None),),
    "nudges.rearm": (
        lambda tx: tx.nudges.rearm(ADA, RHYTHM, NOW),
        lambda tx: tx.nudges.rearm(RESTING, RHYTHM, NOW),
    ),
    "restoring.leave_out_overdue": (lambda tx: leave_out_overdue(tx.nudges._connection, NOW),),
}  # fmt: skip
SETTLED = frozenset({D.SENDING})
"""Settling ends attempts that were begun; a message never begun has none."""
DELIVERY_ACTS: dict[str, tuple[tuple[Act, frozenset[DeliveryState]], ...]] = {
    "deliveries.begin": ((lambda tx: tx.deliveries.begin([(MESSAGE, 0)], NOW, NOW, again=False), frozenset(D)),),
    "deliveries.all_sent": (
        (lambda tx: tx.deliveries.all_sent([Arrived((MESSAGE, 0), 1, 2)], NOW), SETTLED),
        (lambda tx: tx.deliveries.all_sent([Arrived((MESSAGE, 0), 1, 2)], NOW), frozenset(D) - {D.MADE}),
    ),
    "deliveries.finish": (
        *(
            (lambda tx, end=end: tx.deliveries.finish((MESSAGE, 0), end, "x"), frozenset(D) - {D.MADE})
            for end in ENDS
        ),
        (lambda tx: tx.deliveries.finish((MESSAGE, 0), D.WITHDRAWN, "x"), frozenset(D)),
    ),
    "deliveries.withdraw": ((lambda tx: tx.deliveries.withdraw("key", "x"), frozenset(D)),),
    "deliveries.withdraw_of": ((lambda tx: tx.deliveries.withdraw_of(ADA, "x"), frozenset(D)),),
    "deliveries.later": ((lambda tx: tx.deliveries.later((MESSAGE, 0), NOW), frozenset(D)),),
    "claims.pull_back": ((lambda tx: tx.claims.pull_back([MESSAGE]), frozenset(D)),),
    "wins.cleared": ((lambda tx: tx.wins.cleared([MESSAGE]), frozenset({D.SENT})),),
    "restoring.leave_out_overdue": (
        (lambda tx: leave_out_overdue(tx.deliveries._connection, NOW), frozenset(D)),
    ),
}  # fmt: skip
LOOK = {
    "claims": {"due_ids", "lock_members", "lock_of", "open_rejections", "assign"},
    "nudges": {
        "add_many", "get", "of_subject", "of_delivery", "open_for", "due_for", "earliest_due", "kept_back", "left_out",
        "answer_some",
    },
    "deliveries": {
        "add", "add_many", "get", "of_key", "of_member", "given_up", "told", "posted_by", "pending", "earliest_try",
        "recent", "lease",
    },
}  # fmt: skip
"""Methods of the stores that leave every state as it is. A new one belongs here or above, and then on the page."""


def section(title: str) -> str:
    """A part of the page, from its heading to the next."""
    return re.split(r"(?m)^## ", PAGE.split(f"\n## {title}\n", 1)[1], maxsplit=1)[0]


def drawn(title: str) -> list[Edge]:
    """The arrows of a diagram, without the one that says how a row begins."""
    found = re.findall(r"(?m)^    (\S+) --> (\S+?): \w", section(title))
    return [(before, after) for before, after in found if before != GONE]


def told(title: str) -> set[tuple[str, str, str]]:
    """The rows of a table in words: (from, to, method of a store)."""
    rows = re.findall(r"(?m)^\| `(\S+) → (\S+)` \|.*\| (`[^|]+`) \|$", section(title))
    return {(before, after, method) for before, after, code in rows for method in re.findall(r"`(.+?)`", code)}


@pytest.mark.parametrize("title, states", [("A nudge", NudgeState), ("A delivery", DeliveryState)])
class TestDrawing:
    def test_every_state_is_drawn_and_no_other(self, title, states):
        assert {state for edge in drawn(title) for state in edge} - {GONE} == set(states)

    def test_the_table_has_the_arrows_of_the_drawing(self, title, states):
        assert len(drawn(title)) == len(set(drawn(title)))
        assert {(before, after) for before, after, _ in told(title)} == set(drawn(title))


class Changes:
    """A database that writes down each change of a state, in the order of the statements."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database

    async def watch(self) -> None:
        async with self._database.engines.write() as connection:
            await connection.execute(text("CREATE TABLE seen (what TEXT, before TEXT, after TEXT)"))
            for table in ("nudges", "deliveries"):
                for event, after in (("UPDATE OF state", "new.state"), ("DELETE", f"'{GONE}'")):
                    await connection.execute(
                        text(
                            f"CREATE TRIGGER {table}_{event.split()[0]} AFTER {event} ON {table} BEGIN "
                            f"INSERT INTO seen VALUES ('{table}', old.state, {after}); END"
                        )
                    )

    @asynccontextmanager
    async def undone(self) -> AsyncIterator[Unit]:
        """A unit of which nothing stays."""
        try:
            async with self._database.write() as tx:
                yield tx
                raise Undone
        except Undone:
            pass

    async def of(self, tx: Unit, act: Act, what: str) -> set[Edge]:
        connection = tx.nudges._connection  # type: ignore[attr-defined]  # the unit is the real one
        await connection.execute(text("DELETE FROM seen"))
        await act(tx)
        seen = text("SELECT before, after FROM seen WHERE what = :what AND before != after")
        return {(row.before, row.after) for row in await connection.execute(seen, {"what": what})}


class Undone(Exception):
    """The end of a trial."""


@pytest.fixture
async def changes(sqlite_database: SqlDatabase) -> Changes:
    async with sqlite_database.write() as tx:
        for user_id in (ADA, RESTING):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
            await tx.rejections.add(
                Rejection(user_id, user_id, "exam", date(2026, 11, 20), NOW, recovery=Recovery.OPEN)
            )
        await tx.members.update(RESTING, paused_at=NOW)
    found = Changes(sqlite_database)
    await found.watch()
    return found


def message(state: DeliveryState) -> Delivery:
    """A message in a state, as its checks want it."""
    began = None if state in (D.MADE, D.WITHDRAWN) else NOW
    return Delivery(
        MESSAGE, Purpose.CHECKIN, "n", "[]", NOW, NOW, NOW, user_id=ADA, key="key", state=state, attempt_at=began,
        sent_at=began,
    )  # fmt: skip


def nudges_in(state: NudgeState, user_id: int) -> list[Nudge]:
    """One in that state, and one that it covered; both in the message."""
    one = Nudge(1, user_id, Subject.REJECTION, SUBJECT, "week1", 0, NOW, state=state, delivery_id=MESSAGE)
    covered = replace(one, id=2, step="day1", state=N.SKIPPED, reason=OVERTAKEN)
    return [one, covered]


async def fill(tx: Unit, state: NudgeState, sent: DeliveryState, user_id: int) -> None:
    await tx.deliveries.add(message(sent))
    first, covered = nudges_in(state, user_id)
    claimed = first.state is N.CLAIMED
    await tx.nudges.add_many([replace(first, state=N.DUE) if claimed else first, covered])
    if claimed:
        await tx.claims.claim([user_id], NOW, NOW + HOUR)
        await tx.claims.assign([(1, MESSAGE)])


async def test_the_arrows_of_a_nudge_are_those_the_stores_make(changes):
    made = set()
    for state, sent, user_id in product(N, (D.MADE, D.SENDING, D.SENT), (ADA, RESTING)):
        for name, acts in NUDGE_ACTS.items():
            async with changes.undone() as tx:
                await fill(tx, state, sent, user_id)
                for act in acts:
                    await tx.nudges._connection.execute(text("SAVEPOINT trial"))
                    made |= {(*edge, name) for edge in await changes.of(tx, act, "nudges")}
                    await tx.nudges._connection.execute(text("ROLLBACK TO trial"))
    assert made == told("A nudge")


async def test_the_arrows_of_a_delivery_are_those_the_stores_make(changes):
    made = set()
    for state, (name, acts) in product(D, DELIVERY_ACTS.items()):
        for act, begins in acts:
            if state in begins:
                async with changes.undone() as tx:
                    await tx.deliveries.add(message(state))
                    made |= {(*edge, name) for edge in await changes.of(tx, act, "deliveries")}
    assert made == told("A delivery")


@pytest.mark.parametrize(
    "name, store", [("claims", ClaimStore), ("nudges", NudgeStore), ("deliveries", DeliveryStore)]
)
def test_every_method_of_the_stores_is_tried_or_leaves_the_states_alone(name, store):
    methods = {one for one, _ in inspect.getmembers(store, inspect.isfunction) if not one.startswith("_")}
    tried = {one.split(".")[1] for one in (*NUDGE_ACTS, *DELIVERY_ACTS) if one.startswith(f"{name}.")}
    assert methods - {"sent"} == tried | LOOK[name]


def test_no_other_file_changes_these_rows():
    changed = re.compile(r"\b(update|delete)\((nudges|deliveries)\)")
    files = (ROOT / "bot").rglob("*.py")
    found = {path.stem for path in files if changed.search(path.read_text(encoding="utf-8"))}
    # guilds rewrites the body of a post, retention deletes what came to an end.
    assert found == {"claims", "nudges", "deliveries", "wins", "restoring", "guilds", "retention"}


def _answer(said: str) -> Answer:
    kinds = {"limited": Kind.LIMITED, "banned": Kind.BANNED, "lost": Kind.LOST}
    if said in kinds:
        return Answer(kinds[said])
    status, _, code = said.partition(" ")
    return Answer(Kind.OK) if status == "200" else Answer(Kind.HTTP, int(status), int(code or 0))


def test_every_answer_of_discord_has_the_effect_the_page_says():
    rows = re.findall(r"(?m)^\| (`[^|]+`) \| (\w+) \| (\w+) \|", section("What each answer of Discord means"))
    said = [(one, dm, post) for names, dm, post in rows for one in re.findall(r"`(.+?)`", names)]
    assert len(said) > 20
    for one, dm, post in said:
        does = [outcome(_answer(one), dm=to_member).action for to_member in (True, False)]
        assert does == [dm, post], one


def test_every_figure_is_the_codes():
    rows = re.findall(r"(?m)^\| [^|]+ \| ([\d.]+) ?(s|min|h)? \| `([\w.]+)\.(\w+)` \|$", section("One tick"))
    assert len(rows) == section("One tick").count("| `bot.")
    for number, unit, module, name in rows:
        found = getattr(import_module(module), name)
        seconds = {"s": 1, "min": 60, "h": 3600, "": 1}[unit]
        value = found.total_seconds() if isinstance(found, timedelta) else found
        assert value == float(number) * seconds, name
