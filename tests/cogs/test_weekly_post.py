import dataclasses
import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.boards import Board, GroupTotal, Newcomer, Period, Place
from bot.domain.nudges import Delivery, Purpose
from bot.domain.weekly import WeeklyPost
from bot.ui.server_posts import trial_writer, welcome_writer
from bot.ui.weekly_post import place_lines, safe_name, weekly_writer, with_plain_weekly
from tests import texts
from tests.meta.lint import lint_message, walk
from tests.pseudo import LANGUAGE, is_pseudo

MONDAY = date(2026, 11, 16)
DELIVERY = 9_100_000_000_000_000_001
LONG = "W" * 64


@pytest.fixture(scope="module")
def words():
    return texts.words()


def places(*people):
    return tuple(Place(rank, index, name, actions) for index, (rank, name, actions) in enumerate(people, 1))


def post(*people, language="en", total=None, first_timers=(), prompt="prompt-01", running=True):
    newcomers = tuple(Newcomer(number, name) for number, name in enumerate(first_timers))
    board = Board(Period.WEEK, MONDAY, places(*people), total=total, newcomers=newcomers)
    return WeeklyPost(language, board, prompt, running)


def body(words, sent):
    return json.loads(weekly_writer(words)(sent, DELIVERY))


def lines_of(components):
    return [part["content"] for part in walk(components) if part["type"] == 10]


def test_a_week_reads_like_this(words):
    sent = post((1, "Amara", 9), (2, "Bilal", 7), (2, "Quiet Owl", 7), (4, None, 1), total=GroupTotal(24, 19),
                first_timers=("Bilal", "Quiet Owl"))  # fmt: skip
    assert lines_of(body(words, sent)) == [
        "### This week in the group",
        "-# The week of Monday 16 November, so far",
        "Together: **24 actions**. The week before: 19.",
        "`1` **Amara** · 9\n`2` **Bilal** · 7\n`2` **Quiet Owl** · 7\n`4` **somebody** · 1",
        "Here for the first time: **Bilal** and **Quiet Owl**. Welcome, all of you.",
        "**A question for the week**\nWhat is one small thing you finished this week?",
        f"-# {words.speak('en')('weekly-small-print')}",
    ]


def test_the_board_shows_places_as_the_post_does(words):
    shown = places((9, "Amara", 7), (9, "Bilal", 7), (11, None, 1))
    assert place_lines(words.speak("en"), shown, you=2).splitlines() == [
        "` 9` **Amara** · 7",
        "` 9` **Bilal** (you) · **7**",
        "`11` **somebody** · 1",
    ]


def test_few_people_have_no_total_and_a_quiet_week_has_its_own_words(words):
    assert not any("Together" in text for text in lines_of(body(words, post((1, "Amara", 9)))))
    quiet = lines_of(body(words, post(running=False)))
    assert quiet[0] == "### Last week in the group"
    assert quiet[2] == "No action was shared this week. That is fine. Rest is part of the road."


def test_the_buttons_are_found_again_by_the_delivery(words):
    ids = [part["custom_id"] for part in walk(body(words, post((1, "Amara", 9)))) if "custom_id" in part]
    assert ids == [f"sf:1:did-something:{DELIVERY}", "sf:1:leaderboard:week"]
    for writer in (welcome_writer(words), trial_writer(words)):
        made = json.loads(writer("en", DELIVERY))
        assert any(str(part.get("custom_id", "")).endswith(f":{DELIVERY}") for part in walk(made))


@pytest.mark.parametrize("language", ["en", LANGUAGE])
def test_the_largest_post_fits_and_every_sentence_is_from_a_file(words, language):
    names = [f"{LONG[:-2]}{number:02}" for number in range(10)]
    for prompt in sorted(key for key in words.ids() if key.startswith("prompt-")):
        sent = post(
            *((rank, name, 10_000) for rank, name in enumerate(names, 1)),
            language=language, total=GroupTotal(100_000, 99_999), first_timers=tuple(names), prompt=prompt,
        )  # fmt: skip
        components = body(words, sent)
        assert lint_message(components) == []
        if language == LANGUAGE:
            for text in lines_of(components):
                for line in text.removeprefix("### ").removeprefix("-# ").split("\n"):
                    assert "⟦" in line or "⟧" in line, line
            labels = [part["label"] for part in walk(components) if "label" in part]
            assert all(is_pseudo(label) for label in labels)
    for writer in (welcome_writer(words), trial_writer(words)):
        assert lint_message(json.loads(writer(language, DELIVERY))) == []


@pytest.mark.parametrize(
    "name, written",
    [
        ("Amara", "Amara"),
        ("**bold** _x_", r"\*\*bold\*\* \_x\_"),
        ("@everyone", "@\u2060everyone"),
        ("<@123>", "\\<@\u2060123\\>"),
        ("</help:1>", r"\</help:1\>"),
        ("<t:1:R>", r"\<t:1:R\>"),
        ("a\nb", "a b"),
        ("# big", r"\# big"),
        ("\u202eevil\u202c", "evil"),
        ("\u200b", ""),
    ],
)
def test_a_name_is_text_and_nothing_else(name, written):
    assert safe_name(name) == written


@given(st.text(max_size=200) | st.from_regex(r"(https?://|www\.|<[@#/t]|\[x\]\()[a-z./:>)]{1,20}"))
def test_no_name_brings_a_link_a_ping_or_a_turned_line(name):
    written = safe_name(name)
    assert "://" not in written
    assert "](" not in written
    assert "@everyone" not in written
    assert "\n" not in written
    assert not any(
        ch in written for ch in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    )
    assert re.sub(r"\\[\\*_~|`>#\[\]()<]", "", written).translate(
        {ord(ch): None for ch in "*_~|`>#[]()<"}
    ) == re.sub(r"\\[\\*_~|`>#\[\]()<]", "", written), "every mark has its own backslash"


def test_a_refused_post_is_replaced_by_one_without_names(words):
    now = datetime(2026, 11, 22, 17, tzinfo=UTC)
    plain = with_plain_weekly(words, lambda _delivery, _member: "others")
    sent = Delivery(DELIVERY, Purpose.WEEKLY, "1", "[]", now, now, now, guild_id=1)
    made = json.loads(plain(sent, None) or "")
    assert lint_message(made) == []
    assert any(part.get("custom_id") == f"sf:1:did-something:{DELIVERY}" for part in walk(made))
    assert plain(dataclasses.replace(sent, purpose=Purpose.DM_TEST), None) == "others"
