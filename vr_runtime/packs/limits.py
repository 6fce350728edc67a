"""Owns how large a pack may be; knows nothing of what is in it."""

from __future__ import annotations

MOST_FILES = 2_000
MOST_FILE_BYTES = 1 << 30
"""1 GiB: half an hour of a film around the viewer."""
MOST_BYTES = 2 << 30
"""2 GiB of all files together; also the largest archive that every reader of zip files reads."""
MOST_MANIFEST_BYTES = 1 << 20
MOST_SIGNATURE_BYTES = 1 << 10
MOST_DECLARATION_BYTES = 1 << 16
"""Of what one scenario says of itself; those that ship take a tenth of it."""
MOST_DECLARED_BYTES = 1 << 19
"""Of the declarations of a pack together: a console is told of all of them at once."""
MOST_CERTIFICATE_BYTES = 1 << 18
MOST_PATH_BYTES = 200
"""Of a path in a pack, as UTF-8: with the folder before it, what every drive can keep."""
MOST_DEPTH = 8
CHUNK_BYTES = 1 << 20
"""As much of a file is held in memory at a time."""
