"""Digests that stay the same across processes: of a text for (near) duplicates, of a template."""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
import numpy.typing as npt

FEWEST_WORDS = 20
SHINGLE = 3
LETTER, IDEOGRAPH = 1, 2
"""What a character is to a word: a part of it; a word by itself, as in Chinese, Japanese and Korean."""
KNOWN = 0x20000
"""Characters from here on are rare ideographs alone."""
IDEOGRAPHS = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3))
STEP = np.uint64(0x9E3779B97F4A7C15)
PIECE = 16_384
"""Characters of a text whose words are read at once: a long text takes no more memory than a short one."""
POWERS = np.full(PIECE, STEP).cumprod()
BACKWARDS = np.full(PIECE, np.uint64(pow(int(STEP), -1, 1 << 64))).cumprod()
"""What takes a multiplication by each of the powers back."""
MIX = (STEP, np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
"""Odd constants of xxhash, one for each place in a shingle."""
TURN = np.uint64(29)
PLACES = np.arange(8) * 256
BITS = np.unpackbits(np.arange(256, dtype=np.uint8).reshape(-1, 1), axis=1).astype(np.int64)
"""The bits of each value of a byte."""

Numbers = npt.NDArray[np.uint64]


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest() if text else ""


def simhash(text: str) -> int:
    """64-bit signature over runs of three words: texts that differ little have signatures that differ in few bits."""
    numbers = words(text)
    if len(numbers) < FEWEST_WORDS:
        return 0
    count = len(numbers) - SHINGLE + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed ^= numbers[place : place + count] * MIX[place]
    distinct = _scattered(mixed)
    distinct.sort()
    distinct = distinct[np.concatenate(([True], distinct[1:] != distinct[:-1]))]
    majority = _counts(distinct) * 2 > len(distinct)
    return int.from_bytes(np.packbits(majority).tobytes(), "big")


def words(text: str) -> Numbers:
    """A number for each word, the same for the same word."""
    found, start = [], 0
    while start < len(text):
        end = start + PIECE
        if end < len(text) and (blank := text.rfind(" ", start, end)) > start:
            end = blank
        found.append(_words(text[start:end]))
        start = end
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)


def _words(text: str) -> Numbers:
    """All at once, as a page has thousands: a polynomial over the characters of each, wherever it stands in *text*."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    sorts = _sorts().take(codes, mode="clip")
    letters, first = sorts == LETTER, sorts != 0
    first[1:] &= ~(letters[1:] & letters[:-1])
    starts = np.flatnonzero(first)
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    sums = np.add.reduceat(codes * POWERS[: len(codes)] * (sorts != 0), starts)
    return _scattered(sums * BACKWARDS[starts])


def _scattered(numbers: Numbers) -> Numbers:
    """With every bit depending on all lower ones, and those on the high ones."""
    numbers = (numbers ^ (numbers >> TURN)) * STEP
    return numbers ^ (numbers >> TURN)


def _counts(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """How often each of the 64 bits is set, the highest first: by the values of each byte, not bit by bit."""
    octets = numbers.astype(">u8").view(np.uint8).reshape(-1, 8)
    values = np.bincount((octets + PLACES).ravel(), minlength=8 * 256).reshape(8, 256)
    counts: npt.NDArray[np.int64] = (values @ BITS).ravel()
    return counts


@cache
def _sorts() -> npt.NDArray[np.uint8]:
    """What each character is to a word, by its number; 0 where it parts words."""
    found = np.array([chr(number).isalnum() or number == ord("_") for number in range(KNOWN)], dtype=np.uint8)
    for first, last in IDEOGRAPHS:
        found[first : last + 1] = IDEOGRAPH
    return found
