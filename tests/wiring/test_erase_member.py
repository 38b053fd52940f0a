"""`python -m bot erase-member` as a host types it: counts, a word to be sure, and no text of anybody's."""

from datetime import datetime

from bot.storage.unit import SqlDatabase
from tests.wiring.host import Host

AMARA, BILAL = 101, 102


def kept(host: Host, user_id: int) -> int:
    """How many rows there are of a member."""

    async def job(db: SqlDatabase) -> int:
        async with db.read() as tx:
            return sum((await tx.owned.counts(user_id)).values())

    return host.work(job)


def test_it_counts_asks_and_stops_everything_on_its_way(anywhere: Host, now: datetime) -> None:
    anywhere.joins(AMARA, now, "Ridge Hospital")
    rows = kept(anywhere, AMARA)
    done = anywhere.types("erase-member", str(AMARA), typed="Erase\n")
    assert done.exit_code == 0, done.output
    assert f"There are {rows} rows of this member" in done.stdout
    assert "Ridge" not in done.output

    async def stopped(db: SqlDatabase) -> bool:
        async with db.read() as tx:
            member = await tx.members.get(AMARA)
            return member is not None and member.stopped_at is not None

    assert anywhere.work(stopped)


def test_anything_else_than_the_word_changes_nothing(host: Host, now: datetime) -> None:
    host.joins(AMARA, now, "Ridge Hospital")
    rows = kept(host, AMARA)
    done = host.types("erase-member", str(AMARA), typed="yes\n")
    assert (done.exit_code, kept(host, AMARA)) == (1, rows)
    assert "Nothing was changed" in done.stdout


def test_nobody_of_that_id_is_said(host: Host) -> None:
    assert "Nothing is kept about this id" in host.types("erase-member", str(BILAL)).stdout
    assert host.types("erase-member", "amara").exit_code == 2
