"""Commands that look and change nothing: `doctor` before a start, `health` while the bot runs."""

import asyncio

import typer

from bot.cli.console import app, err, out, read_settings, read_what_is_right


@app.command()
def doctor() -> None:
    """Look at everything the bot needs, and say what to do where something is wrong.

    Token, intents, invite link, clock, shards, what Discord allows, database, disk, key, content and the port of
    /health. Nothing is changed, no secret is shown. A line begins with **ok**, **look** (it works, and could be
    better), **wrong**, or **-** (it could not be looked at). Ends with 1 when something is wrong.
    """
    from bot.clock import system_clock
    from bot.operations.findings import Finding, Mark, wrong
    from bot.wiring import examine

    settings, refused = read_what_is_right()

    def say(found: Finding) -> bool:
        out.print(f"{found.mark:<5} {found.what + ':':<12} {found.told}", markup=False)
        if found.advice:
            out.print(f"{'':<19}-> {found.advice}", markup=False)
        return found.mark is not Mark.WRONG

    async def show() -> bool:
        return all([say(found) async for found in examine(settings, system_clock)])

    mended = [say(wrong("setting", f"{name} cannot be used", told)) for name, told in refused]
    if not (asyncio.run(show()) and all(mended)):
        raise typer.Exit(1)


@app.command()
def health() -> None:
    """Ask the bot that runs on this machine whether it is well; for a container's health check.

    Ends with 0 when it is, and otherwise with 1 and the reasons.
    """
    from bot.operations.calling import Unwell, ask_health

    try:
        told = ask_health(read_settings().health_address)
    except Unwell as unwell:
        err.print(str(unwell), markup=False)
        raise typer.Exit(1) from None
    out.print("\n".join(told), markup=False)
