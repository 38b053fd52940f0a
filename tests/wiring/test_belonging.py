"""A database whose keystore is gone, or a keystore whose database is gone, never begins anew by itself."""

from pathlib import Path

import pytest

from bot.domain.members import newcomer
from bot.wiring import StartRefused, open_database
from config.settings import Settings
from tests.conftest import START

USER = 7


def settings_of(folder: Path) -> Settings:
    return Settings(
        _env_file=None, database_url=f"sqlite:///{folder / 'bot.sqlite3'}", secret_key_file=folder / "bot.key"
    )


async def used(folder: Path) -> Settings:
    """Settings of a bot that one member has agreed to."""
    settings = settings_of(folder)
    db = await open_database(settings)
    async with db.write() as tx:
        await tx.members.add(newcomer(USER, "Africa/Lagos", "en", START))
    await db.keys.welcome(USER, START)
    await db.engines.close()
    await db.keys.close()
    return settings


def lost(folder: Path, pattern: str) -> int:
    """These files are gone; how many they were."""
    files = list(folder.glob(pattern))
    for file in files:
        file.unlink()
    return len(files)


async def test_a_database_without_its_keystore_is_refused_again_and_again(tmp_path: Path) -> None:
    settings = await used(tmp_path)
    lost(tmp_path, "*keys*")
    for _ in range(2):
        with pytest.raises(StartRefused, match="Put the keystore back"):
            await open_database(settings)
    assert lost(tmp_path, "*keys*") == 0, "nothing was made in its place"


async def test_a_keystore_without_its_database_is_refused_again_and_again(tmp_path: Path) -> None:
    settings = await used(tmp_path)
    lost(tmp_path, "bot.sqlite3*")
    for _ in range(2):
        with pytest.raises(StartRefused, match="Put the database back"):
            await open_database(settings)
