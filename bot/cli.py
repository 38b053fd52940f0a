"""The command line: `run` with a token, `demo` without one, and what a host needs around them."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

app = typer.Typer(
    help="StepForward: a Discord bot for study groups on the road to US residency.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

CONFIG = Path(__file__).resolve().parent.parent / "config"
USAGE = 2


def _fail(message: str) -> typer.Exit:
    err.print(message, markup=False)
    return typer.Exit(USAGE)


@app.command()
def run() -> None:
    """Run the bot. Needs STEPFORWARD_DISCORD_TOKEN, from the environment or from .env."""
    from bot.wiring import StartRefused, run_bot
    from config.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "_".join(str(part) for part in wrong["loc"]).upper()
        raise _fail(f"STEPFORWARD_{name}: {wrong['msg']}") from None
    if not settings.discord_token.get_secret_value():
        raise _fail(
            "There is no token. Put STEPFORWARD_DISCORD_TOKEN=... into a file named .env, "
            "or try the bot without one: python -m bot demo"
        )
    try:
        code = asyncio.run(run_bot(settings))
    except StartRefused as error:
        raise _fail(str(error)) from None
    sys.exit(code)


@app.command()
def demo(
    port: Annotated[int | None, typer.Option(help="The port to listen on. A free one by default.")] = None,
) -> None:
    """Try the real bot in a browser: no token, no network, nothing kept."""
    try:
        from bot.demo import run as run_demo
    except ModuleNotFoundError as error:
        raise _fail(f"The demo needs the package {error.name}: pip install 'stepforward[demo]'") from None
    run_demo(port)


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this version. `run` does this by itself."""
    from bot.wiring import StartRefused, migrate_database
    from config.settings import Settings

    try:
        before, after = asyncio.run(migrate_database(Settings()))
    except StartRefused as error:
        raise _fail(str(error)) from None
    out.print(f"Schema {after}." if before == after else f"Schema {before or 'empty'} -> {after}.")


@app.command(name="repair-counters")
def repair_counters() -> None:
    """Count every leaderboard anew from the actions. Stop the bot first."""
    from bot.wiring import StartRefused, repair_boards
    from config.settings import Settings

    try:
        servers, members = asyncio.run(repair_boards(Settings()))
    except StartRefused as error:
        raise _fail(str(error)) from None
    out.print(f"Counted anew: {members} members on the boards of {servers} servers.")


@app.command(name="check-content")
def check_content(
    folder: Annotated[Path, typer.Argument(help="The folder that holds content/ and locales/.")] = CONFIG,
) -> None:
    """Check every content and word file, and say the line that is wrong."""
    from config.check import check_all

    errors, warnings = check_all(folder)
    for line in (*warnings, *errors):
        out.print(line, markup=False)
    if errors:
        raise typer.Exit(1)
    out.print("The content is in order.")


def main() -> None:
    """The entry of `stepforward` and `python -m bot`."""
    app()
