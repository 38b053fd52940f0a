"""Reads `content/zones.toml`: the places members live in."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.zones import Zone
from config.documents import load_toml
from config.needs import reason_of

FILE = "zones.toml"


class _ZoneForm(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    city: str
    country: str = ""
    aliases: list[str] = []
    featured: bool = False


class _ZonesFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zones: list[_ZoneForm]


def load_zones(folder: Path) -> tuple[Zone, ...]:
    """The zones of the file. Raises ContentError with file and line when it is wrong."""
    document = load_toml(folder / FILE)
    try:
        rows = _ZonesFile.model_validate(document.data).zones
    except ValidationError as error:
        wrong = error.errors()[0]
        raise document.error(reason_of(wrong), *wrong["loc"]) from None
    return tuple(Zone(row.id, row.city, row.country, tuple(row.aliases), row.featured) for row in rows)
