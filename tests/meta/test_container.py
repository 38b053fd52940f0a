"""What the Dockerfile, compose.yaml and .dockerignore promise, as far as reading them can tell.

`make container-check` walks the steps and runs the bot in what they make.
"""

import re
from pathlib import Path, PurePosixPath

import pytest
import yaml

from config.settings import Settings
from scripts.dockerfile import is_ignored, read

ROOT = Path(__file__).parents[2]
BUILD, IMAGE = read(ROOT / "Dockerfile")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
BOTS = {"bot", "bot-0", "bot-1"}
FIXED = re.compile(r"[a-z/]+:[a-z0-9.-]*\d[a-z0-9.-]*")


class TestImage:
    def test_it_runs_as_a_user_by_number_with_what_belongs_to_root(self):
        assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", IMAGE.last("USER").rest)
        after = IMAGE.steps[IMAGE.steps.index(IMAGE.last("USER")) :]
        assert not {"RUN", "COPY"} & {step.name for step in after}
        assert not any("--chown" in step.rest for step in IMAGE.all("COPY"))

    def test_it_starts_checks_and_stops_without_a_shell(self):
        assert IMAGE.last("ENTRYPOINT").listed == ["python", "-m", "bot"]
        assert IMAGE.last("CMD").listed == ["run"]
        assert IMAGE.health_check == ["python", "-m", "bot", "health"]
        assert IMAGE.last("STOPSIGNAL").rest == "SIGTERM"

    def test_both_stages_stand_on_one_base_of_a_fixed_python_and_debian(self):
        assert BUILD.base == IMAGE.base
        assert re.fullmatch(r"python:3\.\d+-slim-[a-z]+", IMAGE.base)

    def test_every_file_comes_from_the_stage_that_built_it(self):
        assert [step.words[0] for step in IMAGE.all("COPY")] == ["--from=build"] * 2
        assert all(step.name != "ADD" for stage in (BUILD, IMAGE) for step in stage.steps)

    def test_what_it_writes_lies_in_the_volume(self):
        assert IMAGE.last("VOLUME").listed == ["/data"]
        ours = {k: v for k, v in IMAGE.environment.items() if k.startswith("STEPFORWARD_")}
        assert {name.removeprefix("STEPFORWARD_").lower() for name in ours} <= set(Settings.model_fields)
        assert all("/data/" in value for value in ours.values())
        assert IMAGE.environment["PYTHONDONTWRITEBYTECODE"] == "1"

    def test_an_instruction_the_check_does_not_know_is_refused(self, tmp_path):
        (tmp_path / "Dockerfile").write_text("FROM x\n# a comment\nRUN a \\\n  # within\n  b\nADD c d\n")
        with pytest.raises(ValueError, match="Dockerfile:6: ADD"):
            read(tmp_path / "Dockerfile")


class TestContext:
    @pytest.mark.parametrize(
        "path",
        [
            ".env", ".git/config", "data/stepforward.sqlite3", "tests/conftest.py", "secrets/token", "bot/.env",
            "bot/demo/launch.py", "bot/__pycache__/app.pyc", "config/host.key", "config/bot.sqlite3-wal",
            "requirements-dev.txt", "README.md", "docs/scale.md",
        ],
    )  # fmt: skip
    def test_it_leaves_out(self, path):
        assert is_ignored(PurePosixPath(path), (ROOT / ".dockerignore").read_text(encoding="utf-8"))

    @pytest.mark.parametrize("path", ["requirements.txt", "bot/app.py", "cogs/help/cog.py", "config/care.py"])
    def test_it_takes_along(self, path):
        assert not is_ignored(PurePosixPath(path), (ROOT / ".dockerignore").read_text(encoding="utf-8"))

    def test_it_names_what_must_never_get_in(self):
        lines = set((ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines())
        assert {"*", ".git", ".env", "secrets/", "data/", "tests/", "bot/demo/"} <= lines

    def test_the_repository_takes_no_secret_either(self):
        assert {".env", "/secrets/"} <= set((ROOT / ".gitignore").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("name", sorted(SERVICES))
class TestServices:
    def test_it_can_do_little(self, name):
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "/tmp" in service["tmpfs"]  # noqa: S108 - the container's own
        assert service["pids_limit"]
        assert service["mem_limit"]
        assert not {"ports", "privileged", "cap_add", "network_mode", "pid"} & set(service)
        assert service.get("user", "") != "root"

    def test_it_names_the_version_of_its_image(self, name):
        assert FIXED.fullmatch(SERVICES[name]["image"]) or SERVICES[name]["image"] == "stepforward:local"

    def test_its_secrets_are_files_and_nothing_else(self, name):
        service = SERVICES[name]
        assert set(service["secrets"]) <= set(COMPOSE["secrets"])
        assert not re.search(r"(TOKEN|PASSWORD|SECRET_KEY)'?:", str(service.get("environment", {})))


class TestTogether:
    def test_a_profile_is_always_chosen_so_that_two_bots_never_share_a_token_by_mistake(self):
        assert SERVICES["bot"]["profiles"] == ["sqlite"]
        assert all(SERVICES[name]["profiles"] == ["postgres"] for name in set(SERVICES) - {"bot"})
        assert "\nCOMPOSE_PROFILES=sqlite\n" in (ROOT / ".env.example").read_text(encoding="utf-8")

    def test_two_bots_share_all_shards_once_the_schema_is_there(self):
        both = [SERVICES["bot-0"], SERVICES["bot-1"]]
        ids = [
            Settings(_env_file=None, shards=one["environment"]["STEPFORWARD_SHARDS"]).shard_ids
            for one in both
        ]
        assert ids == [([0], 2), ([1], 2)]
        for one in both:
            assert one["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert SERVICES["migrate"]["command"] == ["migrate"]
        assert SERVICES["migrate"]["restart"] == "no"

    def test_every_secret_of_a_bot_is_a_setting(self):
        named = {secret for name in BOTS | {"migrate"} for secret in SERVICES[name]["secrets"]}
        assert {name.removeprefix("stepforward_") for name in named} <= set(Settings.model_fields)
        assert all(secret == {"file": f"secrets/{name}"} for name, secret in COMPOSE["secrets"].items())

    def test_a_bot_gets_twice_the_ten_seconds_it_needs_to_end(self):
        assert {SERVICES[name]["stop_grace_period"] for name in BOTS} == {"20s"}

    def test_the_database_reaches_nobody(self):
        assert COMPOSE["networks"]["database"] == {"internal": True}
        assert SERVICES["postgres"]["networks"] == ["database"]
