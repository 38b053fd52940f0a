"""docs/delivery.md against the code: its states, its arrows, its answers and its figures are the machine's own."""

import inspect
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import product

import pytest
from sqlalchemy import text

from bot.domain import answers
from bot.domain.answers import Action, Answer, Kind, outcome
from bot.domain.members import newcomer
from bot.domain.nudges import OVERTAKEN, Arrived, Delivery, DeliveryState, Nudge, NudgeState, Purpose, Subject
from bot.storage.claims import ClaimStore
from bot.storage.deliveries import DeliveryStore
from bot.storage.nudges import NudgeStore
from bot.storage.restoring import leave_out_overdue
from bot.storage.unit import SqlDatabase, Unit
from config.documents import ROOT
from tests.storage.conftest import sqlite_database

__all__ = ["sqlite_database"]

PAGE = (ROOT / "docs" / "delivery.md").read_text(encoding="utf-8")
N, D = NudgeState, DeliveryState
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADA = newcomer(101, "Africa/Lagos", "en", NOW)
ABOUT = (ADA.user_id, Subject.REJECTION, 7)
GONE = "[*]"

# One message in each state; and, in a message that was made and in one that was sent, one nudge in each state with
# one that it covered.
MESSAGES = {state: number for number, state in enumerate(D, 1)}
NUDGES = {(state, sent): number for number, (state, sent) in enumerate(product(N, (D.MADE, D.SENT)), 100)}
IDS, OUT = list(NUDGES.values()), [number + 100 for number in NUDGES.values()]

Act = Callable[[Unit], Awaitable[object]]


async def every(act: Callable[[int], Awaitable[object]]) -> None:
    for number in IDS:
        await act(number)


async def rearm_resting(tx: Unit) -> None:
    await tx.members.update(ADA.user_id, paused_at=NOW)
    await tx.nudges.rearm(ADA.user_id, ADA.rhythm, NOW)


def finished(state: NudgeState) -> Act:
    return lambda tx: tx.claims.finish(IDS, state, "x")


def settled(state: NudgeState) -> Act:
    return lambda tx: tx.claims.settle(OUT, state, "x")


def ended(state: DeliveryState, *of: DeliveryState) -> Act:
    async def act(tx: Unit) -> None:
        for one in of:
            await tx.deliveries.finish((MESSAGES[one], 0), state, "x")

    return act


KEPT_BACK = (N.SKIPPED, N.HELD, N.UNDELIVERABLE, N.DEAD)
BEGUN = [state for state in D if state is not D.MADE]
"""Answers are settled of attempts that were begun; a message that was made has none."""

NUDGE_ACTS: list[tuple[str, Act]] = [
    ("claims.claim", lambda tx: tx.claims.claim([ADA.user_id], NOW, NOW + HOUR)),
    ("claims.reclaim", lambda tx: tx.claims.reclaim(NOW + 2 * HOUR)),
    ("claims.pull_back", lambda tx: tx.claims.pull_back(OUT)),
    *(("claims.finish", finished(state)) for state in KEPT_BACK),
    *(("claims.settle", settled(state)) for state in (N.SENT, N.UNDELIVERABLE, N.DEAD)),
    ("claims.put_off", lambda tx: tx.claims.put_off(IDS, NOW, None)),
    ("claims.set_aside", lambda tx: every(tx.claims.set_aside)),
    ("nudges.cancel", lambda tx: tx.nudges.cancel(*ABOUT, "x")),
    ("nudges.cancel_all", lambda tx: tx.nudges.cancel_all(ADA.user_id, "x")),
    ("nudges.skip", lambda tx: tx.nudges.skip(ADA.user_id, IDS, "x")),
    ("nudges.hold", lambda tx: tx.nudges.hold(*ABOUT)),
    ("nudges.hold_all", lambda tx: tx.nudges.hold_all(ADA.user_id)),
    ("nudges.release", lambda tx: tx.nudges.release(ADA.user_id, ADA.rhythm, NOW)),
    ("nudges.reschedule", lambda tx: tx.nudges.reschedule([(number, NOW + HOUR) for number in IDS])),
    ("nudges.revive", lambda tx: tx.nudges.revive(*ABOUT, OVERTAKEN, None)),
    ("nudges.rearm", lambda tx: tx.nudges.rearm(ADA.user_id, ADA.rhythm, NOW)),
    ("nudges.rearm", rearm_resting),
    ("restoring.leave_out_overdue", lambda tx: leave_out_overdue(tx._connection, NOW)),
]
DELIVERY_ACTS: list[tuple[str, Act]] = [
    (
        "deliveries.begin",
        lambda tx: tx.deliveries.begin([(number, 0) for number in MESSAGES.values()], NOW, NOW, again=False),
    ),
    (
        "deliveries.all_sent",
        lambda tx: tx.deliveries.all_sent([Arrived((MESSAGES[one], 0), 1, 2) for one in BEGUN], NOW),
    ),
    ("deliveries.finish", ended(D.UNDELIVERABLE, *BEGUN)),
    ("deliveries.finish", ended(D.DEAD, *BEGUN)),
    ("deliveries.finish", ended(D.WITHDRAWN, *D)),
    *(("deliveries.withdraw", lambda tx, key=state: tx.deliveries.withdraw(key, "x")) for state in D),
    ("deliveries.withdraw_of", lambda tx: tx.deliveries.withdraw_of(ADA.user_id, "x")),
    ("claims.pull_back", lambda tx: tx.claims.pull_back(MESSAGES.values())),
    ("wins.cleared", lambda tx: tx.wins.cleared([MESSAGES[D.SENT]])),
    ("restoring.leave_out_overdue", lambda tx: leave_out_overdue(tx._connection, NOW)),
]
OTHERS = {
    ClaimStore: {"due_ids", "lock_members", "lock", "lock_of", "assign"},
    NudgeStore: {
        "add_many", "get", "of_subject", "of_delivery", "open_for", "due_for", "earliest_due", "kept_back", "left_out",
        "answer_some",
    },
    DeliveryStore: {
        "add", "add_many", "get", "of_key", "of_member", "told", "posted_by", "pending", "earliest_try",
        "recent", "lease", "later", "distrust", "sent",
    },
}  # fmt: skip
"""Methods that leave every state as it is (`sent` is `all_sent` for one). A new one belongs here, or above and on the page."""


def section(title: str) -> str:
    """A part of the page, from its heading to the next."""
    return re.split(r"(?m)^## ", PAGE.split(f"\n## {title}\n", 1)[1], maxsplit=1)[0]


def drawn(title: str) -> list[tuple[str, str]]:
    """The arrows of a drawing, without those that say how a row begins."""
    found = re.findall(r"(?m)^    (\S+) --> (\S+?): \w", section(title))
    return [(before, after) for before, after in found if before != GONE]


def told(title: str) -> set[tuple[str, str, str]]:
    """The table in words: (from, to, method of a store)."""
    rows = re.findall(r"(?m)^\| `(\S+) → (\S+)` \|.*\| (`[^|]+`) \|$", section(title))
    return {(before, after, name) for before, after, code in rows for name in re.findall(r"`(.+?)`", code)}


@pytest.mark.parametrize("title, states", [("A nudge", NudgeState), ("A delivery", DeliveryState)])
def test_every_state_is_drawn_and_the_table_has_the_same_arrows(title, states):
    assert {state for edge in drawn(title) for state in edge} - {GONE} == set(states)
    assert len(drawn(title)) == len(set(drawn(title)))
    assert {(before, after) for before, after, _ in told(title)} == set(drawn(title))


async def fill(database: SqlDatabase) -> None:
    """Messages and nudges in every state, and a table that notes each change of one, statement by statement."""
    post = Delivery(0, Purpose.CHECKIN, "n", "[]", NOW, NOW, NOW, user_id=ADA.user_id, sent_at=NOW)
    async with database.write() as tx:
        await tx.members.add(ADA)
        for end, number in MESSAGES.items():
            began = None if end is D.MADE else NOW
            await tx.deliveries.add(replace(post, id=number, key=end, state=end, attempt_at=began))
        for (state, sent), number in NUDGES.items():
            await tx.deliveries.add(replace(post, id=number + 100, state=sent))
            one = Nudge(number, *ABOUT, "week1", number, NOW, delivery_id=number + 100)
            covered = replace(one, id=number + 200, step="day1", state=N.SKIPPED, reason=OVERTAKEN)
            await tx.nudges.add_many([replace(one, state=N.DUE if state is N.CLAIMED else state), covered])
            if state is N.CLAIMED:
                changed = "UPDATE nudges SET state = 'claimed', lease_until = due_at WHERE id = :id"
                await tx._connection.execute(text(changed), {"id": number})
        await tx._connection.execute(text("CREATE TABLE seen (what TEXT, before TEXT, after TEXT)"))
        for table, event in product(("nudges", "deliveries"), ("UPDATE", "DELETE")):
            after = "new.state" if event == "UPDATE" else f"'{GONE}'"
            noted = f"INSERT INTO seen VALUES ('{table}', old.state, {after})"
            trigger = f"CREATE TRIGGER {table}_{event} AFTER {event} ON {table} BEGIN {noted}; END"
            await tx._connection.execute(text(trigger))


async def made_by(database: SqlDatabase, act: Act, what: str) -> set[tuple[str, str]]:
    """The changes of state that an act makes, in every row it can reach. Nothing of it stays."""
    seen = text("SELECT before, after FROM seen WHERE what = :what AND before != after")
    async with database.write() as tx:
        await tx._connection.execute(text("SAVEPOINT trial"))
        await act(tx)
        rows = (await tx._connection.execute(seen, {"what": what})).all()
        await tx._connection.execute(text("ROLLBACK TO trial"))
    return {(row.before, row.after) for row in rows}


async def test_the_arrows_are_those_the_stores_make(sqlite_database):
    await fill(sqlite_database)
    for title, what, acts in (("A nudge", "nudges", NUDGE_ACTS), ("A delivery", "deliveries", DELIVERY_ACTS)):
        made = {(*edge, name) for name, act in acts for edge in await made_by(sqlite_database, act, what)}
        assert made == told(title)


def test_the_states_tried_are_those_the_services_ask_for():
    asked = re.compile(r"claims\.finish\(.*?NudgeState\.(\w+)")
    files = (ROOT / "bot" / "services").glob("*.py")
    assert {name for path in files for name in asked.findall(path.read_text(encoding="utf-8"))} == {
        state.name for state in KEPT_BACK
    }


@pytest.mark.parametrize("store", OTHERS, ids=lambda store: store.__name__)
def test_every_method_of_the_stores_is_tried_or_leaves_the_states_alone(store):
    name = {ClaimStore: "claims", NudgeStore: "nudges", DeliveryStore: "deliveries"}[store]
    methods = {one for one, _ in inspect.getmembers(store, inspect.isfunction) if not one.startswith("_")}
    tried = {one.split(".")[1] for one, _ in NUDGE_ACTS + DELIVERY_ACTS if one.startswith(f"{name}.")}
    assert methods == tried | OTHERS[store]


def test_no_other_file_changes_these_rows():
    changed = re.compile(r"\b(update|delete)\((nudges|deliveries)\)")
    found = {path.stem for path in (ROOT / "bot").rglob("*.py") if changed.search(path.read_text("utf-8"))}
    # guilds writes a post anew without a name, retention deletes what came to an end.
    assert found == {"claims", "nudges", "deliveries", "wins", "restoring", "guilds", "retention"}


def answer_of(said: str) -> Answer:
    kinds = {"limited": Kind.LIMITED, "banned": Kind.BANNED, "lost": Kind.LOST, "200": Kind.OK}
    status, _, code = said.partition(" ")
    return Answer(kinds[said]) if said in kinds else Answer(Kind.HTTP, int(status), int(code or 0))


def test_every_answer_of_discord_has_the_effect_the_page_says():
    part = section("What each answer of Discord means")
    rows = re.findall(r"(?m)^\| (`[^|]+`) \| (\w+) \| (\w+) \|", part)
    for names, dm, post in rows:
        for one in re.findall(r"`(.+?)`", names):
            assert [outcome(answer_of(one), dm=to).action for to in (True, False)] == [dm, post], one
    assert {does for _, dm, post in rows for does in (dm, post)} == set(Action)
    values = [value for value in vars(answers).values() if isinstance(value, int | frozenset)]
    codes = {code for value in values for code in (value if isinstance(value, frozenset) else {value})}
    assert codes <= {int(number) for number in re.findall(r"\d+", "".join(names for names, _, _ in rows))}


def test_every_figure_is_the_codes():
    rows = re.findall(r"(?m)^\| [^|]+ \| ([\d.]+) ?(s|min|h)? \| `([\w.]+)\.(\w+)` \|$", section("One tick"))
    assert len(rows) == section("One tick").count("| `bot.")
    for number, unit, module, name in rows:
        found = getattr(import_module(module), name)
        value = found.total_seconds() if isinstance(found, timedelta) else found
        assert value == float(number) * {"s": 1, "min": 60, "h": 3600, "": 1}[unit], name
