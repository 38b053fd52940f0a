"""Moving to another database, from the settings."""

from bot.crypto import HostKeyError
from bot.storage.copying import Progress
from bot.storage.engine import make_folder
from bot.storage.keystore import Keystore, KeystoreRefused
from bot.storage.moving import Moved, MoveRefused, Pair, move, size
from bot.storage.occupancy import InUse, occupied
from bot.wiring.opening import StartRefused, host_key_of, sentence
from bot.wiring.restoring import RUNNING
from config.settings import Settings


def elsewhere(settings: Settings, database: str, keystore: str) -> Settings:
    """The settings of the bot after the move."""
    return settings.model_copy(update={"database_url": database, "keystore_url": keystore})


async def rows_to_move(settings: Settings) -> int:
    """How many rows there are, once the keys have opened. Raises StartRefused."""
    try:
        async with Pair.opened(settings.database_url, settings.keystore_address) as source:
            total = await size(source)
        await (await Keystore.open(settings.keystore_address, host_key_of(settings), make=False)).close()
        return total
    except (MoveRefused, KeystoreRefused, HostKeyError) as error:
        raise StartRefused(sentence(error)) from None


async def move_database(settings: Settings, after: Settings, progress: Progress) -> Moved:
    """Move data and keys to where the settings `after` point. Raises StartRefused; the source is never changed."""
    if (settings.database_url, settings.keystore_address) == (after.database_url, after.keystore_address):
        raise StartRefused("This is where the database is now.")
    make_folder(after.database_url)
    make_folder(after.keystore_address)
    try:
        async with (
            occupied(settings.database_url, alone=True),
            occupied(after.database_url, alone=True),
            Pair.opened(settings.database_url, settings.keystore_address) as source,
            Pair.opened(after.database_url, after.keystore_address) as target,
        ):
            return await move(source, target, progress)
    except InUse:
        raise StartRefused(RUNNING) from None
    except (MoveRefused, ValueError) as error:
        raise StartRefused(sentence(error)) from None
