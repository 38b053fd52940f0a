"""What every command shares: where it writes, how it fails, and the settings it reads."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console

from config.settings import Settings

T = TypeVar("T")

USAGE = 2
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

app = typer.Typer(
    help="StepForward: a Discord bot for study groups on the road to US residency.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="markdown",
)


def fail(message: str) -> typer.Exit:
    """Write one clear line; the caller raises what this gives."""
    err.print(message, markup=False)
    return typer.Exit(USAGE)


def read_settings() -> Settings:
    """The settings, or one line that names the wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "_".join(str(part) for part in wrong["loc"]).upper()
        raise fail(f"STEPFORWARD_{name}: {wrong['msg']}") from None


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Run what a command has to do; what the host must mend ends as one clear line."""
    from bot.wiring import StartRefused

    try:
        return asyncio.run(work)
    except StartRefused as error:
        raise fail(str(error)) from None
