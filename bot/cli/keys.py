"""The host key, and what a host does for people who ask to be taken out."""

from typing import Annotated

import typer
from rich.progress import Progress

from bot.cli.console import app, counted, err, finish, out, read_settings_of_data

SURE = "erase"


def _an_id(value: int) -> int:
    if value < 1:
        raise typer.BadParameter("a Discord id is a number of 17 to 20 digits.")
    return value


@app.command(name="rotate-key")
def rotate_key() -> None:
    """Change the host key. Stop the bot first.

    Every member's key is wrapped by the new host key; what members wrote stays as it is. Until all is done the old
    key lies beside the new one, so it may be interrupted at any moment, even by a power cut: run it again and it goes
    on. Then the old key is destroyed. Copies of the old key open nothing any more, so make a new copy.

    Where the key comes by the environment (STEPFORWARD_SECRET_KEY), the first run prints a new key and changes
    nothing. Set it, set STEPFORWARD_SECRET_KEY_OLD to the old one, and run the command again.

    It does not change members' own keys: those never leave the keystore unwrapped, and erasing a member destroys
    theirs.

    Example: python -m bot rotate-key
    """
    from bot.wiring import key_total
    from bot.wiring import rotate_key as change

    settings = read_settings_of_data()
    total = finish(key_total(settings))
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Wrapping keys", total=total)
        done = finish(change(settings, lambda _table, more: bar.advance(task, more)))
    if done.to_set is not None:
        out.print("Nothing was changed yet. This is a new key; it is shown once:\n")
        out.print(f"    STEPFORWARD_SECRET_KEY={done.to_set}\n", markup=False)
        out.print(
            "Keep it where you keep secrets. Set it, set STEPFORWARD_SECRET_KEY_OLD to the key you had until now, "
            "and run `python -m bot rotate-key` again. The bot runs with both."
        )
    elif settings.secret_key.get_secret_value():
        out.print(
            f"{counted(done.keys, 'key')} wrapped anew. Now take STEPFORWARD_SECRET_KEY_OLD away, and destroy that key."
        )
    else:
        out.print(
            f"{counted(done.keys, 'key')} wrapped anew. The key in {settings.secret_key_file} is new: copy it now.",
            markup=False,
        )
        out.print("The old key is destroyed. Your copies of it open nothing any more; destroy them too.")


@app.command(name="erase-person")
def erase_person(
    spellings: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Their name or address; several spellings may be given."),
    ] = None,
) -> None:
    """Take a third person out of what members wrote about them. The bot may run meanwhile.

    For a professor or a coordinator who asks you to be removed. The rows that name them are found by an index of
    marks that nobody can read; those rows alone are opened, by the program. You see how many places there are, and
    never a text or whose it is. Type the word you are asked for, and each place becomes a neutral mark that the
    member can see. Nothing else of the member's is changed, and members are not told who asked.

    It finds whole words in any capitals and accents, and addresses. It does not guess: give each spelling. To erase
    a member, have them use /me erase, or see `erase-member`. Without a name here you are asked for one, so that none stays in the history
    of your shell.

    Example: python -m bot erase-person "Jane Smith" "Smith, Jane" jane.smith@example.edu
    """
    from bot.clock import system_clock
    from bot.storage.backups import LONGEST
    from bot.wiring import people_named

    settings = read_settings_of_data()
    wanted = spellings or [typer.prompt("Their name or address")]
    found = finish(people_named(settings, wanted, erase=False))
    if not found.times:
        out.print("They are named nowhere, in these spellings. Nothing was changed.")
        return
    out.print(f"Named {_times(found.times)}, in the words of {counted(found.members, 'member')}.")
    _make_sure("take them out")
    done, now = finish(people_named(settings, wanted, erase=True)), system_clock()
    out.print(
        f"Taken out {_times(done.times)}, of {counted(done.members, 'member')}, on {now:%Y-%m-%d at %H:%M} UTC."
    )
    out.print(
        f"Backups made before now still hold the name, sealed, until {now + LONGEST:%Y-%m-%d} at the latest. "
        "If you put one of them back, run this again; `restore` will remind you."
    )


@app.command(name="erase-member")
def erase_member(
    user_id: Annotated[
        int,
        typer.Argument(metavar="ID", help="Their Discord id, a number of 17 to 20 digits.", callback=_an_id),
    ],
) -> None:
    """Erase a member who cannot do it themselves, by their id. The bot may run meanwhile.

    For somebody whose account is gone, or when Discord asks you to. Whoever can still write to the bot uses
    /me erase, which does all of it at once. You see how many rows there are, and never what they say. Type the word
    you are asked for: from then on nothing is sent to them. The bot removes rows, key and posts when it starts next,
    or by itself within a day. It cannot be taken back.

    Example: python -m bot erase-member 1234567890123456789
    """
    from bot.wiring import member_rows

    settings = read_settings_of_data()
    rows = sum(finish(member_rows(settings, user_id, erase=False)).values())
    if not rows:
        out.print("Nothing is kept about this id. Nothing was changed.")
        return
    out.print(f"There {'is' if rows == 1 else 'are'} {counted(rows, 'row')} of this member.")
    _make_sure("erase them")
    finish(member_rows(settings, user_id, erase=True))
    out.print(
        "Nothing is sent to them any more. The bot erases the rest when it starts next, or by itself within a day."
    )


def _make_sure(what: str) -> None:
    """Ask for the word. Anything else ends the command with exit code 1."""
    if typer.prompt(f"Type {SURE} to {what}").strip().casefold() != SURE:
        out.print("Nothing was changed.")
        raise typer.Exit(1)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
