"""A day is read the way people write it, asked about when it can be two, and refused when it cannot be."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import TEXT_MAX, ParsedDay, parse_day
from bot.errors import UserError

TODAY = date(2026, 11, 22)  # a Sunday
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def read(text: str, today: date = TODAY, day_first: bool | None = None) -> str:
    """What became of it, in a form that fits a table: the day, `a or b`, or the key of the refusal."""
    try:
        parsed = parse_day(text, today=today, day_first=day_first)
    except UserError as refused:
        return refused.key
    if parsed.choices:
        return " or ".join(map(str, parsed.choices))
    return str(parsed.day)


NEAR = {
    "": "2026-11-22", "   ": "2026-11-22", "today": "2026-11-22", " Today ": "2026-11-22", "TODAY": "2026-11-22",
    "now": "2026-11-22", "this morning": "2026-11-22", "yesterday": "2026-11-21", "Yesterday.": "2026-11-21",
    "last night": "2026-11-21", "the day before yesterday": "2026-11-20", "1 day ago": "2026-11-21",
    "3 days ago": "2026-11-19", "٣ days ago": "2026-11-19", "ten days ago": "2026-11-12", "a week ago": "2026-11-15",
    "2 weeks ago": "2026-11-08", "0 days ago": "2026-11-22", "saturday": "2026-11-21", "sunday": "2026-11-22",
    "last sunday": "2026-11-15", "last monday": "2026-11-16", "Last Mon": "2026-11-16", "on tues": "2026-11-17",
    "tomorrow": "date-unreadable", "next monday": "date-unreadable", "soon": "date-unreadable",
    "some days ago": "date-unreadable", "-3 days ago": "date-unreadable", "9999 days ago": "date-too-old",
    "9999 weeks ago": "date-too-old", "99999999999999999999 days ago": "date-unreadable",
}  # fmt: skip

WRITTEN = {
    "2026-11-03": "2026-11-03", "2026/11/03": "2026-11-03", "2026.11.3": "2026-11-03", "20261103": "2026-11-03",
    "3 Nov 2026": "2026-11-03", "3rd November": "2026-11-03", "Nov 3": "2026-11-03", "Nov. 3": "2026-11-03",
    "November 3 2026": "2026-11-03", "November 3rd, 2026": "2026-11-03", "3-Nov-26": "2026-11-03",
    "03NOV2026": "2026-11-03", "3 Nov '26": "2026-11-03", "3 Nov ’26": "2026-11-03", "the 3rd of nov": "2026-11-03",
    "2026 Nov 3": "2026-11-03", "sept 5": "2026-09-05", "23 dec": "2025-12-23", "nov 22": "2026-11-22",
    "nov 23": "2025-11-23", "Tue, 3 Nov 2026": "2026-11-03", "tuesday 3 november": "2026-11-03",
    "Mon, 3 Nov 2026": "date-unreadable", "2026-11-03 00:00:00": "2026-11-03", "2026-11-03T10:15": "2026-11-03",
    "2026-11-03T10:15Z": "date-unreadable", "2026-11-03T10:15+05:00": "date-unreadable",
    "３ Nov ２０２６": "2026-11-03", "٢٠٢٦-١١-٠٣": "2026-11-03", "२०२६/११/०३": "2026-11-03",
    "۱۳/۰۴/۲۰۲۶": "2026-04-13", "\u200f13/4/2026\u200f": "2026-04-13", "13–4–2026": "2026-04-13",
    "\t3\u00a0Nov\n2026 ": "2026-11-03",
}  # fmt: skip

TWO_WAYS = {
    "03/04/2026": "2026-04-03 or 2026-03-04", "3.4.26": "2026-04-03 or 2026-03-04", "3-4": "2026-04-03 or 2026-03-04",
    "٠٣/٠٤/٢٠٢٦": "2026-04-03 or 2026-03-04", "０３／０４／２０２６": "2026-04-03 or 2026-03-04",
    # of two readings, one that has not come yet cannot be the day of a rejection
    "12/11/2026": "2026-11-12", "11/12/2026": "2026-11-12", "12/11": "2026-11-12 or 2025-12-11",
    "13/04/2026": "2026-04-13", "04/13/2026": "2026-04-13", "04/04/2026": "2026-04-04", "04/04": "2026-04-04",
    "13.4.": "2026-04-13", "29/2": "2024-02-29", "31/12": "2025-12-31",
    # the name of the day settles it
    "Friday 03/04/2026": "2026-04-03", "Wed 03/04/2026": "2026-03-04", "Mon 03/04/2026": "date-unreadable",
}  # fmt: skip

REFUSED = {
    "2026-11-23": "date-future", "1/1/2027": "date-future", "12/12/2026": "date-future", "31 Dec 2026": "date-future",
    "9999-12-31": "date-future", "2083-08-06": "date-future", "3/4/27": "date-future", "1926-11-03": "date-too-old", "3/4/99": "date-too-old",
    "2016-11-21": "date-too-old", "2016-11-22": "2016-11-22", "0001-01-01": "date-too-old", "1405/08/12": "date-too-old",
    "31/4/2026": "date-no-such-day", "31 april": "date-no-such-day", "30 Feb 2026": "date-no-such-day",
    "29 feb 2025": "date-no-such-day", "0/0/2026": "date-no-such-day", "2026-13-11": "date-no-such-day",
    "0000-01-01": "date-no-such-day", "32/13/2026": "date-no-such-day",
    "10": "date-unreadable", "may": "date-unreadable", "Nov 2026": "date-unreadable", "2026": "date-unreadable",
    "3/4/2026/1": "date-unreadable", "3-4/2026": "date-unreadable", "1/2/3": "date-unreadable",
    "ma 4": "date-unreadable", "junee 4": "date-unreadable", "3 Foo 2026": "date-unreadable", "45964": "date-unreadable",
    "03112026": "date-unreadable", "last week": "date-unreadable", "?": "date-unreadable", "🙂": "date-unreadable",
    "=TODAY()": "date-unreadable", "@everyone": "date-unreadable", "2026-11-03; 2026-11-04": "date-unreadable",
    "2026-11-03\x00": "date-odd-characters", "\x00": "date-odd-characters", "\ud83d": "date-odd-characters",
    "3 Nov\x1b 2026": "date-odd-characters", "1" * (TEXT_MAX + 1): "date-too-long", "x" * 4000: "date-too-long",
}  # fmt: skip


@pytest.mark.parametrize(
    "text, expected", [*NEAR.items(), *WRITTEN.items(), *TWO_WAYS.items(), *REFUSED.items()]
)
def test_what_people_type(text, expected):
    assert read(text) == expected


def test_the_promised_example_is_asked_and_the_order_of_a_file_settles_it():
    asked = parse_day("03/04/2026", today=TODAY)
    assert asked == ParsedDay(choices=(date(2026, 4, 3), date(2026, 3, 4)))
    assert asked.day is None
    assert read("03/04/2026", day_first=True) == "2026-04-03"
    assert read("03/04/2026", day_first=False) == "2026-03-04"
    assert read("13/04/2026", day_first=False) == "2026-04-13"
    assert read("11/12/2026", day_first=True) == "date-future"


def test_a_refusal_gives_examples_that_can_be_copied():
    with pytest.raises(UserError) as refused:
        parse_day("whenever", today=TODAY)
    assert refused.value.values == {"example": "2026-11-21", "worded": "21 November 2026"}
    for example in refused.value.values.values():
        assert read(str(example)) == "2026-11-21"


def test_the_limits_are_said():
    with pytest.raises(UserError) as refused:
        parse_day("2016-11-21", today=TODAY)
    assert refused.value.values == {"years": 10, "earliest": "2016-11-22"}
    with pytest.raises(UserError) as refused:
        parse_day("2026-11-23", today=TODAY)
    assert refused.value.values == {"today": "2026-11-22"}


def test_ten_years_before_a_29_february_is_a_28_february():
    leap_on = date(2028, 2, 29)
    assert read("2018-02-28", today=leap_on) == "2018-02-28"
    assert read("2018-02-27", today=leap_on) == "date-too-old"
    assert read("29 feb", today=leap_on) == "2028-02-29"
    assert read("29 feb", today=leap_on - timedelta(days=1)) == "2024-02-29"


def ordinal(day: int) -> str:
    return f"{day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def other_digits(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(sign)) if sign in "0123456789" else sign for sign in text)


CERTAIN: list[Callable[[date], str]] = [
    lambda on: on.isoformat(),
    lambda on: f"{on.year}/{on.month}/{on.day}",
    lambda on: f"{on:%Y%m%d}",
    lambda on: f"{on.day} {MONTHS[on.month - 1]} {on.year}",
    lambda on: f"{on.day}-{MONTHS[on.month - 1][:3]}-{on:%y}",
    lambda on: f"{MONTHS[on.month - 1]} {ordinal(on.day)}, {on.year}",
    lambda on: f"{ordinal(on.day)} of {MONTHS[on.month - 1].upper()} {on.year}",
    lambda on: f"  {MONTHS[on.month - 1][:3].lower()}. {on.day} {on.year} ",
    lambda on: other_digits(on.isoformat(), "０"),
    lambda on: other_digits(f"{on.day} {MONTHS[on.month - 1]} {on.year}", "٠"),
    lambda on: f"{on:%Y-%m-%d} 00:00:00",
    lambda on: f"{(TODAY - on).days} days ago",
]
NUMERIC: list[Callable[[date], str]] = [
    lambda on: f"{on:%d/%m/%Y}",
    lambda on: f"{on.day}.{on.month}.{on:%y}",
    lambda on: f"{on.day}-{on.month}-{on.year}",
    lambda on: other_digits(f"{on:%d/%m/%Y}", "٠"),
]


def table() -> Iterator[tuple[str, str]]:
    """Some 2,000 strings with what they mean, over ten years, month ends and leap days among them."""
    days = [TODAY - timedelta(days=ago) for ago in range(0, 3650, 29)]
    days += [date(2020, 2, 29), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 31), date(2026, 1, 1)]
    for on in days:
        yield from ((write(on), str(on)) for write in CERTAIN)
        swapped = date(on.year, on.day, on.month) if on.day <= 12 else on
        readings = [
            str(one) for one in dict.fromkeys((on, swapped)) if one <= TODAY and one >= date(2016, 11, 22)
        ]
        yield from ((write(on), " or ".join(readings)) for write in NUMERIC)


def test_two_thousand_written_days_are_read_as_they_were_meant():
    cases = list(table())
    assert len({text for text, _ in cases}) > 2_000
    wrong = {text: (read(text), expected) for text, expected in cases if read(text) != expected}
    assert wrong == {}


@given(st.text(max_size=80) | st.text("0123456789/-. ,:TZ'adehmnorstuvy", max_size=30))
def test_any_text_becomes_a_day_within_bounds_two_different_ones_or_a_refusal(text):
    with suppress(UserError):
        parsed = parse_day(text, today=TODAY)
        assert (parsed.day is None) != (parsed.choices is None)
        days = parsed.choices or (parsed.day,)
        assert len(set(days)) == len(days)
        assert all(day and date(2016, 11, 22) <= day <= TODAY for day in days)


@given(st.dates(date(2016, 11, 22), TODAY), st.sampled_from("/.-"))
def test_a_day_in_figures_is_among_its_readings_whichever_order_was_meant(on, mark):
    for text in (f"{on:%d}{mark}{on:%m}{mark}{on.year}", f"{on:%m}{mark}{on:%d}{mark}{on.year}"):
        parsed = parse_day(text, today=TODAY)
        assert on in (parsed.choices or (parsed.day,))


@given(st.dates(date(2016, 3, 1), date(2036, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_without_a_year_it_is_the_most_recent_such_day(today, month, day):
    parsed = parse_day(f"{day} {MONTHS[month - 1]}", today=today)
    assert parsed.day is not None
    assert (parsed.day.month, parsed.day.day) == (month, day)
    assert timedelta(0) <= today - parsed.day <= timedelta(days=365)
