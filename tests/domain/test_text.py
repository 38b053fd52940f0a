"""What text is taken, and what is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import folded, free_text, is_blank, public_text
from bot.errors import UserError


@pytest.mark.parametrize("text", ["", "  \n\t", "\u200b\u200d", "\u202e \ufeff", "\u00ad"])
def test_what_nobody_can_see_is_no_text(text: str) -> None:
    assert is_blank(text)
    assert free_text(text, 10) is None


@pytest.mark.parametrize("text", ["a", "مرحبا", "👩\u200d⚕\ufe0f", "１２", "-"])
def test_text_is_kept_as_it_was_typed(text: str) -> None:
    assert free_text(f"  {text} ", 20) == text


@pytest.mark.parametrize(
    "text, key", [("a\x00", "text-unreadable"), ("\udfff", "text-unreadable"), ("abc", "text-too-long")]
)
def test_what_cannot_be_kept_says_why(text: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        free_text(text, 2)
    assert refused.value.key == key


def test_public_text_is_one_line_without_hidden_marks() -> None:
    assert public_text("  Ama\u202era \n Okafor\u200b ", 32) == "Amara Okafor"


@pytest.mark.parametrize("text", ["", "\u200b", "\u202e"])
def test_public_text_must_be_there(text: str) -> None:
    with pytest.raises(UserError, match="text-empty"):
        public_text(text, 32)


@pytest.mark.parametrize(
    "one, other",
    [
        ("\u00c9lan", "e\u0301LAN"),
        ("Stra\u00dfe", "STRASSE"),
        ("\uff2f\uff57\uff4c", "owl"),
        ("O\u200bwl  B", " owl b "),
    ],
)
def test_names_that_read_alike_are_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_other_names_are_not() -> None:
    assert folded("Owl") != folded("Owl 2")


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_folded_the_short_way_as_they_were_the_long_way(text: str) -> None:
    """A letter beside them takes the long way."""
    assert f"{folded(text)} é".strip() == folded(f"{text} é")
