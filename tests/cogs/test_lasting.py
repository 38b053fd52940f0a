"""A lasting form's text stands in the private answer, whatever it is made of, and is read there again."""

from typing import Any

import discord
import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as some

from bot.ui.forms import Form
from bot.ui.lasting import LastingForm, as_text, form_named, from_text
from tests.e2e.plenty import wild
from tests.meta.lint import lint_form


class Letter(LastingForm, verb="letter"):
    """A form with one field of each sort."""

    def __init__(self, arg: str = "7") -> None:
        super().__init__("Letter", arg)
        self.body: ui.TextInput[Any] = self.ask("What", ui.TextInput(custom_id="what", max_length=1000))
        moods = [discord.RadioGroupOption(value=str(n), label=f"mood {n}") for n in range(3)]
        self.mood: ui.RadioGroup[Any] = self.ask("Mood", ui.RadioGroup(custom_id="mood", options=moods))
        kinds = [discord.SelectOption(value=str(n), label=f"kind {n}") for n in range(3)]
        self.kind: ui.Select[Any] = self.ask("Kind", ui.Select(custom_id="kind", options=kinds))


def filled(body: str) -> Letter:
    form = Letter()
    form.body._value, form.mood._value, form.kind._values = body, "1", ["2"]
    return form


def refilled(form: Form) -> Letter:
    again = Letter()
    again.refill(from_text(as_text(form)))
    return again


@pytest.mark.parametrize(
    "body", ["plain", "two\n\nlines", "a `code` and ```\nblock\n``` ``", "**What**\n```\nx", wild(900), " x "]
)
async def test_what_was_written_comes_back_as_it_was(body: str) -> None:
    assert refilled(filled(body)).body.default == body


@given(some.text(some.sampled_from("`*\n aß\u200b日"), max_size=40).filter(str.strip))
def test_no_text_breaks_out_of_its_block(body: str) -> None:
    assert from_text(f"{as_text_of('Above', 'x')}\n{as_text_of('What', body)}") == {
        "Above": "x",
        "What": body,
    }


def as_text_of(label: str, body: str) -> str:
    form = Form("x")
    field: ui.TextInput[Any] = form.ask(label, ui.TextInput())
    field._value = body
    return as_text(form)


async def test_what_was_chosen_comes_back_too() -> None:
    again = refilled(filled("x"))
    assert [option.label for option in again.mood.options if option.default] == ["mood 1"]
    assert [option.label for option in again.kind.options if option.default] == ["kind 2"]
    assert lint_form(again.to_dict()) == []


async def test_an_empty_field_is_left_out() -> None:
    form = Letter()
    assert as_text(form) == ""
    assert form.again().written is not None


async def test_two_open_forms_have_two_names_that_lead_to_one_form() -> None:
    one, other = Letter(), Letter()
    assert one.custom_id != other.custom_id
    assert [form_named(form.custom_id)[0] for form in (one, other)] == ["letter", "letter"]
    assert form_named(one.custom_id)[1].rpartition(".")[0] == "7"
    assert form_named("0123456789abcdef") == ("", "")
