"""A lead takes away an alias, a win or an entry of their own server, and nothing anywhere else."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from bot.domain.actions import Action
from bot.domain.answers import Answer, Kind
from bot.domain.boards import Visibility
from bot.domain.guilds import MOST_ENTRIES, Lead, ShownWin, newly_joined
from bot.domain.members import newcomer
from bot.domain.nudges import Delivery, Purpose
from bot.domain.seasons import Season
from bot.domain.wins import WinState
from bot.errors import NotYours, UserError
from bot.services.memberships import Memberships
from bot.services.moderation import Moderation
from bot.services.redaction import Redaction
from bot.services.takedown import Takedown
from bot.services.wins import Wins

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OURS, THEIRS, PRIYA, ADA, CHANNEL = 1_100_000_000_000_000_001, 22, 7, 101, 5
LEAD, OTHER = Lead(OURS, PRIYA), Lead(THEIRS, 8)


class Desk:
    """Edits and removes messages, or refuses."""

    def __init__(self):
        self.edited = {}
        self.answer = Answer(Kind.OK)
        self.removed = []
        self.found = Answer(Kind.OK)

    async def find(self, channel_id, delivery_id, *, since=None):
        return self.found

    async def edit(self, channel_id, message_id, body):
        self.edited[channel_id, message_id] = body
        return self.answer

    async def remove(self, channel_id, message_id):
        self.removed.append((channel_id, message_id))
        return self.answer


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def redaction(db, desk):
    return Redaction(db, desk, str, lambda _: "somebody")


@pytest.fixture
def takedown(db, desk):
    return Takedown(db, desk)


@pytest.fixture
def memberships(db):
    return Memberships(db, Season())


@pytest.fixture
def wins(db, desk, wakes):
    return Wins(
        db, wakes, lambda post: f'[{{"custom_id": "sf:1:kudos:{post.delivery_id}"}}]', desk, Random(1)
    )


@pytest.fixture
async def moderation(db, memberships, wins, redaction, takedown):
    async with db.write() as tx:
        for guild_id in (OURS, THEIRS):
            await tx.guilds.add(newly_joined(guild_id, "en", NOW))
            await tx.guilds.update(guild_id, channel_id=CHANNEL)
        await tx.members.add(newcomer(ADA, "Africa/Lagos", "en", NOW))
        for guild_id in (OURS, THEIRS):
            await tx.memberships.see(ADA, guild_id, "Ada", NOW)
    return Moderation(db, memberships, wins, redaction, takedown)


async def weekly(db, number, text, *, guild_id=OURS, sent=True, names=None):
    body = f'[{{"type":10,"content":"{text}"}}]'
    async with db.write() as tx:
        await tx.deliveries.add(
            Delivery(number, Purpose.WEEKLY, str(number), body, NOW, NOW, NOW, guild_id=guild_id, channel_id=CHANNEL,
                     key=f"weekly:{number}")
        )  # fmt: skip
        await tx.guilds.note_names(number, names or {})
        if sent:
            await tx.deliveries.begin([(number, 0)], NOW, NOW, again=False)
            await tx.deliveries.sent((number, 1), NOW, message_id=1000 + number, channel_id=CHANNEL)


async def body_of(db, number):
    async with db.read() as tx:
        return (await tx.deliveries.get(number)).body


async def test_an_alias_leaves_the_board_and_the_posts_of_this_server(moderation, memberships, db, desk):
    for guild_id in (OURS, THEIRS):
        await memberships.choose(ADA, guild_id, Visibility.ALIAS, alias="Rude", now=NOW)
    await weekly(db, 1, "**Rude** and **Rudely**")
    await weekly(db, 2, "**Rude**", sent=False)
    await weekly(db, 3, "**Rude**", guild_id=THEIRS)
    assert (await moderation.removable(LEAD)).aliases == ("Rude",)
    await moderation.remove_alias(LEAD, "Rude", NOW)
    assert (await memberships.get(ADA, OURS)).visibility is Visibility.UNASKED
    assert (await memberships.get(ADA, THEIRS)).alias == "Rude"
    assert [("Rude**" in await body_of(db, number)) for number in (1, 2, 3)] == [False, False, True]
    assert list(desk.edited) == [(CHANNEL, 1001)]
    assert "**Rudely**" in desk.edited[CHANNEL, 1001]
    assert (await moderation.removable(LEAD)).aliases == ()
    with pytest.raises(NotYours):
        await moderation.remove_alias(LEAD, "Rude", NOW)


async def test_an_alias_that_discord_would_not_take_out_goes_at_a_later_night(
    moderation, memberships, takedown, db, desk
):
    await memberships.choose(ADA, OURS, Visibility.ALIAS, alias="Rude", now=NOW)
    await weekly(db, 1, "**Rude**")
    desk.answer = Answer(Kind.LOST)
    await moderation.remove_alias(LEAD, "Rude", NOW)
    desk.answer = Answer(Kind.OK)
    assert await takedown.retry(NOW) == 1
    assert desk.removed == [(CHANNEL, 1001)]


async def test_what_discord_would_not_change_is_told(moderation, redaction, db, desk):
    await weekly(db, 1, "**Ada**", names={ADA: "Ada"})
    desk.answer = Answer(Kind.HTTP, status=403, code=50013)
    assert [post.message_id for post in await redaction.of_member(ADA, NOW)] == [1001]
    desk.answer = Answer(Kind.HTTP, status=404, code=10008)
    assert await redaction.of_member(ADA, NOW) == []


async def test_a_member_leaves_each_post_by_the_name_it_has(moderation, redaction, memberships, db, desk):
    await weekly(db, 1, "**Ada of spring**", names={ADA: "Ada of spring"})
    await weekly(db, 2, "**Old Owl** **Ada**", names={ADA: "Old Owl"}, guild_id=THEIRS)
    await memberships.touch(ADA, OURS, "Dr Ada", NOW + timedelta(days=200))
    assert await redaction.of_member(ADA, NOW) == []
    assert "spring" not in desk.edited[CHANNEL, 1001] + await body_of(db, 1)
    assert "Owl" not in desk.edited[CHANNEL, 1002]
    assert "**Ada**" in await body_of(db, 2), "that one is somebody else"


async def test_a_crash_between_database_and_discord_leaves_no_name(
    moderation, redaction, db, desk, monkeypatch
):
    await weekly(db, 1, "**Ada**", names={ADA: "Ada"})

    async def crash(*_args):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(desk, "edit", crash)
        with pytest.raises(ConnectionError):
            await redaction.of_member(ADA, NOW)
    await redaction.of_member(ADA, NOW)
    assert "Ada" not in desk.edited[CHANNEL, 1001]


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_post_on_its_way_is_looked_for(moderation, redaction, takedown, db, desk, arrived):
    await weekly(db, 1, "**Ada**", names={ADA: "Ada"}, sent=False)
    async with db.write() as tx:
        await tx.deliveries.begin([(1, 0)], NOW, NOW, again=False)
    desk.found = Answer(Kind.OK, made_id=1001 if arrived else None)
    left = await redaction.of_member(ADA, NOW)
    if arrived:
        assert (left, list(desk.edited)) == ([], [(CHANNEL, 1001)])
        return
    await takedown.remember(left, NOW)
    desk.found = Answer(Kind.OK, made_id=1001)
    assert await takedown.retry(NOW) == 1
    assert (desk.removed, "Ada" in desk.edited[CHANNEL, 1001]) == ([], False)


async def test_the_posts_name_goes_with_the_post(moderation, db):
    await weekly(db, 1, "**Ada**", names={ADA: "Ada"})
    async with db.write() as tx:
        assert [name for _, name in await tx.guilds.naming(ADA)] == ["Ada"]
        await tx.guilds.purge(OURS)
        assert (await tx.owned.counts(ADA))["post_names"] == 0


async def test_an_alias_takes_the_wins_posted_under_it_along(moderation, memberships, wins, db, desk):
    await memberships.choose(ADA, OURS, Visibility.ALIAS, alias="Rude", now=NOW)
    shared = []
    async with db.write() as tx:
        for number in (1, 2):
            await tx.actions.add(
                Action(number, ADA, "rest-day", date(2026, 11, 22), NOW, True, f"interaction:{number}")
            )
    for number, guild_id, anonymous in ((1, OURS, False), (2, OURS, True), (1, THEIRS, False)):
        made = await wins.share(ADA, number, guild_id, anonymous=anonymous, now=NOW)
        shared.append(made.win.id)
    async with db.write() as tx:
        for index, post in enumerate(await tx.deliveries.pending(NOW, 5)):
            await tx.deliveries.begin([(post.id, 0)], NOW, NOW, again=False)
            await tx.deliveries.sent((post.id, 1), NOW, message_id=77 + index, channel_id=CHANNEL)
    await moderation.remove_alias(LEAD, "Rude", NOW)
    async with db.read() as tx:
        states = [(await tx.wins.get(win_id)).state for win_id in shared]
    assert states == [WinState.REMOVED, WinState.WAITING, WinState.POSTED]
    assert desk.removed == [(CHANNEL, 77)]


async def test_a_win_of_this_server_is_ended_by_its_message(moderation, wins, db):
    async with db.write() as tx:
        await tx.actions.add(Action(1, ADA, "rest-day", date(2026, 11, 22), NOW, True, "interaction:1"))
    win = (await wins.share(ADA, 1, OURS, anonymous=False, now=NOW)).win
    async with db.write() as tx:
        (post,) = await tx.deliveries.pending(NOW, 5)
        await tx.deliveries.begin([(post.id, 0)], NOW, NOW, again=False)
        await tx.deliveries.sent((post.id, 1), NOW + timedelta(seconds=1), message_id=77, channel_id=CHANNEL)
    assert (await moderation.removable(LEAD)).wins == (ShownWin(77, "rest-day", NOW + timedelta(seconds=1)),)
    assert (await moderation.removable(OTHER)).wins == ()
    with pytest.raises(NotYours):
        await moderation.remove_win(OTHER, 77, NOW)
    await moderation.remove_win(LEAD, 77, NOW)
    async with db.read() as tx:
        assert (await tx.wins.get(win.id)).state is WinState.REMOVED
    assert (await moderation.removable(LEAD)).wins == ()


async def test_entries_have_a_ceiling_and_belong_to_their_server(moderation):
    added = [await moderation.add_entry(LEAD, f"Journal club {n}", NOW) for n in range(MOST_ENTRIES)]
    with pytest.raises(UserError, match="server-entries-full"):
        await moderation.add_entry(LEAD, "One more", NOW)
    with pytest.raises(UserError, match="server-entry-double"):
        await moderation.add_entry(LEAD, "journal CLUB 3", NOW)
    with pytest.raises(NotYours):
        await moderation.remove_entry(OTHER, added[0].id, NOW)
    with pytest.raises(NotYours):
        await moderation.add_entry(Lead(99, PRIYA), "One", NOW)
    await moderation.remove_entry(LEAD, added[0].id, NOW)
    await moderation.add_entry(LEAD, "One more", NOW)
    assert len((await moderation.removable(LEAD)).entries) == MOST_ENTRIES


async def test_the_log_says_who_and_what_kind_never_what_it_said(moderation, memberships, caplog):
    caplog.set_level("DEBUG")
    await memberships.choose(ADA, OURS, Visibility.ALIAS, alias="Canarybird", now=NOW)
    await moderation.remove_alias(LEAD, "Canarybird", NOW)
    entry = await moderation.add_entry(LEAD, "Canarybird club", NOW)
    await moderation.remove_entry(LEAD, entry.id, NOW)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.services")]
    assert len(ours) == 3
    assert all(str(PRIYA) in line for line in ours)
    assert not any("Canarybird" in line for line in ours)
