"""Makes a scenario's own files, good ones and hostile ones, and credits them."""

from __future__ import annotations

import hashlib
import json
import struct
import wave
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

ENTRY = """[[file]]
path = "{path}"
licence = "CC0-1.0"
author = "The tests"
source = "own work"
sha256 = "{sha256}"

"""


def own_in(folder: Path, files: Mapping[str, bytes], *, credited: bool = True) -> Path:
    """Lay these files below a scenario's folder, and credit them; gives the folder."""
    told = ""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        told += ENTRY.format(path=name, sha256=hashlib.sha256(data).hexdigest())
    if credited:
        (folder / "CREDITS.toml").write_text(told, encoding="utf-8")
    return folder


def equirect(width: int = 256, height: int | None = None, *, kind: str = "PNG") -> bytes:
    """A picture whose colour tells the direction: red from left to right, green from below up.

    Blue is 255 to the right of the middle and 0 to its left.
    """
    high = width // 2 if height is None else height
    across = (np.arange(width) + 0.5) / width
    up = 1.0 - (np.arange(high) + 0.5) / high
    pixels = np.zeros((high, width, 3), dtype=np.uint8)
    pixels[..., 0] = np.round(across * 255)[None, :]
    pixels[..., 1] = np.round(up * 255)[:, None]
    pixels[..., 2] = np.where(across > 0.5, 255, 0)[None, :]
    return encoded(pixels, kind)


def encoded(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    """Pixels as the bytes of a file."""
    out = BytesIO()
    Image.fromarray(pixels).save(
        out, kind, **({"quality": 98, "subsampling": 0} if kind == "JPEG" else {})
    )
    return out.getvalue()


def even(colour: Sequence[int], width: int = 128) -> bytes:
    """A picture of one colour all around."""
    return encoded(np.full((width // 2, width, 3), colour, dtype=np.uint8))


def wav(samples: np.ndarray, rate: int = 48_000) -> bytes:
    """Samples, -1 to 1, (N,) or (N, channels), as a WAV file of 16 bits."""
    rows = samples if samples.ndim == 2 else samples[:, None]
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(rows.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.round(np.clip(rows, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def film(path: Path, frames: Sequence[np.ndarray], rate: int = 24, codec: str = "libx264") -> bytes:
    """Pictures (H, W, 3) as a film; gives the bytes of its file."""
    import av

    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=rate)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": "12", "tune": "zerolatency"} if codec == "libx264" else {}
        for frame in frames:
            for packet in stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)
    return path.read_bytes()


def glb(document: dict[str, Any], data: bytes = b"") -> bytes:
    """A binary glTF file of this document and these bytes."""
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    body = data + b"\0" * (-len(data) % 4)
    parts = struct.pack("<I4s", len(text), b"JSON") + text
    if body:
        parts += struct.pack("<I4s", len(body), b"BIN\0") + body
    return struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts


def block(size: float = 1.0, **changes: Any) -> tuple[dict[str, Any], bytes]:
    """A cube of so many metres, y up, its middle at the origin: document and bytes, to be changed.

    Corners and numbers of its faces lie in one buffer; it has no normals.
    """
    h = size / 2
    corners = np.asarray([(x, y, z) for x in (-h, h) for y in (-h, h) for z in (-h, h)], "<f4")
    faces = np.asarray(
        [(0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1),
         (2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3)], "<u2")  # fmt: skip
    data = corners.tobytes() + faces.tobytes()
    document: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorFactor": [0.8, 0.1, 0.1, 1.0]}}],
        "buffers": [{"byteLength": len(data)}],
        "bufferViews": [
            {"buffer": 0, "byteOffset": 0, "byteLength": corners.nbytes},
            {"buffer": 0, "byteOffset": corners.nbytes, "byteLength": faces.nbytes},
        ],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 8, "type": "VEC3",
             "min": [-h, -h, -h], "max": [h, h, h]},
            {"bufferView": 1, "componentType": 5123, "count": 36, "type": "SCALAR"},
        ],
    }  # fmt: skip
    document.update(changes)
    return document, data
