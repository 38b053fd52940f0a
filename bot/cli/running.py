"""Running the bot and its demo, and the small commands around them."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import app, counted, fail, finish, out, read_settings_of_data

CONFIG = Path(__file__).resolve().parents[2] / "config"


@app.command()
def run() -> None:
    """Run the bot. Needs STEPFORWARD_DISCORD_TOKEN, from the environment or from .env.

    It ends with Ctrl-C or SIGTERM: within ten seconds what was begun is finished, and nothing is lost. Without a network
    it waits and tries again.

    Ends with 0 when it was asked to; 2 when something must be mended first, which it says in one line; 3 when
    Discord refuses the token while it runs; 4 when its database was deleted or replaced under it.

    Example: python -m bot run
    """
    from bot.wiring import run_bot

    settings = read_settings_of_data()
    if not settings.discord_token.get_secret_value():
        raise fail(
            "There is no token. Put STEPFORWARD_DISCORD_TOKEN=... into a file named .env, "
            "or try the bot without one: python -m bot demo"
        )
    sys.exit(finish(run_bot(settings)))


@app.command()
def demo(
    port: Annotated[
        int | None, typer.Option(metavar="PORT", help="The port to listen on. A free one by default.")
    ] = None,
) -> None:
    """Try the real bot in a browser: no token, no network, nothing kept."""
    try:
        from bot.demo import run as run_demo
    except ModuleNotFoundError as error:
        raise fail(f"The demo needs the package {error.name}: pip install 'stepforward[demo]'") from None
    run_demo(port)


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this version. `run` does this by itself."""
    from bot.wiring import migrate_database

    before, after = finish(migrate_database(read_settings_of_data()))
    out.print(f"Schema {after}." if before == after else f"Schema {before or 'empty'} -> {after}.")


@app.command(name="repair-counters")
def repair_counters() -> None:
    """Count every leaderboard anew from the actions. Stop the bot first."""
    from bot.wiring import repair_boards

    servers, members = finish(repair_boards(read_settings_of_data()))
    out.print(f"Counted anew: {counted(members, 'member')} on the boards of {counted(servers, 'server')}.")


@app.command(name="check-content")
def check_content(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder that holds content/ and locales/.")
    ] = CONFIG,
) -> None:
    """Check every content and word file, and say the line that is wrong."""
    from config.check import check_all

    errors, warnings = check_all(folder)
    for line in (*warnings, *errors):
        out.print(line, markup=False)
    if errors:
        raise typer.Exit(1)
    out.print("The content is in order.")
