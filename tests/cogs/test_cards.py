"""How a card puts its parts under each other."""

import pytest

from bot.ui.cards import Card, Option, press


def rows(card):
    (frame,) = card.to_components()
    return [[part["label"] for part in row["components"]] for row in frame["components"] if row["type"] == 1]


@pytest.mark.parametrize(
    "before,after",
    [
        (0, [["Support"]]),
        (1, [["0", "Support"]]),
        (4, [[*"0123", "Support"]]),
        (5, [[*"01234"], ["Support"]]),
    ],
)
async def test_a_last_button_stands_in_the_last_row_where_it_has_room(before, after):
    card = Card().text("Something").row(*(press("x", number, label=str(number)) for number in range(before)))
    assert rows(card.beside_last(press("support", label="Support"))) == after


async def test_a_last_button_keeps_out_of_a_select_and_of_rows_further_up():
    card = Card().text("Something").choose("x", "", [Option("1", "One")], placeholder="Choose")
    (frame,) = card.beside_last(press("support", label="Support")).to_components()
    assert len(frame["components"]) == 3
    above = Card().row(press("x", label="Yes")).note("More")
    assert rows(above.beside_last(press("support", label="Support"))) == [["Yes"], ["Support"]]
