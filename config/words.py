"""Every sentence the bot says, read from Fluent files, and the voice that says it in one language.

A key missing in a language is said in English. What a sentence means is not known here.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

from config.documents import ContentError

FALLBACK = "en"
INLINE = "<extra>"

log = logging.getLogger(__name__)

# Babel's own English is American. The day comes first for nearly everybody this bot speaks to.
_ENGLISH_DAY = "EEEE d MMMM y"
_YEAR_LAST = re.compile(r"[\s,،]*('[^']*'\s*)?y+[\s,،]*$")


class WordsMissing(LookupError):
    """A sentence that no language has, or one that was not given all its values. A fault of ours."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One message or term of one language, and where it was written."""

    id: str
    path: Path
    line: int
    entry: ast.Message | ast.Term


class Voice:
    """One language. Call it with the key of a sentence and the values that fill it."""

    def __init__(self, words: "Words", language: str) -> None:
        self._words = words
        self.language = language
        self._locale = _locale(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence. Dates are handed in already formatted; a missing key comes back as the key itself."""
        return self._words.say(self.language, key, values)

    def has(self, key: str) -> bool:
        """Whether this language, or English, has the sentence."""
        return self._words.has(self.language, key)

    def day(self, on: date, this_year: int | None = None) -> str:
        """`Sunday 22 November`, with the year when it is not `this_year`; no year at all without one."""
        pattern = _ENGLISH_DAY
        if self._locale.language != FALLBACK:
            pattern = self._locale.date_formats["full"].pattern
        if this_year is None or on.year == this_year:
            pattern = _YEAR_LAST.sub("", pattern)
        return format_date(on, pattern, locale=self._locale)

    def month(self, of: date) -> str:
        """`November 2026`: a month by its name, as it stands alone."""
        return format_date(of, "LLLL y", locale=self._locale)

    def moment(self, at: datetime, zone: tzinfo | str, this_year: int | None = None) -> str:
        """`Monday 23 November, 18:00`: an aware instant as the clock of `zone` shows it."""
        local = _local(at, zone)
        pattern = str(self._locale.datetime_formats["medium"])
        return pattern.format(self.clock(at, zone), self.day(local.date(), this_year))

    def clock(self, at: datetime, zone: tzinfo | str) -> str:
        """`21:14`: the 24-hour clock, because "9 in the evening" is read wrongly across languages."""
        return format_time(_local(at, zone).time(), "HH:mm", locale=self._locale)

    def number(self, amount: int | float) -> str:
        """The number as this language writes it."""
        return format_decimal(amount, locale=self._locale)

    def short(self, on: date, fields: str) -> str:
        """`2 Nov` for the fields "MMMd", `Nov 2026` for "yMMM": the fewest letters, in this language's order."""
        return format_skeleton(fields, on, locale=self._locale)

    def join(self, things: Sequence[str]) -> str:
        """`a, b and c`."""
        return format_list(list(things), locale=self._locale) if things else ""


class Words:
    """All languages. `strict` (tests) raises where a running bot would log once and carry on."""

    def __init__(self, sentences: Mapping[str, Mapping[str, Sentence]], *, strict: bool = False) -> None:
        self._sentences = sentences
        self._strict = strict
        self._complained: set[tuple[str, str]] = set()
        self._plain: dict[tuple[str, str], str] = {}
        self._bundles = {language: _bundle(language, said) for language, said in sentences.items()}
        self._voices = {language: Voice(self, language) for language in sentences}

    @classmethod
    def load(
        cls,
        folder: Path,
        extra: Mapping[str, Sequence[str]] | None = None,
        *,
        strict: bool = False,
    ) -> "Words":
        """Read one folder for each language, all its `*.ftl` files together, then `extra` Fluent sources.

        Raises the first ContentError: broken Fluent, or one id written twice in a language.
        """
        sentences, errors = read_sentences(folder, extra)
        if errors:
            raise errors[0]
        return cls(sentences, strict=strict)

    @property
    def languages(self) -> tuple[str, ...]:
        """English first, then the others by their code."""
        return (FALLBACK, *sorted(set(self._sentences) - {FALLBACK}))

    def ids(self, language: str = FALLBACK) -> frozenset[str]:
        """The keys one language has of its own."""
        return frozenset(key for key in self._sentences.get(language, {}) if not key.startswith("-"))

    def sentence(self, language: str, key: str) -> Sentence | None:
        """The sentence as it is written in this very language, with its file and line."""
        return self._sentences.get(language, {}).get(key)

    def speak(self, language: str | None) -> Voice:
        """The voice for a language code such as `pt-BR`: itself, else `pt`, else English."""
        code = language or FALLBACK
        return self._voices.get(code) or self._voices.get(code.split("-")[0]) or self._voices[FALLBACK]

    def has(self, language: str, key: str) -> bool:
        """Whether the language, or English, has the sentence."""
        return key in self._sentences[language] or key in self._sentences[FALLBACK]

    def say(self, language: str, key: str, values: Mapping[str, object]) -> str:
        """What `Voice.__call__` does. Most sentences take no values, and are put together once."""
        if values:
            return self._say(language, key, values)
        if (language, key) not in self._plain:
            self._plain[language, key] = self._say(language, key, values)
        return self._plain[language, key]

    def _say(self, language: str, key: str, values: Mapping[str, object]) -> str:
        for code in (language, FALLBACK):
            bundle = self._bundles[code]
            pattern = bundle.get_message(key).value if bundle.has_message(key) else None
            if pattern is None:
                continue
            said, errors = bundle.format_pattern(pattern, dict(values))
            if errors:
                # The error names the value that is missing, never what the other values hold.
                self._complain(code, key, type(errors[0]).__name__)
            return str(said)
        self._complain(language, key, "missing")
        return key

    def _complain(self, language: str, key: str, what: str) -> None:
        if self._strict:
            raise WordsMissing(f"{language}: {key}: {what}")
        if (language, key) not in self._complained:
            self._complained.add((language, key))
            log.error("words %s %s: %s", language, key, what)


def read_sentences(
    folder: Path, extra: Mapping[str, Sequence[str]] | None = None
) -> tuple[dict[str, dict[str, Sentence]], list[ContentError]]:
    """Every sentence of every language, and everything wrong with how they are written."""
    sentences: dict[str, dict[str, Sentence]] = {FALLBACK: {}}
    errors: list[ContentError] = []
    for language, path, source in _sources(folder, extra or {}):
        said = sentences.setdefault(language, {})
        for found in _parse(path, source):
            if isinstance(found, ContentError):
                errors.append(found)
            elif (other := said.get(found.id)) is not None:
                reason = f"{found.id!r} is already written in {other.path.name}:{other.line}"
                errors.append(ContentError(path, found.line, reason))
            else:
                said[found.id] = found
    if not sentences[FALLBACK]:
        errors.append(ContentError(folder / FALLBACK, 1, "there are no English sentences here"))
    return sentences, errors


def _sources(folder: Path, extra: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Path, str]]:
    for path in sorted(folder.glob("*/*.ftl")):
        # Bytes that are not UTF-8 become a mark that a reader notices; the bot still starts.
        yield path.parent.name, path, path.read_text(encoding="utf-8", errors="replace")
    for language, sources in extra.items():
        for source in sources:
            yield language, Path(INLINE) / language, source


def _parse(path: Path, source: str) -> Iterator[Sentence | ContentError]:
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Message):
            yield Sentence(entry.id.name, path, _line(source, entry.id), entry)
        elif isinstance(entry, ast.Term):
            yield Sentence("-" + entry.id.name, path, _line(source, entry.id), entry)
        elif isinstance(entry, ast.Junk):
            note = entry.annotations[0] if entry.annotations else None
            reason = (note.message if note else None) or "this is not Fluent"
            yield ContentError(path, _line(source, note or entry), reason)


def _line(source: str, node: ast.SyntaxNode) -> int:
    return source.count("\n", 0, node.span.start if node.span else 0) + 1


def _bundle(language: str, said: Mapping[str, Sentence]) -> FluentBundle:
    # Isolating marks are what keep a Latin name in its place inside a line written from right to left.
    isolating = _locale(language).text_direction == "rtl"
    bundle = FluentBundle([language, FALLBACK], use_isolating=isolating)
    bundle.add_resource(ast.Resource([sentence.entry for sentence in said.values()]))
    return bundle


def _locale(language: str) -> Locale:
    """Babel's locale, or British English for a language that it does not know."""
    if language == FALLBACK:
        return Locale.parse("en_GB")
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def _local(at: datetime, zone: tzinfo | str) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    return at.astimezone(UTC).astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
