"""Whether the bot is well, and if not, why. Pure: it judges what `vitals` holds. No name, no id, no text of anybody's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.operations.vitals import Shard, Vitals

STARTING_FOR = timedelta(seconds=90)
GATEWAY_GONE_FOR = timedelta(minutes=5)
OPENING = timedelta(seconds=6)
DISK_FULL_SHARE = 0.9
BACKUP_OLD_AFTER = timedelta(hours=36)
MANY_INVALID = 250
"""Half of what makes the breaker rest; Discord bans at 10,000."""


@dataclass(frozen=True, slots=True)
class Health:
    """`reasons` make it red; `warnings` are for the host to look at and leave it green."""

    reasons: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def red(self) -> bool:
        """Whether the bot does not do its work."""
        return bool(self.reasons)


def judge(vitals: Vitals) -> Health:
    """The health of this instant."""
    return Health(tuple(_reasons(vitals)), tuple(_warnings(vitals)))


def _reasons(vitals: Vitals) -> Iterator[str]:
    if vitals.token_dead:
        yield "token: Discord refuses it; make a new one in the developer portal"
    if not vitals.ticking and vitals.at - vitals.started_at > STARTING_FOR:
        yield f"tick: none has ended since {_time(vitals.last_tick_at)}; check-ins are not going out"
    if not vitals.writable:
        yield "database: it cannot be written to; nothing is saved"
    for shard in vitals.shards:
        if not shard.connected and vitals.at - shard.since > _patience(shard, vitals):
            waits = vitals.waiting_until
            why = "" if waits is None else f"; it waits until {_time(waits)} after too many early ends"
            yield f"gateway: shard {shard.id} is gone since {_time(shard.since)}{why}"


def _patience(shard: Shard, vitals: Vitals) -> timedelta:
    """Connections are opened one after the other, so after a start the last of many has longer to come."""
    never_was = shard.since == vitals.started_at
    return GATEWAY_GONE_FOR + (OPENING * len(vitals.shards) if never_was else timedelta(0))


def _warnings(vitals: Vitals) -> Iterator[str]:
    disk = vitals.disk
    if disk is not None and disk.used_share >= DISK_FULL_SHARE:
        yield f"disk: {disk.used_share:.0%} full; make room before nothing can be saved"
    if disk is not None and not disk.ballast:
        yield "disk: the spare file is not in its place; an erasure on a full disk could fail"
    if vitals.resting_until is not None:
        yield f"breaker: nothing is sent until {_time(vitals.resting_until)}, so that Discord bans nobody"
    yield from (f"processes: {line}" for line in vitals.neighbours)
    if vitals.invalid_requests >= MANY_INVALID:
        yield f"requests: {vitals.invalid_requests} refused in ten minutes"
    if vitals.backups_wanted and vitals.at - (vitals.backup_at or vitals.started_at) > BACKUP_OLD_AFTER:
        yield f"backup: the newest is from {_time(vitals.backup_at)}"


def _time(instant: object) -> str:
    return "never" if instant is None else f"{instant:%Y-%m-%d %H:%M} UTC"
