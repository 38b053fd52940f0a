from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.guilds import KEPT_FOR
from bot.domain.members import DmState, newcomer
from bot.domain.nudges import Delivery, DeliveryState, Nudge, NudgeState, Purpose, Subject
from bot.domain.rejections import UNDO_FOR, Recovery, Rejection, RejectionDraft
from bot.logs import KEPT_DAYS
from bot.services import pending, retention
from bot.services.erasure import Erasure
from bot.services.recoveries import Recoveries
from bot.services.rejections import Rejections
from bot.services.retention import Retention
from bot.services.settings import Messages, SettingsService
from bot.storage import tables
from config.documents import ROOT
from tests.services.test_erasure import erasure_of
from tests.storage.conftest import database

__all__ = ["database"]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN, SERVER = 101, 202, 11
DAY = timedelta(days=1)


def retention_of(db):
    return Retention(
        db, erasure_of(db), lambda delivery_id, _language: f'["{delivery_id}"]', lambda _at: None
    )


async def begin(db, *user_ids):
    async with db.write() as tx:
        for user_id in user_ids:
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))


async def rows(db, table):
    async with db.engines.read() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def test_a_deleted_entry_is_gone_for_good_after_the_undo(database):
    await begin(database, ADA)
    rejections = Rejections(database, lambda _at: None)
    ada = newcomer(ADA, "Africa/Lagos", "en", NOW)
    logged = await rejections.log(
        ada, RejectionDraft("exam", date(2026, 11, 22), who="x"), interaction_id=1, now=NOW
    )
    await rejections.delete(ADA, logged.rejection.id, NOW)
    assert await retention_of(database).purge(NOW + timedelta(minutes=14)) == 0
    assert await rows(database, tables.rejections) == 1
    assert await retention_of(database).purge(NOW + timedelta(minutes=16)) == 1
    assert (await rows(database, tables.rejections), await rows(database, tables.nudges)) == (0, 0)


async def test_old_notes_and_messages_go_and_posts_stay(database):
    await begin(database, ADA)
    async with database.write() as tx:
        await tx.receipts.claim(1, ADA, None, NOW)
        posted: dict[str, Any] = {"guild_id": SERVER, "channel_id": 5, "message_id": 6}
        for number, more in ((1, {}), (2, posted)):
            await tx.deliveries.add(
                Delivery(
                    number, Purpose.WIN, "n", "[]", NOW, NOW, NOW, user_id=ADA, state=DeliveryState.SENT,
                    sent_at=NOW, attempt_at=NOW, **more,
                )
            )  # fmt: skip
    await retention_of(database).run(NOW + 8 * DAY)
    assert (await rows(database, tables.receipts), await rows(database, tables.deliveries)) == (0, 2)
    await retention_of(database).run(NOW + 91 * DAY)
    async with database.read() as tx:
        assert [post.id for post in await tx.deliveries.posted_by(ADA)] == [2]
    assert await rows(database, tables.deliveries) == 1


async def test_a_protocol_is_over_a_week_after_its_last_check_in(database, monkeypatch):
    monkeypatch.setattr(retention, "FINISHED_AT_ONCE", 2)
    await begin(database, ADA)
    ends = {
        1: [("day1", NudgeState.SENT, -40), ("month1", NudgeState.SENT, -8)],
        2: [("month1", NudgeState.SENT, -6)],
        3: [("week1", NudgeState.SENT, -20), ("month1", NudgeState.DUE, 3)],
        4: [("month1", NudgeState.HELD, -20)],
        5: [("month1", NudgeState.UNDELIVERABLE, -20)],
        6: [("month1", NudgeState.SKIPPED, -20)],
        7: [("week1", NudgeState.DEAD, -9), ("month1", NudgeState.SENT, -8)],
        8: [("month1", NudgeState.SENT, -30)],
    }
    async with database.write() as tx:
        await tx.deliveries.add(Delivery(9, Purpose.CHECKIN, "9", "[]", NOW, NOW, NOW, user_id=ADA))
        for number, steps in ends.items():
            state = Recovery.PAUSED if number == 8 else Recovery.OPEN
            await tx.rejections.add(
                Rejection(number, ADA, "exam", date(2026, 10, 1), NOW - 50 * DAY, recovery=state)
            )
            await tx.nudges.add_many(
                [
                    Nudge(
                        number * 10 + at, ADA, Subject.REJECTION, number, step, 0, NOW + days * DAY, end,
                        delivery_id=9,
                    )
                    for at, (step, end, days) in enumerate(steps)
                ]
            )  # fmt: skip
    assert await retention_of(database).finish_past(NOW) == 3
    assert await retention_of(database).finish_past(NOW) == 0
    async with database.read() as tx:
        over = [n for n in ends if (await tx.rejections.get(ADA, n)).recovery is Recovery.FINISHED]
    assert over == [1, 6, 7]


async def test_a_server_one_left_is_forgotten_after_a_month(database):
    await begin(database, ADA)
    async with database.write() as tx:
        await tx.memberships.see(ADA, SERVER, "Ada", NOW)
        await tx.memberships.update(ADA, SERVER, left_at=NOW)
    await retention_of(database).run(NOW + 29 * DAY)
    assert await rows(database, tables.memberships) == 1
    await retention_of(database).run(NOW + 31 * DAY)
    assert await rows(database, tables.memberships) == 0


async def test_who_is_away_is_asked_once_and_then_erased(db):
    await begin(db, ADA, BEN)
    job = retention_of(db)
    for days in range(540, 730, 3):
        await job.run(NOW + days * DAY)
        if days == 600:
            await job.stay(BEN, NOW + days * DAY)
        async with db.read() as tx:
            pending = await tx.deliveries.pending(NOW + (days + 1) * DAY, 10)
        if days == 549:
            assert sorted(one.user_id for one in pending) == [ADA, BEN]
            assert {one.next_try_at.hour for one in pending} == {17}  # 18:00 in Lagos, never at night
    assert await rows(db, tables.members) == 2
    assert await rows(db, tables.deliveries) == 2
    await job.run(NOW + 731 * DAY)
    async with db.read() as tx:
        assert (await tx.members.get(ADA), (await tx.members.get(BEN)).user_id) == (None, BEN)


async def test_everybody_who_is_away_is_asked_and_erased_in_one_night(database, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    people = range(300, 307)
    await begin(database, *people)
    async with database.write() as tx:
        for user_id in people[:3]:  # who cannot be asked stands in nobody's way
            await tx.members.update(user_id, dm_state=DmState.CLOSED)
    await retention_of(database).run(NOW + 549 * DAY)
    assert await rows(database, tables.deliveries) == 4
    await retention_of(database).run(NOW + 731 * DAY)
    assert await rows(database, tables.members) == 0


async def test_one_who_cannot_be_erased_keeps_nobody_else_in_the_database(db, monkeypatch):
    await begin(db, ADA, BEN)
    erase, settled = Erasure.erase, []

    async def erase_but_ada(self, user_id, now):
        if user_id == ADA:
            raise OSError
        return await erase(self, user_id, now)

    async def remove_left(_self, now):
        settled.append(now)

    monkeypatch.setattr(Erasure, "erase", erase_but_ada)
    monkeypatch.setattr(Erasure, "remove_left", remove_left)
    await retention_of(db).run(NOW + 731 * DAY)
    async with db.read() as tx:
        assert (await tx.members.ids(), len(settled)) == ([ADA], 1)


async def test_being_seen_in_a_server_counts_as_being_here(db):
    await begin(db, ADA)
    async with db.write() as tx:
        await tx.memberships.see(ADA, SERVER, "Ada", NOW + 700 * DAY)
    await retention_of(db).run(NOW + 731 * DAY)
    assert await rows(db, tables.members) == 1


async def test_who_wants_no_messages_is_not_asked(db):
    await begin(db, ADA)
    await SettingsService(db, Recoveries(db, lambda _at: None), lambda _at: None).set_messages(
        ADA, Messages.OFF, NOW
    )
    await retention_of(db).run(NOW + 550 * DAY)
    assert await rows(db, tables.deliveries) == 0


@pytest.mark.parametrize(
    "line",
    [
        f"| A rejection you deleted | {int(UNDO_FOR.total_seconds() // 60)} minutes",
        f"| The note that a press was already answered | {retention.RECEIPTS_FOR.days} days |",
        f"| The delivery record and its messages | {retention.MESSAGES_FOR.days} days |",
        f"| Your name and settings in a server you left | {retention.LEFT_FOR.days} days |",
        f"| Everything of a server's that removed the bot | {KEPT_FOR.days} days |",
        f"| What you wrote before pressing *Save and start* | {int(pending.KEPT_FOR.total_seconds() // 60)} minutes",
        f"holds ids and no words | {KEPT_DAYS} days in a file of its own",
        f"asked after {retention.ASKED_AFTER.days // 30} months, erased after {retention.ERASED_AFTER.days // 30}",
    ],
)
def test_the_published_table_says_what_the_job_does(line):
    assert line in (ROOT / "PRIVACY.md").read_text(encoding="utf-8")
