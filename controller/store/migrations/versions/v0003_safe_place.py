"""Which safe place a patient chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "patients",
        sa.Column("safe_place", sa.String(16), nullable=False, server_default="meadow"),
    )


def downgrade() -> None:
    with op.batch_alter_table("patients") as patients:
        patients.drop_column("safe_place")
