"""A stand-in for Discord that runs on this machine: enough REST and gateway for a bot in another process."""

from tests.standin.process import BotProcess
from tests.standin.server import Standin, StandinThread

__all__ = ["BotProcess", "Standin", "StandinThread"]
