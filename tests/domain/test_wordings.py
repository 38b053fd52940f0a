"""What was typed reads well in a letter, whatever its form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.openings import Opening, opened, opening_of
from bot.domain.wordings import GROWS, Shape, shape

WORDS = st.text(max_size=120)


@pytest.mark.parametrize(
    "typed, how, stands",
    [
        ("Dr. Mensah", Shape.NAME, "Dr. Mensah"),
        ("dear Dr. Mensah,", Shape.NAME, "Dr. Mensah"),
        ("Hi Sam!", Shape.NAME, "Sam"),
        ("Good morning, Professor Adeyemi.", Shape.NAME, "Professor Adeyemi"),
        ("John Smith Jr.", Shape.NAME, "John Smith Jr."),
        ("Dear", Shape.NAME, "Dear"),
        ("prof. Tariq Mehmood", Shape.NAME, "Prof. Tariq Mehmood"),
        ("Sir Dr. Khan", Shape.NAME, "Dr. Khan"),
        ("dear respected sir dr. khan,", Shape.NAME, "Dr. Khan"),
        ("Sir Khan", Shape.NAME, "Sir Khan"),
        ("before friday", Shape.WORDS, "before Friday."),
        ("accepted on 3 may, i think", Shape.SENTENCE, "Accepted on 3 May, I think."),
        ("it may march on", Shape.SENTENCE, "It may march on."),
        ("i take step 2 ck in march", Shape.SENTENCE, "I take Step 2 CK in March."),
        ("my cv, for usmle and imgs", Shape.WORDS, "my CV, for USMLE and IMGs."),
        ("Is it boring? and should I change it", Shape.QUESTION, "Is it boring? And should I change it?"),
        ("more chart review", Shape.WORDS, "more chart review."),
        ("You said: more chart review.", Shape.WORDS, "You said: more chart review."),
        ("“too generic.”", Shape.WORDS, "“too generic.”"),
        ("31 March,", Shape.WORDS, "31 March."),
        ("- a course\n- a case report\n\n2) a poster", Shape.WORDS, "a course, a case report and a poster."),
        ("a course;\nand a poster", Shape.WORDS, "a course and a poster."),
        ("a course, online\na poster", Shape.WORDS, "a course, online; a poster."),
        ("A course.\nA poster", Shape.WORDS, "A course. A poster."),
        ("Learn R\nPublish a case report", Shape.WORDS, "Learn R and publish a case report."),
        ("Your time\nYour advice", Shape.WORDS, "Your time and your advice."),
        ("Rewrote my CV\nBooked a mock interview", Shape.SENTENCE, "Rewrote my CV. Booked a mock interview."),
        ("what should I read\nWhen should I ask", Shape.QUESTION, "What should I read and when should I ask?"),
        ("may I call\nthank you", Shape.QUESTION, "May I call? Thank you."),
        ("I wrote it\nI sent it", Shape.SENTENCE, "I wrote it. I sent it."),
        ("i think i'm late, i.e. slow", Shape.SENTENCE, "I think I'm late, i.e. slow."),
        ("dr. van der berg md", Shape.NAME, "Dr. van der Berg MD"),
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
    assert len(once) <= len(typed) * 3 // 2 + GROWS


@pytest.mark.parametrize(
    "said, opening",
    [
        ("We spoke at your poster.", Opening.CLAUSE),
        ("I'm in my last year.", Opening.CLAUSE),
        ("The position is filled.", Opening.CLAUSE),
        ("the first page of my CV, which is attached.", Opening.THING),
        ("50 charts.", Opening.THING),
        ("Reading my statement.", Opening.DOING),
        ("How residents run it.", Opening.HOW),
        ("to ask for a place.", Opening.TO),
        ("at ACP.", Opening.AT),
        ("because I grew up there.", Opening.BECAUSE),
        ("met in Chicago.", None),
        ("as a research assistant.", Opening.AS),
        ("since I grew up there.", Opening.BECAUSE),
        ("Bring my score up.", Opening.DO),
        ("abstract 50 charts.", Opening.DO),
        ("study for Step 3.", Opening.DO),
        ("abstract submission to ACP.", None),
        ("volunteer work at a clinic.", None),
        ("the first line matters most.", None),
        ("the residents run the clinic.", None),
        ("the letters of your residents.", Opening.THING),
        ("That is not possible.", Opening.CLAUSE),
        ("that residents run the clinic.", None),
        ("a.", None),
        ("write a case report.", Opening.DO),
        ("The poster we had was taken.", None),
        ("The letter you wrote for me.", Opening.THING),
        ("the poster we had in Chicago.", Opening.THING),
        ("what matters is fit.", None),
        ("my revised statement.", None),
        ("statistics.", None),
        ("nothing.", None),
        ("Spring.", None),
    ],
)  # fmt: skip
def test_how_words_begin_is_told_apart_or_left_open(said: str, opening: Opening | None) -> None:
    assert opening_of(said) is opening


@pytest.mark.parametrize(
    "said, opening, goes_on",
    [
        ("You need charts.", Opening.TOLD, "you need charts."),
        ("We do not take visitors.", Opening.TOLD, None),
        ("They want more.", Opening.TOLD, None),
        ("I have no funding at the moment.", Opening.TOLD, None),
        ("My lab is full.", Opening.TOLD, None),
        ("There is no space in my lab.", Opening.TOLD, None),
        ("That is not possible.", Opening.TOLD, None),
        ("You need US experience.", Opening.TOLD, "you need US experience."),
        ("met in Chicago.", Opening.MET, "met in Chicago."),
        ("Spoke with you at ACP.", Opening.MET, "spoke at ACP."),
        ("worked with you in Lagos.", Opening.MET, None),
        ("introduced by Dr. Lee.", Opening.MET, None),
        ("introduced by Dr. Lee.", Opening.DID, None),
        ("Read my CV.", Opening.DID, "read my CV."),
        ("Internal Medicine, 2026.", Opening.BARE, "Internal Medicine, 2026."),
        ("Family Medicine.", Opening.ANY, "Family Medicine."),
        ("General Surgery (categorical).", Opening.ANY, "General Surgery (categorical)."),
        ("Obstetrics and Gynecology.", Opening.ANY, "Obstetrics and Gynecology."),
        ("Research Assistant.", Opening.BARE, "Research Assistant."),
        ("Research position in your lab.", Opening.BARE, "research position in your lab."),
        ("Internal medicine, AAMC 1234.", Opening.BARE, "internal medicine, AAMC 1234."),
        ("in May for the post.", Opening.BARE, None),
        ("please read my CV.", Opening.BARE, None),
        ("My CV, or my letter?", Opening.BARE, None),
        ("I'd like to write it.", Opening.DO, "write it."),
        ("Personal statement.", Opening.ANY, "personal statement."),
        ("My CV, attached.", Opening.ANY, "my CV, attached."),
        ("3 months.", Opening.BY, "in 3 months."),
        ("Two weeks from now.", Opening.BY, "in two weeks."),
        ("not sure yet.", Opening.BY, None),
        ("I will write it.", Opening.DO, "write it."),
        ("to write it.", Opening.DO, "write it."),
        ("I'll write it.", Opening.DO, "write it."),
        ("I write it.", Opening.DO, None),
        ("I met you.", Opening.CLAUSE, "I met you."),
        ("A poster.", Opening.THING, "a poster."),
        ("THE poster.", Opening.THING, "THE poster."),
        ("Chicago.", Opening.ANY, "Chicago."),
        ("The post.", Opening.ANY, "the post."),
        ("31 March.", Opening.BY, "by 31 March."),
        ("by may.", Opening.BY, "by May."),
        ("End of june.", Opening.BY, "by the end of June."),
        ("In two weeks.", Opening.BY, "in two weeks."),
        ("The end of May.", Opening.BY, "by the end of May."),
        ("ASAP.", Opening.BY, "as soon as possible."),
        ("I hope in May.", Opening.BY, None),
        ("2-3 months.", Opening.BY, "in 2-3 months."),
        ("A few months.", Opening.BY, "in a few months."),
        ("couple of weeks from now.", Opening.BY, "in a couple of weeks."),
        ("next few weeks.", Opening.BY, "in the next few weeks."),
        ("half a year.", Opening.BY, "in half a year."),
        ("about three to four months, I think.", Opening.BY, "in about three to four months, I think."),
        ("Tomorrow.", Opening.BY, "by tomorrow."),
        ("Next year.", Opening.BY, "by next year."),
        ("this summer.", Opening.BY, "this summer."),
        ("sept 2026.", Opening.BY, "by Sept 2026."),
        ("31/03/2027.", Opening.BY, "by 31/03/2027."),
        ("my ERAS deadline.", Opening.BY, "by my ERAS deadline."),
        ("in march at the latest.", Opening.BY, "in March at the latest."),
        ("First week of june.", Opening.BY, "by the first week of June."),
        ("may be in June.", Opening.BY, None),
        ("Observership in July.", Opening.BARE, "observership in July."),
        ("any time.", Opening.BY, None),
        ("no rush.", Opening.BY, None),
    ],
)
def test_a_sentence_goes_on_with_words_that_begin_as_it_needs(
    said: str, opening: Opening, goes_on: str | None
) -> None:
    assert opened(said, opening) == goes_on


@given(WORDS, st.sampled_from(Opening))
def test_going_on_adds_little_and_loses_no_end(typed: str, opening: Opening) -> None:
    said = shape(typed, Shape.WORDS)
    on = opened(said, opening) if said else None
    assert on is None or (len(on) <= len(said) + GROWS and on[-1] == said[-1])
