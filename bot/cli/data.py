"""Copies of the data: made, put back, and moved to another engine."""

from pathlib import Path
from typing import Annotated

import typer
from rich.filesize import decimal

from bot.cli.console import app, finish, out, read_settings


@app.command()
def backup(
    folder: Annotated[
        Path | None, typer.Option(help="Put it here instead of the folder of the settings.")
    ] = None,
) -> None:
    """Copy the data into one checked file. The bot may run meanwhile.

    The file holds what members keep, with their own words sealed. It holds no key: keep the host key and the latest
    copy of the members' keys in another place. The bot does this by itself every night and deletes old copies;
    this command deletes nothing.

    Example: python -m bot backup --folder /mnt/disk/stepforward
    """
    from bot.clock import system_clock
    from bot.wiring import back_up, where_keys_live

    settings = read_settings()
    made = finish(back_up(settings, system_clock(), folder))
    out.print(f"{made.path} ({decimal(made.size)}), checked.", markup=False)
    out.print(where_keys_live(settings), markup=False)
