"""The shipped rules say of hand-made histories what a mentor would say; the engine keeps its promises for any rules."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.domain.kinds import How
from bot.domain.patterns import Entry, Ref, Source, find
from tests import texts

TODAY = date(2026, 11, 22)
HISTORIES = [
    pytest.param(history, id=f"{path.stem}: {history['who'].split('.')[0]}")
    for path in sorted((Path(__file__).parent / "histories").glob("*.toml"))
    for history in tomllib.loads(path.read_text(encoding="utf-8"))["histories"]
]
WRITTEN = re.compile(r"(\S+) (answered )?(\+)?([a-z-]+)(?: by (\w+))?(?:: (.+))?", re.DOTALL)


def entry(number: int, written: str) -> Entry:
    """One line of a history, read as the service reads a saved entry."""
    found = WRITTEN.fullmatch(written)
    assert found, written
    day, answered, good, name, how, said = found.groups()
    if good:
        assert texts.content().good_news(name), written
        return Entry(Ref(Source.NEWS, number), date.fromisoformat(day), name)
    kind, themes = texts.content().kind(name), texts.patterns().themes
    assert kind.id == name, written
    return Entry(
        Ref(Source.REJECTION, number),
        date.fromisoformat(day),
        kind.id,
        None if kind.id == "other" else kind.stage,
        silent=kind.silence or (how is not None and How(how) is How.SILENCE),
        themes=themes.of_kind(kind.id) | (themes.named_in(said) if said else frozenset()),
        answered=bool(answered),
    )


def named(history: dict[str, list[str]]) -> list[str]:
    entries = [entry(number, written) for number, written in enumerate(history["entries"], 1)]
    results = find(texts.patterns().rules, entries, TODAY)
    return [f"{one.rule.id}/{one.theme}" if one.theme else one.rule.id for one in results]


@pytest.mark.parametrize("history", HISTORIES)
def test_the_rules_name_what_a_mentor_would_name(history):
    assert sorted(named(history)) == sorted(history["named"]), history["mentor"]
