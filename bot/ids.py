"""Row ids made by the app, so that a row can be sealed to its id before it is stored."""

import secrets
from datetime import UTC, datetime

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_RANDOM_BITS = 22


def new_id(now: datetime) -> int:
    """A positive 63-bit id that sorts by time: milliseconds since 2026, then 22 random bits."""
    milliseconds = max(0, int((now - _EPOCH).total_seconds() * 1000))
    return (milliseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
