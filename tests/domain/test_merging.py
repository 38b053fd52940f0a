from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.members import DmState, newcomer
from bot.domain.merging import (
    About,
    decide,
    is_fit,
    is_fresh,
    is_wanted,
    late_since,
    local_day,
    message_of,
    moved_reason,
    next_days_hour,
    since,
)
from bot.domain.nudges import Delivery, Nudge, Purpose, Subject

# 18:00 in Lagos, the member's hour.
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
NIGHT = datetime(2026, 11, 22, 23, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADA = newcomer(42, "Africa/Lagos", "en", NOW)
ABOUT = About("exam", date(2026, 11, 21))
OPEN = {7, 8}
"""The things that are open, whatever nudges are about them."""


def nudge(number, about=7, due_at=NOW, *, step="day1", occurrence=0, **more):
    return Nudge(number, 42, Subject.REJECTION, about, step, occurrence, due_at, **more)


def still_open(*nudges):
    return {one.id: ABOUT for one in nudges if one.subject_id in OPEN}


def verdict(*due, member=ADA, messaged_today=False, now=NOW):
    return decide(member, due, still_open(*due), messaged_today=messaged_today, now=now)


def test_what_is_due_goes_out():
    found = verdict(nudge(1))
    assert [n.id for n in found.send] == [1]
    assert (found.covered, found.held, found.skipped, found.refused, found.moved) == ((), (), (), (), ())


def test_two_rejections_share_one_message_in_order_of_time():
    assert [n.id for n in verdict(nudge(1), nudge(2, 8, NOW - HOUR)).send] == [2, 1]


def daily(unheard):
    return replace(nudge(5, 9, step="ten-4"), subject=Subject.CHALLENGE), replace(ABOUT, unheard=unheard)


@pytest.mark.parametrize("unheard, goes, says", [(0, True, False), (2, True, True), (3, False, False)])
def test_a_daily_message_that_nobody_answers_rests_and_the_last_one_says_so(unheard, goes, says):
    due, about = daily(unheard)
    found = decide(ADA, [due], {5: about}, messaged_today=False, now=NOW)
    assert (found.send, found.skipped) == (((due,), ()) if goes else ((), ((5, "unheard"),)))
    assert message_of(1, [due], {5: about}, NOW).items[0].last is says
    tenth = replace(about, goes_on=False)
    assert not message_of(1, [due], {5: tenth}, NOW).items[0].last, "nothing is left that could rest"


def test_a_message_that_goes_out_anyway_carries_a_day_that_rests():
    due, about = daily(3)
    found = decide(ADA, [due, nudge(1)], {5: about, 1: ABOUT}, messaged_today=False, now=NOW)
    assert [n.id for n in found.send] == [1, 5]


def test_a_stale_nudge_is_merged_not_sent():
    found = verdict(nudge(1, due_at=NOW - 6 * DAY), nudge(2), nudge(3, 8))
    assert [n.id for n in found.send] == [2, 3]
    assert found.covered == (1,)


def test_a_nudge_moved_by_the_machine_keeps_its_place_in_time():
    moved = nudge(1, due_at=NOW, reason=moved_reason(nudge(1, due_at=NOW - 6 * DAY), NOW))
    found = verdict(moved, nudge(2, due_at=NOW - HOUR))
    assert ([n.id for n in found.send], found.covered) == ([2], (1,))


@pytest.mark.parametrize("earlier", [timedelta(), HOUR], ids=["a tie", "the later step was due first"])
def test_a_snoozed_step_never_swallows_a_later_one(earlier):
    week1, snoozed = nudge(1, step="week1", due_at=NOW - earlier), nudge(2, occurrence=1)
    found = verdict(week1, snoozed)
    assert ([n.id for n in found.send], found.covered) == ([1], (2,))


@pytest.mark.parametrize(
    "changes", [{"paused_at": NOW}, {"stopped_at": NOW}, {"paused_at": NOW, "stopped_at": NOW}]
)
def test_nothing_nags_a_member_who_paused_or_stopped_and_nothing_is_lost(changes):
    found = verdict(nudge(1), member=replace(ADA, **changes))
    assert (found.send, found.held, found.skipped) == ((), (1,), ())


def test_a_closed_rejection_is_skipped_also_for_a_paused_member():
    found = verdict(nudge(1), nudge(2, 9), member=replace(ADA, paused_at=NOW))
    assert (found.held, found.skipped) == ((1,), ((2, "closed"),))


def test_closed_dms_are_not_knocked_on_again():
    found = verdict(nudge(1), member=replace(ADA, dm_state=DmState.CLOSED))
    assert (found.send, found.refused) == ((), (1,))


def test_quiet_hours_move_it_to_their_end():
    found = verdict(nudge(1), now=NIGHT)
    assert (found.send, [n.id for n in found.moved]) == ((), [1])
    assert found.moved_to == datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_a_second_message_of_the_day_waits_for_tomorrows_hour():
    assert verdict(nudge(1), messaged_today=True).moved_to == NOW + DAY
    assert (
        verdict(nudge(1), messaged_today=True, now=NIGHT).moved_to == NOW + 2 * DAY
    )  # in Lagos it is tomorrow
    assert verdict(nudge(1), messaged_today=True, now=NOW - 5 * HOUR).moved_to == NOW + DAY


def test_each_nudge_has_exactly_one_fate():
    due = [nudge(1, due_at=NOW - DAY), nudge(2), nudge(3, 8), nudge(4, 9)]
    for member in (ADA, replace(ADA, paused_at=NOW), replace(ADA, dm_state=DmState.CLOSED)):
        for messaged_today in (True, False):
            for now in (NOW, NIGHT):
                found = verdict(*due, member=member, messaged_today=messaged_today, now=now)
                fates = [n.id for n in (*found.send, *found.moved)] + [
                    *found.covered,
                    *found.held,
                    *found.refused,
                ]
                assert sorted(fates + [number for number, _ in found.skipped]) == [1, 2, 3, 4]


def test_late_is_more_than_two_hours():
    assert late_since([nudge(1, due_at=NOW - 2 * HOUR)], NOW) is None
    behind = NOW - 2 * HOUR - timedelta(seconds=1)
    assert late_since([nudge(1), nudge(2, due_at=behind)], NOW) == behind


def test_late_is_remembered_when_the_night_moves_it():
    due_at = NOW - 3 * DAY
    reason = moved_reason(nudge(1, due_at=due_at), NOW)
    assert reason is not None
    assert len(reason) <= 32
    moved = nudge(1, due_at=NOW + 14 * HOUR, reason=reason)
    assert since(moved) == due_at
    assert moved_reason(moved, NOW + HOUR) == reason
    assert moved_reason(nudge(1), NOW) is None


def test_a_message_names_kinds_and_dates():
    send = [nudge(1), nudge(2, 8, NOW - DAY)]
    message = message_of(50, send, still_open(*send), NOW)
    assert (message.delivery_id, message.late, message.late_since) == (50, True, NOW - DAY)
    assert [(item.nudge_id, item.kind, item.occurred_on) for item in message.items] == [
        (1, "exam", date(2026, 11, 21)),
        (2, "exam", date(2026, 11, 21)),
    ]
    on_time = message_of(50, [nudge(1)], {1: ABOUT}, NOW + HOUR)
    assert (on_time.late, on_time.late_since) == (False, None)


def test_the_local_day_is_the_members():
    start_at, end_at = local_day(NIGHT + HOUR, ADA)
    assert (start_at, end_at) == (NIGHT, NIGHT + DAY)
    assert local_day(NIGHT - timedelta(seconds=1), ADA) == (NIGHT - DAY, NIGHT)


def test_a_day_with_a_clock_change_has_23_hours():
    new_york = replace(ADA, zone="America/New_York")
    start_at, end_at = local_day(datetime(2027, 3, 14, 12, tzinfo=UTC), new_york)
    assert end_at - start_at == 23 * HOUR


def test_the_next_days_hour_is_never_today():
    for hours in range(48):
        now = NOW + hours * HOUR
        _, tomorrow_at = local_day(now, ADA)
        assert tomorrow_at <= next_days_hour(now, ADA) < tomorrow_at + DAY


@pytest.mark.parametrize(
    "member,now,fit",
    [
        (ADA, NOW, True),
        (None, NOW, False),
        (replace(ADA, paused_at=NOW), NOW, False),
        (replace(ADA, dm_state=DmState.CLOSED), NOW, False),
        (ADA, NIGHT, False),
    ],
)
def test_a_message_begins_only_while_it_is_right(member, now, fit):
    assert is_fit(member, [nudge(1)], {1: ABOUT}, now) is fit


def test_a_message_with_a_closed_item_is_made_anew():
    assert not is_fit(ADA, [nudge(1), nudge(2, 9)], {1: ABOUT}, NOW)
    assert not is_fit(ADA, [], {1: ABOUT}, NOW)


def test_a_message_stays_fresh_for_two_minutes():
    made = Delivery(
        id=1, purpose=Purpose.CHECKIN, nonce="1", body="[]", due_at=NOW, made_at=NOW, next_try_at=NOW
    )
    assert is_fresh(made, NOW + timedelta(minutes=2))
    assert not is_fresh(made, NOW + timedelta(minutes=2, seconds=1))


def test_an_attempted_message_is_wanted_while_one_item_is_open():
    assert is_wanted(ADA, [nudge(1), nudge(2, 9)], {1: ABOUT})
    assert not is_wanted(ADA, [nudge(2, 9)], {1: ABOUT})
    assert not is_wanted(replace(ADA, stopped_at=NOW), [nudge(1)], {1: ABOUT})
    assert not is_wanted(None, [nudge(1)], {1: ABOUT})
