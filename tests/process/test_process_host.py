"""What a host sees of a running bot: its two pages, its log, its nightly copy and its spare file."""

import json
import re
import urllib.request
from pathlib import Path

import pytest

from tests.process.forked import ForkedBot
from tests.process.rows import New, Rows
from tests.process.stories import PATIENCE, said
from tests.standin import StandinThread
from tests.standin.faults import refused
from tests.standin.people import texts

MEMBER, OTHER, HOST = 800, 801, 802


def page(port: str, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
        return str(answer.read().decode())


@pytest.mark.timeout(300)
def test_health_figures_copy_and_log_of_a_running_bot(tmp_path: Path) -> None:
    with StandinThread() as standin:
        rows, guild = Rows(tmp_path), standin.world.guild()
        rows.fill(standin, New(MEMBER), New(OTHER))
        standin.faults.add("POST", f"/channels/{standin.world.dm(OTHER)}/messages", refused(50035))
        env = {
            "STEPFORWARD_HEALTH": "127.0.0.1:0",
            "STEPFORWARD_BACKUP_NIGHTLY": "true",
            "STEPFORWARD_LOG_FORMAT": "json",
            "STEPFORWARD_OPERATOR_ID": str(HOST),
        }
        with ForkedBot(standin, tmp_path, env=env) as bot:
            said(standin, standin.slash(MEMBER, "rejection list", guild=guild))
            standin.wait(lambda: standin.world.dms_to(MEMBER), PATIENCE)
            standin.wait(lambda: standin.world.dms_to(OTHER) and bot.output().count("sent ok") == 2, PATIENCE)
            standin.wait(lambda: standin.world.dms_to(HOST), PATIENCE)
            assert "50035" in texts(standin.world.dms_to(HOST)[0].payload)
            standin.wait(lambda: list(tmp_path.glob("backups/stepforward-*.sqlite3")), PATIENCE)
            standin.wait((tmp_path / "bot.sqlite3.ballast").exists, PATIENCE)
            found = re.search(r"/health and /metrics on 127\.0\.0\.1:(\d+)", bot.output())
            assert found
            health = json.loads(page(found[1], "/health"))
            assert (health["status"], health["reasons"]) == ("green", [])
            figures = page(found[1], "/metrics")
            for line in (
                "stepforward_healthy 1.0",
                "stepforward_nudge_lateness_seconds_count 2.0",
                'stepforward_deliveries_total{outcome="fallback",purpose="checkin",reason="50035"} 1.0',
                'stepforward_first_answer_seconds_count{kind="command",name="rejection list"} 1.0',
                'stepforward_gateway_connected{shard="0"} 1.0',
                'stepforward_gateway_events_total{event="identified"} 1.0',
            ):
                assert line in figures.splitlines(), figures
            assert not {str(MEMBER), str(OTHER), str(guild.id)} & set(re.findall(r"\d+", figures))
            assert bot.terminate() == 0
        assert all(json.loads(line)["level"] for line in bot.output().splitlines())
