"""Owns which paths may stand in a pack, and which kinds of file; touches no file."""

from __future__ import annotations

import unicodedata

from vr_runtime.examination.source import CERTIFICATE
from vr_runtime.language import _
from vr_runtime.packs.limits import MOST_DEPTH, MOST_PATH_BYTES

MANIFEST, SIGNATURE = "pack.toml", "pack.sig"
OWN = (MANIFEST, SIGNATURE)
"""What a pack holds about itself, beside the files that its manifest lists."""
DECLARATIONS = "declarations"
"""The folder of what its scenarios say of themselves; no scenario has this name."""

TEXTS = frozenset({".py", ".toml", ".md", ".txt", ".json"})
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
FILMS = frozenset({".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"})
SOUNDS = frozenset({".wav", ".flac", ".ogg", ".opus", ".mp3"})
MODELS = frozenset({".glb", ".gltf", ".bin"})
KINDS = TEXTS | PICTURES | FILMS | SOUNDS | MODELS
"""Nothing else is carried: no archive in the archive, no compiled code, nothing that is unpickled
or read by a renderer's own format."""
LICENCES = ("LICENSE", "LICENCE", "COPYING")
"""Texts that have no suffix."""

_BARRED = frozenset('\\:*?"<>|')
_PORTS = frozenset(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")
_DEVICES = _PORTS | {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}


def unsafe(path: str) -> str:
    """Why this path may not stand in a pack, in a sentence; empty where it may."""
    parts = path.split("/")
    if not path or not path.isprintable():
        return _("The name of a file holds characters that cannot be read on a screen.")
    if "\\" in path or ":" in path:
        return _("The path holds a backslash or a colon, which lead elsewhere on other machines.")
    if path.startswith("/"):
        return _("The path begins at the root of the drive.")
    if any(part in ("", ".", "..") for part in parts):
        return _("The path leads out of the pack, or by a way round.")
    if any(c in _BARRED for c in path):
        return _("The path holds a character that not every drive can keep.")
    if any(part[0] == "." or part == "__pycache__" for part in parts):
        return _("Hidden files do not belong in a pack.")
    if any(part[-1] in " ." or part[0] == " " for part in parts):
        return _("The name of a file begins or ends with a space, or ends with a dot.")
    if any(part.split(".")[0].rstrip().casefold() in _DEVICES for part in parts):
        return _("The name of a file is that of a device on other machines.")
    if unicodedata.normalize("NFC", path) != path:
        return _("The name of a file is written with letters and accents apart.")
    if len(parts) > MOST_DEPTH or len(path.encode()) > MOST_PATH_BYTES:
        told = _("The path is longer than {bytes} bytes, or more than {depth} folders deep.")
        return told.format(bytes=MOST_PATH_BYTES, depth=MOST_DEPTH)
    return ""


def carried(path: str) -> bool:
    """Whether packs carry this kind of file."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() in KINDS if dot > 0 else name in LICENCES


def declaration_of(id: str) -> str:
    """Where in a pack the declaration of this scenario stands."""
    return f"{DECLARATIONS}/{id}.json"


def certificate_of(path: str) -> str:
    """Where in a pack the certificate of the scenario at `path` would stand: beside it."""
    return f"{path.removesuffix('.py')}{CERTIFICATE}"


def is_text(path: str) -> bool:
    """Whether it is what somebody wrote to be read, rather than a picture, sound, film or model."""
    name = path.rpartition("/")[2]
    return name in LICENCES or name[name.rfind(".") :].lower() in TEXTS


class Spellings:
    """Names that have been seen, as a drive sees them that takes a for A and ﬁ for fi."""

    def __init__(self) -> None:
        """None yet."""
        self._seen: dict[str, str] = {}
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def clash(self, path: str) -> str:
        """The earlier path that this one would fall together with; empty where there is none.

        Paths are files; the folders on the way to them count too.
        """
        parts = path.split("/")
        for n in range(1, len(parts) + 1):
            spelled = "/".join(parts[:n])
            key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", spelled).casefold())
            before = self._seen.setdefault(key, spelled)
            last = n == len(parts)
            if before != spelled or key in self._files or (last and key in self._folders):
                return before
            (self._files if last else self._folders).add(key)
        return ""
