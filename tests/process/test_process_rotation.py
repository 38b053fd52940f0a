"""Kill -9 of a real `rotate-key` at random moments: not one field that cannot be read, and it ends in the end."""

import os
import random
import sys
import time
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.domain.rejections import RejectionFilter
from bot.services.members import Members
from bot.storage.unit import SqlDatabase
from tests.process.commands import Command
from tests.process.rows import Rows
from tests.storage.test_rejections import entry

EACH = 50


def fill(rows: Rows, people: int) -> None:
    """Members with fifty sealed fields each."""

    async def job(db: SqlDatabase) -> None:
        for user_id in range(1, people + 1):
            now = system_clock()
            await Members(db, db.keys).consent(user_id, "Africa/Lagos", "en", now)
            new = [
                entry(user_id * 100 + number, user_id, who=f"{user_id} {number}") for number in range(EACH)
            ]
            async with db.write() as tx:
                await tx.rejections.add_many(new)

    rows.work(job)


def unreadable(rows: Rows, people: int) -> int:
    """How many fields do not open to what was written."""

    async def job(db: SqlDatabase) -> int:
        found = 0
        async with db.read() as tx:
            for user_id in range(1, people + 1):
                read = {one.who for one in await tx.rejections.listed(user_id, RejectionFilter())}
                found += len({f"{user_id} {number}" for number in range(EACH)} - read)
        return found

    return rows.work(job)


def rotated(folder: Path, people: int, kills: int, look_every: int) -> tuple[int, int]:
    """Rotate again and again, killed so many times. Gives how many rotations ended, and what could not be read."""
    rows, command, chance = Rows(folder), Command(folder, "rotate-key"), random.Random(kills)
    fill(rows, people)
    began = time.monotonic()
    assert command.run() == 0, command.output()
    whole, ended, bad, killed = time.monotonic() - began, 1, 0, 0
    while killed < kills:
        # The work itself is a small part of the run; most kills fall into it, and some before.
        begun = folder / "secret.key.old" if killed % 3 else None
        if command.kill_within(whole / 3 if begun else whole, chance, after=begun):
            killed += 1
            if killed % look_every == 0:
                bad += unreadable(rows, people)
        else:
            ended += 1
    assert command.run() == 0, command.output()
    assert not list(folder.glob("secret.key.*"))
    return ended + 1, bad + unreadable(rows, people)


@pytest.mark.timeout(300)
def test_a_few_kills_leave_everything_readable(tmp_path: Path) -> None:
    assert rotated(tmp_path, people=20, kills=2, look_every=1)[1] == 0


@pytest.mark.soak
def test_a_hundred_kills_leave_a_hundred_thousand_fields_readable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kills, fields = (
        int(os.environ.get(name, size)) for name, size in (("SOAK_ROTATIONS", 100), ("SOAK_FIELDS", 100_000))
    )
    ended, bad = rotated(tmp_path, people=fields // EACH, kills=kills, look_every=20)
    with capsys.disabled():
        sys.stdout.write(
            f"{kills} kills of a rotation, {ended} that ended, {fields} fields: {bad} unreadable\n"
        )
    assert bad == 0
