"""The host key, and people who are named in what members wrote."""

from rich.progress import Progress

from bot.cli.console import app, err, finish, out, read_settings


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

    settings = read_settings()
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
            f"{done.keys} keys wrapped anew. Now take STEPFORWARD_SECRET_KEY_OLD away, and destroy that key."
        )
    else:
        out.print(
            f"{done.keys} keys wrapped anew. The key in {settings.secret_key_file} is new: copy it now.",
            markup=False,
        )
        out.print("The old key is destroyed. Your copies of it open nothing any more; destroy them too.")
