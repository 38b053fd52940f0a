"""Runs a command in a root as `compose.yaml` asks Docker to: read-only, nobody special, no capability, /data and a /tmp.

    container_run.py ROOT DATA SECRETS WORDS...

Needs root, for the mounts. It turns into the command, so a signal sent to it reaches the command. The environment is
the image's, with the STEPFORWARD_ settings of whoever calls. The network is this machine's; Docker gives it one of its own.
"""

import os
import subprocess
import sys
from pathlib import Path

from dockerfile import read

DOCKERFILE = Path(__file__).resolve().parents[1] / "Dockerfile"
INSIDE = "--inside"
NOBODY_SPECIAL = (
    "--clear-groups",
    "--no-new-privs",
    "--bounding-set=-all",
    "--inh-caps=-all",
    "--ambient-caps=-all",
)


def main(words: list[str]) -> None:
    """Once outside, to get mounts of one's own; then once more within them."""
    if words[0] != INSIDE:
        again = [sys.executable, __file__, INSIDE, *words]
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", *again])
    root, data, secrets, *command = words[1:]
    for mount in (
        ("--bind", root, root),
        ("-o", "remount,bind,ro", root),
        ("--bind", data, f"{root}/data"),
        ("--bind", "-o", "ro", secrets, f"{root}/run/secrets"),
        ("-t", "tmpfs", "-o", "nosuid,nodev,noexec", "tmpfs", f"{root}/tmp"),
        ("-t", "proc", "proc", f"{root}/proc"),
        ("--bind", "/dev", f"{root}/dev"),
    ):
        subprocess.run(["mount", *mount], check=True)
    image = read(DOCKERFILE)[-1]
    user, _, group = image.last("USER").rest.partition(":")
    environment = {"LANG": "C.UTF-8", "HOME": "/data"} | image.environment
    environment |= {name: value for name, value in os.environ.items() if name.startswith("STEPFORWARD_")}
    os.chroot(root)
    os.chdir(image.last("WORKDIR").rest)
    as_user = ("setpriv", f"--reuid={user}", f"--regid={group}", *NOBODY_SPECIAL)
    os.execvpe("setpriv", [*as_user, *command], environment)


main(sys.argv[1:])
