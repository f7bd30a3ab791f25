"""Word lists of this room are written as one text, which reads better than columns of quotes."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
