"""Entries, ledger and the first projections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The table of entries comes first: whoever looks for it by its columns finds it first.
    op.create_table(
        "entries",
        sa.Column("session", sa.String(40), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("operator", sa.String(120), nullable=False),
        sa.Column("mono_ns", sa.BigInteger, nullable=False),
        sa.Column("wall", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("session", sa.String(40), nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("wall", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("signature", sa.String(128), nullable=False),
    )
    op.create_table(
        "operators",
        sa.Column("operator", sa.String(120), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "patients",
        sa.Column("patient", sa.String(120), primary_key=True),
        sa.Column("pseudonym", sa.Text, nullable=False),
        sa.Column("ceiling", sa.Integer, nullable=False),
        sa.Column("scale", sa.String(8), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("session", sa.String(40), primary_key=True),
        sa.Column("patient", sa.String(120), nullable=False),
        sa.Column("pseudonym", sa.Text, nullable=False),
        sa.Column("scenario", sa.String(160), nullable=False),
        sa.Column("title_fr", sa.Text, nullable=False),
        sa.Column("title_en", sa.Text, nullable=False),
        sa.Column("operator", sa.String(120), nullable=False),
        sa.Column("opened", sa.String(32), nullable=False),
        sa.Column("opened_mono_ns", sa.BigInteger, nullable=False),
        sa.Column("closed", sa.String(32)),
        sa.Column("how", sa.String(16)),
        sa.Column("lasted_s", sa.Float, nullable=False),
        sa.Column("ratings", sa.Integer, nullable=False),
        sa.Column("highest", sa.Integer, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("simulated", sa.Boolean, nullable=False),
    )
    op.create_table(
        "ratings",
        sa.Column("session", sa.String(40), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("suds", sa.Integer),
        sa.Column("first_suds", sa.Integer),
        sa.Column("corrected_by", sa.Integer),
        sa.Column("scale", sa.String(8), nullable=False),
        sa.Column("tick", sa.BigInteger, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("level", sa.Float, nullable=False),
        sa.Column("trial", sa.Integer, nullable=False),
        sa.Column("phase", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _refuse_changes("entries", "session = NEW.session AND seq = NEW.seq OR hash = NEW.hash")
        _refuse_changes("ledger", "seq = NEW.seq OR hash = NEW.hash")


def _refuse_changes(table: str, same: str) -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END"
        )
    # INSERT OR REPLACE would delete without waking the trigger above.
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        "BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END"
    )


def downgrade() -> None:
    for table in ("ratings", "sessions", "patients", "operators", "ledger", "entries"):
        op.drop_table(table)
