"""The labels of the picture: what several columns share is said once, and never runs into its neighbour."""

from datetime import date, timedelta

import pytest

from bot.domain.progress import Grain, Timeline
from cogs.insights.figures import _columns
from tests.texts import voice


def under(grain: Grain, *starts: date) -> list[str]:
    return [label for _, label in _columns(voice(), Timeline(grain, starts, {}, (), (0, 0)))]


@pytest.mark.parametrize(
    "first, labels",
    [
        (date(2026, 9, 28), ["", "Oct", "", "", "", "Nov"]),
        (date(2026, 9, 21), ["Sept", "", "Oct", "", "", ""]),
    ],
)
def test_a_month_of_one_week_leaves_its_place_to_the_next(first: date, labels: list[str]) -> None:
    assert under(Grain.WEEK, *(first + timedelta(weeks=n) for n in range(6))) == labels


def test_a_year_of_one_month_does_too() -> None:
    assert under(Grain.MONTH, date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)) == ["", "2026", ""]
