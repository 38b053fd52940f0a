"""Changing the host key, from the settings: where it lies in a file, and where it comes by the environment."""

from dataclasses import dataclass

from bot.crypto import HostKey, HostKeyError, SealBroken, new_key_text
from bot.storage.copying import Progress, silent
from bot.storage.keystore import Keystore, KeystoreRefused
from bot.storage.occupancy import InUse, occupied
from bot.storage.rotation import begin_in_file, count_keys, end_in_file, rewrap
from bot.wiring.opening import StartRefused, host_key_of, sentence
from bot.wiring.restoring import RUNNING
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was done: the keys wrapped anew; or, without a file to put it in, the new key the host has to set."""

    keys: int = 0
    to_set: str | None = None


async def key_total(settings: Settings) -> int:
    """How many members' keys there are. Raises StartRefused when the present key does not open them."""
    try:
        await (await Keystore.open(settings.keystore_address, host_key_of(settings), make=False)).close()
    except (KeystoreRefused, HostKeyError) as error:
        raise StartRefused(sentence(error)) from None
    return await count_keys(settings.keystore_address)


async def rotate_key(settings: Settings, progress: Progress = silent) -> Rotated:
    """Change the host key, or go on with a change that was interrupted. Raises StartRefused."""
    given, old = settings.secret_key.get_secret_value(), settings.secret_key_old.get_secret_value()
    if given and not old:
        return Rotated(to_set=new_key_text())
    try:
        async with occupied(settings.database_url, alone=True):
            key = host_key_of(settings) if given else begin_in_file(settings.secret_key_file)
            assert isinstance(key, HostKey)
            done = await rewrap(settings.keystore_address, key, progress)
            if not given:
                end_in_file(settings.secret_key_file)
            return Rotated(done)
    except InUse:
        raise StartRefused(RUNNING) from None
    except (HostKeyError, SealBroken) as error:
        raise StartRefused(
            f"The change of the host key stopped: {error}. Everything is still readable."
        ) from None
