"""What a member keeps. Free text is sealed (LargeBinary); what a query must see is plain: kinds, dates, states."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from bot.storage.columns import UtcDateTime, metadata
from bot.storage.tables.parts import in_words, index_where, one_of, owner, row_id, traces

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
    one_of("pace", "light", "full"),
    one_of("dm_state", "unknown", "queued", "open", "closed"),
    CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
)

rejections = Table(
    "rejections",
    metadata,
    row_id(),
    owner(),
    Column("kind", String(32), nullable=False),
    Column("how", String(8)),
    traces(),
    Column("who", LargeBinary),
    Column("said", LargeBinary),
    Column("feeling", SmallInteger),
    Column("occurred_on", Date, nullable=False),
    Column("logged_at", UtcDateTime, nullable=False),
    Column("recovery", String(8), nullable=False),
    Column("pace", String(8), nullable=False),
    Column("deleted_at", UtcDateTime),
    one_of("how", "email", "portal", "phone", "silence"),
    one_of("recovery", "none", "open", "paused", "stopped", "finished", "answered"),
    one_of("pace", "light", "full"),
    CheckConstraint("feeling BETWEEN 1 AND 5", name="feeling"),
    Index("ix_rejections_user_id_occurred_on", "user_id", "occurred_on"),
)

nudges = Table(
    "nudges",
    metadata,
    row_id(),
    owner(),
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
    one_of("state", "due", "held", "claimed", "sent", "skipped", "undeliverable", "dead"),
    CheckConstraint("state != 'claimed' OR lease_until IS NOT NULL", name="lease"),
    CheckConstraint("state != 'sent' OR delivery_id IS NOT NULL", name="delivery"),
    UniqueConstraint("user_id", "subject", "subject_id", "step", "occurrence"),
    index_where("ix_nudges_due", "due_at", "state = 'due'"),
    index_where("ix_nudges_claimed", "lease_until", "state = 'claimed'"),
    Index("ix_nudges_delivery", "delivery_id"),
    Index("ix_nudges_subject", "subject", "subject_id"),
)
DUE, CLAIMED = in_words(nudges.c.state, "due"), in_words(nudges.c.state, "claimed")
"""What `ix_nudges_due` and `ix_nudges_claimed` hold."""

actions = Table(
    "actions",
    metadata,
    row_id(),
    owner(),
    Column("kind", String(40), nullable=False),
    traces(),
    Column("note", LargeBinary),
    Column("rejection_id", BigInteger),
    Column("done_on", Date, nullable=False),
    Column("logged_at", UtcDateTime, nullable=False),
    Column("scores", Boolean, nullable=False),
    Column("source", String(48), nullable=False),
    UniqueConstraint("user_id", "source"),
    Index("ix_actions_user_id_done_on", "user_id", "done_on"),
)

goodnews = Table(
    "goodnews",
    metadata,
    row_id(),
    owner(),
    Column("kind", String(32), nullable=False),
    traces(),
    Column("who", LargeBinary),
    Column("rejection_id", BigInteger),
    Column("happened_on", Date, nullable=False),
    Column("logged_at", UtcDateTime, nullable=False),
    Index("ix_goodnews_user_id", "user_id"),
)

# One row per interaction that wrote something: Discord replays events after a resume.
receipts = Table(
    "receipts",
    metadata,
    Column("interaction_id", BigInteger, primary_key=True, autoincrement=False),
    owner(),
    Column("made_id", BigInteger),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_receipts_user_id", "user_id"),
    Index("ix_receipts_made_at", "made_at"),
)
