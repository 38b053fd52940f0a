"""Whether a database and a keystore belong together: neither may quietly begin anew beside the other."""

from pathlib import Path

from sqlalchemy import exists, select

from bot.crypto import HostKey
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore, KeystoreMissing, KeystoreRefused
from bot.storage.tables import facts, members


async def open_keystore_of(engines: Engines, url: str, host_key: HostKey | Path) -> Keystore:
    """Open the keystore of a migrated database; it is made while the database has no member.

    Raises KeystoreRefused, also when one of the two is missing, at this start and at every later one.
    """
    async with engines.read() as connection:
        has_members = await connection.scalar(select(exists().select_from(members)))
        has_facts = await connection.scalar(select(exists().select_from(facts)))
    try:
        keys = await Keystore.open(url, host_key, make=not has_members)
    except KeystoreMissing:
        raise KeystoreRefused(
            "The members' keys are missing: there is no keystore, but the database has members. "
            "Put the keystore back, or point STEPFORWARD_KEYSTORE_URL at it."
        ) from None
    # A key may be made a moment before the first member is saved; by then the bot has noted a fact.
    if not has_members and not has_facts and await keys.any():
        await keys.close()
        raise KeystoreRefused(
            "The database is new, but the keystore holds members' keys. Put the database back: "
            "python -m bot restore <the newest backup>. To begin anew, move the keystore away first."
        )
    return keys
