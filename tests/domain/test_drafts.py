"""A letter is whole whatever was typed and whatever was left out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import (
    TEXT_MAX,
    DraftKind,
    Field,
    Part,
    Shape,
    compose,
    faults_of,
    fits,
    parts_of,
    questions_in,
    sent_draft,
    sent_source,
    shape,
)
from tests.texts import content

KINDS = {kind.id: kind for kind in content().drafts}
WORDS = st.text(max_size=120)


def kind(letter: str, *fields: Field) -> DraftKind:
    return DraftKind("x", "x", frozenset(), fields, parts_of(letter))


NAME, ASK = Field("name", Shape.NAME, 80, optional=True), Field("ask", Shape.QUESTION, 80)


@pytest.mark.parametrize(
    "typed, how, stands",
    [
        ("Dr. Mensah", Shape.NAME, "Dr. Mensah"),
        ("dear Dr. Mensah,", Shape.NAME, "Dr. Mensah"),
        ("Hi Sam!", Shape.NAME, "Sam"),
        ("Good morning, Professor Adeyemi.", Shape.NAME, "Professor Adeyemi"),
        ("John Smith Jr.", Shape.NAME, "John Smith Jr."),
        ("Dear", Shape.NAME, "Dear"),
        ("more chart review", Shape.WORDS, "more chart review."),
        ("You said: more chart review.", Shape.WORDS, "You said: more chart review."),
        ("“too generic.”", Shape.WORDS, "“too generic.”"),
        ("31 March,", Shape.WORDS, "31 March."),
        ("- a course\n- a case report\n\n2) a poster", Shape.WORDS, "a course; a case report; a poster."),
        ("A course.\nA poster", Shape.WORDS, "A course. A poster."),
        ("-", Shape.WORDS, "-."),
        ("iPhone notes", Shape.SENTENCE, "iPhone notes."),
        ("my poster was taken", Shape.SENTENCE, "My poster was taken."),
        ("which would help more", Shape.QUESTION, "Which would help more?"),
        ("Which would help more.", Shape.QUESTION, "Which would help more?"),
        ("Could you look at it? Thank you", Shape.QUESTION, "Could you look at it? Thank you."),
        ("هل هذا كاف؟", Shape.QUESTION, "هل هذا كاف؟"),
        ("  \n ", Shape.QUESTION, ""),
        ("", Shape.NAME, ""),
    ],
)  # fmt: skip
def test_what_was_typed_is_put_so_that_it_reads_well(typed: str, how: Shape, stands: str) -> None:
    assert shape(typed, how) == stands


@given(WORDS, st.sampled_from(Shape))
def test_one_line_comes_of_whatever_was_typed_and_shaping_it_again_changes_nothing(
    typed: str, how: Shape
) -> None:
    once = shape(typed, how)
    assert "\n" not in once
    assert once == once.strip()
    assert how is Shape.NAME or shape(once, how) == once
    assert len(once) <= len(typed) * 3 // 2 + 2


def test_a_part_in_brackets_is_said_with_what_it_names_or_the_other_way() -> None:
    letter = kind("[Dear {name},|Hello,]\n\n[To {name}. ]{ask}", NAME, ASK)
    assert compose(letter, {"name": "Dr. M", "ask": "why"}) == "Dear Dr. M,\n\nTo Dr. M. Why?"
    assert compose(letter, {"name": " ", "ask": "why"}) == "Hello,\n\nWhy?"
    assert compose(letter, {"ask": "why"}) == "Hello,\n\nWhy?"


def test_what_was_typed_is_never_read_as_a_template() -> None:
    letter = kind("[Dear {name},|Hello,] {ask}", NAME, ASK)
    assert compose(letter, {"name": "{ask} [x|y]", "ask": "{name}?"}) == "Dear {ask} [x|y], {name}?"


def test_a_paragraph_that_is_left_out_leaves_no_gap() -> None:
    letter = kind("One.\n\n[{name}]\n\n{ask}\n\nKind regards,\n[{name}]", NAME, ASK)
    assert compose(letter, {"ask": "why"}) == "One.\n\nWhy?\n\nKind regards,"


@pytest.mark.parametrize("letter", ["[Dear {name}", "Dear {name}]", "[a [b] c]"])
def test_brackets_that_do_not_close_are_refused(letter: str) -> None:
    with pytest.raises(ValueError, match="without its"):
        parts_of(letter)


@pytest.mark.parametrize(
    "letter, fault",
    [
        ("{name} {ask}", "{name} may be empty"),
        ("[Dear {ask}|{name}] {ask}", "{name} may be empty"),
        ("[{name}] {ask} {who}", "{who}, which is not one of its fields"),
        ("[{name}]", "does not use {ask}"),
        ("[{name}] {ask}" + "x" * TEXT_MAX, "characters long"),
    ],
)
def test_a_template_that_could_leave_a_hole_or_grow_too_long_is_faulty(letter: str, fault: str) -> None:
    found = list(faults_of(kind(letter, NAME, ASK)))
    assert [one for one in found if fault in one]
    assert list(faults_of(kind("[Dear {name},|Hello,] {ask}", NAME, ASK))) == []


def test_a_form_holds_five_fields() -> None:
    six = [Field(f"f{number}", Shape.WORDS, 10) for number in range(6)]
    letter = kind(" ".join(f"{{f{number}}}" for number in range(6)), *six)
    assert list(faults_of(letter)) == ["6 fields, and a form holds 5"]


@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_every_letter_of_the_house_is_whole_whatever_was_typed(data: st.DataObject, kind_id: str) -> None:
    template = KINDS[kind_id]
    typed = {f.id: data.draw(st.text(max_size=min(f.most, 40))) for f in template.fields}
    text = compose(template, typed)
    assert 0 < len(text) <= TEXT_MAX
    assert "\n\n\n" not in text
    assert text == text.strip()
    assert all(line == line.rstrip() for line in text.split("\n"))


def test_a_letter_is_as_long_as_its_faults_say_at_most() -> None:
    for template in KINDS.values():
        for filling in ("x", "x\n"):
            full = {f.id: (filling * f.most)[: f.most] if f.long else "x" * f.most for f in template.fields}
            assert len(compose(template, full)) <= TEXT_MAX


EXAMPLES = {
    "name": "Dr. Mensah", "sign": "Amara Okafor", "heard": "you need experience in chart review",
    "build": "abstract 50 charts", "when": "31 March", "question": "which would help more",
    "help": "reading my statement", "learned": "the first paragraph was about you", "changed": "a new first paragraph",
    "talked": "the clinic for new mothers", "fit": "I want to work there", "work": "the first page of my CV",
    "applied": "internal medicine", "met": "we spoke at your poster", "news": "our abstract was accepted",
    "wrote": "helping with chart review",
}  # fmt: skip
# What a careful reader notices: cheering, flattery, begging, and words that no email to a stranger should have.
NEVER = re.compile(
    r"(?i)!|\b(just|only|simply|esteemed|prestigious|renowned|honou?red|amazing|great|passion\w*|humbl[ey]\w*|kindly"
    r"|hope this (e-?)?mail finds|dear sir|guarantee|rank)\b"
)


@pytest.mark.parametrize("bare", [False, True], ids=["all filled in", "optional ones empty"])
@pytest.mark.parametrize("kind_id", sorted(KINDS))
def test_every_letter_of_the_house_reads_like_a_careful_email(kind_id: str, bare: bool) -> None:
    template = KINDS[kind_id]
    typed = {f.id: "" if bare and f.optional else EXAMPLES[f.id] for f in template.fields}
    text = compose(template, typed)
    paragraphs = text.split("\n\n")
    assert paragraphs[0] == ("Hello," if bare else "Dear Dr. Mensah,")
    assert 4 <= len(paragraphs) <= 8
    assert 45 <= len(text.split()) <= 180
    assert questions_in(text) <= 1
    assert NEVER.search(text) is None, NEVER.search(text)
    assert re.search(r"[{}\[\]|]|\.\.|\s[.,;:]|:\s*$", text, re.MULTILINE) is None, text
    assert text.splitlines()[-1] in ("Amara Okafor", "Kind regards,", "With best wishes,")
    used = [word for field, word in EXAMPLES.items() if typed.get(field)]
    assert all(word.removeprefix("which ") in text for word in used)


def test_a_letter_asks_for_one_thing_or_for_none() -> None:
    assert {kind.id for kind in KINDS.values() if "question" not in {f.id for f in kind.fields}} == {
        "thanks", "thanks-interview", "update-program",
    }  # fmt: skip
    assert questions_in("Is it so?? And this? Yes.") == 2


def test_the_letters_that_answer_a_kind_stand_in_the_order_of_the_file() -> None:
    assert [one.id for one in fits(content().drafts, "research")] == ["reply", "follow-up"]
    assert fits(content().drafts, "exam") == []


def test_a_source_names_its_draft_and_nothing_else_does() -> None:
    assert sent_draft(sent_source(77)) == 77
    assert [sent_draft(source) for source in ("interaction:77", "draft:", "draft:x", "draft:٣٤x")] == [
        None
    ] * 4


def test_a_part_outside_brackets_is_always_said() -> None:
    assert Part("text").always == "text"
    assert Part("text", "without").always == "without"
