"""Finding a member's time zone by what people type: a city, a country, an IANA name. Never by an offset.

The rows come from `config/content/zones.toml`; the full list of IANA names is handed in by the caller.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.errors import UserError

QUERY_MAX = 100
FEATURED_MAX = 24
"""A select holds 25 options; the last one is "another"."""

UNLISTED_LATER = 5
"""A zone outside our rows comes after the rows that fit a little less well."""

# What people live in. The rest of the list (Etc, EST5EDT, Cuba, US …) is reversed, without summer time, or an
# old second name.
_AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_MARKS = re.compile(r"[\s_/,.()\-]+")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "ð": "d", "þ": "th", "'": "", "’": "", "ʻ": ""}
)
_OFFSET = re.compile(
    r"(etc\b.*|(utc|gmt|uct)\W*\d.*|\W*\d{1,2}(\W?\d{1,2})?|utc|uct|gmt|z|zulu|universal|greenwich"
    r"|[a-z]{1,4}t|[a-z]{3}\d[a-z]{3})"
)
_TIME = re.compile(r"( standard| daylight)? time$")


@dataclass(frozen=True, slots=True)
class Zone:
    """One place to choose: `id` is the IANA name; `country` is empty for one that is not in our rows."""

    id: str
    city: str
    country: str = ""
    aliases: tuple[str, ...] = ()
    featured: bool = False

    @property
    def label(self) -> str:
        """`Lagos, Nigeria`, which is what a person reads."""
        return f"{self.city}, {self.country}" if self.country and self.country != self.city else self.city


def search(zones: Sequence[Zone], text: str, limit: int = 25, available: Collection[str] = ()) -> list[Zone]:
    """The zones that fit what is typed so far, the best first; nothing typed gives the featured ones.

    `available` is `zoneinfo.available_timezones()`: names that are not in our rows are found by their last part.
    """
    typed = fold(text[:QUERY_MAX])
    if not typed:
        return featured(zones)[:limit]
    found = [(rank, zone) for zone in zones if (rank := _rank(zone, typed)) is not None]
    found += [
        (rank + UNLISTED_LATER, zone)
        for zone in unlisted(zones, available)
        if (rank := _rank(zone, typed)) is not None
    ]
    found.sort(key=lambda pair: (pair[0], not pair[1].featured))
    return [zone for _, zone in found[:limit]]


def featured(zones: Sequence[Zone]) -> list[Zone]:
    """The zones of the first select, in the order of the file, at most 24."""
    return [zone for zone in zones if zone.featured][:FEATURED_MAX]


def choice_label(zone: Zone, text: str) -> str:
    """`Delhi (Kolkata, India)` when another name of the zone is what was typed, otherwise the label."""
    typed = fold(text[:QUERY_MAX])
    if not typed or fold(zone.label).startswith(typed) or fold(zone.country).startswith(typed):
        return zone.label
    other = next((name for name in zone.aliases if "/" not in name and fold(name).startswith(typed)), None)
    return f"{other} ({zone.label})" if other else zone.label


def zone_of(zone_id: str, zones: Sequence[Zone]) -> Zone:
    """The zone of a stored IANA name, for showing; one that is not in our rows is named by its last part."""
    return next((zone for zone in zones if zone.id == zone_id), _bare(zone_id))


def parse_zone(text: str, zones: Sequence[Zone], available: Collection[str] = ()) -> Zone:
    """The one zone a person meant: an IANA name, a city, a label, an alias, or a country with one zone.

    Raises UserError: `zone-ambiguous-offset` for GMT+5, EST, IST and the like (Etc/GMT+5 is five hours
    *behind*, EST has no summer time, IST is three countries), `zone-several`, or `zone-unknown`.
    """
    if len(text) > QUERY_MAX:
        raise UserError("zone-unknown")
    typed = _TIME.sub("", fold(text))
    everything = (*zones, *unlisted(zones, available))
    for kind in range(3):  # IANA names, then places, then countries
        found = [zone for zone in everything if typed and typed in _folded(zone)[kind]]
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError("zone-several")
    raise UserError("zone-ambiguous-offset" if _is_offset(text) else "zone-unknown")


def unlisted(zones: Sequence[Zone], available: Collection[str]) -> list[Zone]:
    """The IANA zones no row of ours stands for, each named by its last part."""
    return list(_unlisted(tuple(zones), frozenset(available)))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """How a name is compared: no case, no accents, and one space for any mark between words."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _MARKS.sub(" ", bare).strip()


# Kept, because a person types letter by letter and the answer is the same list each time.
@lru_cache(maxsize=4)
def _unlisted(zones: tuple[Zone, ...], available: frozenset[str]) -> tuple[Zone, ...]:
    taken = {fold(name) for zone in zones for name in (*_ids(zone), *_places(zone))}
    bare = (_bare(name) for name in sorted(available) if name.split("/")[0] in _AREAS and "/" in name)
    return tuple(zone for zone in bare if not {fold(zone.id), fold(zone.city)} & taken)


def _bare(zone_id: str) -> Zone:
    parts = zone_id.replace("_", " ").split("/")
    return Zone(id=zone_id, city=", ".join(reversed(parts[1:])) or zone_id)


def _ids(zone: Zone) -> Iterator[str]:
    yield zone.id
    yield from (alias for alias in zone.aliases if "/" in alias)


def _places(zone: Zone) -> Iterator[str]:
    yield zone.city
    yield zone.label
    yield zone.id.rsplit("/", 1)[-1]
    yield from (alias for alias in zone.aliases if "/" not in alias)


def _rank(zone: Zone, typed: str) -> int | None:
    """How well a zone fits: the city before other names, those before the country, a beginning before a part."""
    ids, places, countries = _folded(zone)
    city, others = places[0], (*countries, *ids)
    names = (*places, *others)
    ranks = (
        typed == city,
        typed in names,
        city.startswith(typed),
        any(name.startswith(typed) for name in places),
        any(name.startswith(typed) for name in others),
        any(f" {typed}" in name for name in names),
        len(typed) > 3 and any(typed in name for name in names),
    )
    return next((2 * rank for rank, fits in enumerate(ranks) if fits), None)


@lru_cache(maxsize=1024)
def _folded(zone: Zone) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The IANA names, the places (the city first) and the country, as they are compared."""
    return tuple(map(fold, _ids(zone))), tuple(map(fold, _places(zone))), (fold(zone.country),)


def _is_offset(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return _OFFSET.fullmatch(plain) is not None
