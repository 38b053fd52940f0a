from datetime import UTC, datetime, timedelta

from bot.domain.wins import FEWEST_ANONYMOUS, Win, WinState, delay, ready

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def waiting(user_id, *, due=True, number=None):
    publish_at = NOW - timedelta(hours=1) if due else NOW + timedelta(hours=1)
    return Win(
        number or user_id, user_id, 1, user_id, True, WinState.WAITING, NOW - timedelta(days=1), publish_at
    )


def test_the_delay_lies_between_six_and_forty_eight_hours():
    assert delay(0) == timedelta(hours=6)
    assert timedelta(hours=47) < delay(0.999) < timedelta(hours=48)


def test_four_people_wait_for_a_fifth():
    assert ready([waiting(n) for n in range(1, 5)], NOW) == []
    assert len(ready([waiting(n) for n in range(1, 6)], NOW)) == FEWEST_ANONYMOUS


def test_five_wins_of_one_person_are_one_person():
    assert ready([waiting(1, number=n) for n in range(1, 7)], NOW) == []


def test_who_still_waits_does_not_make_up_the_number():
    assert ready([waiting(1), *(waiting(n, due=False) for n in range(2, 9))], NOW) == []
