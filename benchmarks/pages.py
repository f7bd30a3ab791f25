"""Pages of realistic weight, the same on every machine: about 160 kB, 140 links, structured data of three kinds."""

from __future__ import annotations

import json
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

WEIGHT = 160_000
"""Bytes of a page: mean of 316 public article pages."""
LINKS = 140
"""Their mean number of ``a[href]``."""
PICTURE_FOR = 20
"""Pages that share one picture."""
WORDS = [
    "harbour",
    "light",
    "evening",
    "river",
    "market",
    "letter",
    "winter",
    "garden",
    "street",
    "summer",
    "bridge",
    "morning",
    "paper",
    "island",
    "window",
    "stone",
    "bread",
    "music",
    "journey",
    "doctor",
    "teacher",
    "village",
    "mountain",
    "forest",
    "lantern",
    "kitchen",
    "railway",
    "station",
    "novel",
    "picture",
    "history",
    "science",
    "measure",
    "answer",
    "question",
    "reader",
    "writer",
    "editor",
    "culture",
    "city",
    "country",
    "season",
    "weather",
    "the",
    "of",
    "and",
    "to",
    "in",
    "is",
    "that",
    "it",
    "for",
    "was",
    "on",
    "are",
    "with",
    "as",
    "this",
    "be",
    "by",
    "from",
    "have",
    "not",
    "or",
    "but",
    "you",
    "which",
    "they",
    "we",
]
NETWORKS = (
    "https://www.facebook.com/sharer/sharer.php?u={url}",
    "https://twitter.com/intent/tweet?url={url}",
    "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "https://www.youtube.com/@harbourpaper",
    "https://www.instagram.com/harbourpaper/",
)


def write(folder: Path, count: int, origin: str) -> None:
    """*count* pages, their pictures and the robots.txt of a small site."""
    for number in range(count):
        (folder / f"{number}.html").write_bytes(page(number, count, origin))
    for number in range(0, count, PICTURE_FOR):
        (folder / f"{number}.png").write_bytes(png(1200, 630))
    (folder / "robots.txt").write_text("User-agent: *\nDisallow:\n", "utf-8")


def page(number: int, count: int, origin: str) -> bytes:
    """One article, the same for the same numbers."""
    chance = random.Random(number)
    title = sentence(chance, 7)
    head = "".join(head_lines(chance, number, title, origin))
    body = "".join(body_lines(chance, number, count, title, origin))
    bare = f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body class="single post">{body}\n'
    return f"{bare}<script>{state(chance, WEIGHT - len(bare) - 40)}</script>\n</body></html>\n".encode()


def sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize()


def head_lines(chance: random.Random, number: int, title: str, origin: str) -> Iterator[str]:
    url, picture = f"{origin}/{number}.html", f"{origin}/{number - number % PICTURE_FOR}.png"
    description = sentence(chance, 22)
    date = f"2026-{1 + number % 9:02}-{1 + number % 27:02}T09:30:00+00:00"
    yield f"<meta charset=utf-8><title>{title} | Harbour Paper</title>\n"
    for name, value in (("description", description), ("twitter:card", "summary_large_image"), ("author", "Ada Moss")):
        yield f'<meta name="{name}" content="{value}">\n'
    tags = {"title": title, "description": description, "type": "article", "url": url, "image": picture,
            "image:width": 1200, "image:height": 630, "site_name": "Harbour Paper"}  # fmt: skip
    for key, said in tags.items():
        yield f'<meta property="og:{key}" content="{said}">\n'
    yield f'<meta property="article:published_time" content="{date}">\n<link rel="canonical" href="{url}">\n'
    for asset in range(12):
        yield f'<link rel="stylesheet" href="/assets/style-{asset}.css?v=3">\n<script src="/assets/{asset}.js"></script>\n'
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "image": [picture],
               "datePublished": date, "author": {"@type": "Person", "name": "Ada Moss", "url": f"{origin}/ada"},
               "publisher": {"@type": "Organization", "name": "Harbour Paper", "sameAs": list(NETWORKS[3:])}}  # fmt: skip
    yield f'<script type="application/ld+json">{json.dumps(article)}</script>\n'
    yield f"<style>{''.join(f'.c{n}{{color:#{n:06x};margin:{n}px}}' for n in range(700))}</style>\n"


def body_lines(chance: random.Random, number: int, count: int, title: str, origin: str) -> Iterator[str]:
    links = [f"/{(number + step) % count}.html" for step in range(1, LINKS)]
    menu, links = [f"/section-{n}/" for n in range(30)], links[: LINKS - 30 - len(NETWORKS) - 15]
    items = "".join(
        f'<li class="menu-item menu-item-{n}"><a href="{to}">Section {n}</a></li>' for n, to in enumerate(menu)
    )
    yield f'<header class="site-header"><nav class="main-navigation"><ul>{items}</ul></nav></header>\n<main>'
    yield f'<article class="post-{number} hentry type-post"><header class="entry-header"><h1 class="entry-title">{title}</h1>'
    yield '<p class="byline">By <a rel="author" href="/ada">Ada Moss</a> <time datetime="2026-03-01">1 March 2026</time></p></header>'
    for part in range(30):
        yield f'<h2 id="part-{part}">{sentence(chance, 5)}</h2>\n' if part % 5 == 0 else ""
        source = f'<a href="https://source-{part}.example/study">{sentence(chance, 3)}</a>' if part % 2 else ""
        yield f'<p class="wp-block-paragraph">{sentence(chance, 40)} {source}. <em>{sentence(chance, 12)}</em>.</p>\n'
    shared = f"{origin}/{number}.html"
    buttons = "".join(f'<li><a class="icon" href="{one.format(url=shared)}"><svg></svg></a></li>' for one in NETWORKS)
    yield f'<ul class="share-buttons">{buttons}</ul></article>'
    yield '<div itemscope itemtype="https://schema.org/BreadcrumbList">'
    for place in range(3):
        yield '<span itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">'
        yield f'<span itemprop="name">Level {place}</span><meta itemprop="position" content="{place}"></span>'
    yield '</div></main><aside class="sidebar">'
    for to in links:
        yield f'<div class="teaser card-{len(to)}"><a class="teaser__link" href="{to}"><span class="teaser__label">{sentence(chance, 1)}</span><strong>{sentence(chance, 4)}</strong></a><p><em>{len(to)}</em></p></div>\n'
    yield '</aside><footer class="site-footer"><p>© 2026 Harbour Paper</p></footer>'


def state(chance: random.Random, length: int) -> str:
    """What applications leave in a page: numbers and words for their scripts."""
    parts = [f'{{"id":{chance.randrange(10**9)},"name":"{sentence(chance, 6)}"}}' for _ in range(max(0, length) // 60)]
    return f"window.state=[{','.join(parts)[: max(0, length)]}]"


def png(width: int, height: int) -> bytes:
    """A plain white picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\xff" * (width // 8)) * height)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )
