"""Care asks once a local day, holds nothing but who was asked, and forgets the longest-ago member first."""

from datetime import date, timedelta

from bot.domain.care import RiskWords
from bot.services.care import Care, CareMemory

TODAY = date(2026, 11, 22)
HEAVY = "I want to die"


def care():
    return Care((), [RiskWords(["want to die"], [])])


def test_the_card_comes_first_once_a_day():
    ours = care()
    assert ours.check(1, [None, "", HEAVY], TODAY)
    assert not ours.check(1, [HEAVY], TODAY)
    assert ours.check(1, [HEAVY], TODAY + timedelta(days=1))


def test_another_member_is_asked_too():
    ours = care()
    assert ours.check(1, [HEAVY], TODAY)
    assert ours.check(2, [HEAVY], TODAY)


def test_ordinary_words_ask_nothing_and_use_up_nothing():
    ours = care()
    assert not ours.check(1, [None, "Cook County said no"], TODAY)
    assert ours.check(1, [HEAVY], TODAY)


def test_a_heavy_entry_stays_heavy_when_it_was_asked_about_already():
    ours = care()
    ours.check(1, [HEAVY], TODAY)
    assert ours.is_heavy([HEAVY])
    assert not ours.is_heavy([None, "fine"])


def test_the_memory_is_bounded_and_can_forget():
    memory = CareMemory(most=2)
    for user_id in (1, 2, 3):
        assert memory.first_today(user_id, TODAY)
    assert memory.first_today(1, TODAY)
    memory.forget(1)
    assert memory.first_today(1, TODAY)
