"""The pattern behind a URL, and the signs of a URL that a script made by itself."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

OPAQUE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b|\d{10,}",
    re.IGNORECASE,
)
"""UUIDs, hexadecimal names and very long numbers, as databases, clocks and random generators make them."""

DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?")
NUMBER = re.compile(r"\d+")

MOST_CLICKS = 100
"""Clicks from the home page that are followed; Heritrix stops at 20, pagination of large sites needs more."""

MOST_FOLDERS = 30
"""Segments of a path."""

MOST_REPEATED = 1
"""Folders that may come back in one path: /shop/en/shop/ happens, /a/b/a/b/ is a relative link that runs on (Heritrix: PathologicalPath)."""


@lru_cache(maxsize=5_000)
def pattern_of(url: str) -> str:
    """Path and names of the query, what counts up replaced: ``/cal/{n}``, ``/shop/?colour&size``."""
    parts = urlsplit(url)
    path = NUMBER.sub("{n}", DATE.sub("{date}", OPAQUE.sub("{id}", parts.path.lower())))
    if not parts.query:
        return path
    names = sorted({NUMBER.sub("{n}", name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{path}?{'&'.join(names) or '{text}'}"


def any_query(pattern: str) -> str | None:
    """The pattern of all queries of the same path: facets make ever new sets of names."""
    path, mark, _ = pattern.partition("?")
    return f"{path}?…" if mark else None


def are_kin(pattern: str, other: str) -> bool:
    """Whether two patterns are of one folder, so that a page of one is no way out of the other."""
    return pattern == other or ("{" in other and pattern.rpartition("/")[0] == other.rpartition("/")[0])


def fixed_start(pattern: str) -> str:
    """What every URL of *pattern* begins with after the host."""
    return re.split(r"[{?]", pattern, maxsplit=1)[0]


def may_count(url: str, pattern: str) -> bool:
    """Whether many URLs can share *pattern*."""
    return "{" in pattern or "?" in pattern or urlsplit(url).path != pattern


def runs_on(url: str, depth: int) -> str | None:
    """Why the address itself shows that it leads nowhere; None = it does not."""
    if depth > MOST_CLICKS:
        return f"budget: more than {MOST_CLICKS} clicks from the home page"
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    if len(segments) > MOST_FOLDERS:
        return f"budget: more than {MOST_FOLDERS} folders"
    repeated = sum(count - 1 for name, count in Counter(segments).items() if not name.isdecimal())
    return "budget: folders that repeat themselves" if repeated > MOST_REPEATED else None
