"""Recordings as a therapist would make them, in bytes: tones that swell like syllables."""

from __future__ import annotations

import hashlib
import struct

import numpy as np


def spoken(
    seconds: float = 2.0, *, rate: int = 16_000, channels: int = 1, loud: float = 0.2
) -> bytes:
    """A WAV that lasts so long, in syllables of a quarter of a second."""
    at = np.arange(round(seconds * rate)) / rate
    wave = loud * np.sin(2 * np.pi * 220.0 * at) * np.abs(np.sin(2 * np.pi * 2.0 * at))
    samples = np.repeat(np.round(wave * 32767.0).astype("<i2")[:, None], channels, axis=1)
    return wav(samples.tobytes(), rate=rate, channels=channels)


def wav(samples: bytes, *, rate: int = 16_000, channels: int = 1, bits: int = 16) -> bytes:
    """These samples as a WAV."""
    block = channels * bits // 8
    told = struct.pack("<HHIIHH", 1, channels, rate, rate * block, block, bits)
    body = b"WAVEfmt " + struct.pack("<I", len(told)) + told
    body += b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body


def hash_of(data: bytes) -> str:
    """As the clinic's folder names a recording."""
    return hashlib.sha256(data).hexdigest()
