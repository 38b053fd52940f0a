"""The ten days: one small step a day. Which step is due, how far it is, and when it is over. Pure."""

DAYS = 10
DAY_STEPS = tuple(f"ten-{day}" for day in range(1, DAYS + 1))
"""The steps of its nudges, in order."""


def step_of(day: int) -> str:
    """The nudge's step for a day, counted from 1."""
    return DAY_STEPS[day - 1]


def day_of(step: str) -> int:
    """The day of a nudge's step, counted from 1. Raises ValueError for any other step."""
    return DAY_STEPS.index(step) + 1
