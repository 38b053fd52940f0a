"""What the engine promises whatever the rules and the entries are: a floor, no order, nothing of what was deleted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.kinds import Stage
from bot.domain.patterns import FLOOR, Entry, Ref, Rule, Selector, Shared, Source, find
from tests import texts

TODAY = date(2026, 11, 22)
FEWER = settings(max_examples=60)
KINDS = {
    "research": Stage.PREPARE,
    "letter": Stage.PREPARE,
    "exam": Stage.EXAM,
    "application-no": Stage.APPLY,
    "other": None,
}
THEMES, NEWS = ("visa", "letters", "deadline"), ("interview", "offer")


def some(values):
    return st.frozensets(st.sampled_from(list(values)), max_size=2)


@st.composite
def histories(draw):
    """Up to a dozen entries of all three sources, each with an id of its own."""
    count = draw(st.integers(0, 12))
    return [_entry(draw, number) for number in range(count)]


def _entry(draw, number):
    source = draw(
        st.sampled_from([Source.REJECTION, Source.REJECTION, Source.REJECTION, Source.NEWS, Source.JOURNAL])
    )
    on = TODAY - timedelta(days=draw(st.integers(0, 500)))
    themes = draw(some(THEMES))
    if source is Source.NEWS:
        return Entry(Ref(source, number), on, draw(st.sampled_from(NEWS)))
    if source is Source.JOURNAL:
        return Entry(Ref(source, number), on, themes=themes)
    kind = draw(st.sampled_from(list(KINDS)))
    return Entry(
        Ref(source, number),
        on,
        kind,
        KINDS[kind],
        silent=draw(st.booleans()),
        themes=themes,
        answered=draw(st.booleans()),
    )


selectors = st.builds(
    Selector,
    kinds=some(KINDS),
    stages=some(Stage),
    news=some(NEWS),
    themes=some(THEMES),
    without_themes=some(THEMES),
    silent=st.sampled_from([None, True, False]),
    at_least=st.integers(0, 2),
)


@st.composite
def rules(draw):
    """Up to four rules, also such as no file would be allowed to hold: a minimum of nought, a share of 200."""
    conditions = {
        "counts": st.lists(selectors, min_size=1, max_size=3).map(tuple),
        "shared": st.sampled_from(list(Shared)),
    }
    made = []
    for number in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from(list(conditions)))
        made.append(
            Rule(
                f"rule-{number}",
                minimum=draw(st.integers(-2, 6)),
                share=draw(st.integers(0, 200)),
                within_days=draw(st.none() | st.integers(1, 600)),
                unless_told=draw(st.booleans()),
                among=draw(st.just((Selector(),)) | st.lists(selectors, max_size=2).map(tuple)),
                **{name: draw(conditions[name])},
            )
        )
    return made


both = given(rules() | st.just(list(texts.patterns().rules)), histories())


@FEWER
@both
def test_nothing_is_said_under_the_floor(some_rules, history):
    for result in find(some_rules, history, TODAY):
        assert len({entry.ref for entry in result.entries}) >= max(FLOOR, result.rule.minimum)
        assert set(result.entries) <= set(history)
        assert not any(entry.answered for entry in result.entries)


@FEWER
@given(rules(), histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(some_rules, history, chance):
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert find(some_rules, shuffled, TODAY) == find(some_rules, history, TODAY)


@FEWER
@given(rules(), histories(), st.data())
def test_an_entry_seen_twice_is_one_entry(some_rules, history, data):
    twice = [*history, *data.draw(st.lists(st.sampled_from(history), max_size=5) if history else st.just([]))]
    assert find(some_rules, twice, TODAY) == find(some_rules, history, TODAY)


@FEWER
@both
def test_a_deleted_entry_takes_with_it_what_came_from_it(some_rules, history):
    for result in find(some_rules, history, TODAY):
        left = [entry for entry in history if entry.ref != result.entries[0].ref]
        after = find(some_rules, left, TODAY)
        assert not any(result.entries[0] in one.entries for one in after)
        without = [entry for entry in history if entry not in result.entries]
        same = (result.rule.id, result.theme)
        assert same not in {(one.rule.id, one.theme) for one in find(some_rules, without, TODAY)}


@FEWER
@both
def test_one_entry_less_than_it_needs_and_it_is_gone(some_rules, history):
    for result in find(some_rules, history, TODAY):
        kept = result.entries[: max(FLOOR, result.rule.minimum) - 1]
        left = [entry for entry in history if entry in kept or entry not in result.entries]
        after = {(one.rule.id, one.theme) for one in find(some_rules, left, TODAY)}
        assert (result.rule.id, result.theme) not in after


def entries(*kinds, on=TODAY):
    return [Entry(Ref(Source.REJECTION, number), on, kind, KINDS[kind]) for number, kind in enumerate(kinds)]


def counted(*selected, **more):
    return Rule("r", counts=tuple(selected), **more)


def test_the_floor_stands_whatever_a_rule_says():
    rule = Rule("r", minimum=1, shared=Shared.KIND)
    assert find([rule], entries("exam", "exam"), TODAY) == []
    assert len(find([rule], entries("exam", "exam", "exam"), TODAY)) == 1


def test_good_news_counts_where_it_is_named_and_nowhere_else():
    good = [Entry(Ref(Source.NEWS, number), TODAY, "interview") for number in range(3)]
    assert find([counted(Selector(kinds=frozenset({"exam"})))], good, TODAY) == []
    assert find([Rule("r", shared=Shared.MONTH)], good, TODAY) == []
    named = counted(Selector(news=frozenset({"interview"})))
    assert len(find([named], [*good, *entries("exam")], TODAY)[0].entries) == 3


def test_each_part_of_a_condition_is_needed():
    rule = counted(
        Selector(kinds=frozenset({"exam"}), at_least=1), Selector(kinds=frozenset({"letter"}), at_least=2)
    )
    assert find([rule], entries("exam", "exam", "letter"), TODAY) == []
    assert len(find([rule], entries("exam", "letter", "letter"), TODAY)) == 1


def test_a_share_is_of_those_it_names():
    rule = counted(Selector(kinds=frozenset({"exam"})), share=60)
    assert find([rule], entries("exam", "exam", "exam", "letter", "letter"), TODAY)[0].among == 5
    assert find([rule], entries("exam", "exam", "exam", "letter", "letter", "letter"), TODAY) == []
    narrow = replace(rule, among=(Selector(stages=frozenset({Stage.EXAM})),))
    assert find([narrow], entries("exam", "exam", "exam", "letter", "letter", "letter"), TODAY)[0].among == 3


@pytest.mark.parametrize("days, there", [(30, True), (31, False)])
def test_what_is_too_old_is_left_out(days, there):
    old = entries("exam", "exam", "exam", on=TODAY - timedelta(days=days))
    assert bool(find([counted(Selector(kinds=frozenset({"exam"})), within_days=30)], old, TODAY)) is there


def test_what_was_told_is_not_told_again():
    first = counted(Selector(kinds=frozenset({"exam"})))
    stage = Rule("s", shared=Shared.STAGE, unless_told=True)
    assert [one.rule.id for one in find([first, stage], entries("exam", "exam", "exam"), TODAY)] == ["r"]
    assert [one.rule.id for one in find([stage], entries("exam", "exam", "exam"), TODAY)] == ["s"]


def test_what_has_no_kind_of_its_own_shares_none():
    assert (
        find([Rule("r", shared=Shared.KIND), Rule("s", shared=Shared.STAGE)], entries(*["other"] * 3), TODAY)
        == []
    )


def test_a_page_of_the_journal_speaks_of_themes_alone():
    pages = [Entry(Ref(Source.JOURNAL, number), TODAY, themes=frozenset({"visa"})) for number in range(3)]
    assert [one.theme for one in find([Rule("r", shared=Shared.THEME)], pages, TODAY)] == ["visa"]
    assert len(find([counted(Selector(themes=frozenset({"visa"})))], pages, TODAY)) == 1
    for other in (Selector(silent=False), Selector(without_themes=frozenset({"letters"})), Selector()):
        assert find([counted(other)], pages, TODAY) == []


def test_what_is_shared_by_most_comes_first():
    rule = Rule("r", shared=Shared.KIND)
    found = find([rule], entries(*["letter"] * 3, *["exam"] * 4, *["application-no"] * 3), TODAY)
    assert [one.theme for one in found] == ["exam", "application-no", "letter"]
    assert [entry.ref.id for entry in found[0].entries] == [6, 5, 4, 3]
