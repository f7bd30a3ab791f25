"""What readers with rules of their own find: regular expressions over head, first texts, what stands behind the first h1."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.entities import name2codepoint

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring, fragments_fromstring

from smocrawl.extract import limits
from smocrawl.extract.document import Document
from smocrawl.page import Leads

NOT_SHOWN = frozenset(
    [
        "header",
        "nav",
        "aside",
        "footer",
        "script",
        "noscript",
        "style",
        "svg",
        "iframe",
        "video",
        "canvas",
        "img",
        "picture",
    ]
)
NOT_SHOWN_ROLES = frozenset(("directory", "menu", "menubar", "toolbar"))
WIDEST = 1_024
"""Nodes that wait at once (synapse/media/preview_html.py)."""
COMMENT = b"<!--"
DESCRIPTIONS = frozenset(("description", "og:description", "twitter:description"))
ENOUGH, LONGEST = 200, 1_200
"""Characters of text from which on Synapse adds no more, and of one node of which it can keep any."""


def read_leads(document: Document) -> Leads:
    root = document.root
    heading = next(iter(document.named.get("h1", ())), None)
    return Leads(
        prefixes=_prefixes(root),
        title=_direct_text(document),
        titles="".join("".join(one.itertext()) for one in document.named.get("title", ()))[: limits.VALUE],
        texts=tuple(_first_texts(_summarized(document))),
        paragraph=_paragraph(document, heading),
        image=_image_behind(heading),
        scanned=scan(document.decoded.text),
    )


PREFIX = re.compile(r"(\w+):\s*[^ ]+")


def _prefixes(root: HtmlElement) -> tuple[str, ...]:
    head = root.find("head")
    declared = head.get("prefix") if head is not None else None
    return tuple(name.lower() for name in PREFIX.findall((declared or "")[: limits.VALUE]))


def _direct_text(document: Document) -> str | None:
    first = [document.named[name][0] for name in ("title", "h1", "h2", "h3") if name in document.named]
    for element in sorted(first, key=document.order.__getitem__):
        said = next((text for text in (element.text, *(child.tail for child in element)) if text), None)
        if said is not None:
            return said.strip()[: limits.VALUE]
    return None


def _summarized(document: Document) -> HtmlElement | None:
    """The body; with its comments, which part texts for Synapse, where the page has no description of its own."""
    metas = document.named.get("meta", ())
    if COMMENT not in document.scanned or any(_describes(one) for one in metas):
        return document.root.find("body")
    parser = HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=False)
    try:
        return document_fromstring(document.decoded.text[: limits.SCANNED].encode(), parser=parser).find("body")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return document.root.find("body")


def _describes(meta: HtmlElement) -> bool:
    return bool(meta.get("content")) and (meta.get("property") or meta.get("name") or "").lower() in DESCRIPTIONS


def _first_texts(body: HtmlElement | None) -> Iterator[str]:
    found = 0
    for text in _texts(body):
        folded = " ".join(text[: limits.VALUE * 8].split())[:LONGEST]
        yield folded
        found += len(folded) + 2
        if found >= ENOUGH:
            return


def _texts(body: HtmlElement | None) -> Iterator[str]:
    """Text nodes in document order, without what is not meant for reading."""
    waiting: list[HtmlElement | str] = [] if body is None else [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one.tag, str) and one.tag not in NOT_SHOWN and one.get("role") not in NOT_SHOWN_ROLES:
            if one.text:
                yield one.text
            for child in one.iterchildren(reversed=True):
                if len(waiting) > WIDEST:
                    break
                if child.tail:
                    waiting.append(child.tail)
                waiting.append(child)


def _paragraph(document: Document, heading: HtmlElement | None) -> str | None:
    """The first one behind the first heading, else the first one."""
    paragraphs, behind = document.named.get("p", []), None
    if heading is not None:
        start = document.order[heading]
        behind = next((one for one in paragraphs if document.order[one] > start), None)
    for one in (behind, *paragraphs[:1]):
        if one is not None and (text := "".join(one.itertext())):
            return text.strip()[: limits.VALUE]
    return None


def _image_behind(heading: HtmlElement | None) -> str | None:
    if heading is None:
        return None
    return next((one.get("src") for one in heading.itersiblings("img") if one.get("src") is not None), None) or None


# -- regular expressions over head, each bounded: a page may leave every quote open ----------------------------------

# Flags stand inside: a pattern that begins with a plain ``<`` is searched many times faster.
TITLE = re.compile(r"<(?i:title)")
TITLE_END = re.compile(r"<\s{0,9}/\s{0,9}(?i:title)>")
META = re.compile(r"<(?i:meta\s)")
CONTENT = re.compile(r"(?i:content=)([\"']?)")
LINK = re.compile(r"<(?i:link\s)")
ICON = re.compile(r"rel=[\"']?\s*(?:icon|shortcut icon|icon shortcut)", re.IGNORECASE)
HREF = re.compile(r"href=(?:([\"'])([^\" >]*)\1|([^\" >]*))", re.IGNORECASE)
NAMED = {
    "description": re.compile(r"name=([\"']?)\s*(?:og:)?description\s*\1", re.IGNORECASE),
    "image": re.compile(r"property=([\"']?)\s*og:image(?::url)?\s*\1", re.IGNORECASE),
}
MOST_METAS = 300
ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,10}));")
"""The entities of HTML 4.01 and numbers, each with its semicolon: what PHP decodes."""
CHARACTERS = re.compile(r"[\t\n\r -~\xa0-\ud7ff\ue000-\U0010ffff]")
"""Those that HTML 4.01 knows; a number that names another stays as it is written."""
BLANKS = " \t\n\r\x00\x0b"
"""What PHP's trim takes away: no non-breaking space."""
HIDDEN = re.compile(r"<(script|style)[^>]*+>.*?</\1>", re.IGNORECASE | re.DOTALL)
QUOTES = ("'", '"')


def scan(text: str) -> dict[str, str]:
    """Title, description, image and icon between ``<head`` and ``</head>``; what is not there is left out.

    Read is only the beginning of *text*, up to :data:`~smocrawl.extract.limits.SCANNED`.
    """
    head = _head(text)
    found = {}
    if title := _title(head):
        found["title"] = _plain(title)
    for name, content in _contents(head):
        found.setdefault(name, _plain(content) if name == "description" else content)
    if href := HREF.search(_icon(head)):
        found["icon"] = (href[2] or href[3] or "").strip(BLANKS)
    return {name: value[: limits.VALUE] for name, value in found.items() if value}


def _head(text: str) -> str:
    text_end = limits.SCANNED
    start = text.find("<head", 0, text_end)
    end = text.find("</head>", 0, text_end) if start >= 0 else -1
    if start >= 0 and end < 0:
        end = text.find("<body", 0, text_end)
    return text[:text_end] if end < 0 else f"{text[start : min(start + end, text_end)]}</head>"


def _title(head: str) -> str:
    opened = TITLE.search(head)
    start = head.find(">", opened.end()) + 1 if opened else 0
    closed = TITLE_END.search(head, start) if start else None
    return head[start : closed.start()].strip(BLANKS) if closed else ""


def _icon(head: str) -> str:
    """The first link tag that names an icon."""
    position = 0
    while link := LINK.search(head, position):
        position = head.find(">", link.end()) + 1
        if not position:
            break
        if ICON.search(head, link.end(), position):
            return head[link.start() : position]
    return ""


def _contents(head: str) -> Iterator[tuple[str, str]]:
    """The values of the named tags; a quote ends where the next one stands, even behind a ``>``."""
    position = 0
    for _ in range(MOST_METAS):
        meta = META.search(head, position)
        if meta is None:
            return
        position = meta.end()
        ends = head.find(">", position)
        content = CONTENT.search(head, position, ends) if ends >= 0 else None
        if content is None:
            continue
        value, behind = _value(head, content)
        position = head.find(">", behind) + 1
        tag = head[meta.start() : position]
        for name, named in NAMED.items():
            if name in tag.lower() and named.search(tag):
                yield name, value.strip(BLANKS)


def _value(head: str, content: re.Match[str]) -> tuple[str, int]:
    """What stands in quotes, and where it ends; nothing where a quote is missing or stays open."""
    start = content.end()
    if content[1]:
        close = head.find(content[1], start, start + limits.VALUE)
        if close >= 0 and head.find(">", close) >= 0:
            return head[start:close], close
    return "", content.start(1)


def _plain(text: str) -> str:
    """Entities decoded, then tags taken out."""
    decoded = ENTITY.sub(_character, text[: limits.VALUE * 4])
    return _without_tags(HIDDEN.sub("", decoded)).strip(BLANKS)


def _character(entity: re.Match[str]) -> str:
    code = int(entity[1]) if entity[1] else int(entity[2], 16) if entity[2] else name2codepoint.get(entity[3], 0)
    character = chr(code) if 0 < code <= sys.maxunicode else ""
    return character if CHARACTERS.fullmatch(character) else entity[0]


def _without_tags(text: str) -> str:
    """As PHP's strip_tags: any ``<`` without a blank behind it opens a tag, quotes in it hide its end."""
    kept: list[str] = []
    position = 0
    while (start := text.find("<", position)) >= 0:
        end = start + 1
        if not text[end : end + 1].isspace():
            kept.append(text[position:start])
            end = position = _tag_end(text, end)
        else:
            kept.append(text[position:end])
            position = end
    return "".join((*kept, text[position:]))


def _tag_end(text: str, start: int) -> int:
    """The place behind the tag whose ``<`` stands before *start*; the end of *text* where it stays open."""
    if text.startswith("!--", start):
        end = text.find("-->", start + 1)
        return end + 3 if end >= 0 else len(text)
    if text.startswith("?", start):
        end = text.find("?>", start)
        return end + 2 if end >= 0 else len(text)
    depth, quote = 0, ""
    for at in range(start, len(text)):
        one = text[at]
        if one in QUOTES:
            quote = "" if quote == one else quote or one
        elif one == "<" and not quote and not text[at + 1 : at + 2].isspace():
            depth += 1
        elif one == ">" and depth:
            depth -= 1
        elif one == ">" and not quote:
            return at + 1
    return len(text)


# -- the one frame that an oEmbed answer may consist of --------------------------------------------------------------

HARMLESS = frozenset(
    ("autoplay", "clipboard-write", "fullscreen", "encrypted-media", "picture-in-picture", "web-share")
)
PASSED_OVER = frozenset(("gyroscope", "accelerometer"))


@frozen
class Frame:
    address: str
    height: str | None = None
    """As the frame writes it; None where it does not."""


def only_frame(markup: str) -> Frame | None:
    """The frame, where *markup* is one https frame with harmless permissions and nothing else."""
    if not (markup.startswith("<iframe ") and markup.endswith("</iframe>")):
        return None
    try:
        parts = fragments_fromstring(markup)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if len(parts) != 1 or isinstance(parts[0], str) or parts[0].tag != "iframe":
        return None
    return _harmless(parts[0])


PLAIN_FRAME = re.compile(r"<iframe\b[^>]{0,500}?\bsrc\s{0,9}=\s{0,9}[\"']?(http://[^\"'\s>]{1,2000})", re.IGNORECASE)


def plain_frame(markup: str) -> str | None:
    """The address of the first frame that is not served over https."""
    found = PLAIN_FRAME.search(markup)
    return found[1] if found else None


def _harmless(frame: HtmlElement) -> Frame | None:
    allowed = {one.strip() for one in (frame.get("allow") or "").split(";")} - PASSED_OVER - {""}
    source = frame.get("src") or ""
    return Frame(source, frame.get("height")) if source.startswith("https://") and allowed <= HARMLESS else None


__all__ = ["Frame", "only_frame", "plain_frame", "read_leads", "scan"]
