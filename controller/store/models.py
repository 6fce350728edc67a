"""Owns the tables of the record as they are now; knows no file and no key.

`entries` and `ledger` are the record; the other tables are projections of it and may be thrown
away and rebuilt. No type here is peculiar to one database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)

METADATA = MetaData()

ENTRIES = Table(
    "entries",
    METADATA,
    Column("session", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("operator", String(120), nullable=False),
    Column("mono_ns", BigInteger, nullable=False),
    Column("wall", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
"""`hash` covers the number, both times and all before it, so it names one entry for good: an entry
that is written again after a doubtful commit is recognised by it."""

LEDGER = Table(
    "ledger",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("session", String(40), nullable=False),
    Column("entries", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("wall", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("signature", String(128), nullable=False),
)

OPERATORS = Table(
    "operators",
    METADATA,
    Column("operator", String(120), primary_key=True),
    Column("name", Text, nullable=False),
)

PATIENTS = Table(
    "patients",
    METADATA,
    Column("patient", String(120), primary_key=True),
    Column("pseudonym", Text, nullable=False),
    Column("ceiling", Integer, nullable=False),
    Column("scale", String(8), nullable=False),
    Column("minor", Boolean, nullable=False, server_default=false()),
    Column("restricted", Text),
    Column("safe_place", String(16), nullable=False, server_default="meadow"),
)

CONSENTS = Table(
    "consents",
    METADATA,
    Column("patient", String(120), primary_key=True),
    Column("consent_to", String(20), primary_key=True),
    Column("version", Text, nullable=False),
    Column("given_by", String(16), nullable=False),
    Column("assent", Boolean),
    Column("how", String(24), nullable=False),
    Column("given", String(32), nullable=False),
    Column("withdrawn", String(32)),
)
"""Empty words in a row whose consent was taken back and never noted as given: it was on paper."""

ERASED = Table(
    "erased",
    METADATA,
    Column("patient", String(120), primary_key=True),
    Column("erased", String(32), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("streams", Integer, nullable=False),
)

RULES = Table(
    "rules",
    METADATA,
    Column("rule", String(40), primary_key=True),
    Column("body", Text, nullable=False),
    Column("since", String(32), nullable=False),
)
"""What the clinic has set for itself, by name, as JSON; the last word holds."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("session", String(40), primary_key=True),
    Column("patient", String(120), nullable=False),
    Column("pseudonym", Text, nullable=False),
    Column("scenario", String(160), nullable=False),
    Column("title_fr", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("operator", String(120), nullable=False),
    Column("opened", String(32), nullable=False),
    Column("opened_mono_ns", BigInteger, nullable=False),
    Column("closed", String(32)),
    Column("how", String(16)),
    Column("lasted_s", Float, nullable=False),
    Column("ratings", Integer, nullable=False),
    Column("highest", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("simulated", Boolean, nullable=False),
)

RATINGS = Table(
    "ratings",
    METADATA,
    Column("session", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("suds", Integer),
    Column("first_suds", Integer),
    Column("corrected_by", Integer),
    Column("scale", String(8), nullable=False),
    Column("tick", BigInteger, nullable=False),
    Column("due", BigInteger),
    Column("level", Float, nullable=False),
    Column("trial", Integer, nullable=False),
    Column("phase", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)

PROJECTIONS = (OPERATORS, PATIENTS, CONSENTS, ERASED, RULES, SESSIONS, RATINGS)
