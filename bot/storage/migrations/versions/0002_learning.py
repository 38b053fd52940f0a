"""Journal, drafts, the ten days, and patterns that are not theirs."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage import columns

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "challenges",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('running', 'finished', 'stopped')", name=op.f("ck_challenges_state")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["members.user_id"], name=op.f("fk_challenges_user_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
    )
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.create_index("ix_challenges_user_id", ["user_id"], unique=False)
        batch_op.create_index(
            "uq_challenges_running",
            ["user_id"],
            unique=True,
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )

    op.create_table(
        "declined_patterns",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pattern", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("declined_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["members.user_id"],
            name=op.f("fk_declined_patterns_user_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "pattern", "theme", name=op.f("pk_declined_patterns")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("traces", columns.Traces(), nullable=True),
        sa.Column("who", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("rejection_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["members.user_id"], name=op.f("fk_drafts_user_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index("ix_drafts_user_id_made_at", ["user_id", "made_at"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("rejection_id", sa.BigInteger(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("edited_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["members.user_id"], name=op.f("fk_journal_user_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_user_id_written_on", ["user_id", "written_on"], unique=False)

    op.create_table(
        "challenge_days",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("challenge_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("done_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("day BETWEEN 1 AND 10", name=op.f("ck_challenge_days_day")),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenges.id"],
            name=op.f("fk_challenge_days_challenge_id_challenges"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["members.user_id"],
            name=op.f("fk_challenge_days_user_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_days")),
        sa.UniqueConstraint("challenge_id", "day", name=op.f("uq_challenge_days_challenge_id_day")),
    )
    with op.batch_alter_table("challenge_days", schema=None) as batch_op:
        batch_op.create_index("ix_challenge_days_user_id", ["user_id"], unique=False)

    op.create_table(
        "journal_answers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(length=24), nullable=False),
        sa.Column("traces", columns.Traces(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal.id"], name=op.f("fk_journal_answers_entry_id_journal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["members.user_id"],
            name=op.f("fk_journal_answers_user_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_answers")),
        sa.UniqueConstraint("entry_id", "question", name=op.f("uq_journal_answers_entry_id_question")),
    )
    with op.batch_alter_table("journal_answers", schema=None) as batch_op:
        batch_op.create_index("ix_journal_answers_user_id", ["user_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("journal_answers", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_answers_user_id")

    op.drop_table("journal_answers")
    with op.batch_alter_table("challenge_days", schema=None) as batch_op:
        batch_op.drop_index("ix_challenge_days_user_id")

    op.drop_table("challenge_days")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_user_id_written_on")

    op.drop_table("journal")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index("ix_drafts_user_id_made_at")

    op.drop_table("drafts")
    op.drop_table("declined_patterns")
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_challenges_running",
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )
        batch_op.drop_index("ix_challenges_user_id")

    op.drop_table("challenges")
