"""Patients' rights over their data: consent, restriction, erasure, retention."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "patients", sa.Column("minor", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("patients", sa.Column("restricted", sa.Text))
    op.create_table(
        "consents",
        sa.Column("patient", sa.String(120), primary_key=True),
        sa.Column("consent_to", sa.String(20), primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("given_by", sa.String(16), nullable=False),
        sa.Column("assent", sa.Boolean),
        sa.Column("how", sa.String(24), nullable=False),
        sa.Column("given", sa.String(32), nullable=False),
        sa.Column("withdrawn", sa.String(32)),
    )
    op.create_table(
        "erased",
        sa.Column("patient", sa.String(120), primary_key=True),
        sa.Column("erased", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("streams", sa.Integer, nullable=False),
    )
    op.create_table(
        "rules",
        sa.Column("rule", sa.String(40), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    for table in ("rules", "erased", "consents"):
        op.drop_table(table)
    with op.batch_alter_table("patients") as patients:
        patients.drop_column("restricted")
        patients.drop_column("minor")
