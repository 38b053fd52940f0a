"""Every table. Free text is sealed (LargeBinary); what a query must see (kind, dates, states) is plain."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.columns import UtcDateTime, metadata


def _one_of(column: str, *values: str) -> CheckConstraint:
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({quoted})", name=column)


def _index_where(name: str, column: str, condition: str) -> Index:
    """An index over the few rows that wait, so that it stays small beside millions that are done."""
    return Index(name, column, sqlite_where=text(condition), postgresql_where=text(condition))


def _owner() -> Column[int]:
    return Column("user_id", BigInteger, ForeignKey("members.user_id", ondelete="CASCADE"), nullable=False)


def _id() -> Column[int]:
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


members = Table(
    "members",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("zone", String(64), nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("quiet_from", SmallInteger, nullable=False),
    Column("quiet_to", SmallInteger, nullable=False),
    Column("pace", String(8), nullable=False),
    Column("language", String(8), nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("consent_version", Integer, nullable=False),
    Column("consented_at", UtcDateTime, nullable=False),
    Column("dm_state", String(8), nullable=False),
    Column("dm_channel_id", BigInteger),
    Column("fallback_guild_id", BigInteger),
    Column("paused_at", UtcDateTime),
    Column("stopped_at", UtcDateTime),
    Column("last_seen_at", UtcDateTime, nullable=False),
    _one_of("pace", "light", "full"),
    _one_of("dm_state", "unknown", "queued", "open", "closed"),
    CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
)

rejections = Table(
    "rejections",
    metadata,
    _id(),
    _owner(),
    Column("kind", String(32), nullable=False),
    Column("how", String(8)),
    Column("who", LargeBinary),
    Column("said", LargeBinary),
    Column("feeling", SmallInteger),
    Column("occurred_on", Date, nullable=False),
    Column("logged_at", UtcDateTime, nullable=False),
    Column("recovery", String(8), nullable=False),
    Column("pace", String(8), nullable=False),
    Column("deleted_at", UtcDateTime),
    _one_of("how", "email", "portal", "phone", "silence"),
    _one_of("recovery", "none", "open", "paused", "stopped", "finished", "answered"),
    _one_of("pace", "light", "full"),
    CheckConstraint("feeling BETWEEN 1 AND 5", name="feeling"),
    Index("ix_rejections_user_id_occurred_on", "user_id", "occurred_on"),
)

nudges = Table(
    "nudges",
    metadata,
    _id(),
    _owner(),
    Column("subject", String(16), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("step", String(16), nullable=False),
    Column("occurrence", SmallInteger, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(32)),
    Column("lease_until", UtcDateTime),
    Column("delivery_id", BigInteger),
    Column("answered_at", UtcDateTime),
    _one_of("state", "due", "held", "claimed", "sent", "skipped", "undeliverable", "dead"),
    CheckConstraint("state != 'claimed' OR lease_until IS NOT NULL", name="lease"),
    CheckConstraint("state != 'sent' OR delivery_id IS NOT NULL", name="delivery"),
    UniqueConstraint("user_id", "subject", "subject_id", "step", "occurrence"),
    _index_where("ix_nudges_due", "due_at", "state = 'due'"),
    _index_where("ix_nudges_claimed", "lease_until", "state = 'claimed'"),
    Index("ix_nudges_delivery", "delivery_id"),
    Index("ix_nudges_subject", "subject", "subject_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    Column("user_id", BigInteger, ForeignKey("members.user_id", ondelete="CASCADE")),
    Column("guild_id", BigInteger),
    Column("channel_id", BigInteger),
    Column("purpose", String(16), nullable=False),
    Column("key", String(64), unique=True),
    Column("nonce", String(25), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(32)),
    Column("due_at", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("next_try_at", UtcDateTime, nullable=False),
    Column("attempt_at", UtcDateTime),
    Column("attempts", SmallInteger, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("message_id", BigInteger),
    _one_of("state", "made", "sending", "sent", "undeliverable", "dead", "withdrawn"),
    CheckConstraint("state != 'sending' OR attempt_at IS NOT NULL", name="attempt"),
    CheckConstraint("state != 'sent' OR sent_at IS NOT NULL", name="sent"),
    _index_where("ix_deliveries_pending", "next_try_at", "state IN ('made', 'sending')"),
    Index("ix_deliveries_user_id_made_at", "user_id", "made_at"),
)

# Who stands in a weekly post under which name: a name may have changed when its bearer asks to be taken out.
post_names = Table(
    "post_names",
    metadata,
    Column(
        "delivery_id",
        BigInteger,
        ForeignKey("deliveries.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "user_id",
        BigInteger,
        ForeignKey("members.user_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("name", String(64), nullable=False),
    Index("ix_post_names_user_id", "user_id"),
)

actions = Table(
    "actions",
    metadata,
    _id(),
    _owner(),
    Column("kind", String(40), nullable=False),
    Column("note", LargeBinary),
    Column("rejection_id", BigInteger),
    Column("done_on", Date, nullable=False),
    Column("logged_at", UtcDateTime, nullable=False),
    Column("scores", Boolean, nullable=False),
    Column("source", String(48), nullable=False),
    UniqueConstraint("user_id", "source"),
    Index("ix_actions_user_id_done_on", "user_id", "done_on"),
)

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
    _one_of("visibility", "unasked", "shown", "alias", "hidden"),
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
    _one_of("period", "week", "month", "season", "all"),
    Index("ix_counters_board", "guild_id", "period", "starts_on", "actions"),
    Index("ix_counters_user_id", "user_id"),
)

wins = Table(
    "wins",
    metadata,
    _id(),
    _owner(),
    Column("guild_id", BigInteger, nullable=False),
    Column("action_id", BigInteger, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("publish_at", UtcDateTime, nullable=False),
    Column("delivery_id", BigInteger),
    _one_of("state", "waiting", "posted", "withdrawn", "removed"),
    UniqueConstraint("guild_id", "action_id"),
    Index("ix_wins_user_id", "user_id"),
    _index_where("ix_wins_waiting", "publish_at", "state = 'waiting'"),
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

goodnews = Table(
    "goodnews",
    metadata,
    _id(),
    _owner(),
    Column("kind", String(32), nullable=False),
    Column("who", LargeBinary),
    Column("rejection_id", BigInteger),
    Column("happened_on", Date, nullable=False),
    Column("logged_at", UtcDateTime, nullable=False),
    Index("ix_goodnews_user_id", "user_id"),
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
    _id(),
    Column("guild_id", BigInteger, ForeignKey("guilds.guild_id", ondelete="CASCADE"), nullable=False),
    Column("label", String(80), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    UniqueConstraint("guild_id", "label"),
)

# One row per interaction that wrote something: Discord replays events after a resume.
receipts = Table(
    "receipts",
    metadata,
    Column("interaction_id", BigInteger, primary_key=True, autoincrement=False),
    _owner(),
    Column("made_id", BigInteger),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_receipts_user_id", "user_id"),
    Index("ix_receipts_made_at", "made_at"),
)

# The program's own small facts: the hash of the synced commands, the last tick, a hold on new DM channels.
facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
)
