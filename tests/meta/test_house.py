"""House rules that neither ruff nor import-linter can say. Each test names the rule and the place that broke it."""

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from config.settings import Settings

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.txt"))
SOURCES = sorted(path for top in ("bot", "cogs", "config") for path in (ROOT / top).rglob("*.py"))
# A migration is written once and never edited, so it may be as long as the change is.
EDITED = [path for path in SOURCES if "migrations" not in path.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# The interaction; one row of a tick; main. A demo is a program of its own with a loop of its own.
BOUNDARIES = (
    "bot/ui/request.py",
    "bot/services/nudges.py",
    "bot/services/deliveries.py",
    "bot/services/sending.py",
    "bot/delivery/",
    "bot/app.py",
    "bot/cli/",
    "bot/demo/",
)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def where(path: Path, node: ast.AST | None = None) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


def walk(paths: list[Path], kind: type | tuple[type, ...]) -> Iterator[tuple[Path, ast.AST]]:
    return ((path, node) for path in paths for node in nodes(path) if isinstance(node, kind))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def called(node: ast.Call) -> str:
    """`a.b.c` of what is called; of something that is no plain name, what comes after it."""
    names: list[str] = []
    at = node.func
    while isinstance(at, ast.Attribute):
        names, at = [at.attr, *names], at.value
    return ".".join([at.id, *names] if isinstance(at, ast.Name) else names)


class TestDependence:
    def test_the_domain_imports_the_standard_library_and_bot_errors_alone(self):
        wrong = [
            f"{where(path)} imports {name}"
            for path in SOURCES
            if path.is_relative_to(ROOT / "bot" / "domain")
            for name in imported(tree(path))
            if name.split(".")[0] not in sys.stdlib_module_names
            and not name.startswith(("bot.domain", "bot.errors"))
        ]
        assert not wrong, "\n".join(wrong)

    def test_a_cog_package_holds_setup_and_no_more(self):
        wrong = [
            where(path, node)
            for path in SOURCES
            if path.match("cogs/*/__init__.py")
            for node in tree(path).body
            if isinstance(node, ast.ClassDef) or (isinstance(node, ast.FunctionDef) and node.name != "setup")
        ]
        assert not wrong, "\n".join(wrong)


class TestSize:
    def test_files_stay_small(self):
        lines = {where(path): len(path.read_text(encoding="utf-8").splitlines()) for path in EDITED}
        assert {name: count for name, count in lines.items() if count > 300} == {}
        assert sum(count > 240 for count in lines.values()) <= len(lines) / 10
        assert statistics.median(lines.values()) <= 120

    def test_functions_stay_short(self):
        wrong = [
            f"{where(path, node)} {node.name} has {length} lines"
            for path, node in walk(EDITED, (ast.FunctionDef, ast.AsyncFunctionDef))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (length := (node.end_lineno or 0) - node.lineno + 1) > 40
        ]
        assert not wrong, "\n".join(wrong)

    def test_no_module_is_a_drawer_for_everything(self):
        drawers = {"utils", "util", "helpers", "helper", "manager", "managers", "core", "misc", "common"}
        assert [where(path) for path in SOURCES + TESTS if drawers & {path.stem, path.parent.name}] == []


class TestErrors:
    def test_everything_is_caught_at_the_boundaries_alone(self):
        wrong = [
            where(path, node)
            for path, node in walk(SOURCES, ast.ExceptHandler)
            if isinstance(node, ast.ExceptHandler)
            and (node.type is None or ast.unparse(node.type) == "Exception")
            and not where(path).startswith(BOUNDARIES)
        ]
        assert not wrong, "\n".join(wrong)

    def test_every_exemption_from_a_check_says_its_reason(self):
        exempt = re.compile(r"# (noqa|type: ignore)\b")
        reasoned = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]) *(-|#) \w")
        wrong = [
            f"{path.relative_to(ROOT)}:{number}"
            for path in SOURCES + TESTS
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if exempt.search(line) and not reasoned.search(line) and "re.compile" not in line
        ]
        assert not wrong, "\n".join(wrong)


class TestText:
    def test_no_code_comes_out_of_text(self):
        forbidden = {"eval", "exec", "compile", "pickle.loads", "pickle.load", "yaml.load", "marshal.loads"}
        calls = [(path, node) for path, node in walk(SOURCES, ast.Call) if isinstance(node, ast.Call)]
        assert [where(path, node) for path, node in calls if called(node) in forbidden] == []

    def test_no_format_string_is_made_out_of_what_somebody_typed(self):
        wrong = [
            where(path, node)
            for path, node in walk(SOURCES, ast.Attribute)
            if isinstance(node, ast.Attribute) and node.attr == "format_map"
        ]
        assert not wrong, "\n".join(wrong)


class TestTests:
    def test_every_mock_has_the_shape_of_what_it_stands_for(self):
        mocks = {"Mock", "MagicMock", "AsyncMock", "NonCallableMock"}
        wrong = [
            where(path, node)
            for path, node in walk(TESTS, ast.Call)
            if isinstance(node, ast.Call)
            and called(node).split(".")[-1] in mocks
            and not {"spec", "spec_set"} & {keyword.arg for keyword in node.keywords}
        ]
        assert not wrong, "\n".join(wrong)

    def test_no_test_sleeps(self):
        calls = [(path, node) for path, node in walk(TESTS, ast.Call) if isinstance(node, ast.Call)]
        assert [where(path, node) for path, node in calls if called(node) == "time.sleep"] == []


class TestPackages:
    @pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
    def test_a_lock_pins_and_hashes_everything_and_names_no_address(self, lock):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        entries = re.split(r"\n(?=[a-z0-9])", "\n" + re.sub(r"(?m)^\s*#.*\n?", "", text))[1:]
        assert len(entries) > 20
        for entry in entries:
            assert re.match(r"[a-z0-9-]+==\S+ (; .+ )?\\\n", entry), entry[:80]
            assert "--hash=sha256:" in entry, entry[:80]

    def test_every_dependency_is_in_the_lock_of_its_extra(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = project["optional-dependencies"]
        wanted = {
            "requirements.txt": project["dependencies"],
            "requirements-demo.txt": project["dependencies"] + extras["demo"],
            "requirements-dev.txt": project["dependencies"] + extras["demo"] + extras["dev"],
        }
        assert {lock.name for lock in LOCKS} == set(wanted)
        for name, requirements in wanted.items():
            locked = set(re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / name).read_text(encoding="utf-8")))
            needed = {re.split(r"[\[<>=~! ]", line)[0].lower().replace(".", "-") for line in requirements}
            assert needed - locked - {"stepforward"} == set()

    @pytest.mark.parametrize("name", ["Makefile", "Dockerfile"])
    def test_nothing_is_installed_that_was_not_locked(self, name):
        text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
        installs = [line for line in text.splitlines() if "pip install" in line and "echo" not in line]
        assert installs
        assert all("--require-hashes" in line and "--only-binary :all:" in line for line in installs)

    def test_a_changed_hash_stops_the_installation(self, tmp_path):
        wheel = tmp_path / "nothing-1.0-py3-none-any.whl"
        wheel.write_bytes(b"not what was locked")
        lock = tmp_path / "lock.txt"
        lock.write_text(f"nothing==1.0 --hash=sha256:{'0' * 64}\n")
        command = [sys.executable, "-m", "pip", "install", "--isolated", "--dry-run", "--no-index"]
        command += [
            "--find-links",
            str(tmp_path),
            "--require-hashes",
            "--only-binary",
            ":all:",
            "-r",
            str(lock),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode != 0
        assert "DO NOT MATCH THE HASHES" in done.stderr


class TestSettings:
    def test_the_example_names_every_setting_and_no_other(self):
        example = (ROOT / ".env.example").read_text(encoding="utf-8")
        named = set(re.findall(r"(?m)^#?(STEPFORWARD_[A-Z_]+)=", example))
        assert named == {f"STEPFORWARD_{name.upper()}" for name in Settings.model_fields}

    def test_no_token_lies_in_the_repository(self):
        token = re.compile(rb"[MNO][A-Za-z\d_-]{23,25}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,}")
        folders = ("bot", "cogs", "config", "tests", "scripts", "docs", ".ci")
        files = [path for top in folders for path in (ROOT / top).rglob("*") if path.is_file()]
        files += [path for path in ROOT.iterdir() if path.is_file() and path.name != ".env"]
        assert [where(path) for path in files if token.search(path.read_bytes())] == []
