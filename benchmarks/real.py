"""Real pages made into one site: linked with each other, and naming nothing that would have to be fetched elsewhere."""

from __future__ import annotations

import re
from itertools import cycle, islice
from pathlib import Path

LINKS = 50
"""Links of each page to others of the site."""

FETCHED = re.compile(rb"<(?:meta|link)\b[^>]*>|<script[^>]*ld\+json.*?</script>", re.IGNORECASE | re.DOTALL)
"""Where pages name pictures, icons and feeds, which a crawl would fetch."""

HOST = re.compile(rb"(https?:)?//([\w.-]+)")
HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)


def take(source: Path, folder: Path, count: int, origin: str) -> int:
    """Copies the pages below *source* under plain names, each as often as *count* pages need; how many there are."""
    found = sorted(source.rglob("*.html"))
    if not found:
        raise SystemExit(f"There are no .html files below {source}.")
    for number, file in enumerate(islice(cycle(found), count)):
        (folder / f"{number}.html").write_bytes(moved(file.read_bytes(), number, count, origin))
    return count


def moved(body: bytes, number: int, count: int, origin: str) -> bytes:
    """The page at its new place: relative addresses lead to another site, what would be fetched to no host at all."""
    # The gate refuses such names without asking anybody.
    body = FETCHED.sub(lambda tag: HOST.sub(rb"https://\2.internal", tag[0]), body)
    base = b'<base href="https://elsewhere.example/%d/">' % number
    body = HEAD.sub(lambda head: head[0] + base, body, count=1)
    links = "".join(
        f'<a href="{origin}/{(number + step) % count}.html">Page {(number + step) % count}</a> '
        for step in range(1, min(LINKS, count - 1) + 1)
    )
    return body + f"<nav>{links}</nav>".encode()
