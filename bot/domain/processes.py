"""Several processes of one bot: who is alive, who is in whose way, and which part of the work is whose. Pure."""

import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

BEAT_EVERY = timedelta(seconds=10)
ALIVE_FOR = timedelta(seconds=30)
"""Without a beat for this long a process is taken for dead, and the others do its work."""

FACT = "process:"
"""Begins the name of the fact that is a process's sign of life."""

INVALID_LIMIT = 500
"""Discord bans an address after 10,000 invalid requests in ten minutes; everything rests long before."""

HELP_AFTER = timedelta(minutes=2)
"""What waits this long is done by whoever sees it: a process that beats may still be stuck."""

ID_TIME_BITS = 22
"""Discord's ids hold the instant of their making above these bits; Discord divides servers among shards by it."""


@dataclass(frozen=True, slots=True)
class Shards:
    """Some of `count` parts of the work. Without ids it is all of them, whatever the count."""

    ids: tuple[int, ...] | None = None
    count: int | None = None

    @property
    def part(self) -> float:
        """How much of everything it is, from 0 to 1."""
        return 1.0 if self.ids is None or not self.count else len(self.ids) / self.count

    def overlap(self, other: "Shards") -> bool:
        """Whether some server's events reach both: a shard in common, or servers divided in two ways at once."""
        if self.ids is None or other.ids is None or self.count != other.count:
            return True
        return bool(set(self.ids) & set(other.ids))

    def __str__(self) -> str:
        """As a host writes it: `0-1/4`; `all` without a setting."""
        if self.ids is None:
            return "all"
        first, last = min(self.ids), max(self.ids)
        return f"{first}/{self.count}" if first == last else f"{first}-{last}/{self.count}"


def shard_of(discord_id: int, count: int) -> int:
    """Which of `count` shards a server belongs to, as Discord counts; members are divided among processes alike."""
    return (discord_id >> ID_TIME_BITS) % count


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life. `invalid` are the requests Discord refused it in ten minutes, `resting_until` its breaker's end."""

    name: str
    shards: Shards
    since: datetime
    at: datetime
    waiting: bool = False
    invalid: int = 0
    resting_until: datetime | None = None

    def to_text(self) -> str:
        """For storing; the name is stored beside it."""
        rest = self.resting_until
        return json.dumps(
            {
                "ids": self.shards.ids,
                "count": self.shards.count,
                "since": self.since.isoformat(),
                "at": self.at.isoformat(),
                "waiting": self.waiting,
                "invalid": self.invalid,
                "rest": None if rest is None else rest.isoformat(),
            }
        )

    @classmethod
    def of_text(cls, name: str, text: str) -> "Beat":
        """What was stored. Raises ValueError or KeyError for what was not."""
        found = json.loads(text)
        ids, rest = found["ids"], found["rest"]
        return cls(
            name,
            Shards(None if ids is None else tuple(ids), found["count"]),
            datetime.fromisoformat(found["since"]),
            datetime.fromisoformat(found["at"]),
            found["waiting"],
            found["invalid"],
            None if rest is None else datetime.fromisoformat(rest),
        )

    def is_alive(self, now: datetime) -> bool:
        """Whether it gave a sign of life lately."""
        return now - self.at < ALIVE_FOR


def beats_of(stored: Iterable[tuple[str, str]]) -> list[Beat]:
    """Signs of life from facts (name, value); what a version to come wrote otherwise is left out."""
    found = []
    for name, text in stored:
        with suppress(ValueError, KeyError, TypeError):
            found.append(Beat.of_text(name.removeprefix(FACT), text))
    return found


def in_the_way(mine: Beat, others: Iterable[Beat], now: datetime) -> list[Beat]:
    """Living processes that would hear the same events. Of two, the one that began later yields."""
    return [
        other
        for other in others
        if other.is_alive(now)
        and other.shards.overlap(mine.shards)
        and (other.since, other.name) < (mine.since, mine.name)
    ]


def missing(shards: Shards, beats: Iterable[Beat], now: datetime) -> list[int]:
    """Shards that no living process runs, out of as many as `shards` says; none where Discord chooses."""
    if shards.ids is None or shards.count is None:
        return []
    run = set(shards.ids)
    for beat in beats:
        if beat.is_alive(now) and not beat.waiting and beat.shards.count == shards.count:
            run |= set(beat.shards.ids or ())
    return [number for number in range(shards.count) if number not in run]


def taken_over(mine: Beat, others: Sequence[Beat], now: datetime) -> tuple[int, ...]:
    """The parts nobody living runs that fall to this process: dealt out in turn, the same way by everybody."""
    shards = mine.shards
    left = missing(shards, others, now)
    living = [
        one for one in others if one.is_alive(now) and not one.waiting and one.shards.count == shards.count
    ]
    ranks = sorted([mine, *living], key=lambda one: (one.shards.ids or (), one.name))
    own = ranks.index(mine)
    return tuple(number for place, number in enumerate(left) if place % len(ranks) == own)


def refused_by_all(mine: Beat, others: Iterable[Beat], now: datetime) -> int:
    """How many requests Discord refused all living processes in ten minutes; it counts by address."""
    return mine.invalid + sum(other.invalid for other in others if other.is_alive(now))


def spans(numbers: Collection[int]) -> str:
    """Shard numbers for a line of a log: `0, 3, 7`."""
    return ", ".join(str(number) for number in sorted(numbers))
