"""Digests that stay the same across processes: of a text for (near) duplicates, of a template."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import numpy as np

FEWEST_WORDS = 20
SHINGLE = 3
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
"""A word; of Chinese, Japanese and Korean each character."""
PLAIN_WORD = re.compile(r"[A-Za-z0-9_]+")
"""The same for ASCII, in half the time."""
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
"""Odd constants of xxhash, one for each place in a shingle."""
TURN = np.uint64(29)


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest() if text else ""


def simhash(text: str) -> int:
    """64-bit signature over runs of three words: texts that differ little have signatures that differ in few bits."""
    words = (PLAIN_WORD if text.isascii() else WORD).findall(text)
    if len(words) < FEWEST_WORDS:
        return 0
    numbers = np.fromiter(map(_number, words), dtype=np.uint64, count=len(words))
    count = len(numbers) - SHINGLE + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed ^= numbers[place : place + count] * MIX[place]
    mixed ^= mixed >> TURN
    mixed *= MIX[0]
    distinct = np.unique(mixed)
    bits = np.unpackbits(distinct.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    majority = bits.sum(axis=0) * 2 > len(distinct)
    return int.from_bytes(np.packbits(majority).tobytes(), "big")


@lru_cache(maxsize=32_768)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")
