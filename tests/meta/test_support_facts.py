"""The facts on the support card are sourced, and their age is watched: spoken of past 90 days, refused past 120."""

import shutil

import pytest

from bot.clock import system_clock
from bot.domain.care import BLOCK_AFTER_DAYS, WARN_AFTER_DAYS, Age, Region, age_of, facts_age_days, oldest
from config.care import check_care, load_care
from config.documents import ContentError
from tests.texts import CONTENT, care, english


def test_the_facts_are_not_too_old(request):
    # The real date on purpose: this is the one test whose result is meant to change with time.
    today = system_clock().date()
    fact, age = oldest(care().lines), facts_age_days(care().lines, today)
    if age_of(care().lines, today) is not Age.FRESH:
        note = f"support.toml: {fact.id} was verified {age} days ago (look again after {WARN_AFTER_DAYS})"
        request.config.get_terminal_writer().line(f"\nWARNING: {note}", yellow=True)
    assert age <= BLOCK_AFTER_DAYS, (
        f"{fact.id}: verified {age} days ago; nothing is released past {BLOCK_AFTER_DAYS}"
    )


def test_no_fact_is_verified_in_the_future():
    assert all(line.verified_on <= system_clock().date() for line in care().lines)


def test_every_fact_names_its_source_and_how_it_was_verified():
    assert all(line.source.strip() and line.how.strip() for line in care().lines)


def test_the_files_have_nothing_wrong_with_them():
    assert check_care(CONTENT) == []


@pytest.mark.parametrize("name, table", [("support.toml", "[[lines]]"), ("risk_words.toml", "[en]")])
def test_a_mistyped_setting_is_named(tmp_path, name, table):
    for one in ("support.toml", "risk_words.toml"):
        shutil.copy(CONTENT / one, tmp_path)
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace(table, f"{table}\nnot-there = 1", 1), encoding="utf-8")
    with pytest.raises(ContentError, match=rf"{name}:\d+: `[a-z.]*not-there`: is an unknown setting"):
        load_care(tmp_path)


def test_every_line_and_region_has_its_sentences():
    keys = {line.note_key for line in care().lines} | {f"care-opening-{region.value}" for region in Region}
    assert keys <= english().ids()
