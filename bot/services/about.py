"""What the program says about itself: version, and where privacy and problems are written about."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class About:
    """Fixed for one run. Addresses are empty when the host gave none."""

    version: str
    privacy_url: str = ""
    problem_url: str = ""


def own_version() -> str:
    """The installed version; from a checkout that was not installed, that is what it says."""
    try:
        return version("stepforward")
    except PackageNotFoundError:
        return "checkout"
