"""A damaged file is noticed before the bot writes to it, and never by a member's text that reads differently."""

import os
import random
from pathlib import Path

import pytest

from bot.alarms import BotAlarms
from bot.storage import soundness
from bot.storage.engine import Engines
from bot.storage.soundness import Damaged, refuse_damage
from bot.wiring import StartRefused, open_database
from bot.wiring.operating import soundness_job
from config.settings import Settings
from tests.conftest import START

PAGE = 4096


async def made(folder: Path) -> Settings:
    """Settings of a bot with a database, which is closed."""
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{folder / 'bot.sqlite3'}", secret_key_file=folder / "bot.key"
    )
    await close(settings)
    return settings


async def close(settings: Settings) -> None:
    db = await open_database(settings)
    await db.engines.close()
    await db.keys.close()


def damage(folder: Path, pages: int = 1) -> None:
    """Some pages of the file hold anything at all."""
    file = folder / "bot.sqlite3"
    content = bytearray(file.read_bytes())
    chosen = random.Random(7).sample(range(1, len(content) // PAGE), pages)
    for page in chosen:
        content[page * PAGE : (page + 1) * PAGE] = os.urandom(PAGE)
    file.write_bytes(content)


@pytest.mark.parametrize("way", ["page", "head", "other"])
async def test_a_start_on_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, way: str) -> None:
    settings, file = await made(tmp_path), tmp_path / "bot.sqlite3"
    if way == "page":
        damage(tmp_path, pages=5)
    elif way == "head":
        file.write_bytes(os.urandom(200) + file.read_bytes()[200:])
    else:
        file.write_text("This is a letter and no database. " * 500)
    before = file.read_bytes()
    with pytest.raises(StartRefused, match=r"is damaged.*restore FILE"):
        await close(settings)
    assert file.read_bytes() == before


async def test_a_large_file_is_read_while_the_bot_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = await made(tmp_path)
    damage(tmp_path, pages=5)
    engines = Engines(settings.database_url)
    await refuse_damage(engines, up_to=1000)
    with pytest.raises(Damaged):
        await refuse_damage(engines, up_to=None)
    await soundness_job(engines, BotAlarms()).run(START)
    assert "the host should look: database-damaged" in caplog.text
    await engines.close()


async def test_a_file_that_is_sound_or_not_there_passes(tmp_path: Path) -> None:
    settings = await made(tmp_path)
    await close(settings)
    await refuse_damage(Engines(f"sqlite:///{tmp_path / 'none.sqlite3'}"), up_to=None)
    assert not (tmp_path / "none.sqlite3").exists()
    assert (tmp_path / "bot.sqlite3").stat().st_size < soundness.SMALL
