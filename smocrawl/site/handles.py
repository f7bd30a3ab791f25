"""Names of accounts compared: what is added for a country, a department or because the name was taken does not count."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

SUFFIXES = (
    "official", "hq", "app", "global", "inc", "gmbh", "ag", "ltd", "tv", "news", "blog", "shop", "store",
    "de", "uk", "us", "eu", "en", "fr", "es",
)  # fmt: skip
"""Endings that do not make another name; the longer ones stand first."""

SHORTEST = 3
"""Letters that must be left of a name."""

ALIKE = 0.85
"""Similarity from which two names count as one: the wanted one was taken."""

SIGNS = re.compile(r"[\W_]+")
HOST = re.compile(r"(@[\w-]+(\.[\w-]+)+|\.bsky\.social)$")
"""The server behind a name of the fediverse, and the ending that Bluesky adds to every name without a domain."""
NUMBER = re.compile(r"(?<=[^\W\d])[-_]\d{6,}$")
"""What Facebook appends to the name of a page that has none of its own: ``petrafit-339459523075217``."""


def stem(handle: str) -> str:
    """``@Example_HQ@social.example`` -> ``example``."""
    name = SIGNS.sub("", NUMBER.sub("", HOST.sub("", handle.lower())))
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= SHORTEST:
            return name.removesuffix(suffix)
    return name


def alike(left: str, right: str) -> bool:
    """Equal, or nearly so."""
    return left == right or SequenceMatcher(None, left, right).ratio() >= ALIKE
