"""Builds the image's root without Docker: a clean Debian by debootstrap, and the Dockerfile's own steps in a chroot.

Two things differ from the image, and nothing else may: the base is Debian with its own Python of the same minor
version instead of the python image, and pip reads the configuration this machine has for it.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from dockerfile import Stage, Step, is_ignored, read

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = "python3,python3-venv,ca-certificates"
PLAIN = {"LANG": "C.UTF-8", "HOME": "/root"}


def run(*words: str | Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a command; what it says is shown when it fails, and that ends everything."""
    done = subprocess.run(
        [str(word) for word in words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}\nended with {done.returncode}:\n{done.stdout[-4000:]}")


@contextmanager
def mounted(*mounts: tuple[str, ...]) -> Iterator[None]:
    """Mount while the block runs; the last word of each is where."""
    done: list[str] = []
    try:
        for words in mounts:
            run("mount", *words)
            done.append(words[-1])
        yield
    finally:
        for place in reversed(done):
            run("umount", place)


def build(work: Path, base: Path | None) -> tuple[Path, Stage]:
    """Every stage in a root of its own; the last one and its root. `base` is a Debian root from an earlier run."""
    stages = read(ROOT / "Dockerfile")
    debian = base or bootstrap(work / "base", stages[-1].base)
    roots: dict[str, Path] = {}
    for number, stage in enumerate(stages):
        place = work / (stage.name or f"stage-{number}")
        run("cp", "-a", "--reflink=auto", debian, place)
        Building(stage, place, roots).walk()
        roots[stage.name] = place
    return place, stages[-1]


def bootstrap(place: Path, image: str) -> Path:
    """A clean Debian of the release the image names, with its own Python under the name the image has."""
    found = re.fullmatch(r"python:(\d+\.\d+)-slim-(\w+)", image)
    if not found:
        raise SystemExit(f"{image}: expected python:<version>-slim-<Debian release>")
    if not shutil.which("debootstrap"):
        raise SystemExit("debootstrap is missing. On Debian and Ubuntu: apt install debootstrap")
    run("debootstrap", "--variant=minbase", f"--include={PACKAGES}", found[2], place)
    (place / "usr/local/bin/python").symlink_to("/usr/bin/python3")
    here = subprocess.check_output(["chroot", place, "python3", "-V"], text=True).split()[1]
    if not here.startswith(f"{found[1]}."):
        raise SystemExit(f"Debian {found[2]} has Python {here}, the image {found[1]}")
    return place


class Building:
    """The steps of one stage, done in its root."""

    def __init__(self, stage: Stage, root: Path, roots: Mapping[str, Path]) -> None:
        self.stage, self.root, self.roots = stage, root, roots
        self.folder = PurePosixPath("/")

    def walk(self) -> None:
        for step in self.stage.steps:
            if step.name == "WORKDIR":
                self.folder /= step.rest
                self.inside(self.folder).mkdir(parents=True, exist_ok=True)
            elif step.name == "COPY":
                self.copy(step)
            elif step.name == "RUN":
                self.run(step)

    def inside(self, path: PurePosixPath) -> Path:
        return self.root / path.relative_to("/")

    def copy(self, step: Step) -> None:
        """COPY with one source, from the context or another stage; a folder's contents, as Docker does."""
        *flags, source, target = step.words
        stages = [flag.removeprefix("--from=") for flag in flags]
        origin = self.roots[stages[0]] / source.lstrip("/") if stages else ROOT / source
        place = self.inside(self.folder / target)
        if stages or origin.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            run("cp", "-a", "--no-target-directory", origin, place)
        else:
            shutil.copytree(origin, place, ignore=ignored, dirs_exist_ok=True)
            run("chown", "-R", "0:0", place)
            run("chmod", "-R", "go-rwx", place)  # the worst that a checkout may bring along

    def run(self, step: Step) -> None:
        """RUN by the shell, as root, with the network of this machine and with pip's configuration."""
        environment, folders = pip_configuration() if "pip install" in step.rest else ({}, [])
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        binds = [("--bind", "-o", "ro", folder, str(self.root) + folder) for folder in folders]
        for folder in folders:
            self.inside(PurePosixPath(folder)).mkdir(parents=True, exist_ok=True)
        with mounted(("-t", "proc", "proc", f"{self.root}/proc"), *binds):
            environment = {**PLAIN, **environment, **self.stage.environment}
            run(
                "chroot",
                self.root,
                "/bin/sh",
                "-ec",
                f"cd {self.folder}; {step.rest}",
                environment=environment,
            )


def ignored(folder: str, names: list[str]) -> set[str]:
    """What .dockerignore keeps out of a folder of the context."""
    text = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    inside = PurePosixPath(folder).relative_to(ROOT)
    return {name for name in names if is_ignored(inside / name, text)}


def pip_configuration() -> tuple[dict[str, str], list[str]]:
    """What this machine tells pip, as environment variables, and the folders of this machine it speaks of."""
    lines = subprocess.check_output([sys.executable, "-m", "pip", "config", "list"], text=True).splitlines()
    pairs = [line.partition("=") for line in lines]
    told = {
        f"PIP_{name.split('.')[-1].upper().replace('-', '_')}": ast.literal_eval(value)
        for name, _, value in pairs
    }
    passed = ("http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE")
    told |= {name: value for name, value in os.environ.items() if name in passed or name.upper() in passed}
    paths = [Path(word.removeprefix("file://")) for word in " ".join(told.values()).split()]
    found = {
        path.parent if path.name == "simple" or path.is_file() else path
        for path in paths
        if path.is_absolute()
    }
    return told, sorted(str(path) for path in found if path.is_dir() and path != Path("/"))
