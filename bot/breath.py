"""Lets the event loop serve others between the many small parts of one piece of work."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

T = TypeVar("T")

BREATH_SECONDS = 0.004
"""After so long without a pause the event loop serves others first."""


async def in_breaths(items: Iterable[T]) -> AsyncIterator[T]:
    """These in their order, with a pause whenever the work on them took longer than `BREATH_SECONDS`."""
    begun = time.monotonic()
    for item in items:
        yield item
        if time.monotonic() - begun > BREATH_SECONDS:
            await asyncio.sleep(0)
            begun = time.monotonic()
