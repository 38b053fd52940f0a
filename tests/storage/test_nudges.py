import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, DeliveryState, Nudge, NudgeState, Purpose, Subject
from bot.domain.rejections import Recovery, Rejection
from bot.domain.timetable import next_hour

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN = 1_100_000_000_000_000_101, 202
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def nudge(number, *, user_id=ADA, about=7, step="day1", occurrence=0, due_at=NOW, **more):
    return Nudge(number, user_id, Subject.REJECTION, about, step, occurrence, due_at, **more)


def delivery(number, *, user_id=ADA, made_at=NOW, **more):
    more = {"purpose": Purpose.CHECKIN, "next_try_at": made_at, **more}
    return Delivery(
        id=number, nonce=str(number), body="[]", due_at=made_at, made_at=made_at, user_id=user_id, **more
    )


async def fill(database, *nudges, deliveries=()):
    async with database.write() as tx:
        for user_id in (ADA, BEN):
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
        for one in deliveries:
            await tx.deliveries.add(one)
        await tx.nudges.add_many(list(nudges))


async def claim(database, *user_ids, now=NOW):
    async with database.write() as tx:
        users = await tx.claims.lock_members(user_ids)
        return (await tx.claims.claim(users, now, now + HOUR))[0]


async def made(database, nudge_id, delivery_id, *, attempted=False):
    """Claim what is due and put one nudge into a message, begun or not."""
    await claim(database, ADA)
    async with database.write() as tx:
        await tx.deliveries.add(delivery(delivery_id))
        await tx.claims.assign([(nudge_id, delivery_id)])
        if attempted:
            assert await tx.deliveries.begin([(delivery_id, 0)], NOW, NOW + HOUR, again=False)


async def states(database, user_id=ADA, about=7):
    async with database.read() as tx:
        return {
            n.id: (str(n.state), n.reason)
            for n in await tx.nudges.of_subject(user_id, Subject.REJECTION, about)
        }


async def test_nudges_come_back_as_they_went_in(database):
    one = nudge(1, due_at=NOW + DAY)
    await fill(database, one)
    async with database.read() as tx:
        assert await tx.nudges.get(ADA, 1) == one
        assert await tx.nudges.get(BEN, 1) is None
        assert await tx.nudges.earliest_due() == NOW + DAY


async def test_one_step_of_one_occurrence_exists_once(database):
    await fill(database, nudge(1))
    with pytest.raises(IntegrityError):
        async with database.write() as tx:
            await tx.nudges.add_many([nudge(2)])
    async with database.write() as tx:
        await tx.nudges.add_many([nudge(2, occurrence=1)])


async def test_open_means_due_held_or_claimed_in_order_of_time(database):
    rows = [
        nudge(number, step=str(number), state=state, due_at=NOW - number * HOUR, delivery_id=9)
        for number, state in enumerate(NudgeState, 1) if state is not NudgeState.CLAIMED
    ]  # fmt: skip
    await fill(database, *rows, nudge(8, step="x", due_at=NOW - 9 * HOUR))
    async with database.read() as tx:
        assert [n.id for n in await tx.nudges.open_for(ADA)] == [8, 2, 1]
        assert [n.id for n in await tx.nudges.due_for(ADA)] == [8, 1]
    await claim(database, ADA)
    async with database.read() as tx:
        assert [n.id for n in await tx.nudges.open_for(ADA)] == [8, 2, 1]
        assert await tx.nudges.due_for(ADA) == []


async def test_cancelling_one_thing_leaves_the_others(database):
    await fill(database, nudge(1), nudge(2, about=8), nudge(3, user_id=BEN))
    async with database.write() as tx:
        assert await tx.nudges.cancel(ADA, Subject.REJECTION, 7, "withdrawn") == 1
    assert await states(database) == {1: ("skipped", "withdrawn")}
    assert await states(database, about=8) == {2: ("due", None)}
    async with database.write() as tx:
        assert await tx.nudges.cancel_all(ADA, "erased") == 1
    assert await states(database, BEN) == {3: ("due", None)}


async def test_a_cancel_takes_back_a_message_that_was_only_made(database):
    await fill(database, nudge(1), nudge(2, about=8))
    await made(database, 1, 50)
    async with database.write() as tx:
        await tx.claims.assign([(2, 50)])
        assert await tx.nudges.cancel(ADA, Subject.REJECTION, 7, "withdrawn") == 1
    async with database.read() as tx:
        assert await tx.deliveries.get(50) is None
        assert await tx.nudges.get(ADA, 2) == nudge(2, about=8)


async def test_a_cancel_leaves_what_was_attempted_and_notes_why_nobody_waits_for_it(database):
    await fill(database, nudge(1), nudge(2, step="week1", due_at=NOW + DAY))
    await made(database, 1, 50, attempted=True)
    async with database.write() as tx:
        assert await tx.nudges.cancel(ADA, Subject.REJECTION, 7, "withdrawn") == 1
        assert (await tx.deliveries.get(50)).state is DeliveryState.SENDING
    assert await states(database) == {1: ("claimed", "withdrawn"), 2: ("skipped", "withdrawn")}


async def test_what_a_message_had_covered_is_due_again_when_it_is_taken_back(database):
    await fill(database, nudge(1), nudge(2, step="week1"))
    await made(database, 2, 50)
    async with database.write() as tx:
        await tx.claims.finish([1], NudgeState.SKIPPED, "overtaken", 50)
        await tx.nudges.reschedule([(2, NOW + DAY)])
    assert await states(database) == {1: ("due", None), 2: ("due", None)}


async def test_held_nudges_wait_and_then_meet_at_the_next_hour(database):
    await fill(
        database, nudge(1), nudge(2, step="week1", due_at=NOW + 9 * DAY), nudge(3, about=8, due_at=NOW - DAY)
    )
    async with database.write() as tx:
        assert await tx.nudges.hold(ADA, Subject.REJECTION, 7) == 2
        assert await tx.nudges.hold_all(ADA) == 3
    assert await claim(database, ADA) == []
    member = newcomer(ADA, "Africa/Lagos", "en", NOW)
    later = NOW + 2 * DAY
    async with database.write() as tx:
        assert (
            await tx.nudges.release(ADA, member.rhythm, later, subject=Subject.REJECTION, subject_id=7) == 2
        )
        assert await tx.nudges.release(ADA, member.rhythm, later) == 1
        due = {n.id: n.due_at for n in await tx.nudges.due_for(ADA)}
    at_hour = next_hour(later, member.rhythm)
    assert due == {1: at_hour, 3: at_hour, 2: NOW + 9 * DAY}


async def test_moving_touches_only_what_has_not_been_attempted(database):
    await fill(database, nudge(1), nudge(2, step="week1", due_at=NOW + DAY), nudge(3, about=8, user_id=BEN))
    await made(database, 1, 50, attempted=True)
    async with database.write() as tx:
        assert await tx.nudges.reschedule([(1, NOW + 2 * DAY), (2, NOW + 3 * DAY)]) == 1
        assert await tx.nudges.reschedule([]) == 0
        assert (await tx.nudges.get(ADA, 2)).due_at == NOW + 3 * DAY


async def test_an_answer_counts_once(database):
    await fill(database, nudge(1), nudge(2, about=8), nudge(3, user_id=BEN))
    await made(database, 1, 50, attempted=True)
    async with database.write() as tx:
        assert [n.id for n in await tx.nudges.answer_some(ADA, [1], NOW)] == [1]
        assert await tx.nudges.answer_some(ADA, [1], NOW) == []
        assert await tx.nudges.answer_some(BEN, [1], NOW) == []
        assert [n.id for n in await tx.nudges.of_delivery(ADA, 50)] == [1]


async def test_skipped_steps_come_back_by_their_reason(database):
    ahead = nudge(2, step="week1", due_at=NOW + DAY)
    await fill(database, nudge(1, due_at=NOW - DAY), ahead)
    async with database.write() as tx:
        assert await tx.nudges.skip(ADA, [1, 2], "pace") == 2
        assert await tx.nudges.skip(BEN, [1, 2], "pace") == 0
        revive = (ADA, Subject.REJECTION, 7)
        assert await tx.nudges.revive(*revive, "deleted", None) == 0
        assert await tx.nudges.revive(*revive, "pace", NOW, steps=["day1"]) == 0
        assert await tx.nudges.revive(*revive, "pace", NOW, steps=["day1", "week1"]) == 1
        assert await tx.nudges.get(ADA, 2) == ahead
        assert await tx.nudges.revive(*revive, "pace", None) == 1


async def test_what_closed_dms_kept_back_is_due_at_the_next_hour(database):
    await fill(database, nudge(1, due_at=NOW - DAY, state=NudgeState.UNDELIVERABLE, reason="50007"))
    member = newcomer(ADA, "Africa/Lagos", "en", NOW)
    async with database.write() as tx:
        assert await tx.nudges.rearm(ADA, member.rhythm, NOW) == 1
        back = await tx.nudges.get(ADA, 1)
    assert back == nudge(1, due_at=next_hour(NOW, member.rhythm))


@pytest.mark.parametrize(
    "changes,recovery",
    [({"stopped_at": NOW}, "open"), ({"paused_at": NOW}, "open"), ({"silent": False}, "paused")],
    ids=["off", "everything paused", "this one paused"],
)
async def test_what_closed_dms_kept_back_is_held_while_it_rests(database, changes, recovery):
    kept = nudge(1, state=NudgeState.UNDELIVERABLE, reason="50007")
    await fill(database, kept)
    entry = Rejection(7, ADA, "exam", NOW.date(), NOW, recovery=Recovery(recovery))
    async with database.write() as tx:
        member = await tx.members.update(ADA, **changes)
        await tx.rejections.add(entry)
        assert await tx.nudges.rearm(ADA, member.rhythm, NOW) == 1
    assert await states(database) == {1: ("held", None)}


async def test_a_claim_takes_what_is_due_for_these_members_once(database):
    await fill(database, nudge(1), nudge(2, step="week1", due_at=NOW + HOUR), nudge(3, user_id=BEN))
    assert [n.id for n in await claim(database, ADA)] == [1]
    assert await claim(database, ADA) == []
    assert [n.id for n in await claim(database, ADA, BEN)] == [3]


async def test_a_claim_whose_lease_ran_out_is_due_again(database):
    await fill(database, nudge(1), nudge(2, about=8))
    await made(database, 1, 50)
    async with database.write() as tx:
        assert await tx.claims.reclaim(NOW + HOUR) == 0
        assert await tx.claims.reclaim(NOW + 2 * HOUR) == 1
        assert [n.id for n in await tx.nudges.due_for(ADA)] == [2]


async def test_a_row_nobody_understands_is_named_not_raised(database):
    await fill(database, nudge(1), nudge(2, about=8))
    async with database.write() as tx:
        await tx.nudges._connection.exec_driver_sql("UPDATE nudges SET subject = 'horse' WHERE id = 1")
        known, broken = await tx.claims.claim([ADA], NOW, NOW + HOUR)
        assert ([n.id for n in known], broken) == ([2], [1])
        await tx.claims.set_aside(1)
        await tx.nudges._connection.exec_driver_sql("UPDATE nudges SET subject = 'rejection' WHERE id = 1")
    assert await states(database) == {1: ("dead", "broken")}


async def test_facts_are_kept_replaced_and_forgotten(database):
    async with database.write() as tx:
        assert await tx.facts.get("hash") is None
        await tx.facts.set("hash", "a", NOW)
        await tx.facts.set("hash", "b", NOW)
        assert await tx.facts.get("hash") == "b"
        await tx.facts.forget("hash")
        assert await tx.facts.get("hash") is None


def test_nudges_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        nudge(1).step = "week1"
