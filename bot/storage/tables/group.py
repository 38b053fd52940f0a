"""What a server and its board are made of."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import UtcDateTime, metadata
from bot.storage.tables.parts import index_where, one_of, owner, row_id

memberships = Table(
    "memberships",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "user_id",
        BigInteger,
        ForeignKey("members.user_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("visibility", String(8), nullable=False),
    Column("alias", String(32)),
    Column("alias_folded", Text),
    Column("display_name", String(64)),
    Column("display_folded", Text),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("checked_at", UtcDateTime),
    Column("left_at", UtcDateTime),
    one_of("visibility", "unasked", "shown", "alias", "hidden"),
    UniqueConstraint("guild_id", "alias_folded"),
    Index("ix_memberships_user_id", "user_id"),
)

# user_id 0 is the group's own total, so that the total costs one row as well.
counters = Table(
    "counters",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period", String(8), primary_key=True),
    Column("starts_on", Date, primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("actions", Integer, nullable=False),
    one_of("period", "week", "month", "season", "all"),
    Index("ix_counters_board", "guild_id", "period", "starts_on", "actions"),
    Index("ix_counters_user_id", "user_id"),
)

wins = Table(
    "wins",
    metadata,
    row_id(),
    owner(),
    Column("guild_id", BigInteger, nullable=False),
    Column("action_id", BigInteger, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("publish_at", UtcDateTime, nullable=False),
    Column("delivery_id", BigInteger),
    one_of("state", "waiting", "posted", "withdrawn", "removed"),
    UniqueConstraint("guild_id", "action_id"),
    Index("ix_wins_user_id", "user_id"),
    index_where("ix_wins_waiting", "publish_at", "state = 'waiting'"),
)

kudos = Table(
    "kudos",
    metadata,
    Column(
        "win_id", BigInteger, ForeignKey("wins.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column(
        "user_id",
        BigInteger,
        ForeignKey("members.user_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("given_at", UtcDateTime, nullable=False),
    Index("ix_kudos_user_id", "user_id"),
)

guilds = Table(
    "guilds",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger),
    Column("zone", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("weekly_on", Boolean, nullable=False),
    Column("weekly_day", SmallInteger, nullable=False),
    Column("weekly_hour", SmallInteger, nullable=False),
    Column("weekly_when_empty", Boolean, nullable=False),
    Column("peer_role_id", BigInteger),
    Column("weekly_due_at", UtcDateTime),
    Column("channel_trouble", String(32)),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("set_up_at", UtcDateTime),
    Column("removed_at", UtcDateTime),
    CheckConstraint("weekly_day BETWEEN 0 AND 6", name="weekly_day"),
    CheckConstraint("weekly_hour BETWEEN 0 AND 23", name="weekly_hour"),
    Index("ix_guilds_weekly_due_at", "weekly_due_at"),
)

guild_actions = Table(
    "guild_actions",
    metadata,
    row_id(),
    Column("guild_id", BigInteger, ForeignKey("guilds.guild_id", ondelete="CASCADE"), nullable=False),
    Column("label", String(80), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    UniqueConstraint("guild_id", "label"),
)
