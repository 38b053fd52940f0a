"""Whatever members, Discord, clocks and deaths do, in whatever order: nothing is lost, doubled, or sent unasked.

Hypothesis makes up the order and gives the shortest one that goes wrong. `tests/lives/model.py` says what must hold.
"""

import os
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from bot.domain.nudges import Nudge, NudgeState
from tests.lives.deeds import KILLS, Deeds
from tests.lives.model import Entry, Person
from tests.lives.watching import Mood

HOURS = st.sampled_from([0.005, 0.03, 0.2, 1, 3, 11, 24, 24, 24 * 3, 24 * 7, 24 * 16])
MOODS = st.lists(st.sampled_from([Mood.LOST, Mood.LATE_500, Mood.BROKEN, *Mood]), max_size=3)


class Lives(Deeds):
    """And what the world does: time, Discord, clocks, and the end of the process."""

    @rule(hours=HOURS, moods=MOODS, kill=KILLS)
    def time_passes(self, hours: float, moods: list[Mood], kill: int | None) -> None:
        self.host.discord.moods[:] = moods
        self.deed(lambda: self.host.passes(timedelta(hours=hours)), kill)

    @rule(moods=MOODS, seconds=st.sampled_from([0, 0, 5, 10_795]), kill=KILLS)
    def the_next_hour_comes(self, moods: list[Mood], seconds: int, kill: int | None) -> None:
        """One tick at the moment something is due, or a little later."""
        if (at := self.run(self.host.next_at())) is not None:
            self.host.discord.moods[:] = moods
            self.host.clock.now = max(self.host.clock(), at + timedelta(seconds=seconds))
            self.deed(self.host.machine.tick, kill)

    @rule(hours=HOURS, clean=st.booleans())
    def down_for_a_while(self, hours: float, clean: bool) -> None:
        self.run(self.host.restart() if clean else self.host.crash())
        self.host.clock.advance(hours=hours)

    @rule(hours=st.sampled_from([-0.15, -0.05, 1, 9, 24, 24 * 8]))
    def clock_jumps(self, hours: float) -> None:
        self.host.clock.off += timedelta(hours=hours)
        self.run(self.host.machine.tick())

    # -- what must hold -----------------------------------------------------------------------

    @invariant()
    def all_is_well(self) -> None:
        assert self.host.discord.wrong == []
        there = [user_id for user_id, person in self.people.items() if not person.erased]
        rows, pending, miscounted = self.run(self.host.everything(there))
        assert miscounted == []
        faults = [
            fault
            for user_id in there
            for entry in self.people[user_id].entries.values()
            for fault in self.faults(self.people[user_id], entry, rows.get(entry.id, []), pending)
        ]
        assert not faults, faults

    def faults(self, person: Person, entry: Entry, nudges: list[Nudge], pending: set[int]) -> list[str]:
        discord = self.host.discord
        stands = {(nudge.step, nudge.occurrence) for nudge in nudges}
        found = [f"lost: {wanted}" for wanted in entry.wanted - stands]
        for nudge in nudges:
            fault = person.fault_of(
                nudge, entry, discord.arrived.get(nudge.id, 0),
                pending=nudge.delivery_id in pending, closed=person.user_id in discord.closed_to,
            )  # fmt: skip
            found += [fault] if fault else []
            if self.over and nudge.state not in (NudgeState.SENT, NudgeState.SKIPPED):
                found.append(f"never came to an end: {nudge.id} {nudge.state}")
        return found

    def teardown(self) -> None:
        try:
            self.end_well()
            self.all_is_well()
        finally:
            self.run(self.host.end())
            self.runner.close()
            self.folder.cleanup()

    def end_well(self) -> None:
        """Everybody wants everything, and Discord is well: then all that was promised arrives."""
        self.host.discord.moods.clear()
        for pick in range(sum(not person.erased for person in self.people.values())):
            self.settle(pick, "resume", None)
            self.settle(pick, "on", None)
            self.open_messages(pick, None)
        for pick in range(sum(len(p.entries) for p in self.people.values() if not p.erased)):
            self.steer(pick, "resume", None)
        self.run(self.host.passes(timedelta(days=45)))
        self.over = True
        for person in self.people.values():
            if person.erased:
                self.nothing_is_left(person)


def live(examples: int, steps: int, **more: Any) -> None:
    """So many lives of so many steps."""
    wanted = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), **more,
    )  # fmt: skip
    run_state_machine_as_test(Lives, settings=wanted)


def test_nothing_is_lost_or_doubled_or_sent_unasked() -> None:
    live(5, 20, derandomize=True)


@pytest.mark.soak
def test_it_holds_for_many_lives() -> None:
    live(int(os.environ.get("SOAK_STATES", "2000")), 50)
