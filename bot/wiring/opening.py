"""What is opened before anything else: the texts, the database and the members' keys. Each refuses in one clear line."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.clock import system_clock
from bot.crypto import HostKey, HostKeyError, old_key_file
from bot.domain.challenges import ChallengeStep
from bot.domain.zones import Zone
from bot.errors import DiskFull
from bot.storage.backups import LONGEST, BackupFailed, Backups
from bot.storage.belonging import open_keystore_of
from bot.storage.engine import Engines, make_folder
from bot.storage.keystore import KeystoreRefused
from bot.storage.occupancy import InUse, occupied
from bot.storage.schema import SchemaRefused, current, head, is_older
from bot.storage.schema import migrate as migrate_schema
from bot.storage.soundness import Damaged, refuse_damage
from bot.storage.unit import SqlDatabase
from config.care import CareContent, load_care
from config.challenges import load_challenges
from config.content import Content, load_content
from config.documents import ContentError
from config.milestones import Milestones, load_milestones
from config.patterns import PatternRules, load_patterns
from config.places import load_zones
from config.settings import Settings
from config.words import Words

log = logging.getLogger(__name__)

CONFIG = Path(__file__).resolve().parents[2] / "config"


NO_DATABASE = "There is no database here yet. Run this where the bot runs, with the settings it has."
OTHER_VERSION = "The database is of another version of the bot. Stop every process of it and run `python -m bot migrate` first."


class StartRefused(Exception):
    """The bot must not start; the message is one clear line for the host."""


def sentence(error: Exception) -> str:
    """What was refused in a clause, as a sentence of its own."""
    told = str(error)
    begun = f"The {told[4:]}" if told.startswith("the ") else told
    return begun if begun.endswith((".", "!", "?")) else f"{begun}."


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything read from `config/`."""

    words: Words
    content: Content
    care: CareContent
    zones: tuple[Zone, ...]
    patterns: PatternRules
    milestones: Milestones
    challenge: tuple[ChallengeStep, ...]


def read_texts(settings: Settings) -> Texts:
    """Read content and words. Raises StartRefused with the file and line that is wrong."""
    try:
        return _texts(settings.content_folder or CONFIG)
    except ContentError as error:
        raise StartRefused(str(error)) from None


@lru_cache(maxsize=2)
def _texts(folder: Path) -> Texts:
    """Read once for each folder: the demo starts the bot again and again, and the texts never change while it runs."""
    words = Words.load(folder / "locales")
    content = folder / "content"
    known = load_content(content, words)
    patterns = load_patterns(content, known, words)
    milestones = load_milestones(content, known, words)
    challenge = load_challenges(content, known, words)
    return Texts(words, known, load_care(content), load_zones(content), patterns, milestones, challenge)


async def open_database(settings: Settings) -> SqlDatabase:
    """Migrate and open the database and the keystore. Raises StartRefused; nothing is ever overwritten."""
    make_folder(settings.database_url)
    try:
        engines = Engines(settings.database_url)
        try:
            await refuse_damage(engines)
            await _migrate(engines, settings)
            keys = await open_keystore_of(engines, settings.keystore_address, host_key_of(settings))
        except BaseException:
            await engines.close()
            raise
    except (SchemaRefused, KeystoreRefused, HostKeyError, Damaged, ValueError) as error:
        raise StartRefused(sentence(error)) from None
    except DiskFull:
        raise StartRefused("The disk is full. Make room, then start again; nothing was lost.") from None
    if not settings.secret_key.get_secret_value() and old_key_file(settings.secret_key_file).exists():
        log.warning("a change of the host key was not finished: run `python -m bot rotate-key` again")
    return SqlDatabase(engines, keys)


async def open_present(settings: Settings) -> SqlDatabase:
    """Open a database that is there and of this version, also beside a running bot; nothing is made and nothing migrated.

    Raises StartRefused.
    """
    await refuse_absent(settings)
    return await open_database(settings)


async def refuse_absent(settings: Settings) -> None:
    """Raise StartRefused where there is no database, or one of another version."""
    engines = Engines(settings.database_url)
    try:
        schema = await current(engines) if engines.there else None
    finally:
        await engines.close()
    if schema is None:
        raise StartRefused(NO_DATABASE)
    if schema != head():
        raise StartRefused(OTHER_VERSION)


def host_key_of(settings: Settings) -> HostKey | Path:
    """The key from the environment, or the path of its file, which the keystore makes on the very first run."""
    text, old = settings.secret_key.get_secret_value(), settings.secret_key_old.get_secret_value()
    if not text:
        return settings.secret_key_file
    key = HostKey.from_text(text)
    return key.replacing(HostKey.from_text(old)) if old else key


async def migrate_database(settings: Settings, patience: float = 0.0) -> tuple[str | None, str | None]:
    """Migrate and give (before, after); nothing to change is no reason to have the database alone. Raises StartRefused."""
    make_folder(settings.database_url)
    engines = Engines(settings.database_url)
    try:
        if engines.there and (found := await current(engines)) == head():
            return found, found
        async with occupied(settings.database_url, alone=True, patience=patience):
            return await _migrate(engines, settings)
    except InUse:
        raise StartRefused(
            "A bot, or another command, runs on the database, and its schema is not this version's. Stop every process "
            "of the bot, then try again."
        ) from None
    except SchemaRefused as error:
        raise StartRefused(str(error)) from None
    finally:
        await engines.close()


async def _migrate(engines: Engines, settings: Settings) -> tuple[str | None, str | None]:
    """Migrate, on SQLite with a backup before: a file has no other way back. Raises SchemaRefused or StartRefused."""
    if engines.sqlite and await is_older(engines):
        try:
            made = await Backups(engines, settings.backup_place, LONGEST).make(system_clock())
        except BackupFailed as error:
            raise StartRefused(
                f"The database is of an earlier version and was not changed. {error}"
            ) from None
        log.info("before the migration: a backup, %s", made.path.name)
    return await migrate_schema(engines)
