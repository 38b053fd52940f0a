"""What `doctor` says of the processes that work on one PostgreSQL. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations

from bot.domain.processes import Beat, missing, spans
from bot.operations.findings import Finding, look, well

ADVICE = "give each process shards of its own, with one count, in STEPFORWARD_SHARDS"


def about_processes(beats: Sequence[Beat], now: datetime) -> Iterator[Finding]:
    """A line for what runs at this moment, and one for each two that are in each other's way."""
    alive = [beat for beat in beats if beat.is_alive(now) and not beat.waiting]
    if not alive:
        return
    told = ", ".join(f"{beat.shards} ({beat.name})" for beat in alive)
    left = missing(alive[0].shards, alive, now)
    if left:
        yield look("processes", f"{told}; nobody runs {spans(left)}", "start a process for these shards")
    else:
        yield well("processes", told)
    for one, other in combinations(alive, 2):
        if one.shards.overlap(other.shards):
            yield look("processes", f"{one.name} and {other.name} hear the same servers", ADVICE)
