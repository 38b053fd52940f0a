"""The command line: `run` with a token, `demo` without one, and what a host needs around them.

One module for each group of commands; importing it registers them.
"""

from typer.models import CommandInfo

from bot.cli import checks, data, keys, running
from bot.cli.console import app

__all__ = ["app", "checks", "data", "keys", "main", "running"]

FIRST = ("run", "demo", "doctor", "health")
"""Help lists these first; the others follow in the order of their modules."""


def _place(command: CommandInfo) -> int:
    name = command.name or getattr(command.callback, "__name__", "")
    return FIRST.index(name) if name in FIRST else len(FIRST)


app.registered_commands.sort(key=_place)


def main() -> None:
    """The entry of `stepforward` and `python -m bot`."""
    app()
