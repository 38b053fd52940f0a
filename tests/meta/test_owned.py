"""Every table that names a user exports and erases; a new one without that ends here."""

from sqlalchemy import BigInteger

from bot.storage import tables
from bot.storage.columns import metadata
from bot.storage.owned import OWNED


def test_every_column_that_names_a_user_is_exported_and_erased():
    assert tables.members.metadata is metadata
    owned = {(one.table.name, one.owner.name) for one in OWNED}
    named = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.c
        if column.name.endswith(("user_id", "author_id", "member_id", "owner_id"))
    }
    assert named == owned


def test_every_sealed_column_is_opened_by_the_export():
    for table in metadata.tables.values():
        sealed = {column.name for column in table.c if type(column.type).__name__ == "LargeBinary"}
        known = {column for one in OWNED if one.table is table for column in one.sealed}
        assert sealed == known, table.name


def test_the_rows_of_a_member_go_before_the_member():
    assert OWNED[-1].table is tables.members
    assert all(isinstance(one.owner.type, BigInteger) for one in OWNED)
