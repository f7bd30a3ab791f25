"""Shares as whole per cents that add up to what the shares do."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def whole_percents(shares: Mapping[Key, float]) -> dict[Key, int]:
    """Each of the *shares* (0-1) in per cent, by the method of largest remainders (Hare, 1859): 62.5, 37.5 is 63, 37."""
    found = {key: int(100 * share) for key, share in shares.items()}
    left = round(100 * sum(shares.values())) - sum(found.values())
    for key in sorted(shares, key=lambda key: found[key] - 100 * shares[key])[: max(0, left)]:
        found[key] += 1
    return found
