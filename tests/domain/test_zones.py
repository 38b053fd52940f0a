"""A member finds their zone by a place, and an offset or an abbreviation is never taken for one."""

import contextlib
import tomllib
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zones import Zone, choice_label, featured, fold, parse_zone, search, unlisted, zone_of
from bot.errors import UserError

FILE = Path(__file__).parents[2] / "config" / "content" / "zones.toml"


@cache
def rows() -> tuple[Zone, ...]:
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Zone(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in content["zones"])


@cache
def names() -> frozenset[str]:
    return frozenset(available_timezones())


def first(text: str) -> str:
    return search(rows(), text, available=names())[0].id


def refusal(text: str) -> str:
    with pytest.raises(UserError) as refused:
        parse_zone(text, rows(), names())
    assert refused.value.values == {}, "what was typed is not said back"
    return refused.value.key


def test_every_row_is_a_real_zone_once_and_fits_a_select():
    ids = [zone.id for zone in rows()]
    assert len(ids) == len(set(ids)) >= 90
    for zone in rows():
        assert ZoneInfo(zone.id).key in names()
        assert zone.city
        assert zone.country
        assert len(zone.label) <= 100
        assert all(alias == alias.strip() != "" for alias in zone.aliases)
        assert len({*zone.aliases}) == len(zone.aliases)


def test_older_iana_names_in_the_aliases_keep_the_same_clock():
    for zone in rows():
        for alias in zone.aliases:
            if "/" in alias:
                assert alias in names()


def test_the_first_select_names_where_most_members_live():
    cities = [zone.city for zone in featured(rows())]
    assert len(cities) == 24
    assert {
        "Lagos",
        "Karachi",
        "Cairo",
        "Manila",
        "Dhaka",
        "Kolkata",
        "Lima",
        "Kyiv",
        "London",
        "New York",
    } <= {*cities}
    assert search(rows(), "  ") == featured(rows())
    assert search(rows(), "", limit=3) == featured(rows())[:3]


@pytest.mark.parametrize(
    "typed, zone_id",
    [
        ("lag", "Africa/Lagos"),
        ("karachi", "Asia/Karachi"),
        ("LAHORE", "Asia/Karachi"),
        ("dhaka", "Asia/Dhaka"),
        ("manila", "Asia/Manila"),
        ("cairo", "Africa/Cairo"),
        ("القاهرة", "Africa/Cairo"),
        ("delhi", "Asia/Kolkata"),
        ("asia/calcutta", "Asia/Kolkata"),
        ("bogota", "America/Bogota"),
        ("sao paulo", "America/Sao_Paulo"),
        ("lodz", "Europe/Warsaw"),
        ("Łódź", "Europe/Warsaw"),
        ("kiev", "Europe/Kyiv"),
        ("peru", "America/Lima"),
        ("port au", "America/Port-au-Prince"),
        ("st georges", "America/Grenada"),
        ("us", "America/New_York"),
        ("usa", "America/New_York"),
        ("united k", "Europe/London"),
        ("africa/lag", "Africa/Lagos"),
        ("new y", "America/New_York"),
        ("jeddah", "Asia/Riyadh"),
        ("bamako", "Africa/Bamako"),
        ("knox, ind", "America/Indiana/Knox"),
    ],
)
def test_search_puts_the_place_that_was_meant_first(typed, zone_id):
    assert first(typed) == zone_id


def test_search_never_offers_an_offset_zone_or_a_bare_abbreviation():
    offered = {zone.id for zone in (*rows(), *unlisted(rows(), names()))}
    assert not {
        one for one in offered if one.startswith(("Etc/", "US/", "SystemV/", "posix/")) or "/" not in one
    }
    assert search(rows(), "gmt+5", available=names()) == []
    assert search(rows(), "est", available=names()) == []


def test_places_of_the_zone_list_can_be_found_and_chosen():
    for zone in (*rows(), *unlisted(rows(), names())[::4]):
        assert zone in search(rows(), zone.id, available=names())
        assert parse_zone(zone.id, rows(), names()) == zone


def test_no_more_than_the_limit_is_offered():
    assert len(search(rows(), "a", available=names())) == 25
    assert len(search(rows(), "a", limit=5, available=names())) == 5


@pytest.mark.parametrize(
    "typed, zone_id",
    [
        ("Lagos", "Africa/Lagos"),
        (" lagos, nigeria ", "Africa/Lagos"),
        ("pakistan", "Asia/Karachi"),
        ("Egypt", "Africa/Cairo"),
        ("Eastern Time", "America/New_York"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("kuwait", "Asia/Kuwait"),
        ("Bamako", "Africa/Bamako"),
    ],
)
def test_one_place_is_taken_at_its_word(typed, zone_id):
    assert parse_zone(typed, rows(), names()).id == zone_id


OFFSETS = [
    "GMT+5",
    "GMT-5",
    "gmt5",
    "UTC+5",
    "UTC-05:00",
    "UTC+0530",
    "+5",
    "-5",
    "+05:30",
    "5:30",
    "+5.5",
    "5",
    "GMT",
    "UTC",
    "UCT",
    "Z",
    "zulu",
    "Etc/GMT+5",
    "etc/utc",
    "EST",
    "EDT",
    "EST5EDT",
    "CST",
    "PST",
    "MST",
    "HST",
    "IST",
    "PKT",
    "WAT",
    "CAT",
    "EAT",
    "BST",
    "CET",
    "EET",
    "AST",
    "ＧＭＴ＋５",
    "gmt−5",
    "GMT0",
    "Greenwich",
]


@pytest.mark.parametrize("typed", [*OFFSETS, "UTC + 5", "GMT +5 hours", " est "])
def test_an_offset_or_abbreviation_is_answered_by_asking_for_a_city(typed):
    assert refusal(typed) == "zone-ambiguous-offset"


@pytest.mark.parametrize("typed", ["USA", "Canada", "Indonesia", "Hyderabad", "Tripoli", "Valencia"])
def test_a_name_with_several_zones_is_asked_not_guessed(typed):
    assert refusal(typed) == "zone-several"


@pytest.mark.parametrize(
    "typed", ["", "  ", "Atlantis", "\x00", "\ud800", "🙂", "x" * 5000, "../etc/passwd", "Lagos; DROP"]
)
def test_anything_else_is_not_known(typed):
    assert refusal(typed) == "zone-unknown"


def test_a_zone_outside_our_rows_is_named_by_its_last_part():
    assert zone_of("America/Indiana/Knox", rows()).label == "Knox, Indiana"
    assert zone_of("Africa/Lagos", rows()).label == "Lagos, Nigeria"
    assert zone_of("Asia/Singapore", rows()).label == "Singapore"


def test_a_choice_shows_the_name_that_was_typed():
    kolkata = zone_of("Asia/Kolkata", rows())
    assert choice_label(kolkata, "delh") == "Delhi (Kolkata, India)"
    assert (
        choice_label(kolkata, "kol")
        == choice_label(kolkata, "ind")
        == choice_label(kolkata, "")
        == kolkata.label
    )
    assert all(len(choice_label(zone, alias)) <= 100 for zone in rows() for alias in zone.aliases)


def test_folding_drops_case_accents_and_marks():
    assert fold("  São_Paulo ") == fold("sao paulo") == "sao paulo"
    assert fold("Curaçao") == "curacao"
    assert fold("St. John's") == fold("St John’s") == "st johns"


@given(st.text(max_size=150))
def test_any_text_is_searched_or_refused_never_an_error(text):
    assert len(search(rows(), text, available=names())) <= 25
    with contextlib.suppress(UserError):
        assert parse_zone(text, rows(), names()).id in names()
