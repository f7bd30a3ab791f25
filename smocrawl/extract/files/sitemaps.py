"""Sitemaps: lists of pages, lists of lists, plain text and feeds, packed or not."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from attrs import frozen
from lxml import etree

from smocrawl.extract import limits, urls
from smocrawl.page import Trouble

MOST_BYTES = 50 * 1024 * 1024
MOST_ENTRIES = 50_000
"""sitemaps.org: at most 50,000 URLs and 50 MB (52,428,800 bytes) unpacked a file, for lists of sitemaps too."""
MOST_ALTERNATES = 100
PACKINGS = 2
"""A packed file that the server packs once more for the way."""
GZIP = b"\x1f\x8b"
CHUNK = 64 * 1024
ITEMS = frozenset(("url", "sitemap", "item", "entry"))
FORMATS = {"urlset": "urlset", "sitemapindex": "index", "rss": "feed", "feed": "feed", "rdf": "feed"}
FIRST_TAG = re.compile(rb"<[A-Za-z]")


@frozen(kw_only=True)
class SitemapEntry:
    """One page that a sitemap lists."""

    url: str
    """As listed, trimmed."""
    lastmod: str | None = None
    """As written."""
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, URL) of its translations."""
    images: int = 0
    """Pictures that the image extension names."""
    videos: int = 0
    """Films that the video extension names."""
    news: bool = False
    """The news extension is there."""


@frozen(kw_only=True)
class SitemapChild:
    """One sitemap that an index lists."""

    url: str
    """As listed, trimmed."""
    lastmod: str | None = None
    """As written; None = not said."""


@frozen(kw_only=True)
class SitemapFacts:
    url: str
    """Final URL."""
    format: str = "unknown"
    """urlset, index, text, feed or unknown."""
    entries: tuple[SitemapEntry, ...] = ()
    """Pages, in order."""
    sitemaps: tuple[SitemapChild, ...] = ()
    """Children of an index, in order."""
    packed: bool = False
    """It came as a gzip file."""
    size: int = 0
    """Bytes after unpacking."""
    trouble: tuple[Trouble, ...] = ()
    """What could not be read."""


def read_sitemap(body: bytes, url: str) -> SitemapFacts:
    """What the sitemap lists; a broken one gives what could be read and a Trouble."""
    reading = Reading(url)
    data, packed = reading.unpacked(body)
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if looks_like_markup(data):
        reading.markup(data)
    elif data:
        reading.text(data)
    else:
        reading.complain("empty", "file", "The file is empty.")
    return SitemapFacts(
        url=url,
        format=reading.format,
        entries=tuple(reading.entries),
        sitemaps=tuple(reading.sitemaps),
        packed=packed,
        size=len(data),
        trouble=tuple(reading.trouble),
    )


def looks_like_markup(data: bytes) -> bool:
    return data[:1] == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff")


class Reading:
    """What has been read of one file so far."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.format = "unknown"
        self.entries: list[SitemapEntry] = []
        self.sitemaps: list[SitemapChild] = []
        self.trouble: list[Trouble] = []
        self.left_out = 0

    def complain(self, kind: str, where: str, detail: str) -> None:
        self.trouble.append(Trouble(kind=kind, where=where, detail=detail))

    def unpacked(self, body: bytes) -> tuple[bytes, bool]:
        """The file itself, known to be packed by its first bytes, whatever its name says."""
        packed = body.startswith(GZIP)
        for _ in range(PACKINGS):
            if not body.startswith(GZIP):
                break
            body = self._gunzip(body)
        if len(body) > MOST_BYTES:
            self.complain("limit", "file", f"Longer than {MOST_BYTES} bytes; the rest was not read.")
            body = body[:MOST_BYTES]
        return body, packed

    def _gunzip(self, body: bytes) -> bytes:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data = unpacker.decompress(body, MOST_BYTES + 1)
        except zlib.error as wrong:
            self.complain("gzip", "file", str(wrong))
            # What stands before the damage is given back piece by piece.
            return b"".join(_pieces(body))
        if not unpacker.eof and len(data) <= MOST_BYTES:
            self.complain("truncated", "file", "The packed file ends too early.")
        return data

    def text(self, data: bytes) -> None:
        """One address a line, UTF-8 (sitemaps.org, "Text file")."""
        self.format = "text"
        for line in data.decode("utf-8", "replace").splitlines():
            if line.strip() and not self._add_page(SitemapEntry(url=line.strip())):
                break
        self._account()
        if not self.entries:
            self.format = "unknown"

    def markup(self, data: bytes) -> None:
        if b"<!ENTITY" in data:
            self.complain("refused", "DOCTYPE", "The file defines entities, which no sitemap needs; it was not read.")
            return
        # No entity is resolved, no DTD loaded, nothing fetched; libxml2's own limits on depth stay on.
        parser = etree.XMLPullParser(
            events=("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False,
            remove_comments=True, remove_pis=True, huge_tree=False,
        )  # fmt: skip
        try:
            for start in range(0, len(data), CHUNK):
                parser.feed(data[start : start + CHUNK])
                if not self._events(parser):
                    break
            else:
                parser.close()
                self._events(parser)
        except (etree.XMLSyntaxError, UnicodeDecodeError) as wrong:
            self.complain("xml", "file", str(wrong)[: limits.LABEL])
        else:
            if wrongs := [one for one in parser.feed_error_log if one.level >= etree.ErrorLevels.ERROR]:
                self.complain("xml", f"line {wrongs[0].line}", wrongs[0].message[: limits.LABEL])
        self._account()

    def _events(self, parser: etree.XMLPullParser) -> bool:
        """Takes what has been parsed; False = enough."""
        for event, element in parser.read_events():
            if not isinstance(element.tag, str):
                continue
            name = local(element.tag)
            if event == "start":
                if element.getparent() is None and not self._begin(name):
                    return False
            elif name in ITEMS:
                if not self._take(name, element):
                    return False
                _forget(element)
        return True

    def _begin(self, name: str) -> bool:
        self.format = FORMATS.get(name, "unknown")
        if self.format == "unknown":
            self.complain(
                "html" if name == "html" else "xml", "file", f"No sitemap: its outermost element is <{name[:40]}>."
            )
        return self.format != "unknown"

    def _take(self, name: str, element: etree._Element) -> bool:
        if name == "sitemap":
            return self._add_sitemap(element)
        if name == "url":
            return self._add_page(page_entry(element))
        link = child_text(element, "link") or next(
            (
                one.get("href", "")
                for one in element
                if local(one.tag) == "link" and one.get("rel") in (None, "alternate")
            ),
            "",
        )
        changed = child_text(element, "updated") or child_text(element, "pubDate") or child_text(element, "date")
        return self._add_page(SitemapEntry(url=link or "", lastmod=changed))

    def _add_sitemap(self, element: etree._Element) -> bool:
        url = urls.resolve(self.url, child_text(element, "loc") or "")
        if not urls.is_web(url):
            self.left_out += 1
        else:
            self.sitemaps.append(SitemapChild(url=url, lastmod=child_text(element, "lastmod")))
        return self._room(len(self.sitemaps))

    def _add_page(self, entry: SitemapEntry) -> bool:
        if not urls.is_web(entry.url) or not urls.origin(entry.url):
            self.left_out += 1
        else:
            self.entries.append(entry)
        return self._room(len(self.entries))

    def _room(self, count: int) -> bool:
        if count < MOST_ENTRIES:
            return True
        self.complain("limit", "file", f"{MOST_ENTRIES} addresses and more; the rest was not read.")
        return False

    def _account(self) -> None:
        if self.left_out:
            self.complain("address", "loc", f"{self.left_out} entries name no full web address.")


def page_entry(element: etree._Element) -> SitemapEntry:
    """One ``<url>`` with what the extensions for languages, pictures, videos and news add."""
    alternates: list[tuple[str, str]] = []
    images = videos = 0
    news = False
    for child in element:
        name = local(child.tag)
        if name == "link" and child.get("hreflang") and len(alternates) < MOST_ALTERNATES:
            alternates.append((child.get("hreflang", "")[:35], child.get("href", "").strip()[: limits.URL]))
        images += name == "image"
        videos += name == "video"
        news = news or name == "news"
    return SitemapEntry(
        url=child_text(element, "loc") or "",
        lastmod=child_text(element, "lastmod"),
        alternates=tuple(alternates),
        images=images,
        videos=videos,
        news=news,
    )


def child_text(element: etree._Element, name: str) -> str | None:
    for child in element:
        if isinstance(child.tag, str) and local(child.tag) == name and child.text:
            text = child.text.strip()
            return text if len(text) <= limits.URL else ""
    return None


def local(tag: object) -> str:
    """A tag's name without its namespace, which many sitemaps misspell."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _forget(element: etree._Element) -> None:
    """Frees what has been taken, so that a large file needs no large memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _pieces(body: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    total = 0
    for start in range(0, len(body), 1024):
        try:
            piece = unpacker.decompress(body[start : start + 1024], MOST_BYTES)
        except zlib.error:
            return
        total += len(piece)
        yield piece
        if total > MOST_BYTES:
            return
