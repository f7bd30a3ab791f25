"""Measuring texts as they are drawn: how wide they are, and where the site's name stands in them."""

from __future__ import annotations

import re
import unicodedata

from smocrawl.checks.remembering import once_per_page
from smocrawl.checks.wording import squeezed
from smocrawl.page import Page

SEPARATOR = re.compile(r"\s*[|•·»›:–—~]\s*|\s+[-/]\s+")
"""What stands between a title and the site's name."""


def width(text: str) -> int:
    """Characters as drawn: the wide ones of East Asia count double."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


@once_per_page
def site_names(page: Page) -> tuple[str, ...]:
    """What the site calls itself on this page."""
    said = [page.meta("og:site_name")]
    said += [entity.text("name") for entity in page.entities_of("WebSite")]
    said += [entity.text("name") for entity in page.entities_of("Organization", "NewsMediaOrganization")]
    return tuple(dict.fromkeys(name for name in said if name and squeezed(name)))


def is_name(text: str, names: tuple[str, ...]) -> bool:
    return squeezed(text) in {squeezed(name) for name in names}


def without_name(text: str, names: tuple[str, ...]) -> str:
    """*text* without the site's name after a separator; all of it where nothing else would be left."""
    found = list(SEPARATOR.finditer(text))
    for match in reversed(found):
        if is_name(text[match.end() :], names) and text[: match.start()].strip():
            return text[: match.start()].strip()
    return text


def begins_with_name(text: str, names: tuple[str, ...]) -> bool:
    """The site's name and a separator stand before the title."""
    match = SEPARATOR.search(text)
    return match is not None and is_name(text[: match.start()], names) and bool(text[match.end() :].strip())
