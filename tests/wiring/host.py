"""A host's folder with a small bot in it, and the command line as a host types it, in this process."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.domain.members import newcomer
from bot.domain.rejections import Recovery, Rejection, RejectionFilter
from bot.ids import new_id
from bot.services.members import Members
from bot.storage.unit import SqlDatabase
from bot.wiring import open_database
from config.settings import Settings

T = TypeVar("T")


@dataclass
class Host:
    """Somebody who runs the bot: their folder, their environment, and what they type."""

    folder: Path
    patch: pytest.MonkeyPatch
    runner: CliRunner = field(default_factory=CliRunner)

    def __post_init__(self) -> None:
        self.patch.chdir(self.folder)
        self.setting(
            DATABASE_URL=f"sqlite:///{self.folder / 'bot.sqlite3'}",
            SECRET_KEY_FILE=str(self.folder / "bot.key"),
        )

    def setting(self, **settings: str) -> None:
        """Change settings in the environment."""
        for name, value in settings.items():
            self.patch.setenv(f"STEPFORWARD_{name}", value)

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        return self.folder / "bot.sqlite3"

    @property
    def settings(self) -> Settings:
        """What the commands read."""
        return Settings()

    def types(self, *words: str | Path, typed: str | None = None) -> Result:
        """`python -m bot <words>`, in a thread-free way: the commands run loops of their own."""
        return self.runner.invoke(app, [str(word) for word in words], input=typed)

    def work(self, job: Callable[[SqlDatabase], Awaitable[T]]) -> T:
        """Run a job over the open database, as the bot opens it."""

        async def run() -> T:
            db = await open_database(self.settings)
            try:
                return await job(db)
            finally:
                await db.engines.close()
                await db.keys.close()

        return asyncio.run(run())

    def joins(self, user_id: int, now: datetime, *texts: str) -> None:
        """Somebody consents and writes a rejection for each text."""

        async def job(db: SqlDatabase) -> None:
            member = await Members(db, db.keys).consent(user_id, "Africa/Lagos", "en", now)
            assert member == newcomer(user_id, "Africa/Lagos", "en", now)
            async with db.write() as tx:
                for text in texts:
                    await tx.rejections.add(
                        Rejection(
                            new_id(now), user_id, "exam", now.date(), now, who=text, recovery=Recovery.OPEN
                        )
                    )

        self.work(job)

    def texts(self, user_id: int) -> frozenset[str]:
        """What somebody's rejections say, opened with their key."""

        async def job(db: SqlDatabase) -> frozenset[str]:
            async with db.read() as tx:
                return frozenset(
                    str(one.who) for one in await tx.rejections.listed(user_id, RejectionFilter())
                )

        return self.work(job)
