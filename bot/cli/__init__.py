"""The command line: `run` with a token, `demo` without one, and what a host needs around them.

One module for each group of commands; importing it registers them, in the order in which help lists them.
"""

from bot.cli import checks, data, keys, running
from bot.cli.console import app

__all__ = ["app", "checks", "data", "keys", "main", "running"]


def main() -> None:
    """The entry of `stepforward` and `python -m bot`."""
    app()
