"""What every command shares: where it writes, how it fails, and the settings it reads."""

import asyncio
import os
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError
from rich.console import Console

from config.settings import Settings

T = TypeVar("T")

USAGE = 2
SECRETS = Path("/run/secrets")  # where Docker, Podman and Kubernetes mount them
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

_NO_NUMBER, _NO_SWITCH = "write a number", "write true or false"
_PLAINER = {"int_parsing": _NO_NUMBER, "float_parsing": _NO_NUMBER, "bool_parsing": _NO_SWITCH}

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


def counted(number: int, thing: str) -> str:
    """`1 member`, `2 members`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def read_settings() -> Settings:
    """The settings, or a line for each that is wrong."""
    try:
        return _read()
    except ValidationError as error:
        raise fail("\n".join(f"{name}: {told}" for name, told in _wrong(error))) from None


def read_what_is_right() -> tuple[Settings, list[tuple[str, str]]]:
    """The settings, with the default for each that is wrong; and those, by name with what is wrong."""
    try:
        return _read(), []
    except ValidationError as error:
        fields = {str(one["loc"][0]) for one in error.errors()}
        return _read(**{name: Settings.model_fields[name].default for name in fields}), list(_wrong(error))


def _read(**given: Any) -> Settings:
    mounted = SECRETS.is_dir() and os.access(SECRETS, os.R_OK | os.X_OK)
    try:
        return Settings(_secrets_dir=SECRETS if mounted else None, **given)
    except SettingsError as error:
        if not isinstance(error.__cause__, OSError):
            raise fail(str(error)) from None
        path, why = error.__cause__.filename, error.__cause__.strerror
        raise fail(f"{path} cannot be read: {why}. Let the bot's user read it.") from None


def _wrong(error: ValidationError) -> Iterator[tuple[str, str]]:
    for one in error.errors():
        yield f"STEPFORWARD_{str(one['loc'][0]).upper()}", _plain(one)


def _plain(wrong: ErrorDetails) -> str:
    """What a host can do about it, without the words of the library."""
    ours = wrong.get("ctx", {}).get("error")
    return str(ours) if ours is not None else _PLAINER.get(wrong["type"], wrong["msg"])


def read_settings_of_data() -> Settings:
    """The settings, for a command that opens the database: its addresses can be such."""
    settings = read_settings()
    check_addresses(
        STEPFORWARD_DATABASE_URL=settings.database_url, STEPFORWARD_KEYSTORE_URL=settings.keystore_url
    )
    return settings


def check_addresses(**addresses: str) -> None:
    """Refuse, by its name, an address that cannot be a database's. An empty one stands for its default."""
    from bot.storage.trouble import address_refused

    for name, url in addresses.items():
        if url and (refused := address_refused(url)):
            raise fail(f"{name}: {refused}.")


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Run what a command has to do; what the host must mend, above all a database, ends as one clear line."""
    from bot.storage.trouble import told
    from bot.wiring import StartRefused

    try:
        return asyncio.run(work)
    except StartRefused as error:
        raise fail(str(error)) from None
    except Exception as error:
        if (line := told(error)) is None:
            raise
        raise fail(line) from None
