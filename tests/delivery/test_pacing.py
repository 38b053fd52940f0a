from datetime import timedelta

from bot.delivery.pacing import Pacing
from bot.domain.answers import Answer, Kind
from bot.domain.processes import INVALID_LIMIT

FORBIDDEN = Answer(Kind.HTTP, 403, 50007)
MINUTE = timedelta(minutes=1)


def paced(clock, per_second=5):
    async def sleep(seconds):
        clock.advance(seconds=seconds)

    return Pacing(per_second, clock, sleep)


async def test_a_minute_holds_the_budget_of_a_minute(clock):
    pace, start_at = paced(clock), clock()
    granted = [await pace.take(1) for _ in range(300)]
    assert timedelta(seconds=58) < granted[-1] - start_at < timedelta(seconds=60)
    for first, sixth in zip(granted, granted[5:], strict=False):
        assert sixth - first >= timedelta(seconds=0.19)


async def test_idling_saves_up_one_second_at_most(clock):
    pace = paced(clock)
    clock.advance(hours=1)
    assert [pace.try_take() for _ in range(7)] == [True] * 5 + [False] * 2
    clock.advance(seconds=0.2)
    assert pace.try_take()


async def test_a_clock_that_goes_back_stops_nothing(clock):
    pace = paced(clock)
    await pace.take(5)
    clock.advance(hours=-1)
    assert await pace.take(5) == clock()


def test_the_budget_stays_between_one_and_forty(clock):
    assert [paced(clock, n).group for n in (0, 1, 5, 40, 900)] == [1, 1, 1, 10, 12]


def test_ten_channels_in_ten_minutes_and_a_turn_for_everybody_else(clock):
    pace, now = paced(clock), clock()
    turns = [pace.opens_at(user_id, now) for user_id in range(35)]
    assert turns[:10] == [None] * 10
    assert turns[10:20] == [now + 10 * MINUTE] * 10
    assert turns[20:30] == [now + 20 * MINUTE] * 10
    assert pace.opens_at(30, now + MINUTE) == now + 30 * MINUTE


def test_a_turn_is_kept_from_those_who_come_later(clock):
    pace, now = paced(clock), clock()
    for user_id in range(20):
        pace.opens_at(user_id, now)
    then = now + 10 * MINUTE
    assert pace.opens_at(99, then) == then + 10 * MINUTE
    assert [pace.opens_at(user_id, then) for user_id in range(10, 20)] == [None] * 10


def test_turns_that_all_come_at_once_still_open_ten_at_most(clock):
    pace, now = paced(clock), clock()
    for user_id in range(100):
        pace.opens_at(user_id, now)
    morning = now + timedelta(hours=9)
    assert [pace.opens_at(user_id, morning) for user_id in range(10, 40)].count(None) == 10


def test_the_breaker_opens_long_before_a_ban(clock):
    pace, now = paced(clock), clock()
    for _ in range(INVALID_LIMIT - 1):
        pace.saw(FORBIDDEN, now)
    assert pace.resting_until(now) is None
    pace.saw(FORBIDDEN, now)
    until = pace.resting_until(now)
    assert now + 15 * MINUTE <= until <= now + 17 * MINUTE
    assert pace.resting_until(until) is None


def test_refusals_spread_over_time_do_not_open_it(clock):
    pace = paced(clock)
    for number in range(2000):
        pace.saw(FORBIDDEN, clock.advance(seconds=1.3))
        assert pace.resting_until(clock()) is None, number


def test_after_a_rest_one_goes_first(clock):
    pace, now = paced(clock, 40), clock()
    pace.saw(Answer(Kind.BANNED, 429), now)
    assert pace.resting_until(now) is not None
    assert pace.group == 1
    pace.saw(Answer(Kind.OK), now)
    assert pace.group == 10
