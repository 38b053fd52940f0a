"""The pictures can be read: on a telephone, in the dark, by somebody who tells no colours apart, with the longest labels."""

import random
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, features

from bot.charts import drawing, ink
from bot.domain.figures import Figure, Grid, Lengths, Series, read, written

PHONE = 264
"""CSS pixels that Discord leaves for a picture on a telephone of 390."""


def figure(columns=6, rows=3, most=14, label="Applying", bars=True):
    made = random.Random(7)
    numbers = [tuple(made.choice((0, 1, 2, most)) for _ in range(columns)) for _ in range(rows + 1)]
    grid = Grid(
        "Noes by stage, and actions", "each column is a month", tuple((f"Se{n}", "2026") for n in range(columns)),
        tuple(Series(label, one) for one in numbers[:rows]), Series(label, numbers[-1]) if bars else None,
    )  # fmt: skip
    return Figure(grid, Lengths("From a no", "Half", ((label, 4), ("1–3 days", 0), ("longer", most))))


def picture(what):
    return Image.open(BytesIO(drawing.drawn(what))).convert("RGB")


def light(colour):
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# Machado, Oliveira and Fernandes (2009), full severity: what each kind of colour blindness makes of red, green and blue.
BLIND = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


class TestColours:
    @pytest.mark.parametrize("on", [ink.PAPER, ink.BAND])
    @pytest.mark.parametrize("colour", [ink.WORDS, ink.QUIET, ink.NO, ink.DONE])
    def test_everything_stands_out_from_what_it_lies_on(self, colour, on):
        assert contrast(colour, on) >= 4.5

    def test_a_number_stands_out_from_its_dot(self):
        assert contrast(ink.ON_SHAPE, ink.NO) >= 4.5

    @pytest.mark.parametrize("kind", BLIND)
    def test_noes_and_actions_stay_apart_for_every_kind_of_eyes(self, kind):
        seen = [
            [sum(part * factor for part, factor in zip(colour, row, strict=True)) for row in BLIND[kind]]
            for colour in (ink.NO, ink.DONE)
        ]
        assert sum((one - other) ** 2 for one, other in zip(*seen, strict=True)) ** 0.5 > 60


class TestSize:
    def test_letters_on_a_telephone_are_eleven_pixels_high_or_more(self):
        smallest = min(drawing.NOTE, drawing.LABEL, drawing.NUMBER, drawing.TICK)
        assert smallest * PHONE / drawing.WIDTH >= 11

    @pytest.mark.parametrize("columns", [1, 8])
    @pytest.mark.parametrize("label", ["Exams", "⟦Ɋertíƒíçátíóñ ƒéññ ñíçht éñdét⟧", "Wort" * 30])
    def test_nothing_is_cut_off_at_the_sides(self, columns, label):
        shown = picture(figure(columns, 7, 9999, label))
        assert shown.width == drawing.WIDTH
        edge = drawing.MARGIN - 2
        for left in (0, shown.width - edge):
            side = shown.crop((left, 0, left + edge, shown.height))
            assert side.getcolors() == [(side.width * side.height, side.getpixel((0, 0)))]

    def test_two_dots_never_touch(self):
        """The widest possible dots, in the narrowest columns."""
        rows = (Series("Applying", (99,) * 8),)
        shown = picture(Figure(Grid("", "", (("", ""),) * 8, rows)))
        line = drawing.MARGIN + drawing.HEAD + drawing.ROW // 2 + 30
        blue = [shown.getpixel((x, line))[2] > 200 for x in range(320, shown.width)]
        assert sum(now and not before for before, now in pairwise(blue)) >= 7


class TestNumbers:
    @settings(max_examples=4, deadline=None)
    @given(st.integers(1, 8), st.integers(0, 7), st.integers(1, 100_000), st.booleans())
    def test_any_numbers_make_a_picture(self, columns, rows, most, bars):
        assert picture(figure(columns, rows, most, bars=bars)).width == drawing.WIDTH

    def test_a_larger_number_makes_a_larger_dot_and_a_longer_bar(self):
        def coloured(small):
            parts = Figure(
                Grid("", "", (("", ""),), (Series("a", (small,)), Series("b", (20,)))),
                Lengths("", "", (("a", small), ("b", 20))),
            )
            found = picture(parts).getcolors(1 << 24)
            return [
                sum(number for number, seen in found if near(seen, colour)) for colour in (ink.NO, ink.DONE)
            ]

        def near(one, other):
            return sum(abs(a - b) for a, b in zip(one, other, strict=True)) < 12

        smaller, larger = coloured(12), coloured(18)
        assert all(0 < less < more for less, more in zip(smaller, larger, strict=True))

    def test_a_part_alone_makes_a_picture(self):
        whole = figure()
        heights = [picture(one).height for one in (Figure(grid=whole.grid), Figure(lengths=whole.lengths))]
        assert sum(heights) < picture(whole).height + 100


def rows_of(mask):
    """A mask as rows of its pixels."""
    (wide, high), pixels = mask.size, bytes(mask)
    return [pixels[wide * row : wide * (row + 1)] for row in range(high)]


class TestLetters:
    @pytest.mark.parametrize("text", ["Solicitudes: ¿qué pasó?", "Приёмная", "Łódź Şğ ẵ", "1–3 · …"])
    def test_it_writes(self, text):
        assert ink.can_write([text])

    @pytest.mark.skipif(
        not features.check("raqm"), reason="this machine cannot set letters that run together"
    )
    @pytest.mark.parametrize("text", ["التقديم", "درخواست کے مراحل", "आवेदन की स्थिति", "הגשה", "ขั้นตอน"])
    def test_what_runs_together_is_set_without_boxes(self, text):
        assert ink.can_write([text])
        laid, box = ink.font(24).getmask(text), ink.font(24).getmask("\uffff")
        wide, high = box.size
        drawn, missing = (rows_of(mask) for mask in (laid, box))
        assert not any(
            [row[left : left + wide] for row in drawn[top : top + high]] == missing
            for left in range(laid.size[0] - wide + 1)
            for top in range(laid.size[1] - high + 1)
        )

    @pytest.mark.parametrize("text", ["日本", "বাংলা", "Exam 日", "தமிழ்", "አማርኛ", "🩺"])
    def test_it_does_not_write_boxes(self, text):
        assert not ink.can_write([text])

    def test_what_runs_together_needs_more_than_letters(self, monkeypatch):
        monkeypatch.setattr(features, "check", lambda _name: False)
        assert not ink.can_write(["مرحبا"])
        assert ink.can_write(["Exam"])


def test_a_figure_survives_the_way_to_the_other_process():
    several = [figure(), Figure(), Figure(grid=figure(bars=False).grid), Figure(lengths=figure().lengths)]
    assert read(written(several)) == several
    assert "Applying" in set(several[0].texts())
