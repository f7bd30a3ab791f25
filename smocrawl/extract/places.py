"""Where tags stand in the body as served: byte offsets, and which token ends the head.

libxml2 builds the tree, but it neither keeps offsets nor moves stray tags as browsers do, so a scanner
over the bytes answers both questions.  It skips comments and raw text the way the HTML standard says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from attrs import frozen
from lxml.html import HtmlElement

from smocrawl.extract import limits

PAGE_ENDS = (b"/body", b"/html")
RAW = (b"script", b"style", b"title", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes")
"""Elements whose content is no markup."""
REST = rb"(?:[\s/]++|(?:=?[^\s/>=]++|=)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+)*+>"
"""What belongs to a tag behind its name."""
WANTED_NAMES = (b"meta", b"link", *RAW)
BEGINNINGS = b"".join(
    b"[%b]" % bytes({letter for name in WANTED_NAMES for letter in (name[place], name[place] - 32)}) for place in (0, 1)
)
"""The first two letters of these names: with them the search passes over most other tags."""
WANTED = re.compile(
    rb"<(?:!--|(?="
    + BEGINNINGS
    + rb")(?i:"
    + b"|".join(WANTED_NAMES)
    + rb")(?=[\s/>])|/(?:[bB](?i:ody)|[hH](?i:tml))(?=[\s/>]))"
)
TAG_REST = re.compile(REST)
HARMLESS = re.compile(rb"(?:[ \t\n\r\f]*+<(?:[mM](?i:eta)|[lL](?i:ink))(?=[\s/>])" + REST + rb")++")
"""Tags that change nothing about where head ends, one behind the other."""
TAG_NAME = re.compile(rb"[a-z][^\s/>]*+", re.IGNORECASE)
LD_JSON = re.compile(rb"[aA](?i:pplication/ld\+json)")

IN_HEAD = frozenset(
    (
        b"html",
        b"head",
        b"base",
        b"basefont",
        b"bgsound",
        b"link",
        b"meta",
        b"title",
        b"noframes",
        b"style",
        b"script",
        b"template",
    )
)
IN_HEAD_NOSCRIPT = frozenset(
    (b"html", b"head", b"noscript", b"basefont", b"bgsound", b"link", b"meta", b"noframes", b"style")
)
"""HTML standard, insertion modes "in head" and "in head noscript"."""
BLANKS = b" \t\n\r\f\x00\xef\xbb\xbf"


class Spot(NamedTuple):
    """One tag found in the bytes."""

    offset: int
    tag: bytes


@frozen
class Spots:
    """The tags of a body by name, and where its head ends."""

    metas: tuple[Spot, ...]
    links: tuple[Spot, ...]
    titles: tuple[Spot, ...]
    json_ld: tuple[Spot, ...]
    head_end: int
    """Offset of the token that closes head for a parser with scripting (a browser)."""
    head_end_without_scripting: int
    page_end: int
    """Offset of the first ``</body>`` or ``</html>``; the length where neither stands."""
    page_ends: tuple[tuple[int, int], ...]
    """Where each of these begins and ends; those in comments and scripts are none."""


def scan(data: bytes) -> Spots:
    found: dict[bytes, list[Spot]] = {b"meta": [], b"link": [], b"title": [], b"script": []}
    page_ends = []
    for name, start, end in _tags(data):
        if name in found:
            tag = data[start : min(end, start + limits.VALUE)]
            if name != b"script" or LD_JSON.search(tag):
                found[name].append(Spot(start, tag))
        elif name in PAGE_ENDS:
            page_ends.append((start, end))
    page_end = page_ends[0][0] if page_ends else len(data)
    end = head_end(data, scripting=True)
    plain_end = head_end(data, scripting=False) if b"<noscript" in data[:end].lower() else end
    metas, links, titles, scripts = (tuple(spots) for spots in found.values())
    return Spots(metas, links, titles, scripts, end, plain_end, page_end, tuple(page_ends))


def without(data: bytes, parts: Iterable[tuple[int, int]]) -> bytes:
    """*data* without *parts*, which stand one behind the other."""
    kept, position = [], 0
    for start, end in parts:
        kept.append(data[position:start])
        position = end
    return b"".join([*kept, data[position:]])


def _tags(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(name, where it begins, where it ends) of the tags that are wanted; of end tags with the slash."""
    position = 0
    while match := WANTED.search(data, position):
        name = match[0][1:].lower()
        if name == b"!--":
            position = _after_comment(data, match.start())
            continue
        rest = TAG_REST.match(data, match.end())
        if rest is None:
            return  # HTML standard: a tag that never closes swallows the rest of the page
        position = rest.end()
        yield name, match.start(), position
        if name in RAW:
            position = _after_raw(data, name, position)


def _after_comment(data: bytes, start: int) -> int:
    if data[start + 4 : start + 5] == b">":
        return start + 5
    end = data.find(b"-->", start + 4)
    return len(data) if end < 0 else end + 3


def _after_raw(data: bytes, name: bytes, start: int) -> int:
    """Behind the end tag of an element whose content is not markup."""
    position = start
    while (position := data.find(b"</", position)) >= 0:
        after = position + 2 + len(name)
        if data[position + 2 : after].lower() == name and data[after : after + 1] in b" \t\n\r\f/>":
            return _behind(data, b">", after)
        position += 2
    return len(data)


def head_end(data: bytes, *, scripting: bool) -> int:
    """Offset of the first token for which the HTML standard leaves head; the length where none does."""
    skipped, after_head, in_noscript = b"", False, False
    for start, name, closing in _tokens(data):
        if skipped:
            skipped = b"" if closing and name == skipped else skipped
        elif closing:
            if name in (b"body", b"html", b"br"):
                return start
            after_head = after_head or name == b"head"
            in_noscript = in_noscript and name not in (b"head", b"noscript")
        elif in_noscript:
            if name not in IN_HEAD_NOSCRIPT:
                return start
        elif name == b"template" or (name == b"noscript" and scripting and not after_head):
            skipped = name
        elif name == b"noscript" and not after_head:
            in_noscript = True
        elif name not in IN_HEAD:
            return start
    return len(data)


def _tokens(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """(offset, name, whether it is an end tag) of each tag; text other than blanks has no name."""
    position = 0
    while True:
        if harmless := HARMLESS.match(data, position):
            position = harmless.end()
        start = data.find(b"<", position)
        if data[position : start if start >= 0 else len(data)].strip(BLANKS):
            yield position, b"", False
        if start < 0:
            return
        mark = data[start + 1 : start + 2]
        name = TAG_NAME.match(data, start + 1 + (mark == b"/"))
        if data.startswith(b"<!--", start):
            position = _after_comment(data, start)
        elif mark in (b"!", b"?"):
            position = _behind(data, b">", start)
        elif name is None:
            yield start, b"", False
            position = start + 1
        else:
            rest = TAG_REST.match(data, name.end())
            position = rest.end() if rest else len(data)
            yield start, name[0].lower(), mark == b"/"
            if mark != b"/" and name[0].lower() in RAW:
                position = _after_raw(data, name[0].lower(), position)


def _behind(data: bytes, mark: bytes, start: int) -> int:
    end = data.find(mark, start)
    return len(data) if end < 0 else end + len(mark)


def align(elements: Sequence[HtmlElement], spots: Sequence[Spot]) -> list[Spot | None]:
    """For each element of the tree the tag in the bytes that made it; None where that is unclear."""
    if len(elements) == len(spots):
        return list(spots)
    aligned: list[Spot | None] = []
    rest = iter(spots)
    held = next(rest, None)
    for element in elements:
        while held is not None and not _is_of(held, element):
            held = next(rest, None)
        aligned.append(held)
        held = next(rest, None)
    return aligned


def _is_of(spot: Spot, element: HtmlElement) -> bool:
    for name in ("property", "name", "itemprop", "http-equiv", "charset", "rel", "type"):
        value = element.get(name)
        if value and value.isascii() and "&" not in value:
            return value.encode() in spot.tag
    return True
