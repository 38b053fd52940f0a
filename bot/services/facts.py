"""The program's own small facts that must survive a restart. Nothing about a person."""

from datetime import datetime

from bot.services.ports import Database


class Facts:
    """Named values, such as the hash of the commands Discord knows."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def get(self, name: str) -> str | None:
        """The value, or None."""
        async with self._db.read() as tx:
            return await tx.facts.get(name)

    async def set(self, name: str, value: str, now: datetime) -> None:
        """Remember the value."""
        async with self._db.write() as tx:
            await tx.facts.set(name, value, now)
