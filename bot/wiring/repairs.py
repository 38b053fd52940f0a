"""What a host can mend while the bot is down."""

from bot.delivery.presence import DiscordPresence
from bot.services.boards import Boards
from bot.services.memberships import Memberships
from bot.storage.occupancy import InUse, occupied
from bot.wiring.opening import StartRefused, open_database, read_texts, refuse_absent
from bot.wiring.restoring import RUNNING
from config.settings import Settings


async def repair_boards(settings: Settings) -> tuple[int, int]:
    """Count every leaderboard anew from the actions; gives (servers, members counted). Raises StartRefused."""
    await refuse_absent(settings)
    try:
        async with occupied(settings.database_url, alone=True):
            return await _repair(settings)
    except InUse:
        raise StartRefused(RUNNING) from None


async def _repair(settings: Settings) -> tuple[int, int]:
    season = read_texts(settings).content.season
    db = await open_database(settings)
    try:
        async with db.read() as tx:
            guild_ids = await tx.guilds.present()
        boards = Boards(db, Memberships(db, season), DiscordPresence(), season)
        return len(guild_ids), sum([await boards.repair(guild_id) for guild_id in guild_ids])
    finally:
        await db.engines.close()
        await db.keys.close()
