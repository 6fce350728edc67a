"""Owns what can go wrong with a record, each as one plain sentence; knows no database."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from controller import unusable
from controller.language import _, mark


class RecordError(OSError):
    """Base of all troubles with the record. `str()` is one sentence in the console's language."""

    sentence: ClassVar[str] = mark(
        "The record cannot be used just now: close other programs that use it, then try again."
    )
    waiting: ClassVar[str] = mark(
        "Not saved yet, entries: {count}. Close other programs that use the record."
    )
    """The same while a session runs; may name `count`, `file` and `folder`."""
    exit_code: ClassVar[int] = 3

    def __init__(self, **words: object) -> None:
        super().__init__(_(self.sentence).format(**words))
        self._words = words

    def naming(self, inner: Path, known: Path) -> RecordError:
        """The same trouble, told of the file `known` where it names `inner` or its companions.

        What is made ready has a name that nobody gave, and is gone when this is read.
        """
        file = self._words.get("file")
        if not isinstance(file, str) or not file.startswith(inner.name):
            return self
        return type(self)(**{**self._words, "file": known.name + file[len(inner.name) :]})


class KeyMissing(RecordError):
    """The record is there, its key or signing key is not. Needs `file`."""

    sentence = mark("The key file {file} is missing: put it back beside the record.")


class WrongKey(RecordError):
    """The key that was found does not open the record. Needs `file`."""

    sentence = mark(
        "The key does not open {file}: put back the key files that belong to this record."
    )


class DamagedFile(RecordError):
    """The file is not whole. Needs `file`."""

    sentence = mark("{file}: file damaged; nothing was changed, restore it from a backup.")
    waiting = mark("Not saved yet, entries: {count}. {file} is damaged: restore it from a backup.")


class UnreadableEntry(RecordError):
    """An entry is not one that this software writes. Needs `session` and `seq`."""

    sentence = mark(
        "Entry {seq} of session {session} cannot be read: check the record with palier verify."
    )


class NewerSchema(RecordError):
    """The record was written by a newer Palier. Needs `file`."""

    sentence = mark("{file} was written by a newer version of Palier: install that version.")


class OlderSchema(RecordError):
    """The record was written by an older Palier and not upgraded yet. Needs `file`."""

    sentence = mark("{file} was written by an older version of Palier: run palier db upgrade.")


class RecordLocked(RecordError):
    """Another program holds a lock on the database."""

    sentence = mark("Another program holds the record: close it, then try again.")
    waiting = mark("Not saved yet, entries: {count}. Another program holds the record: close it.")


class DiskFull(RecordError):
    """No space is left where the record is, or a copy of it. Needs `folder`."""

    sentence = unusable.FULL
    waiting = mark("Not saved yet, entries: {count}. The disk is full: free space on {folder}.")


class PlaceRefused(RecordError):
    """Nothing can be written where the record is to be. Needs `file`, with its folder."""

    sentence = mark("No record can be kept at {file}: choose a folder that can be written.")


class DiskTrouble(RecordError):
    """The drive refuses to read or write."""

    sentence = mark("The disk refuses to write the record: check the drive, then try again.")
    waiting = mark("Not saved yet, entries: {count}. The disk fails: check the drive of {folder}.")


class RecordGone(RecordError):
    """The file was moved or removed, or its keys are here without it. Needs `file`."""

    sentence = mark(
        "{file} is missing though its keys are here: put it back, or move its key files away "
        "to begin a new record."
    )
    waiting = mark("Not saved yet, entries: {count}. {file} was moved or removed: put it back.")


class NoRecord(RecordGone):
    """No record was ever there. Needs `file`, with its folder."""

    sentence = mark("There is no record at {file}: name the file, or begin one with palier.")


class RecordReplaced(RecordError):
    """The file on disk is no longer the one this console was writing. Needs `file`."""

    sentence = mark("{file} was replaced while in use: put the original back, then try again.")
    waiting = mark("Not saved yet, entries: {count}. {file} was replaced: put the original back.")


class RecordSlow(RecordError):
    """Nothing failed, but the disk has not taken the entries for seconds."""

    waiting = mark("Not saved yet, entries: {count}. The disk of {folder} is slow: wait for it.")


class RecordInUse(RecordError):
    """Another console writes this record. Needs `file`."""

    sentence = mark("{file} is already open in another console: close that one, or name another.")


class NotSaved(RecordError):
    """Entries were given up: they are not on disk and not in memory any more. Needs `count`."""

    sentence = mark("Not saved, entries given up: {count}. Write them down by hand.")


class KeptAside(RecordError):
    """Entries are not in the record yet but encrypted in the spool. Needs `count`."""

    sentence = mark(
        "Not in the record yet, entries kept encrypted for it: {count}. Open this record once "
        "more to add them."
    )


class ForeignEntries(RecordError):
    """What waits in the spool is damaged or belongs to another record. Needs `file`."""

    sentence = mark(
        "{file} holds entries of another record, or is damaged: put it beside its own record, or "
        "move it away."
    )


class UnwritableEntry(RecordError):
    """An entry holds what no text file can hold, such as half a character."""

    sentence = mark("This entry holds signs that cannot be stored: type it again without them.")


class PassphraseNeeded(RecordError):
    """The keys are locked and nobody gave the passphrase. Needs `file`."""

    sentence = mark(
        "The keys of {file} are locked by a passphrase: run this in a terminal and type it, or "
        "set PALIER_PASSPHRASE."
    )


class WrongPassphrase(RecordError):
    """The passphrase does not open the keys. Needs `file`."""

    sentence = mark("This passphrase does not open the keys of {file}: try again.")


class PassphraseTooShort(RecordError):
    """A new passphrase is too easily guessed, or was not typed twice alike. Needs `least`."""

    exit_code = 2
    sentence = mark(
        "The new passphrase needs at least {least} characters, twice the same: try again."
    )


class NoKeyring(RecordError):
    """The system's keyring does not keep what it is given."""

    sentence = mark(
        "The keyring of this system does not keep the keys: choose files or passphrase instead."
    )


class UnreadableCompanion(RecordError):
    """A file beside the record is not what it should be. Needs `file`."""

    sentence = mark("{file} is damaged: put it back from a copy.")


class NameTaken(RecordError):
    """Something is there already, and nothing is written over. Needs `file`."""

    exit_code = 2
    sentence = mark("There is a file {file} already, and it stays as it is: choose another name.")


class NameReserved(RecordError):
    """Files of this name beside the record are the program's own. Needs `file`."""

    exit_code = 2
    sentence = mark("{file} is a name that Palier uses itself beside the record: choose another.")


class NotWhole(RecordError):
    """A check found the record, or a backup of it, changed or damaged. Needs `file` and `text`."""

    exit_code = 1
    sentence = mark("{file} is not whole, and nothing was written. {text}")


class NoKeyFits(RecordError):
    """No key at hand opens a backup. Needs `file`."""

    sentence = mark(
        "No key here opens {file}: put its key files beside it, or type its recovery key."
    )


class NoRecovery(RecordError):
    """There is nothing that a recovery key could open. Needs `file`."""

    sentence = mark(
        "{file} is missing, so no recovery key opens this record: put it back beside the record."
    )


class WrongRecoveryKey(RecordError):
    """The recovery key is well typed, and of another record or an older sheet. Needs `file`."""

    sentence = mark("This recovery key does not open {file}: take the newest sheet of this record.")
