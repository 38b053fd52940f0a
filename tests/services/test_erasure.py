import asyncio
import csv
import io
import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.domain.answers import Answer, Kind
from bot.domain.boards import GROUP, Period
from bot.domain.deliveries import LOOK_AFTER, stands_since
from bot.domain.goodnews import GoodNewsDraft
from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, DeliveryState, Purpose
from bot.domain.rejections import RejectionDraft
from bot.domain.sheets import restored
from bot.services.erasure import Erasure
from bot.services.exports import Exports
from bot.services.goodnews import GoodNewsService
from bot.services.rejections import Rejections
from bot.services.takedown import AT_ONCE, GIVE_UP_DAYS, Post, Takedown
from bot.storage import tables
from bot.storage.boards import BoardStore
from bot.storage.keystore import MemberErased
from tests.services.learning import fill_learning
from tests.storage.conftest import database, opened
from tests.texts import content

__all__ = ["database"]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA, BEN, SERVER = 8_100_000_000_000_000_101, 8_200_000_000_000_000_202, 11
CANARY = "CANARYZQX"


class Channel:
    def __init__(self):
        self.removed = []
        self.edited = {}
        self.answer = Answer(Kind.OK)
        self.found = Answer(Kind.OK)

    async def remove(self, channel_id, message_id):
        if self.answer.kind is Kind.OK:
            self.removed.append((channel_id, message_id))
        return self.answer

    async def edit(self, channel_id, message_id, body):
        self.edited[channel_id, message_id] = body
        return self.answer

    async def find(self, channel_id, delivery_id, *, since=None):
        self.looked_since = since
        return self.found


class Crash(Exception):
    pass


async def nothing_named(_user_id, _now):
    return []


def erasure_of(db, channel=None, forget=(), redact=nothing_named):
    takedown = Takedown(db, channel or Channel())
    return Erasure(db, db.keys, takedown, db.engines, forget, redact)


async def fill(db, user_id, mark):
    """Something in every table that has an owner."""
    member = newcomer(user_id, "Africa/Lagos", "en", NOW)
    async with db.write() as tx:
        await tx.members.add(member)
    rejections = Rejections(db, lambda _at: None)
    said = f"={mark}said"
    draft = RejectionDraft("research", date(2026, 11, 20), who=f"{mark}who", said=said)
    logged = await rejections.log(member, draft, interaction_id=user_id + 1, now=NOW)
    news = GoodNewsService(db, content(), lambda _at: None)
    answered = GoodNewsDraft("other", date(2026, 11, 21), f"{mark}news")
    entry = (await news.log(member, answered, interaction_id=user_id + 2, now=NOW)).entry
    action_id = await news.as_action(member, entry.id, NOW)
    post = Delivery(
        user_id + 5, Purpose.WIN, "n", f'["{mark}body"]', NOW, NOW, NOW, user_id=user_id, guild_id=SERVER,
        channel_id=5, message_id=user_id + 6, state=DeliveryState.SENT, sent_at=NOW, attempt_at=NOW,
    )  # fmt: skip
    async with db.write() as tx:
        await tx.deliveries.add(post)
        await tx.memberships.see(user_id, SERVER, f"{mark}name", NOW)
        raw = tx._connection
        win = {
            "id": user_id + 7, "user_id": user_id, "guild_id": SERVER, "action_id": action_id, "anonymous": False,
            "state": "posted", "made_at": NOW, "publish_at": NOW, "delivery_id": user_id + 5,
        }  # fmt: skip
        await raw.execute(insert(tables.wins).values(win))
        named = {"delivery_id": user_id + 5, "user_id": user_id, "name": f"{mark}name"}
        await raw.execute(insert(tables.post_names).values(named))
        await raw.execute(insert(tables.kudos).values(win_id=user_id + 7, user_id=user_id, given_at=NOW))
        await tx.boards.add([SERVER], user_id, {(Period.ALL, date(1970, 1, 1)): 2})
    await fill_learning(db, user_id, mark, NOW)
    return logged.rejection.id


async def counts(db, user_id):
    async with db.read() as tx:
        return await tx.owned.counts(user_id)


async def test_an_export_is_all_of_ones_own_and_nothing_of_anybody_elses(database):
    for user_id, mark in ((ADA, "ADAMARK"), (BEN, "BENMARK")):
        await fill(database, user_id, mark)
    files = {file.name: file.content.decode() for file in await Exports(database).everything(ADA)}
    everything = json.loads(files["everything.json"])
    assert all(everything[name] for name in (await counts(database, ADA)))
    for mark in ("who", "said", "news", "name", "body", "journal", "draft"):
        assert f"ADAMARK{mark}" in files["everything.json"]
    assert not any("BENMARK" in content or str(BEN) in content for content in files.values())
    rows = list(csv.DictReader(io.StringIO(files["rejections.csv"].removeprefix("\ufeff"))))
    assert rows[0]["said"] == "'=ADAMARKsaid"
    assert restored(rows[0]["said"]) == "=ADAMARKsaid"
    assert (rows[0]["kind"], rows[0]["date"]) == ("research", "2026-11-20")


async def test_an_erasure_leaves_no_row_and_takes_the_posts_and_counters(database):
    for user_id, mark in ((ADA, "ADAMARK"), (BEN, "BENMARK")):
        await fill(database, user_id, mark)
    channel = Channel()
    forgotten: list[int] = []
    receipt = await erasure_of(database, channel, [forgotten.append]).erase(ADA, NOW)
    assert channel.removed == [(5, ADA + 6)]
    assert forgotten == [ADA]
    assert (receipt.rows["rejections"], receipt.rows["members"], receipt.posts) == (1, 1, 1)
    assert all(receipt.rows.values())
    assert set((await counts(database, ADA)).values()) == {0}
    assert all((await counts(database, BEN)).values())
    async with database.read() as tx:
        assert [tally.user_id for tally in [*await _all_tallies(tx)]] == [BEN]
        assert await tx.boards.tally(SERVER, Period.ALL, date(1970, 1, 1), 0) == 2
        assert await tx.facts.names("erasing:") == []
    with pytest.raises(MemberErased):
        await database.keys.key_for(ADA)


async def _all_tallies(tx):
    return await tx.boards.top(SERVER, Period.ALL, date(1970, 1, 1), 10)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_not_a_byte_is_left_in_the_files(sqlite_url: str, tmp_path: Path):
    async with opened(sqlite_url, tmp_path) as db:
        await fill(db, ADA, CANARY)
        await erasure_of(db).erase(ADA, NOW)
        for path, found in contents(tmp_path).items():
            assert CANARY.encode() not in found, path
            assert str(ADA).encode() not in found, path
            assert ADA.to_bytes(8, "big") not in found, path


async def test_a_post_discord_does_not_let_go_of_is_tried_again(db):
    await fill(db, ADA, "A")
    channel = Channel()
    channel.answer = Answer(Kind.HTTP, status=503)
    erasure = erasure_of(db, channel)
    receipt = await erasure.erase(ADA, NOW)
    assert (receipt.posts, receipt.posts_left) == (0, 1)
    channel.answer = Answer(Kind.OK)
    assert await erasure.remove_left(NOW) == 1
    assert await erasure.remove_left(NOW) == 0


@pytest.mark.parametrize("place", ["posts", "rows", "key", "end"])
async def test_an_interrupted_erasure_is_finished_at_the_next_start(db, place, monkeypatch):
    await fill(db, ADA, "A")
    erasure = erasure_of(db)

    async def crash(*_args):
        raise Crash

    with monkeypatch.context() as broken:
        if place == "posts":
            broken.setattr(erasure, "_take_posts_down", crash)
        elif place == "key":
            broken.setattr(type(db.keys), "destroy", crash)
        elif place == "rows":
            broken.setattr("bot.services.erasure.forget_counters", crash)
        else:
            broken.setattr("bot.storage.facts.FactStore.forget", crash)
        with pytest.raises(Crash):
            await erasure.erase(ADA, NOW)
    async with db.read() as tx:
        assert await tx.claims.due_ids(NOW + timedelta(days=400), 100) == []
    assert await erasure_of(db).finish_interrupted(NOW) == 1
    assert set((await counts(db, ADA)).values()) == {0}
    assert db.keys.fingerprint(ADA) in await db.keys.erased_fingerprints()
    assert await erasure_of(db).finish_interrupted(NOW) == 0


async def test_an_older_copy_of_the_data_does_not_bring_an_erased_member_back(db):
    await fill(db, ADA, "A")
    await fill(db, BEN, "B")
    await db.keys.destroy(ADA, NOW)  # the keys are of today, and the rows of an older copy
    assert await erasure_of(db).finish_interrupted(NOW) == 1
    assert set((await counts(db, ADA)).values()) == {0}
    assert set((await counts(db, BEN)).values()) != {0}
    assert await erasure_of(db).finish_interrupted(NOW) == 0


async def test_two_erasures_at_once_take_a_member_out_of_the_group_once(database, monkeypatch):
    for user_id in (ADA, BEN):
        async with database.write() as tx:
            await tx.members.add(newcomer(user_id, "Africa/Lagos", "en", NOW))
            await tx.boards.add([SERVER], user_id, {(Period.ALL, date(1970, 1, 1)): 3})
    both_read, readers, of_member = asyncio.Event(), [], BoardStore.of_member

    async def read_beside_the_other(self, guild_id, user_id):
        held = await of_member(self, guild_id, user_id)
        readers.append(user_id)
        if len(readers) == 2:
            both_read.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(both_read.wait(), 0.1)
        return held

    with monkeypatch.context() as beside:
        beside.setattr(BoardStore, "of_member", read_beside_the_other)
        await asyncio.gather(erasure_of(database).erase(ADA, NOW), erasure_of(database).erase(ADA, NOW))
    async with database.read() as tx:
        assert await tx.boards.of_member(SERVER, GROUP) == {(Period.ALL, date(1970, 1, 1)): 3}


async def test_erasing_a_stranger_does_nothing_bad(db):
    receipt = await erasure_of(db).erase(777, NOW)
    assert set(receipt.rows.values()) == {0}


async def test_a_weekly_post_that_cannot_be_edited_is_removed_later(db):
    await fill(db, ADA, "A")
    asked = []

    async def redact(user_id, now):
        asked.append(user_id)
        return [Post(5, 98, 99, now)]

    channel = Channel()
    erasure = erasure_of(db, channel, redact=redact)
    assert (await erasure.erase(ADA, NOW)).posts_left == 1
    assert asked == [ADA]
    await erasure.remove_left(NOW)
    assert (5, 99) in channel.removed


async def in_flight(db):
    """A win of Ada's whose request is unanswered."""
    async with db.write() as tx:
        await tx.members.add(newcomer(ADA, "Africa/Lagos", "en", NOW))
        await tx.deliveries.add(
            Delivery(71, Purpose.WIN, "n", "[]", NOW, NOW, NOW, user_id=ADA, guild_id=SERVER, channel_id=5)
        )
        await tx.deliveries.begin([(71, 0)], NOW, NOW, again=False)


async def test_a_win_in_flight_that_arrived_is_found_and_removed(db):
    await in_flight(db)
    channel = Channel()
    channel.found = Answer(Kind.OK, made_id=900)
    receipt = await erasure_of(db, channel).erase(ADA, NOW)
    assert (receipt.posts, receipt.posts_left, channel.removed) == (1, 0, [(5, 900)])
    assert channel.looked_since == stands_since(NOW)


@pytest.mark.parametrize("first", [Answer(Kind.OK), Answer(Kind.LOST)])
async def test_a_win_in_flight_is_looked_for_until_it_is_certain(db, first):
    await in_flight(db)
    channel = Channel()
    channel.found = first
    erasure = erasure_of(db, channel)
    assert (await erasure.erase(ADA, NOW)).posts_left == 1
    async with db.read() as tx:
        assert await tx.facts.names("remove-marker:") == ["remove-marker:5:71"]
    assert await erasure.remove_left(NOW + LOOK_AFTER / 2) == 0
    channel.found = Answer(Kind.OK, made_id=900)
    assert await erasure.remove_left(NOW + timedelta(hours=9)) == 1
    assert channel.removed == [(5, 900)]
    assert channel.looked_since == stands_since(NOW)


async def test_posts_that_stay_stuck_let_the_others_pass(db):
    channel = Channel()
    takedown = Takedown(db, channel)
    await takedown.remember([Post(5, 0, number, NOW) for number in range(AT_ONCE + 5)], NOW)
    channel.answer = Answer(Kind.HTTP, status=403, code=50001)
    assert await takedown.retry(NOW + timedelta(days=1)) == 0
    channel.answer = Answer(Kind.OK)
    assert await takedown.retry(NOW + timedelta(days=2)) == AT_ONCE
    names = sorted(f"remove:5:{number}" for number in range(AT_ONCE + 5))
    assert {f"remove:5:{number}" for _, number in channel.removed[:5]} == set(names[AT_ONCE:])


REFUSED = Answer(Kind.HTTP, status=403, code=50001)


@pytest.mark.parametrize("post", [Post(5, 71, 900, NOW), Post(5, 71, None, NOW)])
async def test_what_discord_refuses_for_thirty_days_is_given_up_and_said_once(db, caplog, post):
    channel = Channel()
    channel.answer = channel.found = REFUSED
    takedown = Takedown(db, channel)
    await takedown.remember([post], NOW)
    for day in range(GIVE_UP_DAYS):
        assert await takedown.retry(NOW + timedelta(days=day)) == 0
    assert not caplog.records
    async with db.read() as tx:
        assert len(await tx.facts.names("remove")) == 1
    assert await takedown.retry(NOW + timedelta(days=GIVE_UP_DAYS)) == 0
    async with db.read() as tx:
        assert await tx.facts.names("remove") == []
    name = "remove-marker:5:71" if post.message_id is None else "remove:5:900"
    (line,) = caplog.messages
    assert line == f"post {name}: given up after 30 days, refused 50001"
    channel.found = channel.answer = Answer(Kind.OK, made_id=900)
    assert await takedown.retry(NOW + timedelta(days=GIVE_UP_DAYS + 1)) == 0
    assert channel.removed == []


@pytest.mark.parametrize("post", [Post(5, 71, 900, NOW), Post(5, 71, None, NOW)])
async def test_what_a_lead_allows_again_within_thirty_days_still_goes(db, post):
    channel = Channel()
    channel.answer = channel.found = REFUSED
    takedown = Takedown(db, channel)
    await takedown.remember([post], NOW)
    assert await takedown.retry(NOW) == 0
    channel.found = channel.answer = Answer(Kind.OK, made_id=900)
    assert await takedown.retry(NOW + timedelta(days=GIVE_UP_DAYS - 1)) == 1
    assert channel.removed == [(5, 900)]


async def test_no_answer_is_no_refusal_and_has_no_end(db, caplog):
    channel = Channel()
    channel.answer = Answer(Kind.LOST)
    takedown = Takedown(db, channel)
    await takedown.remember([Post(5, 71, 900, NOW)], NOW)
    for day in (1, 40, 80):
        assert await takedown.retry(NOW + timedelta(days=day)) == 0
    channel.answer = REFUSED
    assert await takedown.retry(NOW + timedelta(days=81)) == 0
    channel.answer = Answer(Kind.OK)
    assert (await takedown.retry(NOW + timedelta(days=82)), caplog.messages) == (1, [])


async def test_what_surely_never_arrived_is_looked_for_no_more(db):
    await in_flight(db)
    channel = Channel()
    channel.found = Answer(Kind.LOST)
    erasure = erasure_of(db, channel)
    await erasure.erase(ADA, NOW)
    assert await erasure.remove_left(NOW + LOOK_AFTER) == 0
    channel.found = Answer(Kind.OK)
    assert await erasure.remove_left(NOW + LOOK_AFTER) == 1
    assert await erasure.remove_left(NOW + LOOK_AFTER) == 0


def test_the_longest_name_of_a_fact_fits():
    longest = f"remove-marker:{2**63 - 1}:{2**63 - 1}"
    assert str(tables.facts.c.name.type) == "VARCHAR(64)"
    assert len(longest) <= 64
