from datetime import timedelta

import pytest

from bot.operations.metrics import Metrics

SECOND = timedelta(seconds=1)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics("1")


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(f"stepforward_{name}", labels)


def test_lateness_counts_check_ins_that_were_sent_and_nothing_else(metrics):
    metrics.settled("checkin", "sent", "ok", 40 * SECOND)
    metrics.settled("checkin", "sent", "ok", -SECOND)
    metrics.settled("checkin", "unknown", "no-answer", 90 * SECOND)
    metrics.settled("weekly", "sent", "ok", 90 * SECOND)
    assert value(metrics, "nudge_lateness_seconds_count") == 2
    assert value(metrics, "nudge_lateness_seconds_bucket", le="30.0") == 1
    assert value(metrics, "nudge_lateness_seconds_bucket", le="60.0") == 2
    assert value(metrics, "deliveries_total", purpose="checkin", outcome="sent", reason="ok") == 2


@pytest.mark.parametrize(
    "reason, kept", [("50007", "50007"), ("a secret of Ada's", "other"), ("1" * 7, "other")]
)
def test_a_reason_that_is_not_known_makes_no_series_of_its_own(metrics, reason, kept):
    metrics.settled("checkin", "refused", reason, SECOND)
    assert value(metrics, "deliveries_total", purpose="checkin", outcome="refused", reason=kept) == 1


def test_requests_limits_and_writes_are_counted(metrics):
    metrics.requested(200)
    metrics.requested(429, "shared")
    metrics.wrote(0.004)
    metrics.found_full()
    metrics.connection("resumed")
    assert value(metrics, "discord_requests_total", status="429") == 1
    assert value(metrics, "discord_rate_limited_total", scope="shared") == 1
    assert value(metrics, "database_write_seconds_bucket", le="0.005") == 1
    assert value(metrics, "database_full_total") == 1
    assert value(metrics, "gateway_events_total", event="resumed") == 1
