"""Guards every sentence the bot can say: that it can be said, how it is said, and how languages are chosen."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fluent.syntax import ast

from config.documents import ROOT, ContentError
from config.words import FALLBACK, Sentence, Words, WordsMissing, read_sentences
from tests import texts
from tests.pseudo import LANGUAGE, is_pseudo, pseudo

LOCALES = ROOT / "config" / "locales"
NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)

# What nobody wants to read on the day of a no. A sentence that seems to need one of these can be said otherwise.
NEVER = re.compile(
    r"(?i)!|\b(just|only|simply|obviously|unfortunately|oops|whoops|don['’]t worry|cheer up|at least|fail(ed|s|ure|ures)?"
    r"|streaks?|awesome|amazing|congrat\w*|stay (strong|positive)|everything happens|look on the bright"
    r"|should have|loser|winner|champion|crush(ed|ing)? it|keep it up|great job|well done)\b"
    r"|[\U0001F389\U0001F38A\U0001F973\U0001F4AA\U0001F525\U0001F680\U00002728\U0001F3C6]"
)


def _nodes(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.BaseNode):
                yield from _nodes(child)


def _texts(sentence: Sentence) -> list[str]:
    """What a person would read of a sentence, without the names of values."""
    return [node.value for node in _nodes(sentence.entry) if isinstance(node, ast.TextElement)]


def _values(sentence: Sentence) -> set[str]:
    return {node.id.name for node in _nodes(sentence.entry) if isinstance(node, ast.VariableReference)}


def _references(sentence: Sentence) -> set[str]:
    nodes = list(_nodes(sentence.entry))
    messages = {node.id.name for node in nodes if isinstance(node, ast.MessageReference)}
    return messages | {f"-{node.id.name}" for node in nodes if isinstance(node, ast.TermReference)}


def _all() -> Iterator[tuple[str, Sentence]]:
    for language, said in read_sentences(LOCALES)[0].items():
        for sentence in said.values():
            yield language, sentence


def _say(english: str, **others: str) -> Words:
    return Words.load(Path("nowhere"), {"en": [english], **{k: [v] for k, v in others.items()}}, strict=True)


def test_every_file_of_every_language_is_sound() -> None:
    assert [str(error) for error in read_sentences(LOCALES)[1]] == []


def test_no_sentence_shames_cheers_or_shouts() -> None:
    bad = [
        f"{sentence.path.name}:{sentence.line} {sentence.id}: {found.group(0)}"
        for language, sentence in _all()
        if language == FALLBACK
        for text in _texts(sentence)
        if (found := NEVER.search(text))
    ]
    assert bad == []


def test_every_reference_inside_a_sentence_exists() -> None:
    english = read_sentences(LOCALES)[0][FALLBACK]
    missing = [
        f"{sentence.path.name}:{sentence.line} {name}"
        for _, sentence in _all()
        for name in _references(sentence)
        if name not in english
    ]
    assert missing == []


def test_every_language_says_what_english_says_with_the_same_values() -> None:
    spoken = read_sentences(LOCALES)[0]
    english = spoken[FALLBACK]
    for language, said in spoken.items():
        assert said.keys() == english.keys(), language
        for key, sentence in said.items():
            assert _values(sentence) <= _values(english[key]), f"{language}: {key}"


def test_ids_are_kebab_case() -> None:
    odd = [s.id for _, s in _all() if not re.fullmatch(r"-?[a-z][a-z0-9]*(-[a-z0-9]+)*", s.id)]
    assert odd == []


def test_one_id_written_twice_says_where_both_are(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.ftl").write_text("hello = Hello\n")
    (tmp_path / "en" / "b.ftl").write_text("# note\nhello = Good day\n")
    with pytest.raises(ContentError) as caught:
        Words.load(tmp_path)
    assert str(caught.value).endswith("en/b.ftl:2: 'hello' is already written in a.ftl:1")


def test_broken_fluent_says_the_line(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.ftl").write_text("hello = Hello\n\nbad = { $who\n")
    with pytest.raises(ContentError) as caught:
        Words.load(tmp_path)
    assert (caught.value.path.name, caught.value.line) == ("a.ftl", 4)


def test_a_language_is_itself_then_its_base_then_english() -> None:
    words = _say("hi = Hello\nbye = Goodbye", es="hi = Hola")
    assert words.languages == ("en", "es")
    assert [words.speak(code).language for code in ("es", "es-419", "fi", None)] == ["es", "es", "en", "en"]
    assert words.speak("es")("bye") == "Goodbye"
    assert [words.speak("es").has(key) for key in ("bye", "no-such")] == [True, False]


def test_numbers_take_their_plural() -> None:
    words = _say("n = { $n ->\n    [one] one action\n   *[other] { $n } actions\n }")
    assert [words.speak("en")("n", n=n) for n in (0, 1, 2000)] == ["0 actions", "one action", "2,000 actions"]


def test_what_a_member_typed_is_never_read_as_fluent() -> None:
    assert _say("a = Said: { $text }").speak("en")("a", text="{ b } { $c }") == "Said: { b } { $c }"


def test_a_value_is_isolated_in_a_line_written_from_right_to_left() -> None:
    words = _say("a = in { $where }", ar="a = في { $where }")
    assert words.speak("ar")("a", where="Lagos") == "في \u2068Lagos\u2069"
    assert words.speak("en")("a", where="Lagos") == "in Lagos"


def test_a_missing_sentence_or_value_is_an_error_in_tests() -> None:
    voice = _say("a = Hello { $who }").speak("en")
    for key in ("no-such", "a"):
        with pytest.raises(WordsMissing):
            voice(key)


def test_a_running_bot_says_the_key_and_logs_it_once(caplog: pytest.LogCaptureFixture) -> None:
    voice = Words.load(Path("nowhere"), {"en": ["a = Hello { $who }"]}).speak("en")
    with caplog.at_level(logging.ERROR):
        assert [voice("no-such"), voice("no-such"), voice("a", whom="Amina")] == [
            "no-such",
            "no-such",
            "Hello who",
        ]
    assert len(caplog.records) == 2
    assert "Amina" not in caplog.text


def test_days_and_moments_are_said_in_the_zone_of_the_member() -> None:
    voice = _say("a = a").speak("en")
    assert voice.day(date(2026, 11, 22)) == "Sunday 22 November"
    assert voice.day(date(2027, 3, 19), 2026) == "Friday 19 March 2027"
    assert voice.moment(NOON, "Africa/Lagos") == "Monday 23 November, 18:00"
    assert voice.clock(NOON, "Asia/Kathmandu") == "22:45"
    assert voice.moment(NOON, "Pacific/Auckland").startswith("Tuesday 24 November")
    with pytest.raises(ValueError, match="aware"):
        voice.clock(NOON.replace(tzinfo=None), "UTC")


def test_days_numbers_and_lists_follow_the_language() -> None:
    voice = _say("a = a", fr="a = a").speak("fr")
    assert voice.day(date(2026, 11, 22)) == "dimanche 22 novembre"
    assert voice.join(["a", "b", "c"]) == "a, b et c"
    assert voice.join([]) == ""
    assert _say("a = a").speak("en").number(12345) == "12,345"


def test_the_pseudo_language_covers_every_english_sentence() -> None:
    words = texts.words()
    assert words.ids(LANGUAGE) == words.ids(FALLBACK)
    plain = [s for language, s in _all() if language == FALLBACK and not _values(s)]
    for sentence in plain:
        if (
            not sentence.id.startswith("-")
            and isinstance(sentence.entry, ast.Message)
            and sentence.entry.value
        ):
            assert is_pseudo(words.speak(LANGUAGE)(sentence.id)), sentence.id


def test_the_pseudo_language_is_longer_and_keeps_its_values() -> None:
    english = "a = Your next check-in about { $kind } comes on { $day }, in the evening."
    words = _say(english, **{LANGUAGE: pseudo(english)})
    short, long = (words.speak(code)("a", kind="an exam", day="Monday") for code in ("en", LANGUAGE))
    assert [word in long for word in ("an exam", "Monday", "check")] == [True, True, False]
    assert 1.2 < len(long) / len(short) < 1.5


def test_no_sentence_is_broken_over_lines_by_accident() -> None:
    """Fluent keeps line breaks, and Discord shows them."""
    broken = [s.id for _, s in _all() for text in _texts(s) if re.search(r"[\w,]\n[a-z]", text)]
    assert broken == []


def test_the_protocol_reads_like_the_eighth_grade_or_below() -> None:
    english = read_sentences(LOCALES)[0][FALLBACK]
    hard = {}
    for key in filter(re.compile(r"step-[a-z]+\d-(?!title|short)").match, english):
        body = "".join(_texts(english[f"{key[: key.index('-', 5)]}-body"]))
        text = body if key.endswith("-body") else body + " " + "".join(_texts(english[key]))
        if (grade := _grade(text)) > 8:
            hard[key] = round(grade, 1)
    assert hard == {}


def _grade(text: str) -> float:
    """The Flesch-Kincaid grade: how many years of school, in the United States, a text asks for."""
    sentences = [part for part in re.split(r"[.?]+(?:\s|$|”)|\n", text) if part.strip()]
    words = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    silent_ed = word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1
    return max(1, groups - (1 if silent or silent_ed else 0))
