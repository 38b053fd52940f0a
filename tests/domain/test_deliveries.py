from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.deliveries import HEAD_START, MAX_ATTEMPTS, Stage, in_turn, look_at, retry_at, stage
from bot.domain.nudges import Delivery, DeliveryState, Purpose

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MADE = Delivery(id=1, purpose=Purpose.CHECKIN, nonce="1", body="[]", due_at=NOW, made_at=NOW, next_try_at=NOW)


def sending(attempts=1, attempt_at=NOW):
    return replace(MADE, state=DeliveryState.SENDING, attempts=attempts, attempt_at=attempt_at)


@pytest.mark.parametrize(
    "delivery,seconds,expected",
    [
        (MADE, 0, Stage.FIRST),
        (MADE, 10**6, Stage.FIRST),
        (sending(), 0, Stage.REPEAT),
        (sending(), 59, Stage.REPEAT),
        (sending(), 60, Stage.WAIT),
        (sending(), 114, Stage.WAIT),
        (sending(), 115, Stage.LOOK),
        (sending(MAX_ATTEMPTS), 0, Stage.WAIT),
        (sending(MAX_ATTEMPTS), 115, Stage.LOOK),
    ],
)
def test_a_nonce_is_trusted_for_a_minute_then_the_channel_is_read(delivery, seconds, expected):
    assert stage(delivery, NOW + timedelta(seconds=seconds)) is expected


def test_the_first_retry_is_soon_and_the_second_looks_first():
    assert retry_at(sending(), NOW) == NOW + timedelta(seconds=10)
    assert retry_at(sending(2), NOW + timedelta(seconds=35)) == look_at(sending(2))


def test_an_answer_that_never_came_within_the_minute_waits_for_quiet():
    assert retry_at(sending(), NOW + timedelta(seconds=55)) == look_at(sending())


def test_eight_attempts_span_two_days():
    now, made_at = NOW, NOW
    delivery = sending()
    while delivery.attempts < MAX_ATTEMPTS:
        now = retry_at(delivery, now + timedelta(seconds=25))
        again = stage(delivery, now) is Stage.REPEAT
        delivery = sending(delivery.attempts + 1, delivery.attempt_at if again else now)
    assert timedelta(hours=44) < now - made_at < timedelta(hours=50)
    assert retry_at(delivery, now) == look_at(delivery)


def test_what_another_process_made_a_moment_ago_comes_last():
    own, theirs, old, again = (replace(MADE, id=number) for number in (1, 2, 3, 4))
    old = replace(old, made_at=NOW - HEAD_START)
    again = replace(again, state=DeliveryState.SENDING, attempts=1, attempt_at=NOW)
    post = replace(MADE, id=5, purpose=Purpose.WEEKLY)
    pending = [theirs, own, old, again, post]
    assert [one.id for one in in_turn(pending, [own], NOW)] == [3, 4, 5, 1, 2]
    assert [one.id for one in in_turn(pending, [], NOW)] == [3, 4, 5, 2, 1]
