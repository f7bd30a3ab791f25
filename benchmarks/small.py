"""A large site of small pages, and what a crawl of it holds: memory must not grow with the number of pages."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.pages import sentence

CHILDREN = 25
"""Links of a page to pages that no other names: the site is four clicks deep at 100,000 pages."""
LINKS = 50
"""All links of a page; the rest leads anywhere, so that every page has inlinks."""
WORDS = 200
"""With the links they make a page of about 3.6 kB."""


def page(path: str, count: int) -> bytes | None:
    """The page of *path* (``/`` or ``/p/NUMBER``), the same each time; None = not here."""
    name = path.removeprefix("/p/") if path.startswith("/p/") else "0" if path == "/" else ""
    if path == "/robots.txt":
        return b"User-agent: *\nDisallow:\n"
    if not name.isdecimal() or int(name) >= count:
        return None
    number = int(name)
    chance = random.Random(number)
    children = [child for child in range(CHILDREN * number + 1, CHILDREN * number + CHILDREN + 1) if child < count]
    others = chance.sample(range(1, count), min(count - 1, LINKS - len(children)))
    links = "".join(f'<li><a href="/p/{to}">Page {to}</a></li>\n' for to in [*children, *others])
    title = f"{sentence(chance, 5)} {number}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta name="description" content="{sentence(chance, 12)}">\n'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article"></head>\n'
        f"<body><main><h1>{title}</h1><p>{sentence(chance, WORDS)}.</p></main><nav><ul>\n{links}</ul></nav></body></html>\n"
    ).encode()


def weigh(reports: Path, pages: int) -> float:
    """Kilobytes a page of the store that a crawl left below *reports*."""
    return sum(file.stat().st_size for file in reports.glob("*/crawls.sqlite")) / pages / 1e3
