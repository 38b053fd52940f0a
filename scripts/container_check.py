"""Proves the image without a Docker engine: `make container-check`. It takes a few minutes, and needs root and debootstrap.

The Dockerfile's own steps in a clean Debian, then the bot in it as `compose.yaml` runs it, against a stand-in for Discord.
What it cannot prove: Docker's own reading of the two files, and the limits of memory and processes.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from container_postgres import postgres  # noqa: E402
from container_root import build  # noqa: E402 - run from its file, not as a module
from dockerfile import Stage  # noqa: E402

from tests.process.stories import consent, log, shown, verb  # noqa: E402
from tests.standin import BotProcess, Standin, StandinThread  # noqa: E402

RUN = str(ROOT / "scripts" / "container_run.py")
TOKEN = "a-secret-from-a-file"  # noqa: S105 - the stand-in takes any
HEALTH = "127.0.0.1:18080"
GRACE = 10.0
MEMBER = 4001
SECRET = re.compile(rb"[MNO][A-Za-z\d_-]{23,25}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,}|BEGIN [A-Z ]*PRIVATE KEY")
FORBIDDEN = re.compile(r"(^|/)(\.env.*|\.git|tests|secrets|demo|[^/]+\.key|[^/]+\.sqlite3[^/]*)$")


class Container:
    """The built root, with a volume and a folder of secrets."""

    def __init__(self, root: Path, image: Stage, work: Path) -> None:
        self.root, self.image = root, image
        self.user = int(image.last("USER").rest.partition(":")[0])
        self.work, self.data, self.secrets = work, work / "data", work / "secrets"
        (root / "run/secrets").mkdir(parents=True, exist_ok=True)  # Docker makes the places it mounts on
        self.secrets.mkdir(mode=0o755)
        self.fresh()

    def fresh(self) -> None:
        """An empty volume: it gets the owner and the mode that the image gave the folder."""
        shutil.rmtree(self.data, ignore_errors=True)
        subprocess.run(["cp", "-a", "--no-target-directory", self.root / "data", self.data], check=True)

    @property
    def before(self) -> tuple[str, ...]:
        """The words before a command that runs inside."""
        return (RUN, str(self.root), str(self.data), str(self.secrets))

    def does(self, *words: str, code: int = 0, settings: dict[str, str] | None = None) -> str:
        """Run words inside, expect an exit code, and give what was printed."""
        told = {name: value for name, value in os.environ.items() if not name.startswith("STEPFORWARD_")}
        told |= {"STEPFORWARD_HEALTH": HEALTH} | (settings or {})
        command = [sys.executable, *self.before, *words]
        done = subprocess.run(command, capture_output=True, text=True, env=told, check=False, timeout=120)
        said = done.stdout + done.stderr
        expect(
            done.returncode == code, f"{' '.join(words)[:60]} ended with {done.returncode}, not {code}", said
        )
        return said.strip()

    def bot(self, *words: str, code: int = 0) -> str:
        """The image's entry point with a command."""
        return self.does(*self.image.last("ENTRYPOINT").listed, *words, code=code)

    def put(self, name: str, secret: str, mode: int = 0o644) -> None:
        """A secret as a file, for whom its mode lets."""
        (self.secrets / name).write_text(secret + "\n")
        (self.secrets / name).chmod(mode)

    def started(self, standin: Standin, folder: Path, **settings: str) -> BotProcess:
        """The image's own command against a stand-in, with its output in a folder; not started yet."""
        told = {
            name: value for name, value in self.image.environment.items() if name.startswith("STEPFORWARD_")
        }
        told |= {"STEPFORWARD_DISCORD_TOKEN": "", "STEPFORWARD_HEALTH": HEALTH, **settings}
        told["STEPFORWARD_BACKUP_NIGHTLY"] = "true"
        words = (*self.image.last("ENTRYPOINT").listed, *self.image.last("CMD").listed)
        return BotProcess(standin, folder, argv=(*self.before, *words), token=TOKEN, env=told)


def expect(truth: object, complaint: str, more: str = "") -> None:
    """End with a complaint unless something is true."""
    if not truth:
        raise SystemExit(f"WRONG  {complaint}\n{more[-4000:]}".rstrip())


@contextmanager
def timed(what: str) -> Iterator[None]:
    """A line that names what went well, and how long it took."""
    begun = time.monotonic()
    yield
    print(f"ok     {what} ({time.monotonic() - begun:.1f} s)", flush=True)


def holds_nothing_it_should_not(box: Container) -> None:
    """No secret, no test, no demo, and nothing but root's files, in what our steps put into the root."""
    for place in ("app", "venv", "data", "root", "tmp", "build", "home"):
        for path in (box.root / place).rglob("*"):
            inside = path.relative_to(box.root).as_posix()
            ours = place != "venv"
            expect(not ours or not FORBIDDEN.search(inside), f"{inside} is in the image")
            expect(path.lstat().st_uid == 0, f"{inside} is not root's")
            if ours and path.is_file():
                expect(not SECRET.search(path.read_bytes()), f"{inside} holds what looks like a secret")
    expect((box.root / "data").stat().st_uid == box.user, "/data is not the user's")
    expect(not list((box.root / "data").iterdir()), "/data is not empty")


def can_do_little(box: Container) -> None:
    """What a process finds around it: no rights, nothing to write on but /data and /tmp, all modules, all zones."""
    inside = (ROOT / "scripts" / "container_inside.py").read_text(encoding="utf-8")
    found = json.loads(box.does("python", "-c", inside).splitlines()[-1])
    status = found["status"]
    expect(
        status["Uid"] == status["Gid"] == [str(box.user)] * 4, f"it runs as {status['Uid']}, {status['Gid']}"
    )
    expect(not status["Groups"], f"it is in the groups {status['Groups']}")
    expect(
        {int(status[name][0], 16) for name in ("CapEff", "CapBnd", "CapPrm")} == {0},
        f"it has rights: {status}",
    )
    expect(status["NoNewPrivs"] == ["1"], "it may gain privileges")
    expect(set(found["writable"]) <= {"/data", "/tmp"}, f"it may write to {found['writable']}")
    expect(not found["uncompiled"], f"without bytecode: {found['uncompiled'][:5]}")
    expect(len(found["absent"]) == 5, f"of what must be absent only {found['absent']} is")
    print(f"       {len(found['modules'])} modules imported; writable: {found['writable']}; {found['zones']}")


def speaks_clearly(box: Container) -> None:
    """The commands a host tries first, without a token."""
    expect("in order" in box.bot("check-content"), "check-content")
    expect("there is none" in box.bot("doctor", code=1), "doctor does not miss the token")
    lines = box.bot("run", code=2).splitlines()
    expect(
        len(lines) == 1 and "no token" in lines[0],
        "run without a token is not one clear line",
        "\n".join(lines),
    )
    box.does(*box.image.health_check, code=1)
    box.put("stepforward_discord_token", TOKEN, 0o600)
    lines = box.bot("run", code=2).splitlines()
    expect(
        len(lines) == 1 and "cannot be read" in lines[0], "a closed secret is not one line", "\n".join(lines)
    )
    box.put("stepforward_discord_token", TOKEN)
    expect(not list(box.data.iterdir()), "something was written without a token")


def runs_and_stops(box: Container) -> None:
    """A whole evening: start, a member's first log, health, a backup, SIGTERM; then a second start on the same data."""
    with StandinThread() as standin, tempfile.TemporaryDirectory() as logs:
        with box.started(standin, Path(logs)) as bot:
            logs_a_no(standin)
            begun = time.monotonic()
            expect("well" in box.does(*box.image.health_check), "the health check is red")
            print(f"       health check {time.monotonic() - begun:.2f} s; {state(bot.pid)}")
            box.bot("backup")
            keeps_to_itself(bot.pid)
            stop(bot)
        bot.start().wait_ready()
        stop(bot)
    kept = sorted(path.relative_to(box.data).as_posix() for path in box.data.rglob("*") if path.is_file())
    expect("stepforward.sqlite3" in kept and "stepforward.key" in kept, f"the volume holds {kept}")
    expect(any(name.startswith("backups/") for name in kept), f"there is no backup in {kept}")
    print(f"       the volume: {', '.join(kept)}")


def shares_postgres(box: Container) -> None:
    """The other profile: the schema by `migrate`, then two bots that start at once on one new volume."""
    box.fresh()
    with postgres() as address, StandinThread() as standin, tempfile.TemporaryDirectory() as logs:
        box.put("stepforward_database_url", address)
        expect("empty ->" in box.bot("migrate"), "migrate did not make the schema")
        standin.gateway.shards = 2
        folders = [Path(logs, str(number)) for number in range(2)]
        bots = []
        try:
            for number, folder in enumerate(folders):
                folder.mkdir()
                settings = {"STEPFORWARD_SHARDS": f"{number}-{number}/2"}
                settings["STEPFORWARD_HEALTH"] = HEALTH if number == 0 else HEALTH[:-1] + "1"
                bots.append(box.started(standin, folder, **settings).start())
            standin.wait(
                lambda: {one.shard for one in standin.gateway.identifies if one.accepted} == {0, 1}, 90
            )
            logs_a_no(standin)
            box.does(*box.image.health_check)
            box.does(*box.image.health_check, settings={"STEPFORWARD_HEALTH": HEALTH[:-1] + "1"})
            for bot in bots:
                keeps_to_itself(bot.pid, secret=address)
                stop(bot)
        finally:
            for bot in bots:
                bot.__exit__(None, None, None)
    kept = sorted(path.relative_to(box.data).as_posix() for path in box.data.rglob("*") if path.is_file())
    databases = [name for name in kept if ".sqlite3" in name and not name.startswith("backups/")]
    expect("stepforward.key" in kept and not databases, f"the volume holds {kept}")


def logs_a_no(standin: Standin) -> None:
    """A new member's first log, to the end."""
    guild = standin.world.guild()
    asked = shown(standin, log(standin, MEMBER, guild, text="They said no"))
    saved = shown(standin, consent(standin, MEMBER, asked, guild))
    expect(verb(saved, "talk"), "the log was not saved")


def state(pid: int) -> str:
    """What it takes, beside what compose.yaml allows."""
    status = Path(f"/proc/{pid}/status").read_text()
    peak, threads = re.search(r"VmHWM:\s+(\d+)", status), re.search(r"Threads:\s+(\d+)", status)
    assert peak
    assert threads
    return f"peak {int(peak[1]) / 1024:.0f} MiB, {threads[1]} threads"


def keeps_to_itself(pid: int, secret: str = TOKEN) -> None:
    """No secret in the environment or the arguments, and one listening port, on loopback."""
    for name in ("environ", "cmdline"):
        told = Path(f"/proc/{pid}/{name}").read_bytes()
        expect(TOKEN.encode() not in told and secret.encode() not in told, f"a secret is in {name}")
    sockets = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    rows = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()
    ]
    listening = [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets]
    expect(len(listening) == 1 and listening[0].startswith("0100007F:"), f"it listens on {listening}")


def stop(bot: BotProcess) -> None:
    """End it as Docker does."""
    begun = time.monotonic()
    expect(bot.terminate(GRACE) == 0, "SIGTERM did not end it with 0", bot.output())
    expect("Traceback" not in bot.output() and TOKEN not in bot.output(), "the log", bot.output())
    print(f"       SIGTERM: ended with 0 after {time.monotonic() - begun:.2f} s")


CHECKS: tuple[Callable[[Container], None], ...] = (
    holds_nothing_it_should_not,
    can_do_little,
    speaks_clearly,
    runs_and_stops,
    shares_postgres,
)


def main() -> None:
    """Build, then every check."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--base", type=Path, help="a Debian root from an earlier run, instead of a new one")
    options.add_argument("--keep", type=Path, help="build here, and leave it there")
    given = options.parse_args()
    if sys.platform != "linux" or os.geteuid() != 0:
        raise SystemExit(
            "This check makes a Debian root and mounts in it, so it needs Linux and root:\n"
            "    sudo make container-check\n"
            "With Docker at hand, `docker build .` and `docker compose up` show the same."
        )
    with tempfile.TemporaryDirectory(prefix="container-check-") as temporary:
        work = Path(given.keep or temporary)
        work.mkdir(parents=True, exist_ok=True)
        work.chmod(0o755)
        with timed("the Dockerfile's steps in a clean Debian"):
            box = Container(*build(work, given.base), work)
        for check in CHECKS:
            with timed(check.__name__.replace("_", " ")):
                check(box)


if __name__ == "__main__":
    main()
