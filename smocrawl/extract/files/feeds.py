"""Feeds: RSS, Atom and JSON Feed, from bytes to facts, without the network."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser
from attrs import frozen

from smocrawl.extract import limits, urls
from smocrawl.extract.files.answers import load_json, text_of_value
from smocrawl.extract.files.feed_rules import missing
from smocrawl.extract.files.feed_texts import NONE, Relative, pictures_in, relative_in, text_length
from smocrawl.page import Trouble

MOST_ITEMS = 500
MOST_BYTES = 4 * 1024 * 1024
"""A second or two of reading; what lies beyond is cut at the end of an item."""
MOST_TEXT = 100_000
"""Characters of one item's content that are measured."""

ITEM_START = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
ITEM_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
CLOSING = ((b"</channel>", b"<channel"), (b"</rss>", b"<rss"), (b"</feed>", b"<feed"), (b"</rdf:RDF>", b"<rdf:RDF"))
PICTURE_FILE = re.compile(r"\.(jpe?g|png|gif|webp|avif)$", re.IGNORECASE)


@frozen(kw_only=True)
class FeedItem:
    id: str | None = None
    """``guid``, ``atom:id`` or ``id``, as written."""
    title: str | None = None
    """Without markup, folded."""
    link: str | None = None
    """Absolute."""
    published: datetime | None = None
    """Aware, UTC."""
    updated: datetime | None = None
    """Aware, UTC."""
    raw_date: str | None = None
    """The date as written, so that an unreadable one can be shown."""
    author: str | None = None
    """The first author's name."""
    length: int = 0
    """Characters of its text without markup: the content, or the summary where that is longer."""
    image: str | None = None
    """Absolute URL of its picture: Media RSS, enclosure, or the first in its text."""
    image_width: int | None = None
    """As declared; None = not said."""
    image_height: int | None = None
    """The same for the height."""
    relative: Relative = NONE
    """Addresses in its text that no base completes. Atom has one (RFC 4287, section 2): there, none is counted."""


@frozen(kw_only=True)
class FeedFacts:
    url: str
    """Final URL."""
    format: str = "unknown"
    """rss, atom, json or unknown."""
    version: str = ""
    """As feedparser names it (``rss20``, ``atom10``), or the version URL of a JSON Feed."""
    title: str | None = None
    """Without markup, folded."""
    description: str | None = None
    """RSS ``description``, Atom ``subtitle``."""
    link: str | None = None
    """Absolute URL of the site that it belongs to."""
    self_link: str | None = None
    """Absolute URL that the feed gives as its own (``rel=self``, ``feed_url``)."""
    hub: str | None = None
    """Where a reader may subscribe to be told (WebSub)."""
    language: str | None = None
    """As written."""
    author: str | None = None
    """Name of its author."""
    icon: str | None = None
    """Absolute URL of its icon, logo or picture."""
    items: tuple[FeedItem, ...] = ()
    """In the order of the feed, at most :data:`MOST_ITEMS`."""
    whole: bool = True
    """False where more items follow than were read."""
    well_formed: bool = True
    """An XML (or JSON) parser reads it to its end."""
    missing: tuple[str, ...] = ()
    """Fields that its format requires and that are absent: ``channel description``, ``item id`` …"""
    trouble: tuple[Trouble, ...] = ()
    """What could not be read."""


CUT = Trouble(
    kind="limit", where="items", detail=f"Long: only its first {MOST_ITEMS} items, or {MOST_BYTES} bytes, were read."
)


def read_feed(body: bytes, url: str, content_type: str = "") -> FeedFacts:
    """What the feed offers; a broken one gives what could be read and a Trouble."""
    start = body[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return read_json_feed(body, url)
    if not start:
        return unreadable(url, "empty", "The file is empty.")
    if re.match(rb"<(?:!doctype\s+)?html\b", start, re.IGNORECASE):
        return unreadable(url, "html", "A web page in place of a feed.")
    if b"<!ENTITY" in body or b"<!ENTITY" in body.replace(b"\x00", b""):
        return unreadable(url, "refused", "The file defines entities, which no feed needs; it was not read.")
    return read_xml_feed(body, url, content_type)


def unreadable(url: str, kind: str, why: str) -> FeedFacts:
    return FeedFacts(url=url, well_formed=False, trouble=(Trouble(kind=kind, where="feed", detail=why),))


# -- RSS and Atom -------------------------------------------------------------------------------


def read_xml_feed(body: bytes, url: str, content_type: str) -> FeedFacts:
    data, whole = bounded(body)
    try:
        found = parsed(data, url, content_type)
    except Exception as wrong:  # noqa: BLE001 - feedparser raises whatever its dozens of handlers meet
        return unreadable(url, "xml", f"{type(wrong).__name__}: {wrong}"[: limits.LABEL])
    version = found.get("version") or ""
    kind = next((name for name in ("rss", "atom") if version.startswith(name)), "unknown")
    if kind == "unknown" and not found.entries:
        return unreadable(url, "xml", "Neither RSS nor Atom nor JSON Feed.")
    channel = found.feed
    based = kind == "atom" or b"xml:base" in data
    items = tuple(_xml_item(entry, url, based=based) for entry in found.entries[:MOST_ITEMS])
    return FeedFacts(
        url=url,
        format=kind,
        version=version,
        title=text_of_value(channel.get("title")),
        description=text_of_value(channel.get("subtitle")),
        link=_address(url, channel.get("link")),
        self_link=_address(url, _link_of(channel, "self")),
        hub=_address(url, _link_of(channel, "hub")),
        language=text_of_value(channel.get("language")),
        author=text_of_value(channel.get("author")),
        icon=_address(url, channel.get("icon") or channel.get("logo") or (channel.get("image") or {}).get("href")),
        items=items,
        whole=whole,
        well_formed=not found.bozo or _is_harmless(found.get("bozo_exception")),
        missing=tuple(missing(version, data, channel, found.entries[:MOST_ITEMS])),
        trouble=tuple(_troubles(found, whole=whole)),
    )


def parsed(data: bytes, url: str, content_type: str) -> Any:
    """What feedparser makes of it; a file object, because it opens or fetches what looks like a name or an address."""
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    return feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def bounded(body: bytes) -> tuple[bytes, bool]:
    """The feed up to its last item that is read, closed again; and whether that is all of it."""
    end = None
    for number, found in enumerate(ITEM_START.finditer(body[:MOST_BYTES])):
        if number == MOST_ITEMS:
            end = found.start()
            break
    if end is None and len(body) <= MOST_BYTES:
        return body, True
    if end is None:
        ends = [found.end() for found in ITEM_END.finditer(body[:MOST_BYTES])]
        end = ends[-1] if ends else MOST_BYTES
    head = body[:4096]
    return body[:end] + b"".join(closing for closing, opening in CLOSING if opening in head), False


def _is_harmless(wrong: object) -> bool:
    """What feedparser mends in passing and no reader minds: the media type, or a charset said twice."""
    return isinstance(wrong, feedparser.NonXMLContentType | feedparser.CharacterEncodingOverride)


def _troubles(found: Any, *, whole: bool) -> Iterator[Trouble]:
    if found.bozo and (wrong := found.get("bozo_exception")) is not None:
        kind = "type" if isinstance(wrong, feedparser.NonXMLContentType) else "xml"
        kind = "charset" if isinstance(wrong, feedparser.CharacterEncodingOverride) else kind
        yield Trouble(
            kind=kind, where=_line_of(wrong), detail=text_of_value(str(wrong), limits.LABEL) or type(wrong).__name__
        )
    if not whole:
        yield CUT


def _line_of(wrong: object) -> str:
    get_line = getattr(wrong, "getLineNumber", None)
    return f"line {get_line()}" if get_line else "feed"


def _xml_item(entry: Any, url: str, *, based: bool) -> FeedItem:
    # Asked for a missing update, feedparser's own look-up answers with the publication and warns.
    contents = [str(one.get("value", ""))[:MOST_TEXT] for one in entry.get("content", ())]
    summary = str(entry.get("summary", ""))[:MOST_TEXT]
    image, width, height = _image(_xml_images(entry, (*contents, summary)), url)
    return FeedItem(
        id=text_of_value(entry.get("id")),
        title=text_of_value(entry.get("title")),
        link=_address(url, entry.get("link")),
        published=_moment(entry.get("published_parsed") or entry.get("created_parsed")),
        updated=_moment(dict.get(entry, "updated_parsed")),
        raw_date=text_of_value(entry.get("published") or dict.get(entry, "updated")),
        author=text_of_value(entry.get("author")),
        length=max(map(text_length, (*contents, summary))),
        image=image,
        image_width=width,
        image_height=height,
        relative=NONE if based else relative_in(next(iter(contents), summary)),
    )


def _xml_images(entry: Any, texts: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    """Pictures of an item, the ones meant as such first: Media RSS, enclosure, inside the text."""
    declared: tuple[Mapping[str, Any], ...] = (*entry.get("media_content", ()), *entry.get("links", ()))
    for one in declared:
        if _is_picture(one) and (one.get("rel") or "enclosure") == "enclosure":
            yield {"src": one.get("url") or one.get("href"), "width": one.get("width"), "height": one.get("height")}
    for one in entry.get("media_thumbnail", ()):
        yield {"src": one.get("url"), "width": one.get("width"), "height": one.get("height")}
    if entry.get("image"):
        yield {"src": entry["image"].get("href")}
    for text in texts:
        yield from pictures_in(text)


def _is_picture(one: Mapping[str, Any]) -> bool:
    kind = str(one.get("type") or "")
    address = str(one.get("url") or one.get("href") or "")
    path = address.partition("?")[0]
    return kind.startswith("image/") or one.get("medium") == "image" or (not kind and bool(PICTURE_FILE.search(path)))


def _link_of(channel: Any, rel: str) -> str | None:
    return next((one.get("href") for one in channel.get("links", ()) if one.get("rel") == rel), None)


OLDEST = 1970
"""Generators write the zero of their calendar where they know no date (Hugo: the year 1)."""


def _moment(parsed: Any) -> datetime | None:
    if parsed is None:
        return None
    try:
        # feedparser gives UTC.
        year, month, day, hour, minute, second = parsed[:6]
        if year < OLDEST:
            return None
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


# -- JSON Feed ----------------------------------------------------------------------------------


def read_json_feed(body: bytes, url: str) -> FeedFacts:
    """JSON Feed 1.0 and 1.1."""
    data, wrong = load_json(body)
    if wrong is not None:
        return unreadable(url, "json", wrong)
    if not isinstance(data, dict) or "jsonfeed.org/version/" not in str(data.get("version", "")):
        return unreadable(url, "json", "JSON, but no JSON Feed: it names no version of that format.")
    listed = data.get("items")
    entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    whole = len(entries) <= MOST_ITEMS
    return FeedFacts(
        url=url,
        format="json",
        version=text_of_value(data["version"], limits.LABEL) or "",
        title=text_of_value(data.get("title")),
        description=text_of_value(data.get("description")),
        link=_address(url, data.get("home_page_url")),
        self_link=_address(url, data.get("feed_url")),
        hub=_address(url, _json_hub(data)),
        language=text_of_value(data.get("language")),
        author=_json_author(data),
        icon=_address(url, data.get("icon") or data.get("favicon")),
        items=tuple(_json_item(one, url) for one in entries[:MOST_ITEMS]),
        whole=whole,
        missing=tuple(_json_missing(data, entries)),
        trouble=() if whole else (CUT,),
    )


def _json_hub(data: Mapping[str, Any]) -> object:
    hubs = data.get("hubs")
    return hubs[0].get("url") if isinstance(hubs, list) and hubs and isinstance(hubs[0], dict) else None


def _json_missing(data: Mapping[str, Any], entries: list[dict[str, Any]]) -> Iterator[str]:
    if not data.get("title"):
        yield "channel title"
    if not isinstance(data.get("items"), list):
        yield "channel items"
    if any(not one.get("id") for one in entries):
        yield "item id"
    if any("content_html" not in one and "content_text" not in one for one in entries):
        yield "item content_html or content_text"


def _json_item(one: Mapping[str, Any], url: str) -> FeedItem:
    text = str(one.get("content_html") or "")[:MOST_TEXT]
    plain = str(one.get("content_text") or "")[:MOST_TEXT]
    declared = ({"src": one.get(name)} for name in ("image", "banner_image") if one.get(name))
    image, width, height = _image((picture for group in (declared, pictures_in(text)) for picture in group), url)
    return FeedItem(
        id=text_of_value(one.get("id")),
        title=text_of_value(one.get("title")),
        link=_address(url, one.get("url") or one.get("external_url")),
        published=_iso(one.get("date_published")),
        updated=_iso(one.get("date_modified")),
        raw_date=text_of_value(one.get("date_published") or one.get("date_modified")),
        author=_json_author(one),
        length=max(
            text_length(text), len(" ".join(plain.split())), text_length(str(one.get("summary") or "")[:MOST_TEXT])
        ),
        image=image,
        image_width=width,
        image_height=height,
        relative=relative_in(text),
    )


def _json_author(data: Mapping[str, Any]) -> str | None:
    authors = data.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else data.get("author")
    return text_of_value(first.get("name")) if isinstance(first, dict) else None


def _iso(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


# -- small things -------------------------------------------------------------------------------


def _image(found: Iterator[Mapping[str, Any]], url: str) -> tuple[str | None, int | None, int | None]:
    """The first picture that is no counting pixel."""
    for one in found:
        address = _address(url, one.get("src"))
        width, height = _pixels(one.get("width")), _pixels(one.get("height"))
        if address and width not in (0, 1) and height not in (0, 1):
            return address, width, height
    return None, None, None


def _pixels(value: object) -> int | None:
    text = str(value or "").removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _address(base: str, value: object) -> str | None:
    found = urls.resolve(base, value) if isinstance(value, str) else ""
    return found if urls.is_web(found) else None
