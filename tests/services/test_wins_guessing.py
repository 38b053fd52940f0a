"""Somebody who knows the five who shared, and when each of them did, guesses whose anonymous win is whose."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from types import SimpleNamespace

from bot.domain.actions import Action
from bot.domain.guilds import newly_joined
from bot.domain.wins import FEWEST_ANONYMOUS, LATEST, SOONEST, WinState
from bot.services.wins import Wins
from tests.services.boards import Channel

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SERVER = 11
ROUNDS = 500
CHANCE = 1 / FEWEST_ANONYMOUS
NOISE = 0.025
"""More than three standard deviations of 2,500 guesses that are right by chance."""


class Shelf:
    """What the service keeps, in memory: thousands of rounds would take a database minutes."""

    def __init__(self):
        self.rows = {}
        self.posts = []
        guild = replace(newly_joined(SERVER, "en", NOW), channel_id=5)
        there = SimpleNamespace(left_at=None)
        self.guilds = SimpleNamespace(get=self._always(guild))
        self.memberships = SimpleNamespace(get=self._always(there))
        self.actions = SimpleNamespace(get=self._action)
        self.deliveries = SimpleNamespace(add=self._posted)
        self.wins = self

    @asynccontextmanager
    async def unit(self, *, aside: bool = False):
        yield self

    read = write = unit

    def _always(self, found):
        async def get(*_args):
            return found

        return get

    async def _action(self, user_id, action_id):
        return Action(action_id, user_id, "rest-day", date(2026, 11, 22), NOW, True, str(action_id))

    async def _posted(self, delivery):
        self.posts.append(delivery)

    async def add(self, win):
        self.rows[win.id] = win
        return True

    async def guilds_waiting(self, now):
        return [SERVER] if any(w.publish_at <= now for w in await self.waiting(SERVER)) else []

    async def waiting(self, _guild_id):
        return [win for win in self.rows.values() if win.state is WinState.WAITING]

    async def post(self, win_id, delivery_id, now):
        posted = replace(self.rows[win_id], state=WinState.POSTED, delivery_id=delivery_id, publish_at=now)
        self.rows[win_id] = posted


async def one_round(service, shelf, people, begins_at, rng):
    """They share within two days; the clock's five minutes are taken as an hour. Gives the authors, as posted."""
    shares = sorted((begins_at + timedelta(hours=48) * rng.random(), who) for who in people)
    shelf.rows.clear()
    shelf.posts.clear()
    now = begins_at
    for shared_at, who in shares:
        await service.share(who, who, SERVER, anonymous=True, now=shared_at)
    while len(shelf.posts) < len(people):
        now += timedelta(hours=1)
        await service.due_anonymous(now)
        assert now - begins_at <= timedelta(hours=49) + LATEST
    assert min(post.made_at for post in shelf.posts) >= shares[0][0] + SOONEST
    return [who for _, who in shares], sorted(shelf.posts, key=lambda post: (post.made_at, post.id))


def by_order(shared, posts):
    """Who shared first appears first."""
    return dict(zip([post.id for post in posts], shared, strict=True))


def by_number(shared, posts):
    """The members' ids go with the posts' ids."""
    return dict(zip([post.id for post in posts], sorted(shared), strict=True))


def by_the_last(shared, posts):
    """What was shared last made the five complete, so it comes last, and the others backwards."""
    return dict(zip([post.id for post in posts], [*shared[-2::-1], shared[-1]], strict=True))


async def test_a_guess_is_right_no_more_often_than_by_chance():
    rng = Random(1)
    shelf = Shelf()
    service = Wins(shelf, lambda _at: None, lambda _post: "[]", Channel(), Random(2))
    hits = dict.fromkeys((by_order, by_number, by_the_last), 0)
    for number in range(ROUNDS):
        people = list(range(1, FEWEST_ANONYMOUS + 1))
        begins_at = NOW + number * 4 * LATEST
        shared, posts = await one_round(service, shelf, people, begins_at, rng)
        for guess in hits:
            said = guess(shared, posts)
            hits[guess] += sum(said[post.id] == post.user_id for post in posts)
    assert max(hits.values()) / (ROUNDS * FEWEST_ANONYMOUS) <= CHANCE + NOISE


async def by_the_clock(service, shelf, people, rng):
    """Months of a lively group: whoever shared last before a post appeared is said to be its author. Gives hits."""
    now, shared, hits, seen = NOW, dict[int, tuple[int, datetime]](), 0, 0
    while len(shelf.posts) < 40 * FEWEST_ANONYMOUS:
        now += timedelta(hours=1)
        if rng.random() < 0.2:
            who = rng.choice(people)
            number = len(shared) + 1
            shared[number] = (who, now)
            await service.share(who, number, SERVER, anonymous=True, now=now)
        await service.due_anonymous(now)
        for post in shelf.posts[seen:]:
            latest = max((at, who) for who, at in shared.values() if at <= now - SOONEST)[1]
            hits += latest == post.user_id
        together = {post.user_id for post in shelf.posts[seen:]}
        assert not together or len(together) >= FEWEST_ANONYMOUS
        seen = len(shelf.posts)
    return hits / seen


async def test_nobody_stands_alone_in_a_group_that_goes_on_sharing():
    rng, shelf = Random(3), Shelf()
    service = Wins(shelf, lambda _at: None, lambda _post: "[]", Channel(), Random(4))
    assert await by_the_clock(service, shelf, list(range(1, 13)), rng) <= CHANCE + 2 * NOISE
