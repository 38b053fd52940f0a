import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.domain.members import newcomer
from bot.domain.merging import NudgeItem, NudgeMessage
from bot.domain.nudges import REMINDER, Delivery, Purpose, Subject
from bot.domain.timetable import Step
from bot.ui.nudge_body import composer, dm_test_body, fallback, nudge_card, payload
from tests import texts
from tests.meta.lint import lint_message, walk
from tests.pseudo import LANGUAGE

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
DELIVERY = 9_100_000_000_000_000_001


@pytest.fixture(scope="module")
def words():
    return texts.words()


@pytest.fixture(scope="module")
def content():
    return texts.content()


def item(number, step="day1", kind="research"):
    return NudgeItem(number, step, kind, date(2026, 11, 21), 7_100_000_000_000_000_000 + number)


def day_item(number, day=3, kind="gone"):
    return replace(item(number, f"ten-{day}", kind), subject=Subject.CHALLENGE)


def draft_item(number, kind="gone"):
    return replace(item(number, REMINDER, kind), subject=Subject.DRAFT)


def message(*items, late_since=None):
    return NudgeMessage(DELIVERY, items, late=late_since is not None, late_since=late_since)


def body(words, content, sent, language="en"):
    member = newcomer(42, "Africa/Lagos", language, NOW)
    return json.loads(composer(words, content)(sent, member))


def lines_of(components):
    return [part["content"] for part in walk(components) if part["type"] == 10]


def ids(components):
    return [part["custom_id"] for part in walk(components) if "custom_id" in part]


@pytest.mark.parametrize(
    "step,lens",
    [("day1", "respond"), ("days2", None), ("week1", "review"), ("week2", None), ("month1", "strategy")],
)
def test_three_steps_carry_their_lens(words, content, step, lens):
    notes = [
        text for text in lines_of(body(words, content, message(item(1, step)))) if text.startswith("-# ")
    ]
    assert notes == ([] if lens is None else [f"-# {words.speak('en')(f'lens-{lens}')}"])


@pytest.mark.parametrize("language", ["en", LANGUAGE])
@pytest.mark.parametrize("step", list(Step))
def test_each_step_and_kind_fits_into_one_message(words, content, step, language):
    for kind in content.kinds:
        sent = message(item(9_100_000_000_000_000_002, step, kind.id), late_since=NOW - timedelta(days=3))
        assert lint_message(body(words, content, sent, language)) == []


@pytest.mark.parametrize("language", ["en", LANGUAGE])
@pytest.mark.parametrize("count", [2, 5, 30])
def test_a_merged_message_fits_however_much_is_due(words, content, count, language):
    steps = list(Step)
    items = [item(n, steps[n % 5], content.kinds[n % 15].id) for n in range(count)]
    sent = message(*items, late_since=NOW - timedelta(days=3))
    assert lint_message(body(words, content, sent, language)) == []


@pytest.mark.parametrize("language", ["en", LANGUAGE])
def test_a_message_about_several_subjects_fits(words, content, language):
    steps = list(Step)
    entries = [item(n, steps[n % 5], content.kinds[n % 15].id) for n in range(20)]
    others = [day_item(100 + n, 10) for n in range(3)] + [draft_item(200 + n) for n in range(20)]
    sent = message(*entries, *others, late_since=NOW - timedelta(days=3))
    assert lint_message(body(words, content, sent, language)) == []
    for one in (day_item(1), draft_item(2)):
        assert (
            lint_message(body(words, content, message(one, late_since=NOW - timedelta(days=3)), language))
            == []
        )


def verbs(components):
    return [custom_id.split(":")[2] for custom_id in ids(components)]


def others(components):
    """What the select of all other ways holds."""
    return [
        option["value"].partition(":")[0]
        for part in walk(components)
        if ":nudge-more:" in part.get("custom_id", "")
        for option in part["options"]
    ]


def blue(components):
    return [part["label"] for part in walk(components) if part["type"] == 2 and part["style"] == 1]


def test_a_message_about_several_subjects_says_things_and_opens_each(words, content):
    made = body(words, content, message(item(1, "week2"), day_item(2, kind="walk"), draft_item(3)))
    assert "This is one check-in for 3 things" in "\n".join(lines_of(made))
    opening = ["journal-next", "challenge-day", "draft-view"]
    assert verbs(made) == [*opening, "nudge-done", "support", "nudge-pick", "nudge-more"]
    assert "Leave it at home" in "\n".join(lines_of(made)), "the step of the day has its how"
    assert "2 rejections" in "\n".join(lines_of(body(words, content, message(item(1), item(2)))))


def test_a_reminder_of_a_draft_is_answered_by_having_sent_it(words, content):
    made = body(words, content, message(draft_item(1)))
    labels = {
        part["custom_id"].split(":")[2]: part.get("label") for part in walk(made) if "custom_id" in part
    }
    assert labels["nudge-done"] == "I sent it"
    assert others(made) == ["nudge-later"] * 3 + ["nudge-skip", "nudge-stop"]


@pytest.mark.parametrize(
    "asked,expected",
    [
        (item(1, "day1"), ["Name the feeling", "Done", "Write it down"]),
        (item(1, "days2"), ["Talk to someone", "Done"]),
        (item(1, "week1"), ["Open the analysis", "Done"]),
        (item(1, "week2"), ["From my analysis", "Done"]),
        (item(1, "month1"), ["What repeats", "Done", "Write the longer view"]),
        (day_item(1), ["I did it", "Another step"]),
        (draft_item(1), ["Open the draft", "I sent it"]),
    ],
)
def test_what_the_step_opens_is_the_one_blue_button_and_its_writing_stands_beside_done(
    words, content, asked, expected
):
    made = body(words, content, message(asked))
    assert blue(made) == expected[:1]
    buttons = [part["label"] for part in walk(made) if part["type"] == 2]
    assert buttons == [*expected, "Support"]
    assert "journal-step" not in others(made)
    assert [part["custom_id"].split(":")[2] for part in walk(made) if part["type"] == 3] == ["nudge-more"]


def test_the_last_message_before_the_days_rest_says_so_alone_and_beside_others(words, content):
    last = replace(day_item(1), last=True)
    for sent in (message(last), message(item(2), last)):
        assert "From here on these messages rest" in "\n".join(lines_of(body(words, content, sent)))
        assert lint_message(body(words, content, sent, LANGUAGE)) == []
    assert "these messages rest" not in "\n".join(lines_of(body(words, content, message(day_item(1)))))


def test_what_is_for_all_of_a_message_says_so(words, content):
    skip = [{"nudge-skip": "Skip this one"}, {"nudge-skip": "Skip all of these"}]
    for sent, said in zip((message(item(1)), message(item(1), item(2))), skip, strict=True):
        made = body(words, content, sent)
        options = [o for part in walk(made) if part["type"] == 3 for o in part["options"]]
        labels = {option["value"].partition(":")[0]: option["label"] for option in options}
        assert labels.items() >= said.items()


@pytest.mark.parametrize(
    "steps, first",
    [
        (["month1", "day1"], "Name the feeling"),
        (["day1", "week2", "month1"], "Name the feeling"),
        (["month1", "days2"], "Talk to someone"),
        (["month1", "week1"], "Open the analysis"),
        (["month1", "week2"], "From my analysis"),
    ],
)
def test_a_merged_message_leads_to_what_its_first_words_speak_of(words, content, steps, first):
    made = body(words, content, message(*(item(n, step) for n, step in enumerate(steps, 1))))
    assert blue(made) == [first]


def test_each_step_of_a_merged_message_opens_its_own_writing(words, content):
    steps = ["day1", "week1", "month1"]
    made = body(words, content, message(*(item(n, step) for n, step in enumerate(steps, 1))))
    options = [o for part in walk(made) if part["type"] == 3 for o in part["options"]]
    assert {o["label"]: o["value"] for o in options if o["value"].startswith("journal-step")} == {
        "Write it down": f"journal-step:day1.{DELIVERY}",
        "Open the analysis": f"journal-step:week1.{DELIVERY}",
        "Write the longer view": f"journal-step:month1.{DELIVERY}",
    }


def test_week_two_of_an_exam_offers_what_helps_with_an_exam(words, content):
    def acts(kind):
        made = body(words, content, message(item(1, "week2", kind)))
        chosen = [o["value"] for part in walk(made) if part["type"] == 3 for o in part["options"]]
        return [one.split(":")[1].partition(".")[0] for one in chosen if one.startswith("nudge-act:")]

    assert acts("exam") == ["questions", "block", "study-plan", "feedback"]
    assert acts("research") == ["cv", "targets", "feedback"]


def test_a_message_about_everything_at_once_stays_short_and_begins_with_the_first_of_each(words, content):
    items = [item(n, step, "exam") for n, step in enumerate(Step)]
    made = body(words, content, message(*items, day_item(9, kind="walk")))
    titles = [line.split("\n")[0] for line in lines_of(made) if line.startswith("**")]
    assert titles[0] == "**The first day**"
    assert titles[-1] == "**Walk for twenty minutes without your phone**"
    assert sum(map(len, lines_of(made))) < 1500


@pytest.mark.parametrize(
    "kind, step, says, verbs",
    [
        ("reply", "answer", "one short follow-up is polite", ["draft-view"]),
        ("follow-up", "answer", "You wrote that you will not write about this again", ["draft-view"]),
        ("feedback-program", "answer", "Many programs answer nobody", ["draft-view"]),
        ("thanks", "again", "A few lines about what is new are enough", ["draft-new", "draft-view"]),
        ("gone", "again", "Many programs answer nobody", ["draft-view"]),
        ("gone", "again", "Is there an answer?", ["draft-view"]),
        ("follow-up", "again", "Is there an answer?", ["draft-view"]),
    ],
)
def test_a_reminder_of_what_follows_suggests_what_fits_the_letter(words, content, kind, step, says, verbs):
    made = body(words, content, message(replace(draft_item(1, kind), step=step)))
    assert any(says in line for line in lines_of(made))
    assert [one.split(":")[2] for one in ids(made) if ":draft-" in one] == verbs


def test_the_first_line_is_neutral_and_the_marker_is_there(words, content):
    made = body(words, content, message(item(1)))
    assert lines_of(made)[0] == "Your check-in, as you asked."
    assert any(custom_id.endswith(f":{DELIVERY}") for custom_id in ids(made))


def test_it_names_kind_and_date_of_each_entry(words, content):
    made = "\n".join(lines_of(body(words, content, message(item(1), item(2, "week1", "exam")))))
    assert "Day 1: Research position, Saturday 21 November" in made
    assert "Week 1: Exam (Step or OET), Saturday 21 November" in made


def test_a_merged_message_names_the_lens_of_each_step_that_has_one(words, content):
    made = lines_of(body(words, content, message(item(1), item(2, "week1", "exam"))))
    assert [line.split("\n")[1] for line in made if line.startswith("**")] == [
        "-# Feel it first. Answers can wait.",
        "-# Look back, without blame.",
    ]
    assert "\n".join(made).count("-# ") == 2


def test_several_of_one_sort_and_day_are_one_line(words, content):
    four = [item(n, "week1") for n in range(1, 5)]
    made = "\n".join(lines_of(body(words, content, message(*four, item(5, "week1", "exam")))))
    assert "one check-in for 5 rejections" in made
    assert "- Week 1: Research position, Saturday 21 November (4 of them)\n- Week 1: Exam" in made


def test_being_late_is_said(words, content):
    one = "\n".join(lines_of(body(words, content, message(item(1), late_since=NOW - timedelta(days=2)))))
    assert "It was meant for Friday 20 November" in one
    both = "\n".join(
        lines_of(body(words, content, message(item(1), item(2), late_since=NOW - timedelta(days=2))))
    )
    assert "What came due in that time is in this one message" in both


def test_a_kind_the_host_took_away_is_spoken_of_as_something_else(words, content):
    made = "\n".join(lines_of(body(words, content, message(item(1, kind="gone")))))
    assert "About something else" in made


def test_a_refused_message_has_a_plain_one_with_the_same_marker(words):
    plain = fallback(words)
    for purpose in (Purpose.CHECKIN, Purpose.DM_TEST):
        found = plain(Delivery(DELIVERY, purpose, "n", "[]", NOW, NOW, NOW, user_id=42), None)
        assert found is not None
        assert any(custom_id.endswith(f":{DELIVERY}") for custom_id in ids(json.loads(found)))
    assert plain(Delivery(DELIVERY, Purpose.WEEKLY, "n", "[]", NOW, NOW, NOW, guild_id=1), None) is None


def test_the_test_message_carries_its_marker(words):
    made = json.loads(dm_test_body(words.speak("en"), DELIVERY))
    assert lint_message(made) == []
    assert ids(made) == [f"sf:1:support:{DELIVERY}"]


def test_a_message_filled_into_a_kept_shape_is_the_one_composed_anew(words, content):
    member = newcomer(42, "Africa/Lagos", "en", NOW)
    compose = composer(words, content)
    makers: list[Callable[[int], NudgeItem]] = [partial(item, step=step) for step in Step]
    for make in [*makers, day_item, lambda number: replace(day_item(number), last=True), draft_item]:
        for number in (1, 2, 1):
            sent = message(make(number), late_since=NOW - timedelta(days=number))
            anew = payload(nudge_card(words.speak("en"), content, sent, member))
            assert compose(sent, member) == anew


def test_kept_shapes_are_bounded(words, content, monkeypatch):
    monkeypatch.setattr("bot.ui.nudge_body.SHAPES", 2)
    member = newcomer(42, "Africa/Lagos", "en", NOW)
    compose = composer(words, content)
    for step in (*Step, *Step):
        assert json.loads(compose(message(item(1, step)), member))
