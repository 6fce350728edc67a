"""Owns the version of the tables: which one a file has, and how it comes to ours; knows no rows."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from controller.store import copies, private
from controller.store.database import copy, reading, writing
from controller.store.errors import DamagedFile, NewerSchema, OlderSchema
from controller.store.keys import Keys

MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def newest() -> str:
    """The version this software writes."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise LookupError("no migrations are installed")
    return head


def current(connection: Connection) -> str | None:
    """The version the file has; None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(version: str | None) -> bool:
    """Whether this software has heard of the version."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return version is None or version in known


def refuse_newer(connection: Connection, database: Path) -> str | None:
    """The file's version. Raises `NewerSchema` when it is none of ours."""
    version = current(connection)
    if not is_known(version):
        raise NewerSchema(file=database.name)
    return version


def require(connection: Connection, database: Path) -> None:
    """Raise `NewerSchema`, or `DamagedFile` when there are no tables where a record should be."""
    if refuse_newer(connection, database) is None:
        raise DamagedFile(file=database.name)


def require_newest(connection: Connection, database: Path) -> None:
    """Raise what `require` raises, or `OlderSchema`."""
    require(connection, database)
    if current(connection) != newest():
        raise OlderSchema(file=database.name)


def upgrade(database: Path, keys: Keys) -> Path | None:
    """Bring the tables to the newest version, all or nothing; the copy made before, if any.

    A file that already holds a record is copied to F.before-VERSION first, encrypted with the same
    key. Raises `NewerSchema` and the errors of the database.
    """
    with reading(database, keys).connect() as connection:
        version = refuse_newer(connection, database)
    if version == newest():
        return None
    kept = None if version is None else private.beside(database, copies.BEFORE + newest())
    if kept is not None:
        copy(database, kept, keys)
    config = _config()
    with writing(database, keys).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return kept
