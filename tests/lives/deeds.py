"""What members do: log, edit, delete, undo, steer, rest, answer, act, erase. After each the model knows what holds."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
)

from bot.domain.actions import from_interaction
from bot.domain.nudges import NudgeState
from bot.domain.rejections import Recovery, RejectionDraft
from bot.domain.timetable import Pace, plan
from bot.errors import UserError
from bot.services.checkins import Target
from bot.services.settings import Messages
from tests.lives.host import SERVER, Host
from tests.lives.model import Entry, Person

MOST_PEOPLE = 3
KILLS = st.one_of(st.none(), st.none(), st.integers(1, 60))
PICK = st.integers(0, 7)
BACK = st.sampled_from([0, 1, 3, 6, 7, 13, 29, 30, 33])
Deed = Callable[[], Awaitable[Any]]


def somebody(self: "Deeds") -> bool:
    """Whether there is a member."""
    return any(not person.erased for person in self.people.values())


def some_entry(self: "Deeds") -> bool:
    """Whether a member has a rejection."""
    return bool(self.entries())


def some_deleted(self: "Deeds") -> bool:
    """Whether one of them was deleted."""
    return bool(self.entries(deleted=True))


def some_message(self: "Deeds") -> bool:
    """Whether a check-in arrived that can be answered."""
    return bool(self.messages())


class Deeds(RuleBasedStateMachine):
    """Each rule is one thing that a member does, of which the process may die."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
        self.runner = asyncio.Runner()
        self.host = Host(Path(self.folder.name))
        self.people: dict[int, Person] = {}
        self.over = False
        self.host.discord.people = self.people
        self.run(self.host.begin())
        self.join()
        self.log(0, 0, "exam", None)

    def run(self, doing: Any) -> Any:
        return self.runner.run(doing)

    # -- who and what -------------------------------------------------------------------------

    def someone(self, pick: int) -> Person:
        there = [person for person in self.people.values() if not person.erased]
        return there[pick % len(there)]

    def entries(self, *, deleted: bool | None = None) -> list[tuple[Person, Entry]]:
        there = [(p, e) for p in self.people.values() if not p.erased for e in p.entries.values()]
        return [one for one in there if deleted is None or deleted == (one[1].deleted_at is not None)]

    def entry(self, pick: int, *, deleted: bool | None = None) -> tuple[Person, Entry]:
        there = self.entries(deleted=deleted)
        return there[-1 - pick % len(there)]

    def messages(self) -> list[Any]:
        there = [message for message in self.host.discord.messages if message.nudges]
        return [message for message in there if not self.people[message.channel_id // 10].erased]

    def deed(self, what: Deed, kill_at: int | None) -> tuple[Any, bool]:
        """Do it; what a member is told instead is no fault."""
        try:
            return self.run(self.host.deed(what, kill_at))  # type: ignore[no-any-return] # a pair
        except UserError:
            return None, False

    def stored(self, person: Person) -> Any:
        return self.run(self.host.member(person.user_id))

    def look(self, person: Person) -> None:
        """What only the machine can know: the rows it made, and protocols that ended by their last answer."""
        for kept in self.run(self.host.rejections_of(person.user_id)):
            entry = person.entries[kept.id]
            if entry.recovery is Recovery.OPEN and kept.recovery is Recovery.FINISHED:
                ahead = {NudgeState.DUE, NudgeState.HELD, NudgeState.UNDELIVERABLE}
                assert not [n for n in self.rows(person, entry) if n.state in ahead], "finished too early"
            entry.recovery, entry.pace = kept.recovery, kept.pace
            for nudge in self.rows(person, entry):
                entry.wanted.add((nudge.step, nudge.occurrence))
                entry.numbers.add(nudge.id)

    def rows(self, person: Person, entry: Entry) -> Any:
        return self.run(self.host.nudges_of(person.user_id, entry.id))

    def nothing_is_left(self, person: Person) -> None:
        left = self.run(self.host.left_of(person.user_id))
        assert set(left.values()) == {0}, left

    # -- members ------------------------------------------------------------------------------

    @precondition(lambda self: len(self.people) < MOST_PEOPLE)
    @rule()
    def join(self) -> None:
        user_id = 40 + len(self.people) + 1
        self.run(self.host.join(user_id))
        self.people[user_id] = Person(user_id, self.run(self.host.member(user_id)).rhythm)

    @precondition(somebody)
    @rule(pick=PICK, back=BACK, kind=st.sampled_from(["exam", "research"]), kill=KILLS)
    def log(self, pick: int, back: int, kind: str, kill: int | None) -> None:
        person, now = self.someone(pick), self.host.clock()
        member = self.stored(person)
        draft = RejectionDraft(
            kind, now.astimezone(person.rhythm.tz).date() - timedelta(days=back), who="Ward"
        )
        press = self.host.interaction()
        _, saved = self.deed(
            lambda: self.host.rejections.log(member, draft, interaction_id=press, now=now), kill
        )
        new = [
            one for one in self.run(self.host.rejections_of(person.user_id)) if one.id not in person.entries
        ]
        assert len(new) == saved, "half a rejection"
        for one in new:
            ahead = plan(
                member.pace, logged_at=now, occurred_on=draft.occurred_on, rhythm=person.rhythm, now=now
            )
            entry = Entry(one.id, now, one.pace, Recovery.OPEN if ahead else Recovery.NONE)
            entry.wanted = {(str(step.step), 0) for step in ahead}
            entry.numbers = {nudge.id for nudge in self.rows(person, entry)}
            assert len(entry.numbers) == len(ahead), "half a protocol"
            person.entries[one.id] = entry

    @precondition(some_entry)
    @rule(pick=PICK, back=BACK, kill=KILLS)
    def edit(self, pick: int, back: int, kill: int | None) -> None:
        person, entry = self.entry(pick)
        member, now = self.stored(person), self.host.clock()
        draft = RejectionDraft("exam", now.astimezone(person.rhythm.tz).date() - timedelta(days=back))
        _, saved = self.deed(lambda: self.host.rejections.edit(member, entry.id, draft, now), kill)
        if saved:
            entry.excuses.add("past")
            self.look(person)

    @precondition(some_entry)
    @rule(pick=PICK, kill=KILLS)
    def delete(self, pick: int, kill: int | None) -> None:
        person, entry = self.entry(pick)
        now = self.host.clock()
        _, saved = self.deed(lambda: self.host.rejections.delete(person.user_id, entry.id, now), kill)
        if saved:
            entry.deleted_at = now

    @precondition(some_deleted)
    @rule(pick=PICK, kill=KILLS)
    def undo_delete(self, pick: int, kill: int | None) -> None:
        person, entry = self.entry(pick, deleted=True)
        member, now = self.stored(person), self.host.clock()
        _, saved = self.deed(lambda: self.host.rejections.restore(member, entry.id, now), kill)
        if saved:
            entry.deleted_at = None

    @precondition(some_entry)
    @rule(
        pick=PICK, way=st.sampled_from(["pause", "resume", "stop", "stop_all", "full", "light"]), kill=KILLS
    )
    def steer(self, pick: int, way: str, kill: int | None) -> None:
        person, entry = self.entry(pick)
        member, now, does = self.stored(person), self.host.clock(), self.host.recoveries
        ways: dict[str, Deed] = {
            "pause": lambda: does.pause(person.user_id, entry.id),
            "resume": lambda: does.resume(member, entry.id, now),
            "stop": lambda: does.stop(person.user_id, [entry.id]),
            "stop_all": lambda: does.stop_all(person.user_id),
            "full": lambda: does.set_pace(member, entry.id, Pace.FULL, now),
            "light": lambda: does.set_pace(member, entry.id, Pace.LIGHT, now),
        }
        _, saved = self.deed(ways[way], kill)
        if saved and way in ("full", "light"):
            entry.excuses.add("pace")
        if saved and way.startswith("stop"):
            for one in person.entries.values() if way == "stop_all" else [entry]:
                one.excuses.add("stopped")  # Coming back brings what lies ahead, not what was past by then.
        self.look(person)

    @precondition(somebody)
    @rule(pick=PICK, way=st.sampled_from(["pause", "resume", "off", "on", "9", "18", "20"]), kill=KILLS)
    def settle(self, pick: int, way: str, kill: int | None) -> None:
        person, now, does = self.someone(pick), self.host.clock(), self.host.settings
        ways: dict[str, Deed] = {
            "pause": lambda: does.pause(person.user_id, now),
            "resume": lambda: does.resume(person.user_id, now),
            "off": lambda: does.set_messages(person.user_id, Messages.OFF, now),
            "on": lambda: does.set_messages(person.user_id, Messages.NOTIFY, now),
        }
        _, saved = self.deed(ways.get(way, lambda: does.set_hour(person.user_id, int(way), now)), kill)
        if saved:
            person.paused = {"pause": True, "resume": False}.get(way, person.paused)
            person.off = {"off": True, "on": False}.get(way, person.off)
            person.rhythm = self.stored(person).rhythm

    @precondition(somebody)
    @rule(pick=PICK, kill=KILLS)
    def erase(self, pick: int, kill: int | None) -> None:
        person, now = self.someone(pick), self.host.clock()
        _, begun = self.deed(lambda: self.host.erasure.erase(person.user_id, now), kill)
        person.erased = begun
        if begun:
            self.nothing_is_left(person)

    @precondition(some_message)
    @rule(pick=PICK, way=st.sampled_from(["done", "skip", "snooze", "stop"]), kill=KILLS)
    def answer(self, pick: int, way: str, kill: int | None) -> None:
        there = self.messages()
        message = there[-1 - pick % len(there)]
        person, now, does = self.people[message.channel_id // 10], self.host.clock(), self.host.checkins
        member, target, press = self.stored(person), Target(int(message.nonce)), self.host.interaction()
        ways: dict[str, Deed] = {
            "done": lambda: does.done(member, target, interaction_id=press, guild_id=SERVER, now=now),
            "skip": lambda: does.skip(member, target, now),
            "snooze": lambda: does.snooze(member, target, 1, now),
            "stop": lambda: does.stop(member, target, now),
        }
        self.deed(ways[way], kill)
        if way == "stop":
            for entry in person.entries.values():
                entry.excuses.add("stopped")
        self.look(person)

    @precondition(somebody)
    @rule(pick=PICK, undo=st.booleans(), kill=KILLS)
    def act(self, pick: int, undo: bool, kill: int | None) -> None:
        person, now, press = self.someone(pick), self.host.clock(), self.host.interaction()
        member, today = self.stored(person), now.astimezone(person.rhythm.tz).date()
        if undo:
            self.deed(lambda: self.host.actions.undo(member, None, interaction_id=press, now=now), kill)
            return
        self.deed(
            lambda: self.host.actions.log(
                member, "cv-revised", done_on=today, source=from_interaction(press), interaction_id=press,
                guild_id=SERVER, now=now,
            ),
            kill,
        )  # fmt: skip

    @precondition(somebody)
    @rule(pick=PICK, kill=KILLS)
    def open_messages(self, pick: int, kill: int | None) -> None:
        person, now, press = self.someone(pick), self.host.clock(), self.host.interaction()
        member = self.stored(person)
        self.deed(lambda: self.host.doors.open(member, now, interaction_id=press), kill)
