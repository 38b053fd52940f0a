"""What every command shares: where it writes, how it fails, and the settings it reads."""

import asyncio
import os
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console

from config.settings import Settings

T = TypeVar("T")

USAGE = 2
SECRETS = Path("/run/secrets")  # where Docker, Podman and Kubernetes mount them
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
    mounted = SECRETS.is_dir() and os.access(SECRETS, os.R_OK | os.X_OK)
    try:
        return Settings(_secrets_dir=SECRETS if mounted else None)
    except SettingsError as error:
        if not isinstance(error.__cause__, OSError):
            raise fail(str(error)) from None
        path, why = error.__cause__.filename, error.__cause__.strerror
        raise fail(f"{path} cannot be read: {why}. Let the bot's user read it.") from None
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
