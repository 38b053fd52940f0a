"""What goes out, and the program's own small facts."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    Text,
)

from bot.storage.columns import UtcDateTime, metadata
from bot.storage.tables.parts import in_words, index_where, one_of, row_id

deliveries = Table(
    "deliveries",
    metadata,
    row_id(),
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
    one_of("state", "made", "sending", "sent", "undeliverable", "dead", "withdrawn"),
    CheckConstraint("state != 'sending' OR attempt_at IS NOT NULL", name="attempt"),
    CheckConstraint("state != 'sent' OR sent_at IS NOT NULL", name="sent"),
    index_where("ix_deliveries_pending", "next_try_at", "state IN ('made', 'sending')"),
    Index("ix_deliveries_user_id_made_at", "user_id", "made_at"),
)

PENDING = in_words(deliveries.c.state, "made", "sending")
"""What `ix_deliveries_pending` holds: messages still on their way."""

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

# The program's own small facts: the hash of the synced commands, the last tick, a hold on new DM channels.
facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
)
