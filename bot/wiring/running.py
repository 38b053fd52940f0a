"""Running until somebody says stop, and the exit code that tells how it ended."""

import asyncio
import gc
import signal

import discord

from bot.app import point_discord_at
from bot.logs import setup_logs
from bot.operations.endpoint import served
from bot.services.neighbours import InTheWay
from bot.storage.occupancy import InUse, is_server, occupied
from bot.wiring.opening import StartRefused, migrate_database
from bot.wiring.program import Program, build
from config.settings import DISCORD_API_URL, Settings

PATIENCE_SECONDS = 15.0
"""A new process waits so long for the old one to let go: longer than an end that was asked for takes."""
NEIGHBOURS_SECONDS = 45.0
"""A process of another machine that died is taken for dead after thirty."""
TOKEN_DEAD = 3
DATABASE_GONE = 4


async def run_bot(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT and give the exit code. Raises StartRefused for what the host must mend."""
    setup_logs(settings.log_level, settings.log_format, settings.log_file)
    if settings.discord_api_url != DISCORD_API_URL:
        point_discord_at(settings.discord_api_url)
    try:
        if _shared(settings.database_url):
            # Bots that run side by side: the schema changes under none of them.
            await migrate_database(settings, PATIENCE_SECONDS)
        async with occupied(settings.database_url, patience=PATIENCE_SECONDS):
            return await _run(settings)
    except InUse:
        raise StartRefused(_in_use(settings.database_url)) from None


def _shared(url: str) -> bool:
    try:
        return is_server(url)
    except ValueError as error:
        raise StartRefused(str(error)) from None


def _in_use(url: str) -> str:
    if _shared(url):
        return "Another command uses the database. Wait for its end, then start again."
    return (
        "Another bot, or another command, uses the database. Two bots need PostgreSQL; stop the other one, or wait for "
        "its end, then start again."
    )


async def _run(settings: Settings) -> int:
    program = await build(settings)
    asked = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, asked.set)
    try:
        async with served(settings.health_address, program.look, program.operations.metrics):
            await _until(asked, program, settings.discord_token.get_secret_value())
    except InTheWay as told:
        raise StartRefused(f"{told}. Stop one of them, or change STEPFORWARD_SHARDS.") from None
    except discord.LoginFailure:
        raise StartRefused("Discord refused the token. Make a new one in the developer portal.") from None
    except discord.PrivilegedIntentsRequired:
        raise StartRefused("Discord refused the intents. This bot needs none that are privileged.") from None
    except (discord.HTTPException, discord.GatewayNotFound) as refused:
        raise StartRefused(_no_discord(refused, settings.discord_api_url)) from None
    except discord.ConnectionClosed as closed:
        # 4004 is a bad token, 4010 to 4014 wrong shards or intents: trying again would change nothing.
        raise StartRefused(f"Discord closed the connection for good ({closed.code}).") from None
    finally:
        if not program.bot.is_closed():
            await program.bot.close()
        await program.close()
    if program.bot.database_gone:
        return DATABASE_GONE
    return TOKEN_DEAD if program.bot.token_dead else 0


def _no_discord(refused: discord.DiscordException, api_url: str) -> str:
    answer = refused if isinstance(refused, discord.HTTPException) else refused.__cause__
    status = getattr(answer, "status", "no gateway")
    where = "" if api_url == DISCORD_API_URL else " Look at STEPFORWARD_DISCORD_API_URL."
    return f"Discord does not let the bot in: it answered {status}.{where}"


async def _until(asked: asyncio.Event, program: Program, token: str) -> None:
    """Run until somebody asks for the end, also while it is still connecting, or until it ends by itself."""
    begun, asking = asyncio.create_task(_start(program, token)), asyncio.create_task(asked.wait())
    await asyncio.wait({begun, asking}, return_when=asyncio.FIRST_COMPLETED)
    if not asking.done():
        asking.cancel()
        await begun
        return
    await program.drain()
    begun.cancel()
    await asyncio.gather(
        begun, return_exceptions=True
    )  # what a connection says that was closed while it opened


def spare_what_stays() -> None:
    """Keep the garbage collector from going through all that was read at the start: it would stop the loop for so long."""
    gc.collect()
    gc.freeze()


async def _start(program: Program, token: str) -> None:
    """Connect, once no other process hears the same servers."""
    spare_what_stays()
    if program.neighbours is None or await program.neighbours.enter(NEIGHBOURS_SECONDS):
        await program.bot.start(token)
