"""The keystore's own tables, and the connections that see them: a file on SQLite, a schema apart on PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateSchema

from bot.storage.columns import NAMING, UtcDateTime
from bot.storage.engine import Engines

POSTGRES_SCHEMA = "stepforward_keys"
CHECK_PLACE = "host_key_check|value|1|host"

metadata = sa.MetaData(naming_convention=NAMING)

member_keys = sa.Table(
    "member_keys",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("key_id", sa.LargeBinary, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    # When they consented. A copy of the data in which they consented earlier is of a life that was erased.
    sa.Column("made_at", UtcDateTime),
)
erased = sa.Table(
    "erased",
    metadata,
    sa.Column("fingerprint", sa.LargeBinary, primary_key=True),
    sa.Column("erased_at", UtcDateTime, nullable=False),
)
# One row: a random secret wrapped by the host key. That it opens proves the key; what it holds makes fingerprints, so
# the erasure list outlives a change of the host key.
host_key_check = sa.Table(
    "host_key_check",
    metadata,
    sa.Column(
        "id", sa.Integer, sa.CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False
    ),
    sa.Column("value", sa.LargeBinary, nullable=False),
)


def schemas(engines: Engines) -> dict[str | None, str | None]:
    """Where the tables lie: in no schema of their own, or in ours."""
    return {None: None if engines.sqlite else POSTGRES_SCHEMA}


@asynccontextmanager
async def reading(engines: Engines) -> AsyncIterator[AsyncConnection]:
    """A connection to look with."""
    async with engines.read() as connection:
        yield await connection.execution_options(schema_translate_map=schemas(engines))


@asynccontextmanager
async def writing(engines: Engines, user_id: int) -> AsyncIterator[AsyncConnection]:
    """A write transaction in which this member's key is nobody else's to make or destroy."""
    async with engines.write() as connection:
        if not engines.sqlite:
            await connection.execute(select(sa.func.pg_advisory_xact_lock(user_id)))
        yield await connection.execution_options(schema_translate_map=schemas(engines))


async def is_there(engines: Engines) -> bool:
    """Whether these engines hold a keystore that was used. Nothing is made by asking."""
    if not engines.there:
        return False
    async with reading(engines) as connection:
        schema = schemas(engines)[None]
        has = await connection.run_sync(lambda c: sa.inspect(c).has_table(host_key_check.name, schema=schema))
        return has and await connection.scalar(select(host_key_check.c.id)) is not None


async def make_tables(connection: AsyncConnection, engines: Engines) -> None:
    """Make what is not there yet."""
    if not engines.sqlite:
        await connection.execute(CreateSchema(POSTGRES_SCHEMA, if_not_exists=True))
    await connection.run_sync(metadata.create_all)
