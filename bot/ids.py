"""Row ids made by the app, so that a row can be sealed to its id before it is stored."""

import itertools
import secrets
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_COUNT_BITS = 22
_count = itertools.count(secrets.randbits(_COUNT_BITS))
"""Counts on from a random start: an import makes thousands of ids in one millisecond, and dice would repeat."""
_MOST = (1 << 63) - 1


def new_id(now: datetime) -> int:
    """A positive 63-bit id that sorts by time: milliseconds since 2026, then 22 bits of a running number."""
    milliseconds = max(0, int((now - _EPOCH).total_seconds() * 1000))
    return (milliseconds << _COUNT_BITS) | next(_count) % (1 << _COUNT_BITS)


def made_at(number: int) -> datetime:
    """When an id was made, in UTC and to the millisecond."""
    return _EPOCH + timedelta(milliseconds=number >> _COUNT_BITS)


def is_id(text: str) -> bool:
    """Whether a text from outside names an id: plain digits that both engines can hold."""
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= _MOST
