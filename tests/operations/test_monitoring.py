"""The files a host gives to Prometheus and Grafana: they parse, and every series they name is one the bot shows."""

import json
import re

import pytest
import yaml

from bot.operations.metrics import Metrics
from config.documents import ROOT
from tests.operations.vitals import WELL

FOLDER = ROOT / "config" / "monitoring"
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
RULES = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
SERIES = re.compile(r"\bstepforward_[a-z_]+")


@pytest.fixture(scope="module")
def shown() -> set[str]:
    """Every series of a bot that is well, also those that have no value yet."""
    metrics = Metrics("1")
    metrics.page(WELL)
    families = list(metrics.registry.collect())
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
    return {family.name + ending for family in families for ending in endings[family.type]}


def queries() -> list[str]:
    asked = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    return [*asked, *(one["query"]["query"] for one in DASHBOARD["templating"]["list"])]


def test_every_series_of_the_dashboard_and_the_alerts_is_shown(shown):
    named = {
        name for text in (*queries(), *(rule["expr"] for rule in RULES)) for name in SERIES.findall(text)
    }
    assert len(named) > 20
    assert named - shown == set()


def test_every_figure_of_ours_is_drawn_or_watched(shown):
    named = {
        name for text in (*queries(), *(rule["expr"] for rule in RULES)) for name in SERIES.findall(text)
    }
    ours = {re.sub(r"_(bucket|count|sum)$", "", name) for name in shown if "_process_" not in name}
    drawn = {re.sub(r"_(bucket|count|sum)$", "", name) for name in named}
    assert ours - drawn == set()


def test_every_alert_says_what_it_means_and_what_to_do():
    assert len({rule["alert"] for rule in RULES}) == len(RULES) >= 10
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["for"]
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"]


def test_the_dashboard_can_be_imported_and_no_panel_lies_over_another():
    assert DASHBOARD["__inputs"][0]["name"] == "DS_PROMETHEUS"
    numbers = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(numbers) == len(set(numbers))
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert at["x"] + at["w"] <= 24
        assert not cells & taken
        taken |= cells
