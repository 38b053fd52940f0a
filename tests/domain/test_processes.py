from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.processes import (
    ALIVE_FOR,
    Beat,
    Shards,
    beats_of,
    in_the_way,
    missing,
    refused_by_all,
    shard_of,
    taken_over,
)
from bot.operations.findings import Mark
from bot.operations.side_by_side import about_processes
from tests.conftest import START

FOUR = [Shards((0, 1), 4), Shards((2,), 4), Shards((3,), 4)]


def beat(name: str, shards: Shards, *, age: float = 0, **more: Any) -> Beat:
    return replace(Beat(name, shards, START, START - timedelta(seconds=age)), **more)


@pytest.mark.parametrize(
    "one, other, expected",
    [
        (Shards((0, 1), 4), Shards((2, 3), 4), False),
        (Shards((0, 1), 4), Shards((1, 2), 4), True),
        (Shards((0, 1), 4), Shards((2, 3), 8), True),
        (Shards(), Shards((3,), 4), True),
        (Shards(), Shards(), True),
    ],
)
def test_two_that_hear_the_same_servers_overlap(one: Shards, other: Shards, expected: bool) -> None:
    assert one.overlap(other) is other.overlap(one) is expected


def test_what_is_written_is_read_and_what_is_not_understood_left_out() -> None:
    whole = beat("here:1/a", FOUR[0], invalid=7, resting_until=START)
    chosen = beat("there:1/b", Shards())
    stored = [(f"process:{one.name}", one.to_text()) for one in (whole, chosen)]
    assert beats_of([*stored, ("process:x", "{}"), ("process:y", "not json")]) == [whole, chosen]


def test_of_two_in_each_others_way_the_later_one_yields_and_a_dead_one_is_in_nobodys() -> None:
    old, new = beat("a", FOUR[0]), beat("b", FOUR[0], since=START + timedelta(seconds=1))
    assert in_the_way(new, [old], START) == [old]
    assert in_the_way(old, [new], START) == []
    assert in_the_way(new, [replace(old, at=START - ALIVE_FOR)], START) == []


def test_the_work_of_the_dead_is_dealt_out_once_and_all_of_it() -> None:
    alive = [
        beat("a", Shards((0, 1), 8)),
        beat("b", Shards((2, 3), 8)),
        beat("w", Shards((4,), 8), waiting=True),
    ]
    dead = beat("c", Shards((4, 5, 6, 7), 8), age=31)
    everybody = [*alive, dead]
    assert missing(alive[0].shards, everybody, START) == [4, 5, 6, 7]
    dealt = [taken_over(one, [other for other in everybody if other is not one], START) for one in alive[:2]]
    assert sorted(dealt) == [(4, 6), (5, 7)]


def test_a_part_is_what_a_process_gets_of_the_budget() -> None:
    assert [shards.part for shards in (*FOUR, Shards())] == [0.5, 0.25, 0.25, 1.0]
    assert [str(shards) for shards in (*FOUR, Shards())] == ["0-1/4", "2/4", "3/4", "all"]


def test_servers_are_divided_as_discord_divides_them() -> None:
    assert shard_of(41771983423143937, 4) == (41771983423143937 >> 22) % 4


def test_refusals_count_together_while_their_process_lives() -> None:
    others = [beat("b", FOUR[1], invalid=200), beat("c", FOUR[2], invalid=900, age=31)]
    assert refused_by_all(beat("a", FOUR[0], invalid=100), others, START) == 300


def test_doctor_names_who_runs_who_is_missing_and_who_is_in_the_way() -> None:
    beats = [beat(str(number), shards) for number, shards in enumerate(FOUR)]
    assert [finding.mark for finding in about_processes(beats, START)] == [Mark.OK]
    (gap,) = about_processes(beats[:2], START)
    assert "nobody runs 3" in gap.told
    double = list(about_processes([*beats, beat("again", FOUR[1])], START))
    assert [finding.mark for finding in double] == [Mark.OK, Mark.LOOK]
    assert list(about_processes([], START)) == []
