"""The ten days: one small step a day. Which step is whose day's, what is drawn, and how far it is. Pure.

A day that was missed costs nothing: its step can be done on any later day, and nothing here counts days in a row.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DAYS = 10
DAY_STEPS = tuple(f"ten-{day}" for day in range(1, DAYS + 1))
"""The steps of its nudges, in order."""
SMALL_STEP = "small-step"
"""The action that doing a step is which the host has taken out of the file since."""
_SIGNS = 6
_DONE, _AHEAD = "●", "○"


class Group(StrEnum):
    """What a step is about: a draw takes from each, and the form for choosing has a select for each."""

    INTERVIEW = "interview"
    PAPERS = "papers"
    LEARNING = "learning"
    PEOPLE = "people"
    PLAN = "plan"


class ChallengeState(StrEnum):
    """Where ten days stand. Finished is also what the night calls them when they ended with steps left."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ChallengeStep:
    """One step of the file, and the kind of action that doing it is. `after`: the step it builds on."""

    id: str
    group: Group
    action: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class ChallengeDay:
    """One day and its step. `done_at` is aware UTC."""

    id: int
    day: int
    step: str
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """Ten days of one member. `started_on` is the member's local date of the first; instants are aware UTC.

    `started_at` is when it began, or went on after a stop.
    """

    id: int
    user_id: int
    state: ChallengeState
    started_on: date
    started_at: datetime
    days: tuple[ChallengeDay, ...]
    ended_at: datetime | None = None

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(day.done_at is not None for day in self.days)

    def date_of(self, day: int) -> date:
        """The local date of a day, counted from 1."""
        return self.started_on + timedelta(days=day - 1)

    def day(self, number: int) -> ChallengeDay | None:
        """One of the ten days, counted from 1."""
        return next((one for one in self.days if one.day == number), None)

    def today(self, today: date) -> ChallengeDay | None:
        """The day that is today; None after the tenth."""
        return self.day((today - self.started_on).days + 1)

    def is_past(self, today: date) -> bool:
        """Whether the tenth day has gone by."""
        return today > self.date_of(DAYS)

    def left(self) -> list[ChallengeDay]:
        """The days whose step is not done."""
        return [day for day in self.days if day.done_at is None]

    def next(self, today: date) -> ChallengeDay | None:
        """What to look at now: today's step; when it is done an earlier one that is left, and then the next one."""
        now, left = self.today(today), self.left()
        if now is not None and now.done_at is None:
            return now
        return next(iter(left), None)


def step_of(day: int) -> str:
    """The nudge's step for a day, counted from 1."""
    return DAY_STEPS[day - 1]


def day_of(step: str) -> int:
    """The day of a nudge's step, counted from 1. Raises ValueError for any other step."""
    return DAY_STEPS.index(step) + 1


def bar(done: int) -> str:
    """How far it is, in ten signs."""
    return _DONE * done + _AHEAD * (DAYS - done)


def draw(
    steps: Iterable[ChallengeStep], seed: str, *, first: Sequence[str] = (), lately: Collection[str] = ()
) -> tuple[str, ...]:
    """Ten steps: those chosen `first`, then some of every group by turns, those of last time at the end.

    One seed draws the same ten, so what a card showed is what its press begins.
    """
    known = {step.id: step for step in steps}
    chosen = _begun(known, [one for one in dict.fromkeys(first) if one in known][:DAYS])
    rest = [step for step in known.values() if step.id not in chosen]
    turns = sorted(Group, key=lambda group: _lot(seed, group))
    piles = {
        group: sorted(
            (step for step in rest if step.group is group),
            key=lambda step: (step.id in lately, _lot(seed, step.id)),
        )
        for group in turns
    }
    while len(chosen) < DAYS and any(piles.values()):
        ready = {step.id for pile in piles.values() for step in pile if step.after in (None, *chosen)}
        wanted = (ready - set(lately)) or ready
        for group in turns:
            one = next((step for step in piles[group] if step.id in wanted), None)
            if one is not None and len(chosen) < DAYS:
                chosen.append(one.id)
                piles[group].remove(one)
    return tuple(chosen)


def _begun(known: Mapping[str, ChallengeStep], chosen: Sequence[str]) -> list[str]:
    """The chosen steps, each behind what it builds on; that is added where ten days have room for it."""

    def behind(wanted: Collection[str]) -> list[str]:
        found: dict[str, None] = {}
        for one in chosen:
            line = [one]
            while (before := known[line[0]].after) is not None and before in wanted:
                line.insert(0, before)
            found |= dict.fromkeys(line)
        return list(found)

    whole = behind(known)
    return whole if len(whole) <= DAYS else behind(chosen)


def fitting(steps: Iterable[ChallengeStep], challenge: Challenge, day: int) -> list[ChallengeStep]:
    """The steps that could stand in a day's place: not there yet, and what they build on is done or comes before."""
    there = {one.step: one for one in challenge.days if one.day != day}
    before = {step for step, one in there.items() if one.day < day or one.done_at is not None}
    own = challenge.day(day)
    taken = {*there, *([own.step] if own is not None else [])}
    return [step for step in steps if step.id not in taken and step.after in (None, *before)]


def builds_on(steps: Iterable[ChallengeStep], challenge: Challenge, day: int) -> ChallengeDay | None:
    """A day left whose step builds on this day's, if there is one."""
    own = challenge.day(day)
    needing = {step.id for step in steps if own is not None and step.after == own.step}
    return next((one for one in challenge.left() if one.step in needing), None)


def another(steps: Iterable[ChallengeStep], challenge: Challenge, day: int, seed: str) -> str | None:
    """A step for a day's place, or None when there is none."""
    free = [step.id for step in fitting(steps, challenge, day)]
    return min(free, key=lambda one: _lot(seed, one), default=None)


def coded(steps: Iterable[str]) -> str:
    """Steps in so few signs that a button can carry them; it survives another order of the file."""
    return "".join(_sign(step) for step in steps)


def decoded(code: str, known: Iterable[str]) -> tuple[str, ...] | None:
    """The steps of a code, or None when one of them is not known."""
    signs = {_sign(step): step for step in known}
    parts = [code[at : at + _SIGNS] for at in range(0, len(code), _SIGNS)]
    return tuple(signs[part] for part in parts) if all(part in signs for part in parts) else None


def _sign(step: str) -> str:
    return hashlib.sha256(step.encode()).hexdigest()[:_SIGNS]


def _lot(seed: str, what: str) -> bytes:
    return hashlib.sha256(f"{seed}:{what}".encode()).digest()
