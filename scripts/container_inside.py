"""What a process of the container finds around it, as JSON. `make container-check` gives it to the container's Python."""

import contextlib
import importlib
import json
import pkgutil
import zoneinfo
from pathlib import Path

WANTED = ("CapEff", "CapBnd", "CapPrm", "NoNewPrivs", "Uid", "Gid", "Groups")


def writable(folder: str) -> bool:
    """Whether a file can be made here."""
    probe = Path(folder, "probe")
    try:
        probe.write_text("x")
    except OSError:
        return False
    probe.unlink()
    return True


def everything() -> list[str]:
    """The names of all our modules, imported; but for what Alembic alone may load."""
    names: list[str] = []
    for top in ("bot", "cogs", "config"):
        found = pkgutil.walk_packages(importlib.import_module(top).__path__, f"{top}.")
        names += [one.name for one in found if not one.name.endswith((".__main__", ".migrations.env"))]
    for name in names:
        importlib.import_module(name)
    return names


def sources_without_bytecode() -> list[str]:
    """Our modules that would be compiled anew at each start."""
    return [
        str(path)
        for path in Path("/app").rglob("*.py")
        if not list((path.parent / "__pycache__").glob(f"{path.stem}.cpython-*.pyc"))
    ]


zoneinfo.reset_tzpath([])  # as in an image without Debian's table: the package must do
status = dict(
    line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line
)
found = {
    "status": {name: status[name].split() for name in WANTED},
    "writable": [str(place) for place in sorted(Path("/").iterdir()) if writable(str(place))]
    + [place for place in ("/app/bot", "/venv", "/var/tmp", "/home", "/") if writable(place)],
    "modules": everything(),
    "uncompiled": sources_without_bytecode(),
    "zones": [str(zoneinfo.ZoneInfo(name)) for name in ("Asia/Karachi", "America/New_York", "Africa/Lagos")],
    "absent": [],
}
for name in ("simcord", "pytest", "pip", "tests", "bot.demo"):
    with contextlib.suppress(ModuleNotFoundError):
        importlib.import_module(name)
        continue
    found["absent"].append(name)
print(json.dumps(found))
