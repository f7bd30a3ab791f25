"""What the text of a feed's entry holds: its length, its pictures, and addresses that need the site around them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from smocrawl.extract import limits

TAG = re.compile(r"<[^<>]*>")
ELEMENT = re.compile(r"<([a-z][a-z0-9]*)\s[^<>]*>", re.IGNORECASE)
PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"\s(src|width|height)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
ADDRESS = re.compile(r"\s(?:href|src|poster)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\"'\s<>]+))", re.IGNORECASE)
COMPLETE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
"""An address with a scheme, one that borrows the reader's, or a place in the text itself (a footnote)."""


@frozen(kw_only=True)
class Relative:
    """Addresses of one entry's text that lack scheme and host."""

    addresses: int = 0
    """Of links, pictures, frames and scripts."""
    pictures: int = 0
    """How many of them are of pictures."""
    example: str | None = None
    """The first, one of a picture where there is one; as written."""


NONE = Relative()


def text_length(markup: str) -> int:
    """Characters that a reader sees."""
    return len(" ".join(html.unescape(TAG.sub(" ", markup)).split()))


def pictures_in(markup: str) -> Iterator[Mapping[str, Any]]:
    for found in PICTURE.finditer(markup):
        yield {name.lower(): html.unescape(value) for name, value in ATTRIBUTE.findall(found[0])}


def relative_in(markup: str) -> Relative:
    """Escaped markup, as in an article about HTML, is text and not counted."""
    links: list[str] = []
    pictures: list[str] = []
    for element in ELEMENT.finditer(markup):
        own = pictures if element[1].lower() == "img" else links
        for values in ADDRESS.findall(element[0]):
            address = html.unescape("".join(values)).strip()
            if address and not COMPLETE.match(address):
                own.append(address)
    first = next(iter([*pictures, *links]), None)
    return Relative(
        addresses=len(links) + len(pictures),
        pictures=len(pictures),
        example=None if first is None else first[: limits.LABEL],
    )
