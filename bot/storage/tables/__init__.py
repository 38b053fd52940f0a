"""Every table, by its name."""

from bot.storage.columns import metadata
from bot.storage.tables.group import counters, guild_actions, guilds, kudos, memberships, wins
from bot.storage.tables.learning import (
    challenge_days,
    challenges,
    declined_patterns,
    drafts,
    journal,
    journal_answers,
)
from bot.storage.tables.mail import PENDING, deliveries, facts, post_names
from bot.storage.tables.own import CLAIMED, DUE, actions, goodnews, members, nudges, receipts, rejections

__all__ = [
    "CLAIMED",
    "DUE",
    "PENDING",
    "actions",
    "challenge_days",
    "challenges",
    "counters",
    "declined_patterns",
    "deliveries",
    "drafts",
    "facts",
    "goodnews",
    "guild_actions",
    "guilds",
    "journal",
    "journal_answers",
    "kudos",
    "members",
    "memberships",
    "metadata",
    "nudges",
    "post_names",
    "receipts",
    "rejections",
    "wins",
]
