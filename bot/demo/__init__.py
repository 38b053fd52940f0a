"""The demo without a token: the real bot in a seeded study group, in a browser.

Its packages are an extra: importing this without them raises ModuleNotFoundError, which the command line explains.
"""

from bot.demo.launch import run

__all__ = ["run"]
