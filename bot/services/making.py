"""A message as it is first stored, whatever it is for: a check-in, a test, a post in a group's channel."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.nudges import Delivery, Purpose
from bot.ids import new_id


def new_delivery(
    purpose: Purpose,
    body: Callable[[int], str],
    now: datetime,
    *,
    at: datetime | None = None,
    user_id: int | None = None,
    guild_id: int | None = None,
    channel_id: int | None = None,
    key: str | None = None,
) -> Delivery:
    """A message that may go out at an instant, now by default. Its id is its nonce, and the marker `body` puts in it."""
    delivery_id = new_id(now)
    return Delivery(
        id=delivery_id,
        purpose=purpose,
        nonce=str(delivery_id),
        body=body(delivery_id),
        due_at=at or now,
        made_at=now,
        next_try_at=at or now,
        user_id=user_id,
        guild_id=guild_id,
        channel_id=channel_id,
        key=key,
    )
