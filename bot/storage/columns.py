"""Column types and the naming of constraints, so that SQLite and PostgreSQL hold the same thing."""

from collections.abc import Hashable
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import DateTime, Dialect, LargeBinary, MetaData
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast("type[Any]", kind)))


def row_of(record: Any) -> dict[str, Any]:
    """A dataclass as the row it is stored in. `asdict` copies every value deeply, which costs more than the insert."""
    return {name: getattr(record, name) for name in _names(cast("Hashable", type(record)))}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite drops offsets without a word, so they are put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; store UTC. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone was about to be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC instant, whatever the engine kept."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Traces(TypeDecorator[bytes]):
    """What a row's words are found by, and can be read by nobody (crypto.MemberKey.traces); it is in no export."""

    impl = LargeBinary
    cache_ok = True
