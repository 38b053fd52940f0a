"""A letter is whole whatever was typed and whatever was left out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import (
    GAP,
    TEXT_MAX,
    DraftKind,
    Field,
    compose,
    faults_of,
    fits,
    gist_of,
    parts_of,
    questions_in,
    sent_draft,
    sent_source,
    signature_of,
)
from bot.domain.wordings import Shape
from tests.texts import content

KINDS = {kind.id: kind for kind in content().drafts}


def kind(letter: str, *fields: Field) -> DraftKind:
    return DraftKind("x", "x", frozenset(), fields, parts_of(letter))


NAME, ASK = Field("name", Shape.NAME, 80, optional=True), Field("ask", Shape.QUESTION, 80)


def test_a_part_in_brackets_is_said_with_what_it_names_or_the_other_way() -> None:
    letter = kind("[Dear {name},|Hello,]\n\n[To {name}. ]{ask}", NAME, ASK)
    assert compose(letter, {"name": "Dr. M", "ask": "why"}) == "Dear Dr. M,\n\nTo Dr. M. Why?"
    assert compose(letter, {"name": " ", "ask": "why"}) == "Hello,\n\nWhy?"
    assert compose(letter, {"ask": "why"}) == "Hello,\n\nWhy?"


def test_what_was_typed_is_never_read_as_a_template() -> None:
    letter = kind("[Dear {name},|Hello,] {ask}", NAME, ASK)
    assert compose(letter, {"name": "{ask} [x|y]", "ask": "{name}?"}) == "Dear {ask} [x|y], {name}?"


def test_a_paragraph_that_is_left_out_leaves_no_gap() -> None:
    letter = kind("One.\n\n[{name}]\n\n{ask}\n\nKind regards,", NAME, ASK)
    assert compose(letter, {"ask": "why"}) == "One.\n\nWhy?\n\nKind regards,"


def test_the_name_under_a_letter_is_typed_or_known_or_a_gap_that_says_so() -> None:
    sign = Field("sign", Shape.NAME, 80, optional=True)
    asks, knows = kind("{ask}\n\nYours,\n{sign}", ASK, sign), kind("{ask}\n\nYours,\n{sign}", ASK)
    assert compose(asks, {"ask": "why", "sign": "amara okafor"}).endswith("\nAmara Okafor")
    assert compose(asks, {"ask": "why"}, "Amara").endswith(f"\n{GAP}")
    assert compose(knows, {"ask": "why"}, "Amara").endswith("\nAmara")
    assert compose(knows, {"ask": "why"}).endswith(f"\n{GAP}")


@pytest.mark.parametrize(
    "text, name",
    [
        ("Hello,\n\nWhy?\n\nKind regards,\nAmara Okafor", "Amara Okafor"),
        (f"Why?\n\nKind regards,\n{GAP}", None),
        ("Why?\n\nKind regards,", None),
        ("Why?\n\nYours,\nAmara\nPS Thank you", None),
        ("Why?\nBecause.", None),
        ("Yours,\n" + "x" * 81, None),
        ("Why?\n\nWith best wishes,\nAmara\n\nP.S. My number has changed,\n+234 800 000", "Amara"),
        ("Why?\n\nP.S. My number has changed,\n+234 800 000", None),
        ("", None),
    ],
)
def test_a_name_is_known_from_the_last_two_lines(text: str, name: str | None) -> None:
    assert signature_of(text) == name


def test_what_the_letter_says_itself_is_not_said_twice() -> None:
    about = Field("ask", Shape.WORDS, 80, leads=("i wrote about", "about"))
    letter = kind("I wrote about {ask}", about)
    assert compose(letter, {"ask": "I wrote about  a post"}) == compose(letter, {"ask": "a post"})
    assert compose(letter, {"ask": "aboutness"}) == "I wrote about aboutness."


@pytest.mark.parametrize("letter", ["[Dear {name}", "Dear {name}]", "[a [b] c]"])
def test_brackets_that_do_not_close_are_refused(letter: str) -> None:
    with pytest.raises(ValueError, match="without its"):
        parts_of(letter)


@pytest.mark.parametrize(
    "letter, fault",
    [
        ("{name} {ask}", "{name} may be empty"),
        ("[{name}] {ask:clause}", "{ask} may begin otherwise"),
        ("[{name}] [I will {ask:do}|I do {ask:doing}]", "one more way: with {ask} or {ask:any}"),
        ("[{name}] [I will {ask:verb}|{ask}]", "`verb` is not a way to begin; there are clause"),
        ("[{name}] {ask} {who}", "{who}, which is not one of its fields"),
        ("[{name}]", "does not use {ask}"),
        ("[{name}] {ask}" + "x" * TEXT_MAX, "characters long"),
        ("[{name}] {ask} {ask:}", "`{ask:}` is not a field"),
        ("[{name}|Thank { you] {ask} {ask: do}", "`{ask: do}` is not a field"),
        ("[{name}|Thank {you] {ask}", "`{you` is not a field"),
    ],
)
def test_a_template_that_could_leave_a_hole_or_grow_too_long_is_faulty(letter: str, fault: str) -> None:
    found = list(faults_of(kind(letter, NAME, ASK)))
    assert [one for one in found if fault in one]
    assert list(faults_of(kind("[Dear {name},|Hello,] [I {ask:doing}|{ask:Any}] {sign}", NAME, ASK))) == []


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


GOOD = {
    "name": "Dr. Mensah", "sign": "Amara Okafor", "heard": "You need experience in chart review",
    "build": "I will abstract 50 charts", "when": "31 March", "question": "which would help more",
    "help": "reading my statement", "learned": "the first paragraph was about you", "changed": "a new first paragraph",
    "talked": "the clinic for new mothers", "fit": "because I want to work there", "work": "The first page of my CV",
    "applied": "internal medicine", "met": "we spoke at your poster", "news": "our abstract was accepted",
    "wrote": "helping with chart review",
}  # fmt: skip
CLUMSY = {
    "name": "dear dr mensah", "sign": "amara okafor", "heard": "No funds", "build": "- a course\n- a case report",
    "when": "end of may", "question": "is it ok", "help": "you read it i was happy", "learned": "how to begin",
    "changed": "i changed it", "talked": "You told me to wait.", "fit": "my interest in rural care", "work": "We wrote a draft",
    "applied": "I applied for surgery", "met": "met at ACP", "news": "new role", "wrote": "to ask for a post",
}  # fmt: skip
SAID = {
    "reply": ("I understand that you need experience in chart review.\n\nSo I will abstract 50 charts. I plan to finish by 31 March.",
              "this is what I take from it: No funds.\n\nSo I will work on a course and a case report. I plan to finish by the end of May."),
    "thanks": ("Thank you for reading my statement.\n\nOne thing has stayed with me: the first paragraph was about you.",
               "your help and your time. You read it I was happy.\n\nI keep thinking about how to begin.\n\nI have acted on it. I changed it."),
    "feedback": ("your feedback on the first page of my CV.", "your feedback. We wrote a draft."),
    "touch": ("I hope you are well. We spoke at your poster.", "I hope you are well. We met at ACP."),
    "follow-up": ("I wrote to you a while ago about helping with chart review.", "I wrote to you a while ago to ask for a post."),
    "feedback-employer": ("I applied for internal medicine. Thank", "I applied for surgery. Thank"),
    "feedback-program": ("I applied for internal medicine. Thank", "I applied for surgery. Thank"),
    "thanks-interview": ("about the clinic for new mothers. It matters to me because I want to work there.",
                         "has stayed with me. You told me to wait. It fits with my interest in rural care."),
    "update-program": ("I have applied for internal medicine. Since then, one thing in my application has changed. Our abstract",
                       "I have applied for surgery. Since then, one thing in my application has changed. New role."),
}  # fmt: skip
# What cannot go on with a sentence stands after a colon, or in a sentence of its own.
STANDS = [
    ("reply", "heard", "That is not possible at the moment", "this is what I take from it: That is not possible at the moment."),
    ("reply", "heard", "you said that the lab is full", "I understand that the lab is full."),
    ("reply", "heard", "I will keep you in mind", "this is what I take from it: I will keep you in mind."),
    ("reply", "build", "abstract submission to ACP", "So this is my next step: abstract submission to ACP."),
    ("reply", "when", "any time", "As for the time: any time."),
    ("reply", "when", "I hope in May", "case report. I hope in May."),
    ("thanks", "help", "that you read my statement", "your time. You read my statement."),
    ("thanks", "learned", "that the first line matters most", "stayed with me: that the first line matters most."),
    ("feedback", "work", "please read my CV", "your feedback on my CV."),
    ("feedback", "work", "Can you look at my CV?", "your feedback on this: Can you look at my CV?"),
    ("touch", "met", "introduced by Dr. Lee", "You may remember how we met: introduced by Dr. Lee."),
    ("follow-up", "wrote", "on 3 May about a place", "I wrote to you on 3 May about a place."),
    ("follow-up", "wrote", "if you have a place", "This is what I wrote to you about a while ago: if you have a place."),
    ("feedback-program", "applied", "Internal Medicine, 2026", "I applied for Internal Medicine, 2026."),
    ("feedback-program", "applied", "in September 2025 to your program", "I applied in September 2025 to your program."),
    ("feedback-employer", "applied", "as a research assistant", "I applied as a research assistant."),
    ("thanks-interview", "talked", "that residents run it", "stayed with me: that residents run it."),
    ("thanks-interview", "fit", "to work there", "This is why it matters to me: To work there."),
    ("update-program", "fit", "working with refugees", "it matters for your program: Working with refugees."),
]  # fmt: skip


@pytest.mark.parametrize("kind_id, field, typed, said", STANDS)
def test_whatever_was_typed_stands_in_a_sentence_that_is_one(
    kind_id: str, field: str, typed: str, said: str
) -> None:
    assert said in compose(KINDS[kind_id], CLUMSY | {field: typed})


# What a careful reader notices: cheering, flattery, begging, and words that no email to a stranger should have.
NEVER = re.compile(
    r"(?i)!|\b(just|only|simply|esteemed|prestigious|renowned|honou?red|amazing|great|passion\w*|humbl[ey]\w*|kindly"
    r"|hope this (e-?)?mail finds|dear sir|guarantee|rank)\b"
)


@pytest.mark.parametrize("bare", [False, True], ids=["all filled in", "optional ones empty"])
@pytest.mark.parametrize("kind_id", sorted(KINDS))
def test_every_letter_of_the_house_reads_like_a_careful_email(kind_id: str, bare: bool) -> None:
    template = KINDS[kind_id]
    typed = {f.id: "" if bare and f.optional else GOOD[f.id] for f in template.fields}
    text = compose(template, typed)
    paragraphs = text.split("\n\n")
    assert paragraphs[0] == ("Hello," if bare else "Dear Dr. Mensah,")
    assert 4 <= len(paragraphs) <= 8
    assert 40 <= len(text.split()) <= 180
    assert questions_in(text) <= 1
    assert NEVER.search(text) is None, NEVER.search(text)
    assert text.count(":") <= 1, "it would sound like a form"
    asked = "sign" in typed and not bare
    assert text.splitlines()[-1] == ("Amara Okafor" if asked else GAP)
    assert re.search(r"[{}\[\]|]|\.\.|\s[.,;:]|:\s*$", text.removesuffix(GAP), re.MULTILINE) is None, text


@pytest.mark.parametrize("kind_id", sorted(KINDS))
def test_a_sentence_goes_on_with_what_was_typed_however_it_begins(kind_id: str) -> None:
    for typed, said in zip((GOOD, CLUMSY), SAID[kind_id], strict=True):
        assert said in compose(KINDS[kind_id], typed)


def test_no_letter_promises_another_one() -> None:
    assert not [
        k.id for k in KINDS.values() if re.search(r"write to you (once )?(more|again)", str(k.letter))
    ]


def test_a_draft_is_told_from_others_by_what_it_says_of_its_own() -> None:
    def gist(kind_id: str) -> str:
        return gist_of(KINDS[kind_id], compose(KINDS[kind_id], GOOD))

    assert gist("thanks").startswith("Thank you for reading my statement.")
    assert gist("reply").startswith("I understand that you need experience in chart review. So I will")
    assert gist("touch").startswith("We spoke at your poster.")
    assert gist("thanks-interview").startswith("I keep thinking about the clinic for new mothers.")
    assert gist_of(None, "One line.") == gist_of(KINDS["reply"], "One line.") == "One line."


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
