import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.crypto import HostKey, HostKeyError, SealBroken
from bot.storage import keystore, keytables
from bot.storage.keystore import Keystore, KeystoreRefused, MemberErased

ADA, BEN = 1_100_000_000_000_000_101, 202
HOST = HostKey(b"h" * 32)
PLACE = {"table": "rejections", "column": "who", "row_id": 7}


@asynccontextmanager
async def opened(url, host=HOST):
    store = await Keystore.open(url, host)
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def store(database_url):
    async with opened(database_url) as store:
        yield store


async def rows(store, table):
    schema = "" if store._engines.sqlite else f"{keytables.POSTGRES_SCHEMA}."
    async with store._engines.read() as connection:
        return (await connection.execute(text(f"SELECT * FROM {schema}{table}"))).all()


async def test_a_member_keeps_one_key(store):
    first = await store.key_for(ADA)
    assert (await store.key_for(ADA)).key_id == first.key_id
    assert (await store.key_for(BEN)).key_id != first.key_id


async def test_asking_for_a_key_does_not_make_one(store):
    assert await store.existing(ADA) is None
    assert await rows(store, "member_keys") == []


async def test_keys_outlive_a_restart(database_url):
    async with opened(database_url) as store:
        assert not await store.any()
        sealed = (await store.key_for(ADA)).seal("text", **PLACE)
    async with opened(database_url) as store:
        assert (await store.key_for(ADA)).open(sealed, **PLACE) == "text"
        assert await store.any()


async def test_asked_for_at_once_it_is_still_one_key(store):
    keys = await asyncio.gather(*(store.key_for(ADA) for _ in range(20)))
    assert len({key.key_id for key in keys}) == 1
    assert len(await rows(store, "member_keys")) == 1


async def test_two_processes_that_start_at_once_agree(database_url):
    first, second = await asyncio.gather(Keystore.open(database_url, HOST), Keystore.open(database_url, HOST))
    one, other = await asyncio.gather(first.key_for(ADA), second.key_for(ADA))
    assert one.key_id == other.key_id
    assert first.fingerprint(ADA) == second.fingerprint(ADA)
    await first.close()
    await second.close()


async def test_many_that_open_a_new_file_at_once_wait_for_each_other(tmp_path):
    """SQLite refuses a second change of the journal at once, whatever the busy timeout."""
    for n in range(8):
        url = f"sqlite+aiosqlite:///{tmp_path / f'{n}.sqlite3'}"
        stores = await asyncio.gather(*(Keystore.open(url, HOST) for _ in range(6)))
        assert len({store.fingerprint(ADA) for store in stores}) == 1
        for store in stores:
            await store.close()


async def test_the_cache_is_bounded(store, monkeypatch):
    monkeypatch.setattr(keystore, "CACHED_KEYS", 3)
    made = {user_id: await store.key_for(user_id) for user_id in range(1, 8)}
    assert len(store._cache) <= 3
    assert (await store.key_for(1)).key_id == made[1].key_id


class TestErasure:
    async def test_destroying_leaves_no_key_and_no_id(self, store, now):
        await store.key_for(ADA)
        await store.destroy(ADA, now)
        assert await store.existing(ADA) is None
        assert await rows(store, "member_keys") == []
        assert await store.erased_fingerprints() == {store.fingerprint(ADA)}

    async def test_nobody_elses_key_is_touched(self, store, now):
        key = await store.key_for(BEN)
        await store.destroy(ADA, now)
        assert (await store.key_for(BEN)).key_id == key.key_id

    async def test_no_late_write_brings_an_erased_member_back(self, store, now):
        await store.key_for(ADA)
        await store.destroy(ADA, now)
        with pytest.raises(MemberErased):
            await store.key_for(ADA)
        assert await rows(store, "member_keys") == []

    async def test_who_consents_anew_gets_a_new_key_and_leaves_the_list(self, store, now):
        old = await store.key_for(ADA)
        sealed = old.seal("text", **PLACE)
        await store.destroy(ADA, now)
        await store.welcome(ADA, now)
        new = await store.key_for(ADA)
        assert await store.erased_fingerprints() == frozenset()
        with pytest.raises(SealBroken):
            new.open(sealed, **PLACE)

    async def test_it_may_be_repeated_after_a_crash(self, store, now, clock):
        await store.key_for(ADA)
        await store.destroy(ADA, now)
        await store.destroy(ADA, clock.advance(hours=1))
        assert len(await rows(store, "erased")) == 1

    async def test_a_key_destroyed_by_another_process_is_not_used(self, postgres_url, now):
        async with opened(postgres_url) as mine, opened(postgres_url) as theirs:
            await mine.key_for(ADA)
            await theirs.destroy(ADA, now)
            assert await mine.existing(ADA) is None

    async def test_making_and_destroying_at_once_never_leaves_both(self, database_url, now):
        async with opened(database_url) as mine, opened(database_url) as theirs:
            for user_id in range(1, 21):
                await asyncio.gather(
                    mine.key_for(user_id), theirs.destroy(user_id, now), return_exceptions=True
                )
                await theirs.destroy(user_id, now)
            assert await rows(mine, "member_keys") == []

    async def test_no_byte_of_the_key_stays_in_the_files(self, tmp_path, now):
        async with opened(f"sqlite:///{tmp_path}/keys.sqlite3") as store:
            for user_id in range(1, 200):
                await store.key_for(user_id)
            [wrapped] = [row.wrapped for row in await rows(store, "member_keys") if row.user_id == 77]
            assert found(tmp_path, wrapped[5:])
            await store.destroy(77, now)
            assert not found(tmp_path, wrapped[5:])
            assert not found(tmp_path, wrapped[-16:])

    async def test_fingerprints_differ_between_hosts(self, tmp_path):
        async with (
            opened(f"sqlite:///{tmp_path}/a.sqlite3") as one,
            opened(f"sqlite:///{tmp_path}/b.sqlite3") as two,
        ):
            assert one.fingerprint(ADA) != two.fingerprint(ADA)


class TestTheHostsKey:
    async def test_a_wrong_key_is_refused_and_nothing_changes(self, database_url):
        async with opened(database_url) as store:
            key_id = (await store.key_for(ADA)).key_id
        with pytest.raises(KeystoreRefused, match="does not open the members' keys"):
            await Keystore.open(database_url, HostKey(b"x" * 32))
        async with opened(database_url) as store:
            assert (await store.key_for(ADA)).key_id == key_id

    async def test_a_new_keystore_makes_the_key_file(self, sqlite_url, tmp_path):
        async with opened(sqlite_url, tmp_path / "secret.key"):
            assert (tmp_path / "secret.key").exists()

    async def test_a_lost_key_file_is_never_replaced(self, sqlite_url, tmp_path):
        path = tmp_path / "secret.key"
        async with opened(sqlite_url, path):
            path.unlink()
        with pytest.raises(HostKeyError, match="is missing"):
            await Keystore.open(sqlite_url, path)
        assert not path.exists()

    async def test_keys_without_their_check_value_are_refused(self, sqlite_url):
        async with opened(sqlite_url) as store:
            await store.key_for(ADA)
            async with store._engines.write() as connection:
                await connection.execute(text("DELETE FROM host_key_check"))
        with pytest.raises(KeystoreRefused, match="check value is gone"):
            await Keystore.open(sqlite_url, HOST)

    async def test_no_member_key_lies_open_in_the_files(self, tmp_path, monkeypatch):
        monkeypatch.setattr("bot.crypto.secrets.token_bytes", lambda size: b"K" * size)
        async with opened(f"sqlite:///{tmp_path}/keys.sqlite3") as store:
            await store.key_for(ADA)
            assert await rows(store, "member_keys")
            assert not found(tmp_path, b"K" * 32)


async def test_every_connection_is_durable_and_wipes_what_it_deletes(sqlite_url):
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "busy_timeout": 5000}
    async with opened(sqlite_url) as store:
        for connect in (store._engines.write, store._engines.read):
            async with connect() as connection:
                for pragma, value in wanted.items():
                    assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value


def found(folder: Path, needle: bytes) -> bool:
    return any(needle in file.read_bytes() for file in folder.iterdir() if file.is_file())
