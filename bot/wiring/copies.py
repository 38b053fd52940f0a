"""Backups, made from the settings: for the host's command and for the nightly job."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.storage.backups import Backup, BackupFailed, Backups
from bot.storage.copying import Progress, silent
from bot.storage.engine import Engines
from bot.storage.keytables import POSTGRES_SCHEMA
from bot.storage.schema import current
from bot.wiring.opening import StartRefused
from config.settings import Settings


def backups_of(settings: Settings, engines: Engines, folder: Path | None = None) -> Backups:
    """The copies of a database that is open already. `nightly` is the job."""
    return Backups(engines, folder or settings.backup_place, timedelta(days=settings.backup_keep_days))


async def back_up(
    settings: Settings, now: datetime, folder: Path | None = None, progress: Progress = silent
) -> Backup:
    """One copy now, beside a running bot or without one. Raises StartRefused, and then nothing is left behind."""
    engines = Engines(settings.database_url)
    try:
        if not engines.there or await current(engines) is None:
            raise StartRefused("There is no database yet, so there is nothing to back up.")
        return await backups_of(settings, engines, folder).make(now, progress)
    except BackupFailed as error:
        raise StartRefused(str(error)) from None
    finally:
        await engines.close()


def where_keys_live(settings: Settings) -> str:
    """One line for the host: what opens a backup is not in it, and where it is."""
    given = settings.secret_key.get_secret_value()
    host = "STEPFORWARD_SECRET_KEY" if given else str(settings.secret_key_file)
    address = settings.keystore_address
    file = address.partition(":///")[2]
    members = file if address.startswith("sqlite") else f"the schema {POSTGRES_SCHEMA} of your PostgreSQL"
    return (
        f"It holds no keys. To read it you need the host key ({host}) and the members' keys ({members}); "
        "of the members' keys keep the latest copy alone."
    )
