import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sheets import neutral, restored, table


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", " =1", "\u00a0=1", "＝1", "＋1", "－1", "＠x",
        "\u200b=1", "\ufeff=1", "'=1", "%0A", "|cmd", "  '=1",
    ],
)  # fmt: skip
def test_what_could_begin_a_formula_gets_an_apostrophe(text):
    assert neutral(text) == "'" + text
    assert restored(neutral(text)) == text


@pytest.mark.parametrize("text", ["", "Ridge Hospital", "a=b", "1-2", "Ärzte", "“quoted”", "🙂"])
def test_ordinary_text_stays(text):
    assert neutral(text) == text


@given(st.text())
def test_every_cell_comes_back(text):
    assert restored(neutral(text)) == text
    assert neutral(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\x00")


def test_what_somebody_typed_with_an_apostrophe_stays():
    assert restored("'tis") == "'tis"


@given(
    st.lists(st.lists(st.text(st.characters(exclude_characters="\x00")), min_size=2, max_size=2), max_size=5)
)
def test_a_table_is_read_back(rows):
    read = list(csv.reader(io.StringIO(table(["a", "b"], rows), newline="")))
    assert [[restored(cell) for cell in row] for row in read[1:]] == rows
