"""When a delivery is tried again, and what must be known before; nothing here sends or stores."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.nudges import Delivery, DeliveryState, Purpose

SAME_NONCE_FOR = timedelta(seconds=60)
"""Discord remembers a nonce for a few minutes; within this span the same one is surely safe."""

DEADLINE_SECONDS = 25.0
"""After this long a request counts as unanswered."""

QUIET_FOR = timedelta(seconds=30)
"""How long nothing must have been in flight before the channel is read."""

LOOK_AFTER = SAME_NONCE_FOR + timedelta(seconds=DEADLINE_SECONDS) + QUIET_FOR
"""From the beginning of an attempt: its last repeat began within 60 s, ended 25 s later, and 30 s were quiet."""

CLOCKS_DIFFER = timedelta(minutes=2)
"""How far our clock and Discord's may be apart."""

STANDS_WITHIN = LOOK_AFTER + 2 * CLOCKS_DIFFER
"""From `stands_since` on: a message made later than this is not one of the attempt."""

LEASE_FOR = timedelta(seconds=30)
"""Whoever begins an attempt has it this long; longer than the deadline."""

HEAD_START = timedelta(seconds=2)
"""How long a check-in just made is left to the process that made it, while the others have enough of their own."""

MAX_ATTEMPTS = 8
_WAITS = (
    timedelta(seconds=10), timedelta(0), timedelta(minutes=15), timedelta(hours=1),
    timedelta(hours=4), timedelta(hours=12), timedelta(hours=30), timedelta(0),
)  # fmt: skip
"""What is waited after each attempt without an answer; with eight attempts they span two days."""


class Stage(StrEnum):
    """What a pending delivery needs next."""

    FIRST = "first"
    REPEAT = "repeat"
    WAIT = "wait"
    LOOK = "look"


def stage(delivery: Delivery, now: datetime) -> Stage:
    """A first attempt, the same nonce once more, waiting for quiet, or a look at the channel before anything."""
    if delivery.state is DeliveryState.MADE or delivery.attempt_at is None:
        return Stage.FIRST
    age = now - delivery.attempt_at
    if age < SAME_NONCE_FOR and delivery.attempts < MAX_ATTEMPTS:
        return Stage.REPEAT
    return Stage.LOOK if age >= LOOK_AFTER else Stage.WAIT


def in_turn(pending: Iterable[Delivery], own: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """In which order to try: what has waited, what this process has just made, and what another one has just made.

    Whoever made a check-in sends it in the same breath. So two processes that both have enough never reach for one.
    """
    ours = {delivery.id for delivery in own}
    others = [delivery for delivery in pending if delivery.id not in ours]
    fresh = [delivery for delivery in others if _is_just_made(delivery, now)]
    just_made = {delivery.id for delivery in fresh}
    return [*(delivery for delivery in others if delivery.id not in just_made), *own, *fresh]


def _is_just_made(delivery: Delivery, now: datetime) -> bool:
    first = delivery.purpose is Purpose.CHECKIN and delivery.attempts == 0
    return first and now - delivery.made_at < HEAD_START


def stands_since(began_at: datetime) -> datetime:
    """From when on a message can stand in its channel, for an attempt that began at an instant (UTC)."""
    return began_at - CLOCKS_DIFFER


def look_at(delivery: Delivery) -> datetime:
    """The first instant at which the channel may be read to see whether an attempt arrived."""
    assert delivery.attempt_at is not None
    return delivery.attempt_at + LOOK_AFTER


def retry_at(delivery: Delivery, now: datetime) -> datetime:
    """When to try again after no answer: soon with the same nonce, or once the channel may be read."""
    again_at = now + _WAITS[min(delivery.attempts, len(_WAITS)) - 1]
    assert delivery.attempt_at is not None
    if again_at - delivery.attempt_at < SAME_NONCE_FOR and delivery.attempts == 1:
        return again_at
    return max(again_at, look_at(delivery))
