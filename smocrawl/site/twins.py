"""Pages with nearly the same text, and pictures that look the same, found by bands of their 64-bit signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

DIFFERENT_BITS = 3
"""Signatures of texts that are nine tenths alike differ in three bits at most (Manku, Jain, Sarma 2007)."""

LARGEST_BAND = 500
"""Pages of one band value compared pair by pair; a larger group is compared with its first pages only."""

FEW = 32
"""Pages of one band value up to which a group is compared together with all others of its like."""

Words = NDArray[np.uint64]


def clusters(
    ids: Sequence[int], signatures: Sequence[int], *, bits: int = DIFFERENT_BITS,
    alike: Callable[[int, int], bool] | None = None,
) -> list[list[int]]:  # fmt: skip
    """Groups of *ids* whose signatures differ in *bits* at most, largest first; *alike* has a say on each pair of places."""
    parent = list(range(len(ids)))
    values = np.array([signature & 0xFFFF_FFFF_FFFF_FFFF for signature in signatures], np.uint64)
    if alike is None:
        # Of a site that answers everything with one text, each pair of pages is a pair of twins: one stands for all.
        firsts, standing = np.unique(values, return_index=True, return_inverse=True)[1:]
        parent = firsts[standing].tolist()
        pairs = ((int(firsts[left]), int(firsts[right])) for left, right in _pairs(values[firsts], bits))
    else:
        pairs = ((left, right) for left, right in _pairs(values, bits) if alike(left, right))
    for left, right in pairs:
        parent[_root(parent, left)] = _root(parent, right)
    groups: dict[int, list[int]] = {}
    for number, url in enumerate(ids):
        groups.setdefault(_root(parent, number), []).append(url)
    return sorted((group for group in groups.values() if len(group) > 1), key=lambda group: (-len(group), group))


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = number = parent[parent[number]]
    return number


def _pairs(values: Words, bits: int) -> Iterator[tuple[int, int]]:
    # Two signatures that differ in fewer bits than there are bands share at least one band whole.
    bands = bits + 1
    width = -(-64 // bands)
    for band in range(bands):
        keys = (values >> np.uint64(band * width)) & np.uint64((1 << width) - 1)
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order], prepend=~keys[order[:1]], append=~keys[order[-1:]]))
        sizes = np.diff(edges)
        for start, size in zip(edges[:-1][sizes > FEW].tolist(), sizes[sizes > FEW].tolist(), strict=True):
            yield from _near(values, order[start : start + size], bits)
        few = np.repeat(sizes <= FEW, sizes)
        yield from _neighbours(values, order[few], keys[order[few]], bits)


def _neighbours(values: Words, order: NDArray[np.int64], keys: Words, bits: int) -> Iterator[tuple[int, int]]:
    """Pairs of many small groups, all first neighbours at once, then the second ones, and so on."""
    for apart in range(1, FEW):
        same = keys[apart:] == keys[:-apart]
        if not same.any():
            return
        left, right = order[:-apart][same], order[apart:][same]
        near = _bits(values[left] ^ values[right]) <= bits
        yield from zip(left[near].tolist(), right[near].tolist(), strict=True)


def _near(values: Words, group: NDArray[np.int64], bits: int) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(group[:LARGEST_BAND]):
        others = group[place + 1 :]
        near = others[_bits(values[others] ^ values[one]) <= bits]
        yield from ((int(one), int(other)) for other in near)


def _bits(words: Words) -> NDArray[np.int64]:
    """Set bits of each word (numpy counts them itself only from 2.0)."""
    parts = np.ascontiguousarray(words).view(np.uint8).reshape(-1, 8)
    return np.asarray(_SET_BITS[parts].sum(axis=1), np.int64)


_SET_BITS = np.array([number.bit_count() for number in range(256)], np.uint8)
