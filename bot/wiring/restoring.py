"""Putting a backup back, from the settings: the database, its keys, and what erasure takes once more."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.crypto import HostKeyError
from bot.domain.answers import Answer, Kind
from bot.domain.guilds import next_weekly
from bot.services.erasure import Erasure
from bot.services.redaction import Redaction
from bot.services.takedown import Takedown
from bot.storage.backups import draft_in
from bot.storage.copying import Progress, silent
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore, KeystoreRefused
from bot.storage.occupancy import InUse, occupied
from bot.storage.restoring import (
    RestoreRefused,
    Standing,
    bring_up,
    leave_out_overdue,
    look,
    note,
    put_into_postgres,
    swap_files,
    take_copy,
)
from bot.storage.unit import SqlDatabase
from bot.ui.weekly_post import safe_name
from bot.wiring.copies import where_keys_live
from bot.wiring.opening import StartRefused, host_key_of, read_texts
from config.settings import Settings
from config.words import Words

RUNNING = "A bot runs on this database, or another command uses it. Stop it first; nothing was changed."
_GUILDS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `aside` is where the replaced database is now: a file, or a schema of PostgreSQL."""

    made_at: datetime | None
    aside: str | None
    erased: int
    dropped: int
    left_out: int
    persons: int
    """Spellings of third persons who were taken out since, and are named again."""


class _Away:
    """Discord, as a restore sees it: out of reach. What was posted for erased people is remembered for the nights.

    Names left the group's posts when their bearers were erased; in the rows they leave them once more.
    """

    async def remove(self, channel_id: int, message_id: int) -> Answer:
        return Answer(Kind.LOST)

    async def edit(self, channel_id: int, message_id: int, body: str) -> Answer:
        return Answer(Kind.OK)

    async def find(self, channel_id: int, delivery_id: int, *, since: datetime | None = None) -> Answer:
        return Answer(Kind.LOST)


class _KeysStay:
    """The keys, as a restore sees them: whoever was erased has none, and whoever came back keeps their new one."""

    async def destroy(self, user_id: int, now: datetime) -> None:
        """Nothing: a restore changes no key."""

    async def erased_fingerprints(self) -> frozenset[bytes]:
        return frozenset()

    def fingerprint(self, user_id: int) -> bytes:
        return b""


@contextmanager
def refusals() -> Iterator[None]:
    """What storage refuses, as the one line that the host reads."""
    try:
        yield
    except InUse:
        raise StartRefused(RUNNING) from None
    except RestoreRefused as error:
        raise StartRefused(str(error)) from None


async def restore(
    settings: Settings,
    backup: Path,
    now: datetime,
    *,
    send_overdue: bool = False,
    drop_unreadable: bool = False,
    progress: Progress = silent,
) -> Restored:
    """Check a backup, clean a copy of it and put that in the place of the database. Raises StartRefused.

    Up to the last step, which is one rename or one transaction, nothing is changed.
    """
    _refuse_missing(backup)
    words = read_texts(settings).words
    target = Engines(settings.database_url)
    file = Path(target.writer.url.database or "") if target.sqlite else None
    try:
        with refusals(), draft_in(file.parent if file else settings.backup_place) as draft:
            async with occupied(settings.database_url, alone=True):
                keys = await _keys(settings)
                try:
                    done = await _prepare(
                        draft, backup, keys, words, now, send_overdue=send_overdue, drop=drop_unreadable
                    )
                finally:
                    await keys.close()
                await target.close()
                aside = await _swap(draft, target, file, now, progress)
                return Restored(*done[:1], None if aside is None else str(aside), *done[1:])
    finally:
        await target.close()


def _refuse_missing(backup: Path) -> None:
    """Before anything is said about keys: most often the name is mistyped."""
    if not backup.exists():
        raise StartRefused(f"There is no file {backup}.")


async def _swap(
    draft: Path, target: Engines, file: Path | None, now: datetime, progress: Progress
) -> Path | str | None:
    if file is not None:
        return swap_files(draft, file, now)
    copy = Engines(f"sqlite:///{draft}")
    try:
        return await put_into_postgres(copy, target, now, progress)
    finally:
        await copy.close()


async def _keys(settings: Settings) -> Keystore:
    try:
        return await Keystore.open(settings.keystore_address, host_key_of(settings), make=False)
    except (KeystoreRefused, HostKeyError) as error:
        raise StartRefused(
            f"The backup cannot be put back without the keys: {error}.\n{where_keys_live(settings)}\n"
            "Put them back from where you keep them, the latest copy, and try again. Nothing was changed."
        ) from None


async def _prepare(
    draft: Path, backup: Path, keys: Keystore, words: Words, now: datetime, *, send_overdue: bool, drop: bool
) -> tuple[datetime | None, int, int, int, int]:
    """The draft becomes what is to take the place. Gives (made_at, erased, dropped, left out, persons)."""
    made_at = take_copy(backup, draft)
    copy = Engines(f"sqlite:///{draft}")
    try:
        await bring_up(copy)
        standing = await look(copy, keys)
        if standing.unreadable and not drop:
            raise RestoreRefused(_unreadable(standing))
        db = SqlDatabase(copy, keys)
        redaction = Redaction(db, _Away(), safe_name, lambda code: words.speak(code)("weekly-somebody"))
        erasure = Erasure(db, _KeysStay(), Takedown(db, _Away()), copy, (), redaction.of_member)
        for user_id in (*standing.erased, *standing.unreadable):
            await erasure.erase(user_id, now)
        left_out = 0 if send_overdue else await _leave_out(db, now)
        async with copy.write() as connection:
            await note(connection, now)
        persons = 0 if made_at is None else await keys.persons_since(made_at)
        return made_at, len(standing.erased), len(standing.unreadable), left_out, persons
    finally:
        await copy.close()


def _unreadable(standing: Standing) -> str:
    count = len(standing.unreadable)
    members = "1 member" if count == 1 else f"{count} members"
    return (
        f"The texts of {members} do not open with these keys. Perhaps the keys are older than "
        "the backup, or belong to another bot: put the latest copy of the members' keys back and try again.\n"
        "If there is none, --drop-unreadable leaves them out. Nothing was changed."
    )


async def _leave_out(db: SqlDatabase, now: datetime) -> int:
    async with db.engines.write() as connection:
        left_out = await leave_out_overdue(connection, now)
    async with db.write() as tx:
        while due := await tx.guilds.due(now, _GUILDS_AT_ONCE):
            for guild in due:
                await tx.guilds.advance(guild.guild_id, guild.weekly_due_at or now, next_weekly(guild, now))
    return left_out
