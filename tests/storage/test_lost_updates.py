"""Two changes of one thing at once: both are there afterwards, on both engines, and nobody waits for ever."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.goodnews import GoodNewsDraft
from bot.domain.journal import JournalEntry
from bot.domain.kinds import How
from bot.domain.members import Member, newcomer
from bot.domain.rejections import Recovery, Rejection, RejectionDraft, RejectionFilter
from bot.errors import NotYours, UserError
from bot.services.analyses import Press
from bot.services.goodnews import GoodNewsService
from bot.services.recoveries import Recoveries
from bot.services.rejections import Rejections
from bot.storage.journal import JournalStore
from bot.storage.unit import SqlDatabase
from tests.services.test_journal import Writer
from tests.texts import content

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA = 42
BEGINS_SECONDS = 0.3


class Desk:
    """The services that read a rejection and write it again."""

    def __init__(self, db: SqlDatabase) -> None:
        self.db = db
        self.rejections = Rejections(db, lambda _at: None)
        self.recoveries = Recoveries(db, lambda _at: None)
        self.news = GoodNewsService(db, content(), lambda _at: None)

    async def begin(self, count: int = 1) -> tuple[Member, list[int]]:
        member = newcomer(ADA, "Africa/Lagos", "en", NOW)
        async with self.db.write() as tx:
            await tx.members.add(member)
        draft = RejectionDraft("visa", date(2026, 11, 21))
        logged = [
            await self.rejections.log(member, draft, interaction_id=number, now=NOW)
            for number in range(1, count + 1)
        ]
        return member, [one.rejection.id for one in logged]

    async def found(self, rejection_id: int) -> Rejection:
        async with self.db.read() as tx:
            found = await tx.rejections.get(ADA, rejection_id, deleted=True)
        assert found is not None
        return found


@pytest.mark.parametrize("way", ["get", "listed"])
async def test_what_was_read_to_be_replaced_is_not_changed_meanwhile(database: SqlDatabase, way: str) -> None:
    desk = Desk(database)
    _, (rejection_id,) = await desk.begin()
    async with database.write() as tx:
        if way == "get":
            mine = await tx.rejections.get(ADA, rejection_id)
        else:
            (mine,) = await tx.rejections.listed(ADA, RejectionFilter())
        assert mine is not None
        other = asyncio.ensure_future(desk.rejections.set_how(ADA, rejection_id, How.PHONE))
        await asyncio.wait({other}, timeout=BEGINS_SECONDS)
        await tx.rejections.replace(replace(mine, recovery=Recovery.PAUSED))
    await other
    found = await desk.found(rejection_id)
    assert (found.how, found.recovery) == (How.PHONE, Recovery.PAUSED)


async def test_many_changes_at_once_do_not_block_each_other_for_ever(database: SqlDatabase) -> None:
    desk = Desk(database)
    member, ids = await desk.begin(3)

    async def tried(change: Coroutine[Any, Any, object]) -> None:
        with contextlib.suppress(UserError):
            await change

    work: list[Coroutine[Any, Any, object]] = []
    for number, rejection_id in enumerate(ids):
        work += [
            desk.recoveries.pause(ADA, rejection_id),
            desk.recoveries.resume(member, rejection_id, NOW),
            desk.rejections.set_how(ADA, rejection_id, How.EMAIL),
            desk.recoveries.stop(ADA, ids if number % 2 else ids[::-1]),
            desk.news.log(
                member, GoodNewsDraft("matched", date(2026, 11, 22)), interaction_id=90 + number, now=NOW
            ),
        ]
    await asyncio.gather(*(tried(one) for one in work))
    assert {(await desk.found(one)).how for one in ids} == {How.EMAIL}


@pytest.mark.parametrize("change", ["pick", "edit", "delete"])
async def test_a_journal_entry_is_not_edited_between_its_reading_and_its_change(
    database: SqlDatabase, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Writer(database)
    async with database.write() as tx:
        await tx.members.add(desk.ada)
    kept = await desk.write(kind="reframe", answers={"feeling": "ashamed", "story": "Short"})
    entry_id, others, read = kept.entry.id, list[asyncio.Future[object]](), JournalStore.get

    def edited(story: str, number: int) -> Coroutine[Any, Any, object]:
        given = {"feeling": "ashamed", "story": story}
        return desk.journal.edit(desk.ada, entry_id, given, Press(number, None, NOW))

    async def slow(self: JournalStore, user_id: int, entry_id: int) -> JournalEntry | None:
        found = await read(self, user_id, entry_id)
        if not others:
            others.append(asyncio.ensure_future(edited("A long new text", 71)))
            await asyncio.wait(others, timeout=BEGINS_SECONDS / 3)
        return found

    monkeypatch.setattr(JournalStore, "get", slow)
    changes: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {
        "pick": lambda: desk.journal.pick(desk.ada.user_id, entry_id, "It is built step by step", NOW),
        "edit": lambda: edited("Another text", 72),
        "delete": lambda: desk.journal.delete(desk.ada.user_id, entry_id),
    }
    await changes[change]()
    (second,) = await asyncio.gather(*others, return_exceptions=True)
    assert isinstance(second, NotYours) is (change == "delete")
    assert [one.answers["story"] for one in await desk.journal.entries(desk.ada.user_id)] == (
        [] if change == "delete" else ["A long new text"]
    )
