"""Owns what is said of a file or folder that cannot be used; knows no command and no record.

The system's own words are English, and for whoever programs it: the causes that befall a clinic
have words of ours, in both languages.
"""

from __future__ import annotations

import errno
from pathlib import Path

from controller.language import _, mark

FULL = mark("The disk is full: free space on {folder}, then try again.")
_NO_FILE = mark("it is no ordinary file")
_OTHER = mark("the system refuses it")
_WHY = {
    errno.EACCES: mark("it may not be used by you"),
    errno.EPERM: mark("it may not be used by you"),
    errno.EROFS: mark("nothing can be written there"),
    errno.ENOENT: mark("there is no such file or folder"),
    errno.ENOTDIR: mark("what should be a folder is a file"),
    errno.EISDIR: mark("it is a folder"),
    errno.EEXIST: mark("there is one already"),
    errno.ENOTEMPTY: mark("it is not empty"),
    errno.ENAMETOOLONG: mark("the name is too long"),
    errno.EFBIG: mark("it would be too large for this drive"),
    errno.EIO: mark("the drive fails"),
    errno.EBUSY: mark("another program uses it"),
}


class NoOrdinaryFile(OSError):
    """A pipe or a device: reading it might wait without an end."""


def is_full(error: OSError) -> bool:
    """Whether there is no room left, on the disk or for this user."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def why(error: OSError) -> str:
    """The cause of `error`, a few words to stand in brackets."""
    if isinstance(error, NoOrdinaryFile):
        return _(_NO_FILE)
    cause = _WHY.get(error.errno or 0, _OTHER)
    return _(cause)


def told(error: OSError, place: Path | None = None) -> str:
    """What to say of `error`, one sentence; `place` is the file or folder as the user named it."""
    if place is None and error.filename is not None:
        place = Path(str(error.filename))
    if is_full(error):
        if place is None:
            return _("The disk is full: free some space, then try again.")
        return _(FULL).format(folder=place.absolute().parent)
    if place is None:
        return _("A file cannot be used ({why}); choose another place.").format(why=why(error))
    text = _("{file} cannot be used ({why}); choose another place.")
    return text.format(file=place, why=why(error))
