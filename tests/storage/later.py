"""A version of tomorrow: the migrations there are, and one more that rebuilds tables, as later ones will."""

import shutil
from pathlib import Path

from bot.storage.schema import MIGRATIONS, head

NEXT = "9000"
_REVISION = '''"""Tomorrow's change."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{after}"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("keepsakes", sa.Column("id", sa.BigInteger, primary_key=True))
    for name in ("members", "rejections", "deliveries", "wins"):
        with op.batch_alter_table(name, recreate="auto") as batch:
            batch.add_column(sa.Column("tomorrow", sa.Integer, nullable=False, server_default="7"))
    with op.batch_alter_table("members") as batch:
        batch.alter_column("zone", existing_type=sa.String(64), type_=sa.String(80))
    op.execute("UPDATE rejections SET tomorrow = 8")
    {more}


def downgrade():
    op.drop_table("keepsakes")
'''


def tomorrow(folder: Path, more: str = "pass") -> Path:
    """A folder of migrations that ends in one more, which may do something else at its end."""
    scripts = folder / "migrations"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    text = _REVISION.format(revision=NEXT, after=head(), more=more)
    (scripts / "versions" / f"{NEXT}_tomorrow.py").write_text(text, encoding="utf-8")
    return scripts
