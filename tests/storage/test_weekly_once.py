"""Two processes over one database, both engines: one weekly post."""

import asyncio
import dataclasses
from datetime import UTC, date, datetime, timedelta

from bot.domain.boards import Period, Visibility
from bot.domain.guilds import newly_joined
from bot.domain.members import newcomer
from bot.domain.seasons import Season
from bot.services.boards import Boards
from bot.services.memberships import Memberships
from bot.services.weekly import Weekly
from tests.services.boards import Everybody
from tests.storage.conftest import opened

DUE = datetime(2026, 11, 22, 17, tzinfo=UTC)
GUILDS = range(1, 11)


def process(db):
    memberships = Memberships(db, Season())
    boards = Boards(db, memberships, Everybody(), Season())
    return Weekly(db, boards, lambda _post, _number: "[]", ["prompt-01"], lambda _at: None)


async def test_two_processes_make_each_post_once(database_url, tmp_path):
    async with opened(database_url, tmp_path) as here, opened(database_url, tmp_path) as there:
        async with here.write() as tx:
            await tx.members.add(newcomer(101, "Africa/Lagos", "en", DUE))
            for number in GUILDS:
                guild = newly_joined(number, "en", DUE)
                await tx.guilds.add(dataclasses.replace(guild, channel_id=5, weekly_due_at=DUE))
                await tx.memberships.see(101, number, "Ada", DUE)
                await tx.memberships.update(101, number, visibility=Visibility.SHOWN)
                await tx.boards.add([number], 101, {(Period.WEEK, date(2026, 11, 16)): 1})
        made = await asyncio.gather(*(process(db).run_due(DUE) for db in (here, there, here, there)))
        assert sum(made) == len(GUILDS)
        async with there.read() as tx:
            posts = await tx.deliveries.pending(DUE + timedelta(days=1), 100)
            assert sorted(post.guild_id or 0 for post in posts) == list(GUILDS)
