"""Copies of the data: made, put back, and moved to another engine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.filesize import decimal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.console import app, check_addresses, counted, err, finish, out, read_settings_of_data

if TYPE_CHECKING:
    from bot.wiring import Restored


@app.command()
def backup(
    folder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Put it here instead of the folder of the settings.")
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

    settings = read_settings_of_data()
    made = finish(back_up(settings, system_clock(), folder))
    out.print(f"{made.path} ({decimal(made.size)}), checked.", markup=False)
    out.print(where_keys_live(settings), markup=False)


@app.command()
def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The backup, as `backup` or the night made it.")
    ],
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
            read_settings_of_data(),
            file,
            system_clock(),
            send_overdue=send_overdue,
            drop_unreadable=drop_unreadable,
        )
    )
    _say_what_was_restored(done)


def _say_what_was_restored(done: "Restored") -> None:
    made = "at a time it does not tell" if done.made_at is None else f"{done.made_at:%Y-%m-%d %H:%M} UTC"
    out.print(f"Restored: the backup made {made}.")
    if done.aside is not None:
        out.print(f"What was there before is now {done.aside}. Delete it once all is well.", markup=False)
    erased, left_out = counted(done.erased, "member"), counted(done.left_out, "check-in")
    out.print(f"Erased again: {erased}. Left out as overdue: {left_out}.")
    if done.persons:
        out.print(
            f"Since it was made, erase-person was used for {counted(done.persons, 'spelling')}. Who was taken out is "
            "named again: run erase-person for each of them once more."
        )
    if done.dropped:
        out.print(f"Left out, because their texts cannot be read: {counted(done.dropped, 'member')}.")


@app.command()
def move(
    target: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS", help="The address to move to, as STEPFORWARD_DATABASE_URL would have it."
        ),
    ],
    keystore: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Where the members' keys go; by default where the bot will look for them.",
        ),
    ] = "",
) -> None:
    """Move data and members' keys to another database: SQLite to PostgreSQL, or back. Stop the bot first.

    The target must be empty. Every row is copied, read back and compared; the target gets everything or nothing. The
    source is not changed, so until you set the new address the bot runs as before. Afterwards destroy the old
    members' keys: an old copy of them would undo erasures.

    Example: python -m bot move postgresql://stepforward:secret@db.example/stepforward
    """
    from bot.wiring import elsewhere, move_database, rows_to_move

    settings = read_settings_of_data()
    check_addresses(ADDRESS=target, **{"--keystore": keystore})
    after = elsewhere(settings, target, keystore)
    total = finish(rows_to_move(settings))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Copying and comparing", total=2 * total)
        moved = finish(move_database(settings, after, lambda _table, more: bar.advance(task, more)))
    out.print(
        f"Moved {counted(moved.rows, 'row')} of {len(moved.tables)} tables; every sum is the same on both sides."
    )
    _say_what_to_set(target, keystore)


def _say_what_to_set(target: str, keystore: str) -> None:
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
