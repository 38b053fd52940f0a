"""What a member's own entries have in common: rules over entries, each a fact about three of them or more.

A result says what repeats, and in which entries. It never says why, and never how likely anything is. The rules
themselves are data (`config/content/patterns.toml`); what they say is in the locale files.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import compress

from bot.domain.kinds import Stage

FLOOR = 3
"""Entries without which nothing is said, whatever a rule asks for."""


class Source(StrEnum):
    """What an entry is."""

    REJECTION = "rejection"
    NEWS = "news"
    JOURNAL = "journal"


class Shared(StrEnum):
    """What entries can have in common without a rule that names it."""

    KIND = "kind"
    STAGE = "stage"
    MONTH = "month"
    THEME = "theme"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Which entry it is."""

    source: Source
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `kind` is a rejection's or a good news'; `themes` is what its words speak of.

    A rejection of no particular kind has no stage, a page of the journal neither. What is `answered` by good news is left
    in peace.
    """

    ref: Ref
    on: date
    kind: str = ""
    stage: Stage | None = None
    silent: bool = False
    themes: frozenset[str] = frozenset()
    answered: bool = False

    @property
    def rejection(self) -> bool:
        """Whether it is a rejection."""
        return self.ref.source is Source.REJECTION


@dataclass(frozen=True, slots=True)
class Selector:
    """Which entries are meant: those that fit everything that is given, and besides them the good news of `news`.

    `at_least`: how many of its entries a rule needs among those it counts.
    """

    kinds: frozenset[str] = frozenset()
    stages: frozenset[Stage] = frozenset()
    news: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    without_themes: frozenset[str] = frozenset()
    silent: bool | None = None
    at_least: int = 0

    def fits(self, entry: Entry) -> bool:
        """Whether the entry is meant."""
        if entry.ref.source is Source.NEWS:
            return entry.kind in self.news
        if self.kinds and entry.kind not in self.kinds:
            return False
        if self.stages and entry.stage not in self.stages:
            return False
        narrow = bool(self.kinds or self.stages or self.without_themes) or self.silent is not None
        if not narrow and not self.themes:
            return entry.rejection and not self.news
        return (
            (entry.rejection or not narrow)
            and (self.silent is None or entry.silent is self.silent)
            and (not self.themes or not self.themes.isdisjoint(entry.themes))
            and self.without_themes.isdisjoint(entry.themes)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern to look for: entries that fit one of `counts`, or those that have `shared` in common.

    It holds from `minimum` entries on, when they are `share` percent or more of those that fit `among` (of all
    rejections, without it), all of them in the last `within_days`. With `unless_told` it is left out when earlier rules
    have named half of its entries or more. `actions` are offered; those of a theme are the theme's own.
    """

    id: str
    minimum: int = FLOOR
    counts: tuple[Selector, ...] = ()
    shared: Shared | None = None
    among: tuple[Selector, ...] = (Selector(),)
    share: int = 0
    within_days: int | None = None
    unless_told: bool = False
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that holds, newest entry first. `theme` is what is shared: a kind, a stage, a month or a theme; or empty."""

    rule: Rule
    theme: str
    entries: tuple[Entry, ...]
    among: int


def find(rules: Iterable[Rule], entries: Iterable[Entry], today: date) -> list[Found]:
    """Every rule that holds for these entries, in the order of the rules; what is shared by most comes first."""
    once = {entry.ref: entry for entry in entries if not entry.answered}
    ordered = sorted(once.values(), key=lambda entry: (entry.on, entry.ref), reverse=True)
    sieve = _Sieve(ordered)
    results: list[Found] = []
    told: set[Ref] = set()
    for rule in rules:
        for result in _of_rule(rule, sieve, today):
            refs = {entry.ref for entry in result.entries}
            if not (rule.unless_told and 2 * len(refs & told) >= len(refs)):
                results.append(result)
                told |= refs
    return results


class _Sieve:
    """Entries, newest first, and which of them are meant: looked at once for all rules that mean the same."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._meant: dict[tuple[Selector, ...], list[Entry]] = {}
        alike: dict[object, int] = {}
        self._faces: list[Entry] = []
        """One of each: of a thousand entries many are alike to every selector."""
        self._face_of: list[int] = []
        for entry in entries:
            face = (entry.ref.source, entry.kind, entry.stage, entry.silent, entry.themes)
            if face not in alike:
                alike[face] = len(self._faces)
                self._faces.append(entry)
            self._face_of.append(alike[face])

    def all(self, since: date | None) -> Sequence[Entry]:
        """Every entry from a day on."""
        return self._entries if since is None else [entry for entry in self._entries if entry.on >= since]

    def meant(self, selectors: tuple[Selector, ...], since: date | None) -> list[Entry]:
        """Those that fit one of the selectors, from a day on."""
        if selectors not in self._meant:
            fits = [_fits_any(selectors, face) for face in self._faces]
            self._meant[selectors] = list(compress(self._entries, map(fits.__getitem__, self._face_of)))
        meant = self._meant[selectors]
        return meant if since is None else [entry for entry in meant if entry.on >= since]


def _of_rule(rule: Rule, sieve: _Sieve, today: date) -> list[Found]:
    since = None if rule.within_days is None else today - timedelta(days=rule.within_days)
    groups = _groups(rule, sieve, since)
    enough = [pair for pair in groups if len(pair[1]) >= max(rule.minimum, FLOOR)]
    if not enough:
        return []
    among = len(sieve.meant(rule.among, since))
    results = [
        Found(rule, theme, tuple(group), among)
        for theme, group in enough
        if len(group) * 100 >= rule.share * among
    ]
    return sorted(results, key=lambda result: (-len(result.entries), result.theme))


def _groups(rule: Rule, sieve: _Sieve, since: date | None) -> Iterator[tuple[str, list[Entry]]]:
    if rule.shared is not None:
        groups: dict[str, list[Entry]] = {}
        for entry in sieve.all(since):
            for theme in _shared(rule.shared, entry):
                groups.setdefault(theme, []).append(entry)
        yield from groups.items()
        return
    fitting = sieve.meant(rule.counts, since)
    if all(sum(map(one.fits, fitting)) >= one.at_least for one in rule.counts if one.at_least):
        yield "", fitting


def _fits_any(selectors: tuple[Selector, ...], entry: Entry) -> bool:
    for one in selectors:  # noqa: SIM110 - a thousand entries are asked a dozen times, and this is twice as quick
        if one.fits(entry):
            return True
    return False


def _shared(what: Shared, entry: Entry) -> Iterable[str]:
    """What the entry may have in common with others: a rejection one kind, stage and month, and any words their themes."""
    if what is Shared.THEME:
        return entry.themes
    if what is Shared.MONTH:
        return (f"{entry.on:%Y-%m}",) if entry.rejection else ()
    if entry.stage is None:
        return ()
    return (entry.kind if what is Shared.KIND else entry.stage,)
