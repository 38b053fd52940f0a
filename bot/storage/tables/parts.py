"""What the tables share: checks of a column's values, the owner, the app-made id, indexes over what waits."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Table,
    literal_column,
    text,
)

from bot.storage.columns import Traces


def one_of(column: str, *values: str) -> CheckConstraint:
    """A column that holds one of these words, or nothing where it may."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({quoted})", name=column)


def index_where(name: str, column: str, condition: str) -> Index:
    """An index over the few rows that wait, so that it stays small beside millions that are done."""
    return Index(name, column, sqlite_where=text(condition), postgresql_where=text(condition))


def in_words(column: Column[str], *states: str) -> ColumnElement[bool]:
    """The column holds one of these, said in the statement itself: with bound values no `index_where` is seen to fit.

    SQLite compares it with the index's condition word by word, so several stand in the same order.
    """
    words = [literal_column(f"'{state}'", String) for state in states]
    return column.in_(words) if len(words) > 1 else column == words[0]


def owner() -> Column[int]:
    """The member a row belongs to; it goes with them."""
    return Column("user_id", BigInteger, ForeignKey("members.user_id", ondelete="CASCADE"), nullable=False)


def row_id() -> Column[int]:
    """An id the app made (bot.ids), so that text can be sealed to it beforehand."""
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


def traces() -> Column[bytes]:
    """What the row's own words are found by when somebody named there asks to be taken out."""
    return Column("traces", Traces)


def readable(table: Table) -> list[Column[Any]]:
    """Every column but the traces, which are of use to nobody who reads the row."""
    return [column for column in table.c if not isinstance(column.type, Traces)]
