from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.actions import (
    PER_DAY,
    PER_KIND,
    Action,
    GuildAction,
    can_undo,
    check_day,
    from_press,
    may_score,
    server_action_id,
)
from bot.errors import UserError

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("back", [0, 1, 30])
def test_a_day_of_the_last_thirty_is_taken(back):
    check_day(TODAY - timedelta(days=back), TODAY)


@pytest.mark.parametrize("day, key", [(1, "date-future"), (-31, "action-day-too-old")])
def test_another_day_is_refused_with_the_reason(day, key):
    with pytest.raises(UserError) as caught:
        check_day(TODAY + timedelta(days=day), TODAY)
    assert caught.value.key == key


@pytest.mark.parametrize(
    "that_day, scores",
    [
        ([], True),
        (["cv-revised"] * (PER_KIND - 1), True),
        (["cv-revised"] * PER_KIND, False),
        ([f"kind-{n}" for n in range(PER_DAY - 1)], True),
        ([f"kind-{n}" for n in range(PER_DAY)], False),
    ],
)
def test_the_ceiling_of_a_day(that_day, scores):
    assert may_score(that_day, "cv-revised") is scores


@pytest.mark.parametrize(
    "kind, entry",
    [("server-7", 7), ("server-", None), ("server-x", None), ("cv-revised", None), ("7", None)],
)
def test_a_servers_own_entry_is_known_by_its_kind(kind, entry):
    assert server_action_id(kind) == entry


def test_the_kind_of_an_entry_leads_back_to_it():
    assert server_action_id(GuildAction(7, 1, "Came to the call").kind) == 7


def test_a_source_fits_its_column():
    assert len(from_press(2**63, "a" * 40)) == 48


def test_an_action_can_be_undone_for_a_day():
    action = Action(1, 2, "cv-revised", TODAY, NOW, scores=True, source="interaction:1")
    assert can_undo(action, NOW + timedelta(hours=24))
    assert not can_undo(action, NOW + timedelta(hours=24, seconds=1))
    assert not can_undo(action, NOW + timedelta(minutes=16), timedelta(minutes=15))
