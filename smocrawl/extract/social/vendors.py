"""Share, follow and comment tools that a page carries, and what it shows of other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lxml.html import HtmlElement

from smocrawl.extract import limits, urls
from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.document import Document, folded
from smocrawl.extract.social import addresses, tables
from smocrawl.extract.social.meaning import embedded, tools
from smocrawl.extract.social.tables import Row
from smocrawl.page import Embed, Vendor

LETTERS = 3
"""Characters before the last dot of a host that tell most tools from all other hosts."""
Signal = tuple[Row, str, bool]
"""A tool, what gave it away, and whether that is a script or frame."""

MOST_EMBEDS = 500
LAZY = ("data-src", "data-lazy-src", "data-original", "data-cmp-src", "data-cookieblock-src", "data")
"""Where a frame's address stands beside ``src``: for lazy loaders and consent tools; ``data`` is that of an object."""
PLAYERS = ("iframe", "embed", "object", "script")
NAMING = ("cite", "data-instgrm-permalink", "data-text-post-permalink", "data-href", "data-bluesky-uri",
          "data-telegram-post", "videoid", "href")  # fmt: skip
"""Attributes in which a marked element names what it shows."""


def read_vendors(document: Document) -> tuple[Vendor, ...]:
    """The tools that the page carries, each once, in the order of our table."""
    written = (document.sources.get(one) for one in document.in_order("script", "iframe"))
    loaded = [address for one in written if one and (address := addresses.parse(document.resolve(one)))]
    inline = document.inline
    signals = [*_by_address(loaded), *_by_loader(inline), *_by_class(document), *_by_mark(document)]
    found: dict[str, Vendor] = {}
    for row, signal, is_script in signals:
        if row["id"] not in found:
            found[row["id"]] = Vendor(
                id=row["id"],
                name=row["name"],
                role=_role(row, signals),
                status=row["status"],
                signal=signal,
                script=is_script or _has_sdk(row, loaded, inline),
                closed=row.get("closed"),
            )
    return tuple(found[row["id"]] for row in tables.rows("vendors") if row["id"] in found)


def _has_sdk(row: Row, loaded: list[addresses.Address], inline: str) -> bool:
    """Whether the script that brings its marked elements to life is loaded."""
    return any(begin in inline or any(one.whole.startswith(begin) for one in loaded) for begin in row.get("sdk", ()))


def _by_loader(inline: str) -> Iterator[Signal]:
    """Inline scripts that load a tool: the address stands in them as text."""
    pattern, by_end = _loadable()
    ends = {inline[max(0, match.start() - LETTERS) : match.end()] for match in pattern.finditer(inline)}
    for end, begin, row in by_end:
        if end in ends and begin in inline:
            yield row, begin, True


@cache
def _loadable() -> tuple[re.Pattern[str], tuple[tuple[str, str, Row], ...]]:
    """A pattern for the ends of their hosts, which is quicker to look for, and (end, address, tool) of each."""
    found, endings = [], set()
    for row in tables.rows("vendors"):
        for begin in row.get("urls", ()):
            address = begin.removeprefix("*.")
            name, _, ending = address.partition("/")[0].rpartition(".")
            endings.add(ending)
            found.append((f"{name[-LETTERS:]}.{ending}", address, row))
    return re.compile(rf"\.(?:{'|'.join(sorted(endings, key=len, reverse=True))})"), tuple(found)


def _role(row: Row, signals: list[Signal]) -> str:
    """A platform's script alone may be there to draw embedded posts only."""
    if row.get("draws_embeds") and all(is_script for one, _, is_script in signals if one is row):
        return "embed"
    return str(row["role"])


def _by_address(loaded: list[addresses.Address]) -> Iterator[Signal]:
    for address in loaded:
        for row, begin in tools(address):
            yield row, begin, True
        for ending, row in _files():
            if address.path.endswith("/" + ending):
                yield row, ending, True


@cache
def _files() -> tuple[tuple[str, Row], ...]:
    return tuple((ending, row) for row in tables.rows("vendors") for ending in row.get("files", ()))


@cache
def _classes() -> dict[str, Row]:
    """The tools by class names as a whole."""
    listed = ((name, row) for row in tables.rows("vendors") for name in row.get("classes", ()))
    return {name: row for name, row in listed if not name.endswith("*")}


@cache
def _beginnings() -> tuple[tuple[str, Row], ...]:
    listed = ((name, row) for row in tables.rows("vendors") for name in row.get("classes", ()))
    return tuple((name[:-1], row) for name, row in listed if name.endswith("*"))


def _by_class(document: Document) -> Iterator[Signal]:
    whole, names = _classes(), document.class_names
    together = " " + " ".join(names)
    begun = [(begin, row) for begin, row in _beginnings() if f" {begin}" in together]
    if not begun and whole.keys().isdisjoint(names):
        return
    for name in names:
        if name in whole:
            yield whole[name], f"class {name}", False
        for begin, row in begun:
            if name.startswith(begin):
                yield row, f"class {name[: limits.LABEL]}", False


def _by_mark(document: Document) -> Iterator[Signal]:
    """Attributes, ids, own elements and script types."""
    types = document.values("type")
    borne = {
        "attributes": document.bearing,
        "ids": frozenset(document.values("id").values()),
        "elements": document.named,
        "types": {types.get(one, "").lower() for one in document.scripts},
    }
    for kind, name, row in _marks():
        if name in borne[kind]:
            yield row, MARKS[kind].format(name=name), False


MARKS = {
    "attributes": "attribute {name}",
    "ids": "id {name}",
    "elements": "<{name}>",
    "types": "script type {name}",
}
"""For each kind of mark how it is told."""


@cache
def _marks() -> tuple[tuple[str, str, Row], ...]:
    return tuple((kind, name, row) for row in tables.rows("vendors") for kind in MARKS for name in row.get(kind, ()))


# -- embeds -------------------------------------------------------------------------------------


def read_embeds(document: Document, survey: Survey) -> tuple[Embed, ...]:
    """Frames, players and marked elements that show something of another site, in document order."""
    found: dict[tuple[str, str | None], Embed] = {}
    marks = _marks_of(document)
    lazy = [name for name in LAZY if name in document.bearing]
    for element in document.in_order(*PLAYERS, *(mark[0] for mark in marks)):
        platform = _marked(element, marks) if marks else None
        url = document.resolve(_named(element)) or document.url if platform else _source(document, element, lazy)
        embed = _embed(document, survey, element, url, platform) if url else None
        if embed is not None:
            found.setdefault((embed.url, embed.platform), embed)
            if len(found) >= MOST_EMBEDS:
                document.complain("limit", "embeds", f"More than {MOST_EMBEDS}; the rest was not read.")
                break
    return tuple(found.values())


def _source(document: Document, element: HtmlElement, lazy: Sequence[str]) -> str:
    """The web address that a frame or player loads, by its ``src`` or another attribute; empty where it loads none."""
    if element.tag not in PLAYERS:
        return ""
    written = document.sources.get(element) or next((value for name in lazy if (value := element.get(name))), None)
    url = document.resolve(written)
    return url if urls.is_web(url) else ""


def _embed(document: Document, survey: Survey, element: HtmlElement, url: str, marked: str | None) -> Embed | None:
    platform = marked or embedded(url)
    if platform is None and (element.tag != "iframe" or not _is_seen(document, element, url)):
        return None
    return Embed(
        url=url,
        platform=platform,
        tag=str(element.tag),
        title=folded(element.get("title"), limits.LABEL) or None,
        in_main=survey.in_main(survey.node_of(element)),
    )


def _is_seen(document: Document, element: HtmlElement, url: str) -> bool:
    """No tracking frame: of another site, with a size, and not for browsers without scripts only."""
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = "display:none" in style or "visibility:hidden" in style or "hidden" in element.attrib
    tiny = any((element.get(side) or "").removesuffix("px") in ("0", "1") for side in ("width", "height"))
    if hidden or tiny or urls.origin(url) == urls.origin(document.url):
        return False
    return next(element.iterancestors("noscript"), None) is None


Mark = tuple[str, str, str, str, str]
"""(tag, class, attribute, value, platform) of elements that a script turns into an embed."""


@cache
def _marked_elements() -> tuple[Mark, ...]:
    found = []
    for row in tables.rows("embeds"):
        for written in row.get("element", ()):
            name, _, attribute = written.removesuffix("]").partition("[")
            tag, _, class_name = name.partition(".")
            attribute, _, value = attribute.partition("=")
            found.append((tag, class_name, attribute, value, str(row["platform"])))
    return tuple(found)


def _marks_of(document: Document) -> list[Mark]:
    """Those that some element of this page may bear; most pages bear no mark at all."""
    names, borne = document.class_names, document.bearing
    return [mark for mark in _marked_elements() if mark[1] in names or (not mark[1] and mark[2] in borne)]


def _marked(element: HtmlElement, marks: list[Mark]) -> str | None:
    names = (element.get("class") or "").split()
    for tag, class_name, attribute, value, platform in marks:
        if element.tag == tag and (not class_name or class_name in names):
            said = element.get(attribute) if attribute else ""
            if said is not None and (not value or said == value):
                return platform
    return None


def _named(element: HtmlElement) -> str | None:
    """The address that a marked element shows: its own attribute, else its last link, as in embedded posts."""
    for name in NAMING:
        if (value := element.get(name)) and value.startswith(("http://", "https://", "//", "/")):
            return value
    hrefs = [link.get("href") for link in element.iter("a") if link.get("href")]
    return hrefs[-1] if hrefs else None
