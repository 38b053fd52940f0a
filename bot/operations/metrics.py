"""Every figure the bot shows to Prometheus, in one registry of its own. The only importer of prometheus_client."""

from datetime import datetime, timedelta

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.domain.nudges import Purpose
from bot.operations.health import judge
from bot.operations.vitals import Disk, Queue, Shard, Vitals

LATE = (1, 5, 15, 30, 60, 120, 300, 900, 3600, 6 * 3600, 24 * 3600)
ANSWER = (0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
WRITE = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0)
PREFIX = "stepforward_"
REASONS = frozenset({"ok", "no-answer", "rate-limit", "banned", "unconfirmed"})
OTHER = "other"
CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """The instruments. Labels are bounded: what is not known beforehand counts as `other`."""

    def __init__(self, version: str) -> None:
        # A line for each series that says when it began, and that nobody draws.
        disable_created_metrics()  # type: ignore[no-untyped-call] # it comes without types
        self.registry = CollectorRegistry()
        self._lateness = self._histogram("nudge_lateness_seconds", "How late check-ins went out", LATE)
        self._deliveries = self._counter(
            "deliveries", "Attempts to send, by what became of them", "purpose", "outcome", "reason"
        )
        self._answers = self._histogram(
            "first_answer_seconds",
            "From an interaction's arrival to its first answer",
            ANSWER,
            "kind",
            "name",
        )
        self._requests = self._counter(
            "discord_requests", "Requests to Discord's API, by HTTP status", "status"
        )
        self._limited = self._counter("discord_rate_limited", "Answers 429, by whose limit it was", "scope")
        self._gateway = self._counter("gateway_events", "What happened to the connections", "event")
        self._writes = self._histogram("database_write_seconds", "Waiting for and doing one write", WRITE)
        self._full = self._counter("database_full", "Writes refused because the disk was full")
        self._gauge("build_info", "The version that runs", "version").labels(version).set(1)
        self._now = {name: self._gauge(name, told) for name, told in _GAUGES.items()}
        self._connected = self._gauge("gateway_connected", "1 while a shard is connected", "shard")
        self._latency = self._gauge("gateway_latency_seconds", "A shard's heartbeat", "shard")
        self._waiting = self._gauge("queue", "What is to go out, by how far it is", "state")
        ProcessCollector(namespace="stepforward", registry=self.registry)

    def _histogram(self, name: str, told: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(PREFIX + name, told, labels, buckets=buckets, registry=self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(PREFIX + name, told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str, *labels: str) -> Gauge:
        return Gauge(PREFIX + name, told, labels, registry=self.registry)

    def settled(self, purpose: str, outcome: str, reason: str, late: timedelta) -> None:
        """One attempt of a delivery ended."""
        self._deliveries.labels(purpose, outcome, _bounded(reason)).inc()
        if purpose == Purpose.CHECKIN and outcome == "sent":
            self._lateness.observe(max(late.total_seconds(), 0.0))

    def answered(self, kind: str, name: str, seconds: float) -> None:
        """An interaction got its first answer."""
        self._answers.labels(kind, name).observe(seconds)

    def requested(self, status: int, limited_by: str | None = None) -> None:
        """Discord's API answered; `limited_by` is whose limit a 429 was."""
        self._requests.labels(str(status)).inc()
        if limited_by is not None:
            self._limited.labels(limited_by).inc()

    def connection(self, event: str) -> None:
        """A shard identified, resumed or was disconnected."""
        self._gateway.labels(event).inc()

    def wrote(self, seconds: float) -> None:
        """A write was committed or rolled back."""
        self._writes.observe(seconds)

    def found_full(self) -> None:
        """A write was refused because the disk is full."""
        self._full.inc()

    def page(self, vitals: Vitals) -> bytes:
        """Everything in Prometheus' text form, with what was looked up a moment ago."""
        self._show(vitals)
        for shard in vitals.shards:
            self._show_shard(shard)
        if vitals.queue is not None:
            self._show_queue(vitals.queue)
        if vitals.disk is not None:
            self._show_disk(vitals.disk)
        return generate_latest(self.registry)

    def _show(self, vitals: Vitals) -> None:
        tick_at = vitals.last_tick_at or vitals.started_at
        self._now["healthy"].set(not judge(vitals).red)
        self._now["tick_age_seconds"].set((vitals.at - tick_at).total_seconds())
        self._now["database_writable"].set(vitals.writable)
        self._now["breaker_open"].set(vitals.resting_until is not None)
        self._now["identify_waiting"].set(vitals.waiting_until is not None)
        self._now["discord_invalid_requests"].set(vitals.invalid_requests)
        self._now["start_time_seconds"].set(_seconds(vitals.started_at))
        self._now["backup_time_seconds"].set(_seconds(vitals.backup_at))
        self._now["backup_bytes"].set(vitals.backup_bytes or 0)

    def _show_shard(self, shard: Shard) -> None:
        self._connected.labels(str(shard.id)).set(shard.connected)
        self._latency.labels(str(shard.id)).set(float("nan") if shard.latency is None else shard.latency)

    def _show_queue(self, queue: Queue) -> None:
        for state in ("due", "claimed", "made", "sending"):
            self._waiting.labels(state).set(getattr(queue, state))

    def _show_disk(self, disk: Disk) -> None:
        self._now["database_bytes"].set(disk.database)
        self._now["disk_free_bytes"].set(disk.free)
        self._now["disk_used_ratio"].set(disk.used_share)


_GAUGES = {
    "healthy": "1 while /health is green",
    "tick_age_seconds": "Since the last tick that ended",
    "database_writable": "1 while the database can be written to",
    "breaker_open": "1 while nothing is sent so that Discord bans nobody",
    "identify_waiting": "1 while the bot waits before it connects",
    "discord_invalid_requests": "Answers 401, 403 and 429 within ten minutes",
    "start_time_seconds": "When this program started, seconds since 1970",
    "backup_time_seconds": "When the newest backup was made, seconds since 1970; 0 for never",
    "backup_bytes": "How large the newest backup is",
    "database_bytes": "The size of the SQLite file and its log",
    "disk_free_bytes": "What is free beside the SQLite file",
    "disk_used_ratio": "From 0 to 1",
}


def _seconds(instant: datetime | None) -> float:
    return 0.0 if instant is None else instant.timestamp()


def _bounded(reason: str) -> str:
    """Codes of ours and Discord's own numbers are few; whatever else comes is not worth a series."""
    known = reason in REASONS or (reason.isdigit() and len(reason) <= 6)
    return reason if known else OTHER
