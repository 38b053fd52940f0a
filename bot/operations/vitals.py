"""How the bot is at one instant, as plain values: looked up once, then judged by `health` and shown by `metrics`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to go out: check-ins overdue and claimed, messages made and on their way."""

    due: int = 0
    claimed: int = 0
    made: int = 0
    sending: int = 0


@dataclass(frozen=True, slots=True)
class Shard:
    """One connection to Discord's gateway. `since` is when it came up or went away; `latency` is in seconds."""

    id: int
    connected: bool
    since: datetime
    latency: float | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """The file system under the SQLite database; bytes. `ballast` is whether the spare file is in its place."""

    total: int
    free: int
    database: int
    ballast: bool

    @property
    def used_share(self) -> float:
        """From 0 to 1, of what this process may use."""
        return 1.0 - self.free / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Vitals:
    """Everything that is looked up. What cannot be known is None."""

    at: datetime
    started_at: datetime
    last_tick_at: datetime | None
    ticking: bool
    writable: bool
    shards: tuple[Shard, ...]
    queue: Queue | None = None
    token_dead: bool = False
    resting_until: datetime | None = None
    waiting_until: datetime | None = None
    invalid_requests: int = 0
    disk: Disk | None = None
    backups_wanted: bool = False
    backup_at: datetime | None = None
    backup_bytes: int | None = None
    neighbours: tuple[str, ...] = ()
    """What is wrong between this process and the others of the same bot."""
