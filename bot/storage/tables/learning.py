"""What a member learns from their rejections: journal, drafts, the ten days, and patterns that they say are not theirs."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.storage.columns import UtcDateTime, metadata
from bot.storage.tables.parts import one_of, owner, row_id, traces

journal = Table(
    "journal",
    metadata,
    row_id(),
    owner(),
    Column("kind", String(24), nullable=False),
    Column("rejection_id", BigInteger),
    Column("written_on", Date, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    Index("ix_journal_user_id_written_on", "user_id", "written_on"),
)

# One row per question, so that each answer is sealed, searched and cleared of a name by itself.
journal_answers = Table(
    "journal_answers",
    metadata,
    row_id(),
    owner(),
    Column("entry_id", BigInteger, ForeignKey("journal.id", ondelete="CASCADE"), nullable=False),
    Column("question", String(24), nullable=False),
    traces(),
    Column("answer", LargeBinary, nullable=False),
    UniqueConstraint("entry_id", "question"),
    Index("ix_journal_answers_user_id", "user_id"),
)

drafts = Table(
    "drafts",
    metadata,
    row_id(),
    owner(),
    Column("kind", String(24), nullable=False),
    traces(),
    Column("who", LargeBinary),
    Column("text", LargeBinary, nullable=False),
    Column("rejection_id", BigInteger),
    Column("made_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index("ix_drafts_user_id_made_at", "user_id", "made_at"),
)

challenges = Table(
    "challenges",
    metadata,
    row_id(),
    owner(),
    Column("state", String(8), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    one_of("state", "running", "finished", "stopped"),
    Index("ix_challenges_user_id", "user_id"),
    Index(
        "uq_challenges_running",
        "user_id",
        unique=True,
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
)

challenge_days = Table(
    "challenge_days",
    metadata,
    row_id(),
    owner(),
    Column("challenge_id", BigInteger, ForeignKey("challenges.id", ondelete="CASCADE"), nullable=False),
    Column("day", SmallInteger, nullable=False),
    Column("step", String(40), nullable=False),
    Column("done_at", UtcDateTime),
    CheckConstraint("day BETWEEN 1 AND 10", name="day"),
    UniqueConstraint("challenge_id", "day"),
    Index("ix_challenge_days_user_id", "user_id"),
)

declined_patterns = Table(
    "declined_patterns",
    metadata,
    Column(
        "user_id",
        BigInteger,
        ForeignKey("members.user_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("pattern", String(40), primary_key=True),
    Column("theme", String(40), primary_key=True),
    Column("declined_at", UtcDateTime, nullable=False),
)
