"""Owns what the system says of a file it does not give, in the language spoken now; opens none."""

from __future__ import annotations

import errno

from vr_runtime.language import _, mark

SAYS = {
    errno.ENOENT: mark("there is no such file or folder"),
    errno.EACCES: mark("that is not permitted"),
    errno.EPERM: mark("that is not permitted"),
    errno.EROFS: mark("nothing can be written there"),
    errno.EEXIST: mark("something of that name is there already"),
    errno.ENOTDIR: mark("part of the way is no folder"),
    errno.EISDIR: mark("it is a folder"),
    errno.ENOSPC: mark("the disk is full"),
    errno.EDQUOT: mark("the disk is full"),
    errno.ENAMETOOLONG: mark("the name is too long"),
    errno.ELOOP: mark("its links lead in a circle"),
    errno.EIO: mark("the disk does not answer"),
    errno.EBUSY: mark("another program uses it"),
}
"""By number: what the system says in words is in its own language."""


def why(error: BaseException) -> str:
    """Why a file cannot be had; for what is not known here, what was said."""
    if isinstance(error, OSError):
        told = SAYS.get(error.errno or 0)
        return _(told) if told is not None else error.strerror or str(error)
    return str(error)
