"""Who wrote a page, as its text and its markup say."""

from __future__ import annotations

import re

from smocrawl.checks.remembering import once_per_page
from smocrawl.checks.wording import squeezed
from smocrawl.page import AS_WRITTEN, TOGETHER, Page

ADDRESS = re.compile(r"https?://|^@|^www\.")
BEHIND = re.compile(r"\s*[(<]https?://[^()<>]*[)>]\s*$")
NAMELESS_PLACES = frozenset({"twitter:creator", "fediverse:creator", AS_WRITTEN})
"""Places of handles, and of the line around the name."""


@once_per_page
def stated_authors(page: Page) -> tuple[str, ...]:
    """Names of authors that the page states, visible ones first; addresses and handles are no names."""
    said = [
        (one.place != "byline", one.value)
        for one in page.declared.get("author", ())
        if one.place not in NAMELESS_PLACES and not one.place.endswith(TOGETHER)
    ]
    said += [(False, page.sharing.byline)] if page.sharing.byline else []
    # An address behind a name, in brackets as e-mail programs write it, leaves the name.
    told = (BEHIND.sub("", value) for _, value in sorted(said, key=lambda pair: pair[0]))
    names = [value for value in told if not ADDRESS.search(value)]
    return tuple(dict.fromkeys(names))


def shown_author(page: Page) -> str | None:
    """The author that readers can see: in the byline, a link, or somewhere in the text."""
    if page.sharing.byline:
        return page.sharing.byline
    # What a link says to screen readers may be a sentence around the name that it shows.
    labels = {said for link in page.links for said in (link.label, link.text)}
    for name in stated_authors(page):
        small = squeezed(name)
        if small and (name in labels or name in page.text.main or _stands_loosely(small, labels, page.text.main)):
            return name
    return next((link.label for link in page.links if "author" in link.rel and link.label), None)


def _stands_loosely(small: str, labels: set[str], text: str) -> bool:
    """A label consists of the squeezed name, or the text holds it, whatever stands between its letters."""
    return any(squeezed(label) == small for label in labels) or small in squeezed(text)
