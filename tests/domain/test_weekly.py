import itertools
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.weekly import (
    LATEST,
    is_too_late,
    post_key,
    prompt_of,
    week_key,
    week_shown,
    without_names,
)

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "day, monday",
    [
        (date(2026, 11, 22), date(2026, 11, 16)),  # Sunday: the week that is ending
        (date(2026, 11, 19), date(2026, 11, 16)),  # Thursday
        (date(2026, 11, 20), date(2026, 11, 16)),  # Friday
        (date(2026, 11, 23), date(2026, 11, 16)),  # Monday: the week that ended yesterday
        (date(2026, 11, 25), date(2026, 11, 16)),  # Wednesday
        (date(2026, 11, 26), date(2026, 11, 23)),  # Thursday of the next
        (date(2027, 1, 1), date(2026, 12, 28)),
    ],
)
def test_a_post_shows_the_week_its_readers_have_in_mind(day, monday):
    assert week_shown(day) == monday


def test_weeks_follow_each_other_whatever_day_a_server_posts_on():
    for weekday in range(7):
        days = [date(2026, 11, 16) + timedelta(days=weekday, weeks=n) for n in range(60)]
        shown = [week_shown(day) for day in days]
        assert [later - earlier for earlier, later in itertools.pairwise(shown)] == [timedelta(days=7)] * 59


def test_a_week_has_its_own_name_across_the_year():
    assert week_key(date(2026, 11, 16)) == "2026-W47"
    assert week_key(date(2026, 12, 28)) == "2026-W53"
    assert week_key(date(2027, 1, 4)) == "2027-W01"
    assert len(post_key(2**63 - 1, date(2026, 12, 28))) <= 64


@pytest.mark.parametrize(
    "late, too_late", [(timedelta(0), False), (LATEST, False), (LATEST + timedelta(seconds=1), True)]
)
def test_a_post_may_be_a_day_late(late, too_late):
    assert is_too_late(NOW, NOW + late) is too_late


def test_no_prompt_comes_again_before_all_others_have():
    prompts = [f"prompt-{n:02}" for n in range(1, 27)]
    mondays = [date(2026, 11, 16) + timedelta(weeks=n) for n in range(26)]
    for guild_id in (1, 2, 1_100_000_000_000_000_001):
        assert {prompt_of(prompts, guild_id, monday) for monday in mondays} == set(prompts)
    assert prompt_of(prompts, 1, mondays[0]) != prompt_of(prompts, 2, mondays[0])
    assert prompt_of([], 1, mondays[0]) is None


def test_a_name_leaves_a_post_and_longer_names_stay():
    text = {"type": 10, "content": "` 1` **Ada** · 9\n` 2` **Adamu** · 7"}
    body = json.dumps([{"type": 17, "components": [text, {"type": 10, "content": "New: **Ada**."}]}])
    changed = without_names(body, {"Ada"}, "somebody")
    assert changed is not None
    (frame,) = json.loads(changed)
    assert frame["components"][0]["content"] == "` 1` **somebody** · 9\n` 2` **Adamu** · 7"
    assert frame["components"][1]["content"] == "New: **somebody**."
    assert without_names(changed, {"Ada"}, "somebody") is None
    assert without_names("[]", {"Ada"}, "somebody") is None
