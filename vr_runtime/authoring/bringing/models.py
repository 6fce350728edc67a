"""Owns how a glTF of several files becomes one binary glTF; judges nothing of what it shows.

(Khronos glTF 2.0, 3.6.1 buffers, 3.8 images, 4.4 binary.)
"""

from __future__ import annotations

import base64
import binascii
import json
import struct
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from vr_runtime.language import _
from vr_runtime.stage.own import MB, MOST_BYTES

MOST_JSON_BYTES = 16_000_000
IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


class NoModel(ValueError):
    """It cannot be packed; the message says why."""


def packed(file: Path) -> bytes:
    """A `.gltf` with its buffers and pictures, as the bytes of one `.glb`.

    Raises:
        NoModel: it is no glTF, or something that belongs to it is missing or lies elsewhere.
        OSError: a file cannot be read.
    """
    if file.stat().st_size > MOST_JSON_BYTES:
        raise NoModel(_("{file}: it is too large").format(file=file))
    try:
        document = json.loads(file.read_bytes())
        if not isinstance(document, dict):
            raise ValueError
    except (ValueError, RecursionError) as fault:
        raise NoModel(_("{file}: it is no glTF").format(file=file)) from fault
    body, starts = bytearray(), []
    for buffer in _list(document, "buffers", file):
        starts.append(_laid(body, _bytes(buffer.get("uri"), file)))
    views = _list(document, "bufferViews", file)
    for view in views:
        at = view.get("buffer")
        if not isinstance(at, int) or not 0 <= at < len(starts):
            raise NoModel(_("{file}: it is no glTF").format(file=file))
        view["buffer"] = 0
        view["byteOffset"] = int(view.get("byteOffset", 0)) + starts[at]
    for image in _list(document, "images", file):
        if "uri" in image:
            _take_in(image, views, body, file)
    if views:
        document["bufferViews"] = views
    document["buffers"] = [{"byteLength": len(body)}] if body else []
    if not body:
        del document["buffers"]
    return _whole(document, bytes(body))


def _take_in(image: dict[str, Any], views: list[Any], body: bytearray, file: Path) -> None:
    uri = image.pop("uri")
    data = _bytes(uri, file)
    kind = image.get("mimeType") or IMAGES.get(Path(unquote(str(uri))).suffix.lower())
    if kind is None:
        kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    image["mimeType"] = kind
    image["bufferView"] = len(views)
    views.append({"buffer": 0, "byteOffset": _laid(body, data), "byteLength": len(data)})


def _laid(body: bytearray, data: bytes) -> int:
    """Append, where the next number may begin; gives where it begins."""
    body.extend(b"\0" * (-len(body) % 4))
    start = len(body)
    body.extend(data)
    return start


def _list(document: dict[str, Any], name: str, file: Path) -> list[dict[str, Any]]:
    found = document.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise NoModel(_("{file}: it is no glTF").format(file=file))
    return found


def _bytes(uri: object, file: Path) -> bytes:
    """What a uri names: the data in it, or a file beside the model's own."""
    if not isinstance(uri, str):
        raise NoModel(_("{file}: a part of it has no file").format(file=file))
    if uri.startswith("data:"):
        head, _comma, data = uri.partition(",")
        try:
            return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
        except (ValueError, binascii.Error) as fault:
            raise NoModel(_("{file}: it is no glTF").format(file=file)) from fault
    folder = file.resolve().parent
    path = (folder / unquote(uri)).resolve()
    if "://" in uri or not path.is_relative_to(folder):
        told = _("{file}: `{name}` lies elsewhere; lay it beside the model")
        raise NoModel(told.format(file=file, name=uri))
    if not path.is_file():
        raise NoModel(_("{file}: `{name}` is missing beside it").format(file=file, name=uri))
    if path.stat().st_size > MOST_BYTES["model"]:
        told = _("{file}: larger than {n} MB; save it smaller")
        raise NoModel(told.format(file=path, n=MOST_BYTES["model"] // MB))
    return path.read_bytes()


def _whole(document: dict[str, Any], body: bytes) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    body += b"\0" * (-len(body) % 4)
    parts = struct.pack("<I4s", len(text), b"JSON") + text
    if body:
        parts += struct.pack("<I4s", len(body), b"BIN\0") + body
    return struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts
