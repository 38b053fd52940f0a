"""Which sentence answers a story in somebody's own words: offered when it is near, and when none was picked."""

import pytest

from bot.domain.reframes import fitting
from tests import texts

KINDS = {kind.id: kind for kind in texts.content().journal.kinds}
KIND = KINDS["reframe"]
STORIES = {one: texts.voice()(f"reframe-{one}-story") for one in texts.content().journal.reframes}
NOES = texts.voice()("reframe-noes")


@pytest.mark.parametrize(
    "story, reframe",
    [
        ("They prefer American graduates", "american-graduates"),
        ("they always prefer american grads.", "american-graduates"),
        ("I'm not smart enough for this", "not-enough"),
        ("the whole SYSTEM is unfair", "unfair"),
        ("Nobody answers me, ever", "nobody-answers"),
        ("i graduated too long ago", "too-late"),
        ("My English isn't good enough!", "my-english"),
        ("I let my family down", "family"),
        ("I don’t think that I am smart enough", "not-enough"),
        ("It hurts, and I am not smart enough. My mentor disagrees", "not-enough"),
        ("No one even answers me", "nobody-answers"),
        ("My family is large", None),
        ("My mentor said I am smart enough", None),
        ("I know that I am smart and good enough", None),
        ("I had enough time and a smart phone", None),
        ("I no longer believe they prefer American graduates", None),
        ("I used to think that they prefer American graduates", None),
        ("I don't believe that I am not smart enough", None),
        ("The system is not unfair", None),
        ("Somebody even answers me", None),
        ("These years weren’t wasted", None),
        ("I haven't let my family down", None),
        ("The interview was short", None),
        ("", None),
        ("الله كريم", None),
    ],
)
def test_the_story_finds_its_sentence_and_another_finds_none(story, reframe):
    assert fitting(KIND, {"feeling": "tired", "story": story}, STORIES, NOES) == reframe


@pytest.mark.parametrize("also", [{"picked": "It is hard"}, {"own": "I can learn it"}])
def test_nothing_is_offered_beside_a_sentence_that_is_there(also):
    assert fitting(KIND, {"story": STORIES["unfair"], **also}, STORIES, NOES) is None


def test_a_kind_that_asks_for_no_reframe_offers_none():
    assert fitting(KINDS["day"], {"happened": STORIES["unfair"]}, STORIES, NOES) is None


@pytest.mark.parametrize("reframe", STORIES)
def test_every_shipped_story_finds_its_own_sentence(reframe):
    assert fitting(KIND, {"story": STORIES[reframe]}, STORIES, NOES) == reframe
