"""Reads the few instructions our Dockerfile is made of, so that its steps are written down once.

For `make container-check` and the test of the image's properties. No parser for any Dockerfile: what it does not know
is refused, so that nothing is left out in silence.
"""

import json
import re
import shlex
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

BUILDING = {"ARG", "FROM", "RUN", "COPY", "WORKDIR", "ENV"}
RUNNING = {"USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
BASE_PATH = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
"""What the python image has as PATH."""


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: its name, what follows, and the line it begins on."""

    name: str
    rest: str
    line: int

    @property
    def words(self) -> list[str]:
        """What follows as words, or as the list it is in the exec form."""
        return self.listed if self.is_exec else shlex.split(self.rest)

    @property
    def is_exec(self) -> bool:
        """Whether it needs no shell: ["python", "-m", "bot"]."""
        return self.rest.startswith("[")

    @property
    def listed(self) -> list[str]:
        """The words of the exec form."""
        words: list[str] = json.loads(self.rest)
        return words


@dataclass(frozen=True, slots=True)
class Stage:
    """One FROM and what is done on it."""

    base: str
    name: str
    steps: tuple[Step, ...]

    def all(self, name: str) -> list[Step]:
        """The instructions of this name."""
        return [step for step in self.steps if step.name == name]

    def last(self, name: str) -> Step:
        """The instruction of this name that counts."""
        return self.all(name)[-1]

    @property
    def environment(self) -> dict[str, str]:
        """What ENV sets, beside what the base sets."""
        pairs = (word.partition("=") for step in self.all("ENV") for word in shlex.split(step.rest))
        return {"PATH": BASE_PATH} | {name: value.replace("$PATH", BASE_PATH) for name, _, value in pairs}

    @property
    def health_check(self) -> list[str]:
        """The words of the health check, which is in the exec form."""
        return Step("CMD", self.last("HEALTHCHECK").rest.partition("CMD ")[2], 0).listed


def read(path: Path) -> list[Stage]:
    """The stages of a Dockerfile. Raises ValueError for an instruction we do not know."""
    stages: list[tuple[str, str, list[Step]]] = []
    given: dict[str, str] = {}
    for step in _steps(path.read_text(encoding="utf-8")):
        if step.name == "FROM":
            base, _, name = re.sub(r"\$\{(\w+)\}", lambda m: given[m[1]], step.rest).partition(" AS ")
            stages.append((base, name, []))
        elif step.name == "ARG" and not stages:
            name, _, value = step.rest.partition("=")
            given[name] = value
        elif step.name in (BUILDING | RUNNING) - {"ARG"} and stages:
            stages[-1][2].append(step)
        else:
            raise ValueError(f"{path.name}:{step.line}: {step.name} is not known here")
    return [Stage(base, name, tuple(steps)) for base, name, steps in stages]


def is_ignored(path: PurePosixPath, dockerignore: str) -> bool:
    """Whether a path of the context stays out. The last line that fits it, or a folder above it, decides."""
    out = False
    for line in dockerignore.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pattern = line.strip().removeprefix("!").rstrip("/")
        anywhere = pattern.startswith("**/")
        parts = (path, *path.parents[:-1])
        if any(fnmatch(part.name if anywhere else str(part), pattern.removeprefix("**/")) for part in parts):
            out = not line.startswith("!")
    return out


def _steps(text: str) -> list[Step]:
    """The instructions, each on one line, without comments (which may stand between continued lines)."""
    steps, parts, begun = [], [], 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        begun = begun or number
        parts.append(line.strip().removesuffix("\\").strip())
        if not line.rstrip().endswith("\\"):
            name, _, rest = " ".join(parts).partition(" ")
            steps.append(Step(name.upper(), rest.strip(), begun))
            parts, begun = [], 0
    return steps
