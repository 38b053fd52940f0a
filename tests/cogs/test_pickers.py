"""Where a server is picked, each can be told from the others, also by a process that does not know their names."""

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from bot.domain.boards import Period
from bot.domain.journal import JournalEntry
from bot.ui.actions import guild_label
from bot.ui.nudge_body import payload
from cogs.journal.cards import entry_label
from cogs.leaderboard.cards import pick_server_card as boards
from cogs.wins.cards import pick_server_card as wins
from tests.texts import content, voice

NAMED, STRANGE, STRANGER = 11, 22, 33


@pytest.fixture
def request_():
    named = {NAMED: SimpleNamespace(name="IMG Together")}
    client = SimpleNamespace(get_guild=named.get)
    return SimpleNamespace(voice=voice(), guild_id=None, interaction=SimpleNamespace(client=client))


def labels(card):
    found = []

    def walk(node):
        for one in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
            walk(one)
        if isinstance(node, dict) and "label" in node:
            found.append(node["label"])

    walk(json.loads(payload(card)))
    return found


def test_unnamed_servers_are_numbered(request_):
    there = [STRANGE, NAMED, STRANGER]
    wanted = ["Server 1", "IMG Together", "Server 3"]
    assert labels(boards(request_, there, Period.WEEK)) == wanted
    assert labels(wins(request_, 7, there)) == wanted


def test_where_somebody_is_it_is_this_server(request_):
    request_.guild_id = STRANGE
    assert guild_label(request_, STRANGE, 1) == guild_label(request_, STRANGE) == "this server"


@pytest.mark.parametrize("length", [3, 60, 400])
def test_an_entry_of_the_journal_begins_with_its_own_words_and_ends_with_day_and_kind(length):
    answers = {"asked": "w" * length}
    entry = JournalEntry(
        1, 7, "recall", None, date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC), None, answers
    )
    label = entry_label(voice(), content().journal, entry)
    assert label.startswith("www")
    assert label.endswith(" · Sunday 22 November · Recall, reflect, refine")
    assert len(label) <= 100
