"""The shortest lives that once went wrong. Each is told to the end, with everything that must hold checked at each step."""

from collections.abc import Iterator

import pytest

from tests.lives.test_lives import Lives
from tests.lives.watching import Mood


@pytest.fixture
def life() -> Iterator[Lives]:
    """One member with one entry; at the end everything that was promised must have arrived."""
    lived = Lives()
    yield lived
    lived.teardown()


def begin(life: Lives, mood: Mood, seconds: int = 0) -> None:
    """The first check-in goes out, and Discord answers so."""
    life.the_next_hour_comes([mood], seconds, None)
    life.all_is_well()


def test_a_clock_set_back_after_a_lost_answer_doubles_nothing(life: Lives) -> None:
    begin(life, Mood.LOST)
    life.clock_jumps(-0.15)
    life.time_passes(1, [], None)
    life.all_is_well()


def test_a_recovery_paused_while_discord_was_silent_loses_nothing(life: Lives) -> None:
    begin(life, Mood.BROKEN)
    life.steer(0, "pause", None)
    life.time_passes(0.2, [], None)
    life.all_is_well()
    life.steer(0, "resume", None)
    life.time_passes(24, [], None)
    life.all_is_well()


def test_an_undo_after_discord_was_silent_brings_the_check_in_back(life: Lives) -> None:
    begin(life, Mood.BROKEN)
    life.delete(0, None)
    life.time_passes(0.05, [], None)
    life.all_is_well()
    life.undo_delete(0, None)
    life.all_is_well()


def test_a_second_try_waits_for_the_end_of_the_quiet_hours() -> None:
    life = Lives()
    life.settle(0, "20", None)
    begin(life, Mood.BROKEN, 3590)
    life.time_passes(0.03, [], None)
    life.all_is_well()
    life.teardown()


def test_a_stop_while_discord_was_silent_is_called_a_stop(life: Lives) -> None:
    begin(life, Mood.BROKEN)
    life.steer(0, "stop", None)
    life.time_passes(0.05, [], None)
    life.all_is_well()
    life.steer(0, "resume", None)
    life.all_is_well()


def test_messages_closed_while_discord_was_silent_bring_nothing_twice(life: Lives) -> None:
    begin(life, Mood.LOST)
    life.time_passes(0.004, [Mood.CLOSED], None)
    life.all_is_well()
    life.open_messages(0, None)
    life.all_is_well()
    life.time_passes(30, [], None)
    life.all_is_well()
