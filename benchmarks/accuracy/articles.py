"""Suites of pages with the title, the author, the date … that their project asserts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.accuracy import DATES, Verdict, declared, is_among, is_day_among
from smocrawl import Page
from smocrawl.extract import read_page

UTF_8 = {"content-type": "text/html; charset=utf-8"}
"""For pages that their project stores decoded, whatever they state inside."""

HTML = {"content-type": "text/html"}
"""For pages stored as they came."""

METASCRAPER = {
    "title": ("title",), "description": ("description",), "image": ("image",), "date": DATES, "author": ("author",),
    "lang": ("language",), "publisher": ("publisher", "site_name"),
}  # fmt: skip

READABILITY = {
    "title": ("title",), "byline": ("author",), "lang": ("language",), "siteName": ("site_name", "publisher"),
    "publishedTime": DATES,
}  # fmt: skip

NEWSPAPERS = {
    "title": ("title",), "meta_description": ("description",), "meta_lang": ("language",), "meta_img": ("image",),
    "canonical_link": ("url",), "meta_site_name": ("site_name", "publisher"), "publish_date": DATES,
    "publishing_date": DATES, "authors": ("author",),
}  # fmt: skip

UNKNOWN = "http://example.com/a"
"""For pages of which nobody says where they stood."""

_PARTED = re.compile(r", | and | & ")
_LITERAL = r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`"
_ASSERTED = re.compile(rf"^      (\w+): ({_LITERAL}),?$", re.MULTILINE)
_ADDRESS = re.compile(rf"\burl\s*=\s*({_LITERAL})")


def metascraper(folder: Path) -> Iterator[Verdict]:
    """microlinkhq/metascraper: its integration pages and the snapshots beside them."""
    for snapshot in sorted(folder.glob("packages/metascraper/test/integration/*/snapshots/*.md")):
        home = snapshot.parents[1]
        pages, program = sorted(home.glob("*.html")), home / "index.js"
        if not pages:
            continue
        address = _ADDRESS.search(program.read_text("utf-8")) if program.exists() else None
        asserted: dict[str, str] = {}
        for name, literal in _ASSERTED.findall(snapshot.read_text("utf-8")):
            asserted.setdefault(name, _text(literal))
        url = _text(address[1]) if address else UNKNOWN
        yield from _of_page(home.name, read_page(url, pages[0].read_bytes(), headers=UTF_8), asserted, METASCRAPER)


def readability(folder: Path) -> Iterator[Verdict]:
    """mozilla/readability: ``test/test-pages``."""
    for expected in sorted(folder.glob("test/test-pages/*/expected-metadata.json")):
        page = read_page(
            "http://fakehost/test/page.html", expected.with_name("source.html").read_bytes(), headers=UTF_8
        )
        yield from _of_page(expected.parent.name, page, json.loads(expected.read_text("utf-8")), READABILITY)


def goose(folder: Path) -> Iterator[Verdict]:
    """goose3/goose3: ``tests/data``, an answer beside each page."""
    for answer in sorted(folder.glob("tests/data/*/*.json")):
        page, told = answer.with_suffix(".html"), json.loads(answer.read_text("utf-8"))
        if page.exists() and "expected" in told:
            read = read_page(told.get("url") or UNKNOWN, page.read_bytes(), headers=HTML)
            yield from _of_page(answer.stem, read, told["expected"], NEWSPAPERS)


def newspaper(folder: Path) -> Iterator[Verdict]:
    """AndyTheFactory/newspaper4k: ``tests/data/metadata`` for the pages of ``tests/data/html``."""
    for answer in sorted(folder.glob("tests/data/metadata/*.json")):
        page, told = folder / "tests" / "data" / "html" / f"{answer.stem}.html", json.loads(answer.read_text("utf-8"))
        if page.exists():
            read = read_page(told.get("url") or UNKNOWN, page.read_bytes(), headers=HTML)
            yield from _of_page(answer.stem, read, told, NEWSPAPERS)


def htmldate(folder: Path) -> Iterator[Verdict]:
    """adbar/htmldate: the dates of its evaluation, of every page that it stores."""
    tests = folder / "tests"
    for listed in ("eval_mediacloud_2020.json", "eval_default.json"):
        for url, told in sorted(json.loads((tests / listed).read_text("utf-8")).items()):
            stored = [tests / place / told["file"] for place in ("test_set", "cache", "eval")]
            page = next((one for one in stored if one.is_file()), None)
            if page:
                read = read_page(url, page.read_bytes(), headers=HTML)
                yield from _of_page(told["file"], read, {"date": told["date"]}, {"date": DATES})


def _of_page(
    case: str, page: Page, asserted: Mapping[str, object], fields: Mapping[str, tuple[str, ...]]
) -> Iterator[Verdict]:
    for field, names in fields.items():
        values, found = asserted.get(field), declared(page, names)
        if isinstance(values, list):  # of names, where a page may have all in one
            found += tuple(part for one in found for part in _PARTED.split(one))
        among = is_day_among if names == DATES else is_among
        for value in values if isinstance(values, list) else [values]:
            if value:
                yield Verdict(case, field, str(value), found, among(str(value), found))


def _text(literal: str) -> str:
    """What a literal of JavaScript says."""
    inside = literal[1:-1].replace("\\n", "\n")
    return re.sub(r"\\(.)", r"\1", inside)
