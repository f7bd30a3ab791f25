"""Digests that stay the same across processes: of a text for (near) duplicates, of a template."""

from __future__ import annotations

import hashlib
import re

import numpy as np
import numpy.typing as npt

FEWEST_WORDS = 20
SHINGLE = 3
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
"""A word; of Chinese, Japanese and Korean each character."""
PLAIN_WORD = re.compile(r"[A-Za-z0-9_]+")
"""The same for ASCII, in half the time."""
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
"""Odd constants of xxhash, one for each place in a shingle."""
TURN = np.uint64(29)
REMEMBERED, LONGEST = 32_768, 40
"""Digests that are remembered, and characters of what they are remembered for: Chinese has no blanks."""
PLACES = np.arange(8) * 256
BITS = np.unpackbits(np.arange(256, dtype=np.uint8).reshape(-1, 1), axis=1).astype(np.int64)
"""The bits of each value of a byte."""


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest() if text else ""


def simhash(text: str) -> int:
    """64-bit signature over runs of three words: texts that differ little have signatures that differ in few bits."""
    numbers = np.frombuffer(b"".join(map(DIGESTS.__getitem__, text.split())), dtype=">u8").astype(np.uint64)
    if len(numbers) < FEWEST_WORDS:
        return 0
    count = len(numbers) - SHINGLE + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed ^= numbers[place : place + count] * MIX[place]
    mixed ^= mixed >> TURN
    mixed *= MIX[0]
    mixed.sort()
    distinct = mixed[np.concatenate(([True], mixed[1:] != mixed[:-1]))]
    majority = _counts(distinct) * 2 > len(distinct)
    return int.from_bytes(np.packbits(majority).tobytes(), "big")


def _counts(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """How often each of the 64 bits is set, the highest first: by the values of each byte, not bit by bit."""
    octets = numbers.astype(">u8").view(np.uint8).reshape(-1, 8)
    values = np.bincount((octets + PLACES).ravel(), minlength=8 * 256).reshape(8, 256)
    counts: npt.NDArray[np.int64] = (values @ BITS).ravel()
    return counts


class Digests(dict[str, bytes]):
    """The digests of the words between two blanks, remembered as far as there is room: a site repeats its words."""

    def __missing__(self, written: str) -> bytes:
        words = (PLAIN_WORD if written.isascii() else WORD).findall(written)
        found = b"".join([hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest() for word in words])
        if len(written) <= LONGEST:
            if len(self) >= REMEMBERED:
                self.clear()
            self[written] = found
        return found


DIGESTS = Digests()
