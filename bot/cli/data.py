"""Copies of the data: made, put back, and moved to another engine."""

from pathlib import Path
from typing import Annotated

import typer
from rich.filesize import decimal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.console import app, err, finish, out, read_settings


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
    if done.persons:
        out.print(
            f"Since it was made, erase-person took people out by {done.persons} spellings. They are named again: run "
            "erase-person for each of them once more."
        )
    if done.dropped:
        out.print(f"Left out, because their texts cannot be read: {done.dropped} members.")


@app.command()
def move(
    target: Annotated[
        str, typer.Argument(help="The address to move to, as STEPFORWARD_DATABASE_URL would have it.")
    ],
    keystore: Annotated[
        str, typer.Option(help="Where the members' keys go; by default where the bot will look for them.")
    ] = "",
) -> None:
    """Move data and members' keys to another database: SQLite to PostgreSQL, or back. Stop the bot first.

    The target must be empty. Every row is copied, read back and compared; the target gets everything or nothing. The
    source is not changed, so until you set the new address the bot runs as before. Afterwards destroy the old
    members' keys: an old copy of them would undo erasures.

    Example: python -m bot move postgresql://stepforward:secret@db.example/stepforward
    """
    from bot.wiring import elsewhere, move_database, rows_to_move

    settings = read_settings()
    after = elsewhere(settings, target, keystore)
    total = finish(rows_to_move(settings))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Copying and comparing", total=2 * total)
        moved = finish(move_database(settings, after, lambda _table, more: bar.advance(task, more)))
    out.print(f"Moved {moved.rows} rows of {len(moved.tables)} tables; every sum is the same on both sides.")
    out.print(f"Now set STEPFORWARD_DATABASE_URL to {_hidden(target)}, and start the bot.", markup=False)
    if keystore:
        out.print(f"Set STEPFORWARD_KEYSTORE_URL to {_hidden(keystore)} as well.", markup=False)
    out.print(
        "The old database is as it was. Once the bot runs well, destroy it, and its members' keys first of all."
    )


def _hidden(url: str) -> str:
    """An address without its password."""
    head, at, host = url.rpartition("@")
    scheme, _, login = head.partition("://")
    return f"{scheme}://{login.partition(':')[0]}:***@{host}" if at and ":" in login else url
