"""What a member's own entries have in common: rules over entries, each a fact about three of them or more.

A result says what repeats, and in which entries. It never says why, and never how likely anything is. The rules
themselves are data (`config/content/patterns.toml`); what they say is in the locale files.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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

    A page of the journal about no rejection has neither kind nor stage.
    """

    ref: Ref
    on: date
    kind: str = ""
    stage: Stage | None = None
    silent: bool = False
    themes: frozenset[str] = frozenset()

    @property
    def rejection(self) -> bool:
        """Whether it is a rejection."""
        return self.ref.source is Source.REJECTION


@dataclass(frozen=True, slots=True)
class Selector:
    """Which entries are meant: those that fit everything that is given. Good news is meant by `news` alone.

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
        if self.news or entry.ref.source is Source.NEWS:
            return entry.ref.source is Source.NEWS and entry.kind in self.news
        if not entry.rejection and (not self.themes or self.kinds or self.stages or self.silent is not None):
            return False
        return (
            (not self.kinds or entry.kind in self.kinds)
            and (not self.stages or entry.stage in self.stages)
            and (self.silent is None or entry.silent is self.silent)
            and (not self.themes or not self.themes.isdisjoint(entry.themes))
            and self.without_themes.isdisjoint(entry.themes)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern to look for: entries that fit one of `counts`, or those that have `shared` in common.

    It holds from `minimum` entries on, when they are `share` percent or more of those that fit `among` (of all
    rejections, without it), all of them in the last `within_days`. With `unless_told` it is left out when earlier rules
    have named all of its entries. `actions` are offered; those of a theme are the theme's own.
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
    once = {entry.ref: entry for entry in entries}
    ordered = sorted(once.values(), key=lambda entry: (entry.on, entry.ref), reverse=True)
    results: list[Found] = []
    told: set[Ref] = set()
    for rule in rules:
        for result in _of_rule(rule, ordered, today):
            refs = {entry.ref for entry in result.entries}
            if not (rule.unless_told and refs <= told):
                results.append(result)
                told |= refs
    return results


def _of_rule(rule: Rule, entries: Sequence[Entry], today: date) -> list[Found]:
    if rule.within_days is not None:
        since = today - timedelta(days=rule.within_days)
        entries = [entry for entry in entries if entry.on >= since]
    among = sum(_fits_any(rule.among, entry) for entry in entries)
    results = [
        Found(rule, theme, tuple(group), among)
        for theme, group in _groups(rule, entries)
        if len(group) >= max(rule.minimum, FLOOR) and len(group) * 100 >= rule.share * among
    ]
    return sorted(results, key=lambda result: (-len(result.entries), result.theme))


def _groups(rule: Rule, entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    if rule.shared is not None:
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            for theme in _shared(rule.shared, entry):
                groups.setdefault(theme, []).append(entry)
        yield from groups.items()
        return
    fitting = [entry for entry in entries if _fits_any(rule.counts, entry)]
    if all(sum(map(one.fits, fitting)) >= one.at_least for one in rule.counts):
        yield "", fitting


def _fits_any(selectors: tuple[Selector, ...], entry: Entry) -> bool:
    return any(one.fits(entry) for one in selectors)


def _shared(what: Shared, entry: Entry) -> Iterable[str]:
    """What the entry may have in common with others: a rejection one kind, stage and month, and any words their themes."""
    if what is Shared.THEME:
        return entry.themes
    if not entry.rejection or entry.stage is None:
        return ()
    return ({Shared.KIND: entry.kind, Shared.STAGE: entry.stage, Shared.MONTH: f"{entry.on:%Y-%m}"}[what],)
