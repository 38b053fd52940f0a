from datetime import timedelta

import pytest

from bot.operations.health import judge
from bot.operations.vitals import Disk, Shard
from tests.conftest import START
from tests.operations.vitals import WELL, ill

HOUR = timedelta(hours=1)


def test_a_bot_that_is_well_is_green_without_a_word():
    assert (judge(WELL).reasons, judge(WELL).warnings) == ((), ())


@pytest.mark.parametrize(
    "wrong, begins",
    [
        ({"token_dead": True}, "token: "),
        ({"ticking": False}, "tick: none has ended since 2026-11-22 11:59 UTC"),
        ({"ticking": False, "last_tick_at": None}, "tick: none has ended since never"),
        ({"writable": False}, "database: "),
        ({"shards": (Shard(1, False, START - HOUR),)}, "gateway: shard 1 is gone since 2026-11-22 11:00 UTC"),
    ],
)
def test_what_keeps_the_bot_from_its_work_is_red(wrong, begins):
    found = judge(ill(**wrong))
    assert found.red
    assert [reason.startswith(begins) for reason in found.reasons] == [True]


@pytest.mark.parametrize(
    "wrong, begins",
    [
        ({"disk": Disk(1000, 100, 50, ballast=True)}, "disk: 90% full"),
        ({"disk": Disk(1000, 500, 50, ballast=False)}, "disk: the spare file"),
        ({"resting_until": START + HOUR}, "breaker: nothing is sent until 2026-11-22 13:00 UTC"),
        ({"invalid_requests": 250}, "requests: 250 refused"),
        ({"backup_at": START - 37 * HOUR}, "backup: the newest is from 2026-11-20 23:00 UTC"),
        ({"backup_at": None}, "backup: the newest is from never"),
    ],
)
def test_what_a_host_should_look_at_stays_green(wrong, begins):
    found = judge(ill(**wrong))
    assert not found.red
    assert [warning.startswith(begins) for warning in found.warnings] == [True]


@pytest.mark.parametrize(
    "fine",
    [
        {"ticking": False, "started_at": START - timedelta(seconds=30)},
        {"shards": (Shard(0, False, START - timedelta(minutes=4)),)},
        {"backup_at": None, "started_at": START - HOUR},
        {"backup_at": None, "backups_wanted": False},
        {"disk": None, "queue": None},
    ],
)
def test_a_start_and_a_short_absence_are_no_illness(fine):
    assert judge(ill(**fine)) == judge(WELL)


def test_the_last_of_many_shards_has_longer_to_come_after_a_start():
    started_at = START - timedelta(minutes=10)
    shards = tuple(Shard(number, number < 40, started_at) for number in range(64))
    assert not judge(ill(started_at=started_at, shards=shards)).red
    assert judge(ill(started_at=started_at, shards=shards[38:42])).red


def test_a_wait_after_early_ends_is_named():
    (reason,) = judge(ill(shards=(Shard(0, False, START - HOUR),), waiting_until=START + HOUR)).reasons
    assert "waits until 2026-11-22 13:00 UTC" in reason
