"""Every table, by its name."""

from bot.storage.columns import metadata
from bot.storage.tables.group import counters, guild_actions, guilds, kudos, memberships, wins
from bot.storage.tables.mail import PENDING, deliveries, facts, post_names
from bot.storage.tables.own import CLAIMED, DUE, actions, goodnews, members, nudges, receipts, rejections

__all__ = [
    "CLAIMED",
    "DUE",
    "PENDING",
    "actions",
    "counters",
    "deliveries",
    "facts",
    "goodnews",
    "guild_actions",
    "guilds",
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
