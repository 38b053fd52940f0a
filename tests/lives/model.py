"""What must be true of every member, kept beside the real thing and much simpler: what was asked for, and by whom."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.nudges import Nudge, NudgeState
from bot.domain.quiet import Rhythm
from bot.domain.rejections import Recovery
from bot.domain.timetable import Pace

Wanted = tuple[str, int]
"""A step and its occurrence."""


@dataclass
class Entry:
    """One rejection: what it was promised, where its owner left it, and for what reasons a step may be left out."""

    id: int
    logged_at: datetime
    pace: Pace
    recovery: Recovery
    wanted: set[Wanted] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    deleted_at: datetime | None = None
    excuses: set[str] = field(default_factory=set)

    @property
    def open(self) -> bool:
        """Whether its check-ins may go out, as far as it is concerned."""
        return self.recovery is Recovery.OPEN and self.deleted_at is None


@dataclass
class Person:
    """One member."""

    user_id: int
    rhythm: Rhythm
    paused: bool = False
    off: bool = False
    erased: bool = False
    entries: dict[int, Entry] = field(default_factory=dict)

    @property
    def rests(self) -> bool:
        """Whether nothing at all may be sent to them."""
        return self.paused or self.off or self.erased

    def may_hear_of(self, number: int) -> bool:
        """Whether a check-in may go out at this moment."""
        return not self.rests and any(
            number in entry.numbers and entry.open for entry in self.entries.values()
        )

    def fault_of(
        self, nudge: Nudge, entry: Entry, arrived: int, *, pending: bool, closed: bool
    ) -> str | None:
        """What is wrong with where a check-in stands, in words; None when all is well."""
        expected = {
            NudgeState.DUE: entry.open and not self.rests,
            NudgeState.HELD: entry.deleted_at is None and (self.rests or entry.recovery is Recovery.PAUSED),
            NudgeState.CLAIMED: pending,
            NudgeState.SENT: arrived == 1,
            NudgeState.SKIPPED: nudge.reason in self._reasons(entry),
            NudgeState.UNDELIVERABLE: closed,
            NudgeState.DEAD: False,
        }
        if arrived > 1:
            return f"nudge {nudge.id} arrived {arrived} times"
        if expected[nudge.state]:
            return None
        return (
            f"nudge {nudge.id}, {nudge.step}: {nudge.state} {nudge.reason}, {entry.recovery}, {self.rests=}"
        )

    @staticmethod
    def _reasons(entry: Entry) -> set[str]:
        gone = entry.deleted_at is not None
        ended = entry.recovery in (Recovery.STOPPED, Recovery.FINISHED, Recovery.NONE)
        found = entry.excuses | {"overtaken"}
        found |= {"deleted"} if gone else set()
        return found | ({"stopped", "closed"} if ended else set())
