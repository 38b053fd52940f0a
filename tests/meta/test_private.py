"""Everything a command answers is for one person's eyes, and before somebody agreed nothing at all is written."""

from pathlib import Path

from sqlalchemy import func, select

from bot.storage.columns import metadata
from tests.conftest import FakeClock
from tests.e2e.crawl import Crawler, leaves
from tests.e2e.world import World, world_in

CONSENT = frozenset({"consent-save"})


async def counts(world: World) -> dict[str, int]:
    """How many rows each table has."""
    async with world.program.db.engines.read() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }


async def test_nothing_is_written_about_somebody_who_has_not_agreed(tmp_path: Path, clock: FakeClock) -> None:
    """Every command, every press and every form but the one that says yes, in front of everybody."""
    async with world_in(tmp_path, clock) as world:
        before = await counts(world)
        crawler = Crawler(world, "amara", skip=CONSENT, big="a few words ")
        await crawler.everything()
        assert crawler.faults == []
        assert crawler.used >= {command.qualified_name for command in leaves(world.program.bot.tree)}
        assert await counts(world) == before
        assert [screen.path for screen in crawler.screens if not screen.private] == []
        assert [m for m in world.channel.history() if m.author.id == world.env.backend.bot_user.id] == []
        assert world.dms("amara") == []


async def test_the_first_answer_to_every_command_is_private(tmp_path: Path, clock: FakeClock) -> None:
    """From the first byte: a deferral that others can see cannot be made private later."""
    async with world_in(tmp_path, clock) as world:
        crawler = Crawler(world, "priya", depth=0)
        await crawler.everything()
        assert [screen.path for screen in crawler.screens if not screen.private] == []
        posts = [m for m in world.channel.history() if m.author.id == world.env.backend.bot_user.id]
        assert posts == []
