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


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The backup, as `backup` or the night made it.")],
    send_overdue: Annotated[
        bool,
        typer.Option("--send-overdue", help="Send what came due since, also what may have been sent before."),
    ] = False,
    drop_unreadable: Annotated[
        bool, typer.Option("--drop-unreadable", help="Leave out members whose keys are lost for good.")
    ] = False,
) -> None:
    """Put a backup in the place of the database. Stop the bot first.

    The backup is checked from end to end, brought to this version's schema, and opened with the keys there are;
    without the host key and the members' keys nothing happens. Everybody who was erased since it was made is erased
    from it again. Check-ins and posts that came due since are not sent, because they may have been sent already;
    members see that in their delivery record. The database that was there is moved aside, not deleted, and its new
    name is printed. The file you give is never changed, and neither are the keys.

    Example: python -m bot restore data/backups/stepforward-20261122T033000Z.sqlite3
    """
    from bot.clock import system_clock
    from bot.wiring import restore as put_back

    done = finish(
        put_back(
            read_settings(), file, system_clock(), send_overdue=send_overdue, drop_unreadable=drop_unreadable
        )
    )
    made = "at a time it does not tell" if done.made_at is None else f"{done.made_at:%Y-%m-%d %H:%M} UTC"
    out.print(f"Restored: the backup made {made}.")
    if done.aside is not None:
        out.print(f"What was there before is now {done.aside}. Delete it once all is well.", markup=False)
    out.print(f"Erased again: {done.erased} members. Left out as overdue: {done.left_out} check-ins.")
    if done.dropped:
        out.print(f"Left out, because their texts cannot be read: {done.dropped} members.")
