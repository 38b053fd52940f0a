"""What feedback speaks of: the shipped phrases on letters as people write them, and the reader of phrases itself."""

import random
import tomllib
from pathlib import Path

import pytest

from bot.domain import phrases
from bot.domain.phrases import PhraseError
from bot.domain.themes import QUOTE_MAX, Theme, Themes
from tests import texts

TABLE = tomllib.loads((Path(__file__).parent / "sentences" / "feedback.toml").read_text(encoding="utf-8"))
MEANT: dict[str, set[str]] = {}
for _theme, _sentences in TABLE.items():
    for _sentence in _sentences:
        MEANT.setdefault(_sentence, set()).update({_theme} - {"none"})


@pytest.fixture(scope="module")
def shipped() -> Themes:
    return texts.patterns().themes


@pytest.mark.parametrize("sentence, meant", MEANT.items())
def test_a_sentence_speaks_of_what_a_mentor_hears_in_it(shipped, sentence, meant):
    assert shipped.named_in(sentence) == meant


def test_every_theme_is_in_the_table(shipped):
    assert {theme.id for theme in shipped.all} == set(TABLE) - {"none"}


def themes(*say: str, ordinary: tuple[str, ...] = ()) -> Themes:
    return Themes([Theme("a", say, ordinary, ("rest-day",))], {}, {})


@pytest.mark.parametrize(
    "text",
    [
        "NO VISA",
        "no vísa",
        "no  visa!",
        "(no visa)",
        "We wrote:\nno visa",
        "There is “no visa” here",
        "no—visa? No visa.",
        "no-visa",
    ],
)
def test_capitals_accents_and_signs_do_not_matter(text):
    assert themes("no visa").named_in(text) == {"a"}


@pytest.mark.parametrize(
    "text", ["no. Visa", "no\nvisa", "no; visa", "visa no", "nonvisa", "", "🩺" * 500, "no (a) visa"]
)
def test_a_phrase_stands_inside_one_clause(text):
    assert themes("no visa").named_in(text) == frozenset()


def test_what_sounds_alike_and_is_ordinary_is_left_out():
    found = themes("visa", ordinary=("visa page",))
    assert found.named_in("see the visa page") == frozenset()
    assert found.named_in("see the visa page. No visa from us.") == {"a"}


@pytest.mark.parametrize(
    "text, spoken",
    [
        ("A good visa", False),
        ("A good visa and few are", False),
        ("A good visa, and your letter is weak", False),
        ("A good weak visa", True),
        ("The lack of good visa", True),
        ("A good visa, but it is weak", True),
        ("A good visa. Weak", False),
    ],
)
def test_praise_is_none_where_something_close_by_takes_it_back(text, spoken):
    links = "[but/and] [it/is] [it/is] "
    unless = ("lack", "weak")
    theme = Theme("a", ("visa",), praised=("good [weak] visa",))
    found = Themes([theme], {}, {}, unless, [links + one for one in unless])
    assert found.named_in(text) == ({"a"} if spoken else set())


def test_initials_with_dots_are_one_word():
    assert themes("us experience").named_in("at least one year of U.S. experience") == {"a"}


def test_numbers_and_other_spellings_are_read():
    found = Themes([Theme("a", ("full time for # months",))], {}, {"fulltime": ("full", "time")})
    assert found.named_in("Fulltime for 12 months") == {"a"}


def test_the_quote_is_the_sentence_as_it_was_written():
    text = "Dear Dr. A., thank you. We can’t sponsor a VISA!\nGood luck; no visa."
    found = themes("visa")
    assert found.quote(text, "a") == "We can’t sponsor a VISA!"
    assert found.quote("nothing", "a") is None
    assert found.quote(text, "taken-out-since") is None
    long = found.quote("word " * 100 + "visa", "a")
    assert long is not None
    assert len(long) <= QUOTE_MAX


def test_a_kind_can_speak_of_a_theme_without_a_word(shipped):
    assert shipped.of_kind("visa") == {"visa"}
    assert shipped.of_kind("job") == frozenset()


@pytest.mark.parametrize("phrase", ["(open", "<nowhere>", "[maybe]", "..."])
def test_a_phrase_that_cannot_be_read_is_refused(phrase):
    with pytest.raises(PhraseError):
        themes(phrase)


def test_a_soup_of_words_fills_no_memory_and_changes_no_answer(monkeypatch):
    """Somebody's text can hold any of the words in any order; what was learned from it is forgotten in time."""
    monkeypatch.setattr(phrases, "REMEMBERED", 500)
    found = Themes([Theme("a", ("(a/b/c) ... (d/e/f) ... g", "b d ... (a/c) e"))], {}, {})
    fresh = Themes([Theme("a", ("(a/b/c) ... (d/e/f) ... g", "b d ... (a/c) e"))], {}, {})
    chance = random.Random(7)
    soups = [" ".join(chance.choices("abcdefg", k=60)) for _ in range(200)]
    answers = [found.named_in(soup) for soup in soups]
    assert found._say._remembered <= 500
    monkeypatch.setattr(phrases, "REMEMBERED", 10**9)
    assert answers == [fresh.named_in(soup) for soup in soups]
    assert fresh._say._remembered > 500
