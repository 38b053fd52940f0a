"""Plain statements are always recognised, ordinary talk hardly ever, and no text makes the look slow."""

import itertools
import re
import time
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.care import (
    BLOCK_AFTER_DAYS,
    MOST_LINES,
    WARN_AFTER_DAYS,
    Age,
    Region,
    RiskWords,
    age_of,
    facts_age_days,
    lines_for,
    oldest,
    speaks_of_self_harm,
)
from bot.domain.phrases import Machine, PhraseError
from tests.texts import care

DATA = Path(__file__).parent / "sentences"


def english():
    return next(words for words in care().risk if words.language == "en")


def rows(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


EXPLICIT = rows("risk_explicit.txt")

CYRILLIC = str.maketrans("aeocpxyi", "аеосрхуі")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
SCRIPT = {ord("a") + n: 0x1D4EA + n for n in range(26)}
LEET = str.maketrans("eoias", "30145")


def each_letter(mark):
    return lambda text: "   ".join(mark.join(word.replace("'", "")) for word in text.split())


def inside_words(mark):
    return lambda text: " ".join(
        w[:2] + mark + w[2:] if len(w) > 3 and w.isalpha() else w for w in text.split()
    )


TRICKS = {
    "as it is": lambda text: text,
    "shouted": str.upper,
    "no apostrophes": lambda text: text.replace("'", ""),
    "curly apostrophes": lambda text: text.replace("'", "’"),
    "digits for letters": lambda text: text.lower().translate(LEET).replace(" 4 ", " a "),
    "ones for l": lambda text: text.lower().replace("l", "1"),
    "capital i for l": lambda text: text.lower().replace("l", "I"),
    "at and dollar": lambda text: re.sub(r"\Ba|a\B", "@", text.lower()).replace("s", "$"),
    "letters repeated": lambda text: " ".join(
        w[:-1] + w[-1] * 5 if len(w) > 2 and w.isalpha() else w for w in text.split()
    ),
    "letters spaced": each_letter(" "),
    "letters dotted": each_letter("."),
    "letters dashed": each_letter("-"),
    "letters starred": each_letter("*"),
    "emoji between letters": each_letter("🔪"),
    "zero width between letters": each_letter("\u200b"),
    "zero width inside": inside_words("\u200d"),
    "soft hyphen inside": inside_words("\u00ad"),
    "dot inside": inside_words("."),
    "space inside": inside_words(" "),
    "no spaces": lambda text: text.replace(" ", ""),
    "underscores": lambda text: text.replace(" ", "_"),
    "dots for spaces": lambda text: text.replace(" ", "."),
    "emoji for spaces": lambda text: text.replace(" ", "😭"),
    "emoji around": lambda text: f"😔😔 {text} 💔",
    "right to left marks": lambda text: f"\u202e{text}\u202c",
    "full width": lambda text: text.translate(FULL_WIDTH),
    "script letters": lambda text: text.lower().translate(SCRIPT),
    "cyrillic letters": lambda text: text.lower().translate(CYRILLIC),
    "accents": lambda text: "".join(c + "\u0301" if c in "aeiou" else c for c in text),
    "line breaks": lambda text: text.replace(" ", "\n"),
    "one word a sentence": lambda text: " ".join(word + "." for word in text.split()),
    "dots trailing off": lambda text: text.replace(" ", "... "),
    "in a story": lambda text: f"Got the no today. {text}. I don't know.",
}


def test_the_tables_are_as_large_as_the_promise():
    assert len(set(EXPLICIT)) >= 300
    assert len(set(wider())) >= 400
    assert len(set(ordinary())) >= 2000


@pytest.mark.parametrize("trick", TRICKS)
def test_a_plain_statement_is_recognised_however_it_is_spelt(trick):
    missed = [text for text in EXPLICIT if not speaks_of_self_harm(TRICKS[trick](text), english())]
    assert missed == []


def wider():
    lines = rows("risk_wider.txt")
    settings = [line[2:] for line in lines if line.startswith("@")]
    statements = [line for line in lines if not line.startswith("@")]
    return [setting.format(statement) for setting in settings for statement in statements]


def test_recall_over_the_wider_set_is_at_least_95_in_100():
    missed = [text for text in wider() if not speaks_of_self_harm(text, english())]
    assert len(missed) <= 0.05 * len(wider()), missed


def ordinary(enough=2200):
    """The hard ones, then the templates in turn, each with its next combination of fillers."""
    table = tomllib.loads((DATA / "risk_ordinary.toml").read_text(encoding="utf-8"))
    fillers = table["fillers"]
    sentences = list(dict.fromkeys(table["hard"]))

    def filled(template):
        names = [name for name in fillers if "{" + name + "}" in template]
        for values in itertools.product(*(fillers[name] for name in names)):
            yield template.format(**dict(zip(names, values, strict=True)))

    waiting = [filled(template) for template in table["templates"]]
    while len(sentences) < enough:
        sentences += [sentence for one in waiting if (sentence := next(one, None))]
    return sentences


def test_ordinary_talk_brings_the_card_in_at_most_5_of_100():
    flagged = [text for text in ordinary() if speaks_of_self_harm(text, english())]
    assert len(flagged) <= 0.05 * len(ordinary())
    # The figure above is promised; this one is what the files hold today, and a change should not lose it unseen.
    assert len(flagged) <= 0.005 * len(ordinary()), flagged


@pytest.mark.parametrize(
    "text", ["suicide risk OSCE station", "this exam is killing me", "I'd die to match there", "I ran 5 kms"]
)
def test_an_ordinary_expression_does_not_hide_a_plain_statement(text):
    assert not speaks_of_self_harm(text, english())
    assert speaks_of_self_harm(f"{text}. I want to die.", english())
    assert speaks_of_self_harm(f"I want to kill myself. {text}", english())


HOSTILE = {
    "one letter": "a",
    "spelled": "k i l l m y s e l f ",
    "glued": "killmyse",
    "openings": "i want to ",
    "others": "patient who he she they ",
    "adverbs": "i am so very really ",
    "singles": "i ",
    "stars": "k*",
    "dots": ".",
    "bangs": "! ",
    "one word sentences": "a. b! ",
    "zero width": "\u200b",
    "accents": "a\u0301\u0301\u0301",
    "emoji": "k🔪",
    "underscores": "_",
    "quotes": "'",
    "sui": "sui ci ",
    "ligatures": "\ufdfa",
}


def seconds(text):
    best = 9.0
    for _ in range(3):
        begun = time.process_time()
        speaks_of_self_harm(text, english())
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_no_faster_than_the_text(name):
    piece = HOSTILE[name]
    short = (piece * 4000)[:2000]
    long = (piece * 32000)[:32000]
    # Sixteen times the text; quadratic work would take 256 times as long. The floor keeps tiny times from counting.
    assert seconds(long) < 48 * max(seconds(short), 0.0005)


def test_a_long_ordinary_text_takes_a_few_milliseconds():
    text = " ".join(ordinary())[:4000]
    # Two milliseconds on a quiet machine; a crowded one gets room, a catastrophe does not.
    assert seconds(text) < 0.03


@given(st.text(max_size=400))
def test_no_text_makes_it_fail(text):
    assert speaks_of_self_harm(text, english()) in (True, False)


def test_every_say_row_is_found_by_its_own_machine():
    machine = Machine(["(a/b c) [d] e", "x ... y", ". end ."], {}, {})
    found = {"a e": 1, "b c d e": 1, "a d": 0, "x p q r y": 1, "x p q r s y": 0, "x i y": 0, "x my y": 0}
    for words, count in found.items():
        assert len(list(machine.spans(words.split()))) == count, words
    assert list(machine.spans([".", "end", "."])) == [(0, 3)]


@pytest.mark.parametrize("phrase", ["(a", "a)", "[a", "<nobody>", "[a]", "", "...", "(a/[b])"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase):
    with pytest.raises(PhraseError) as refused:
        RiskWords([phrase], [])
    assert refused.value.phrase == phrase


def test_no_card_shows_more_than_four_lines_and_each_begins_with_the_emergency_number():
    for region in Region:
        shown = lines_for(care().lines, region)
        assert 2 <= len(shown) <= MOST_LINES
        assert shown[0].id.startswith("emergency")


def test_outside_the_us_988_is_not_offered_and_the_directory_comes_first():
    shown = [line.id for line in lines_for(care().lines, Region.WORLD)]
    assert shown[1] == "find-a-helpline"
    assert "lifeline-988" not in shown


def test_before_a_country_is_chosen_988_is_never_the_only_line():
    assert {"lifeline-988", "find-a-helpline"} <= {line.id for line in lines_for(care().lines, Region.ANY)}


def test_a_text_line_sources_disagree_about_is_not_in_the_file():
    assert not any("ireland" in (line.id + line.name).casefold() for line in care().lines)


@pytest.mark.parametrize(
    "days,age",
    [
        (0, Age.FRESH),
        (WARN_AFTER_DAYS, Age.FRESH),
        (WARN_AFTER_DAYS + 1, Age.WARN),
        (BLOCK_AFTER_DAYS, Age.WARN),
        (BLOCK_AFTER_DAYS + 1, Age.BLOCK),
    ],
)
def test_the_age_of_the_facts_is_that_of_the_oldest(days, age):
    verified = oldest(care().lines).verified_on
    assert isinstance(verified, date)
    today = verified + timedelta(days=days)
    assert facts_age_days(care().lines, today) == days
    assert age_of(care().lines, today) is age
