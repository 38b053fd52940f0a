"""Which rows are this process's to begin with, where several share a database: told by the ids Discord gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, bindparam, func
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.processes import HELP_AFTER, ID_TIME_BITS


@dataclass(frozen=True, slots=True)
class Share:
    """Some of `count` parts. Claims keep everything single without it: it keeps processes out of each other's way."""

    ids: tuple[int, ...]
    count: int

    @property
    def values(self) -> dict[str, Any]:
        """What a `narrowed` statement asks for."""
        return {"parts": self.ids, "of": self.count}


def narrowed(statement: "Select[*tuple[Any, ...]]", whose: ColumnElement[Any]) -> "Select[*tuple[Any, ...]]":
    """The same over the rows of one share: those whose server, or member, falls into its parts."""
    made = func.coalesce(whose, 0, type_=BigInteger) // (1 << ID_TIME_BITS)
    part = made % bindparam("of", type_=BigInteger)
    return statement.where(part.in_(bindparam("parts", expanding=True, type_=BigInteger)))


async def ours_first(
    connection: AsyncConnection,
    share: Share | None,
    everything: "Select[*tuple[Any, ...]]",
    ours: "Select[*tuple[Any, ...]]",
    now: datetime,
    limit: int,
    **more: object,
) -> Sequence[Row[Any]]:
    """What is due, of ours; when there is none of it, what has waited for two minutes, whoever's it is.

    The statements take `now`, `most` and what `more` names.
    """
    if share is not None:
        rows = (await connection.execute(ours, {"now": now, "most": limit, **more, **share.values})).all()
        if rows:
            return rows
        now -= HELP_AFTER
    return (await connection.execute(everything, {"now": now, "most": limit, **more})).all()


async def earliest(
    connection: AsyncConnection,
    share: Share | None,
    everything: "Select[*tuple[Any, ...]]",
    ours: "Select[*tuple[Any, ...]]",
) -> datetime | None:
    """When `ours_first` finds something next; the statements give one instant."""
    of_all: datetime | None = (await connection.execute(everything)).scalar_one_or_none()
    if share is None or of_all is None:
        return of_all
    mine = (await connection.execute(ours, share.values)).scalar_one_or_none()
    helped_at = of_all + HELP_AFTER
    return helped_at if mine is None else min(mine, helped_at)
