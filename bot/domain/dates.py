"""Reading a day as a person types it, strictly: what can be two days is asked, what is unclear is refused.

A parser of our own, because the kept libraries guess. Measured with dateparser 1.5: "03/04/2026" and "2026-13-11"
each became one day, "now 26" became today, and "31 April 2026" took two seconds to be refused.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import UserError

TEXT_MAX = 60
EARLIEST_YEARS = 10

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NAMED = {
    "": 0,
    "today": 0,
    "now": 0,
    "this morning": 0,
    "yesterday": 1,
    "last night": 1,
    "the day before yesterday": 2,
}

_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_MARKS = r"[\s,.\-/']"
_AGO = re.compile(r"(?P<count>\d{1,4}|[a-z]+) (?P<unit>day|week)s? ago")
_LAST = re.compile(r"(?P<last>last |on |this )?(?P<weekday>[a-z]{3,9})")
_ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.]?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_NUMERIC = re.compile(
    r"(?P<a>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<b>\d{1,2})(?:\s?(?P=mark)\s?(?P<year>\d{4}|\d{2}))?\.?"
)
_WORDED = (
    re.compile(rf"(?:the )?{_DAY}[\s.\-/]*(?:of )?{_MONTH}(?:{_MARKS}*{_YEAR})?"),
    re.compile(rf"{_MONTH}[\s.\-/]*(?:the )?{_DAY}(?:{_MARKS}+{_YEAR})?"),
    re.compile(rf"(?P<year>\d{{4}}){_MARKS}+{_MONTH}[\s.\-/]*{_DAY}"),
)
# A spreadsheet gives midnight with its days. A time with a zone is refused: its day depends on the zone.
_CLOCK = re.compile(r"(?<=\d)(?:t|,? )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_WEEKDAY_FIRST = re.compile(r"(?P<weekday>[a-z]{3,9})\.?,? (?P<rest>.*\d.*)")

Read = Callable[[int], date | None]
"""The day in a given year, or None when that year has no such day."""


@dataclass(frozen=True, slots=True)
class ParsedDay:
    """Either the one `day` that was meant, or two `choices` to ask about: day first, then month first."""

    day: date | None = None
    choices: tuple[date, date] | None = None


def parse_day(
    text: str, *, today: date, earliest_years: int = EARLIEST_YEARS, day_first: bool | None = None
) -> ParsedDay:
    """The day a person meant; `today` is their local date, and nothing typed means today.

    Without a year it is the most recent such day. Two readings, such as 03/04/2026, come back as choices unless
    one of them is not a day that can be; `day_first` settles them beforehand, for a file whose order is known.
    Raises UserError: date-future, date-too-old, date-no-such-day, date-unreadable, date-too-long or
    date-odd-characters.
    """
    plain = _plain(text)
    earliest = _years_before(today, earliest_years)
    days = _readings(plain, today, day_first)
    if not days:
        raise _unreadable(today)
    possible = [day for day in days if earliest <= day <= today]
    if len(possible) == 2:
        return ParsedDay(choices=(possible[0], possible[1]))
    if possible:
        return ParsedDay(day=possible[0])
    if days[0] > today:
        raise UserError("date-future", today=today.isoformat())
    raise UserError("date-too-old", years=earliest_years, earliest=earliest.isoformat())


def _plain(text: str) -> str:
    """Small letters, plain digits and single spaces, whichever keyboard they were typed on."""
    if len(text) > TEXT_MAX:
        raise UserError("date-too-long", most=TEXT_MAX)
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and not sign.isspace() for sign in text):
        raise UserError("date-odd-characters")
    signs = []
    for sign in unicodedata.normalize("NFKC", text).casefold():
        category = unicodedata.category(sign)
        if category == "Nd":
            signs.append(str(unicodedata.decimal(sign)))
        elif category == "Pd" or sign == "\N{MINUS SIGN}":
            signs.append("-")
        elif category != "Cf":  # right-to-left marks come along when a day is copied
            signs.append({"\N{ARABIC COMMA}": ",", "\N{RIGHT SINGLE QUOTATION MARK}": "'"}.get(sign, sign))
    return " ".join("".join(signs).split())


def _readings(plain: str, today: date, day_first: bool | None) -> list[date]:
    """Every different day the text can mean, day first before month first; empty when it means none."""
    if (near := _near(plain, today)) is not None:
        return [near]
    weekday, rest = _split_weekday(_CLOCK.sub("", plain))
    days = _iso(rest) or _worded(rest, today) or _numeric(rest, today)
    if day_first is not None and len(days) == 2:
        days = days[:1] if day_first else days[1:]
    return [day for day in days if weekday is None or day.weekday() == weekday]


def _near(plain: str, today: date) -> date | None:
    """Days said from today: yesterday, 3 days ago, last Monday (never today), Monday (perhaps today)."""
    if plain.removesuffix(".") in _NAMED:
        return today - timedelta(days=_NAMED[plain.removesuffix(".")])
    if ago := _AGO.fullmatch(plain):
        count = _count(ago["count"])
        if count is None:
            return None
        return today - timedelta(days=count * (7 if ago["unit"] == "week" else 1))
    if (found := _LAST.fullmatch(plain)) and (weekday := _index(_WEEKDAYS, found["weekday"])) is not None:
        back = (today.weekday() - weekday) % 7
        return today - timedelta(days=back or (7 if found["last"] == "last " else 0))
    return None


def _split_weekday(plain: str) -> tuple[int | None, str]:
    """`tue, 3 nov` is 3 November, and has to be a Tuesday."""
    found = _WEEKDAY_FIRST.fullmatch(plain)
    weekday = _index(_WEEKDAYS, found["weekday"]) if found else None
    return (weekday, found["rest"]) if found and weekday is not None else (None, plain)


def _iso(plain: str) -> list[date]:
    """2026-11-03, 2026/11/3, 20261103: with the year first the month always follows."""
    found = _ISO.fullmatch(plain)
    if not found or (not found["mark"] and not re.fullmatch(r"(19|20)\d{6}", plain)):
        return []
    return [_certain(_in_year(int(found["month"]), int(found["day"])), int(found["year"]))]


def _worded(plain: str, today: date) -> list[date]:
    """3 Nov 2026, 3rd of November, November 3, 3-Nov-26, 2026 Nov 3."""
    for pattern in _WORDED:
        found = pattern.fullmatch(plain)
        month = _index(_MONTHS, found["month"]) if found else None
        if found and month is not None:
            return [_dated(_in_year(month + 1, int(found["day"])), found["year"], today)]
    return []


def _numeric(plain: str, today: date) -> list[date]:
    """03/04/2026, 13.4.26, 3/4: day first and month first, as far as each is a day at all."""
    found = _NUMERIC.fullmatch(plain)
    if not found:
        return []
    a, b = int(found["a"]), int(found["b"])
    days: list[date] = []
    for month, day in ((b, a), (a, b)):
        try:
            days.append(_dated(_in_year(month, day), found["year"], today))
        except UserError:
            continue
    if not days:
        raise UserError("date-no-such-day")
    return list(dict.fromkeys(days))


def _in_year(month: int, day: int) -> Read:
    def read(year: int) -> date | None:
        try:
            return date(year, month, day)
        except ValueError:
            return None

    return read


def _dated(read: Read, year: str | None, today: date) -> date:
    """With its year, four or two digits long, or without one the most recent: 29 February may be years ago."""
    if year is None:
        recent = (read(today.year - back) for back in range(9))
        return next((day for day in recent if day and day <= today), None) or _certain(read, today.year)
    full = int(year) if len(year) == 4 else _century(int(year), today)
    return _certain(read, full)


def _certain(read: Read, year: int) -> date:
    if (day := read(year)) is None:
        raise UserError("date-no-such-day")
    return day


def _century(short: int, today: date) -> int:
    """26 is 2026; a year more than twenty ahead belongs to the century before."""
    full = today.year // 100 * 100 + short
    return full if full <= today.year + 20 else full - 100


def _count(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text in {"a", "an"}:
        return 1
    return _NUMBERS.index(text) + 1 if text in _NUMBERS else None


def _index(names: tuple[str, ...], text: str) -> int | None:
    """Which name is meant: in full, by its first three letters, or a longer beginning such as `sept`."""
    return next((at for at, name in enumerate(names) if len(text) >= 3 and name.startswith(text)), None)


def _years_before(today: date, years: int) -> date:
    return _in_year(today.month, today.day)(today.year - years) or date(today.year - years, 2, 28)


def _unreadable(today: date) -> UserError:
    """The refusal with two examples that can be copied: yesterday, once in digits and once in words."""
    example = today - timedelta(days=1)
    worded = f"{example.day} {_MONTHS[example.month - 1].capitalize()} {example.year}"
    return UserError("date-unreadable", example=example.isoformat(), worded=worded)
