"""Who wrote a page, as its text and its markup say."""

from __future__ import annotations

import re

from smocrawl.checks.wording import squeezed
from smocrawl.page import Page

ADDRESS = re.compile(r"https?://|^@|^www\.")
HANDLE_PLACES = frozenset({"twitter:creator", "fediverse:creator"})


def stated_authors(page: Page) -> tuple[str, ...]:
    """Names of authors that the page states, visible ones first; addresses and handles are no names."""
    said = [
        (one.place != "byline", one.value) for one in page.declared.get("author", ()) if one.place not in HANDLE_PLACES
    ]
    said += [(False, page.sharing.byline)] if page.sharing.byline else []
    names = [value for _, value in sorted(said, key=lambda pair: pair[0]) if not ADDRESS.search(value)]
    return tuple(dict.fromkeys(names))


def shown_author(page: Page) -> str | None:
    """The author that readers can see: in the byline, a link, or somewhere in the text."""
    if page.sharing.byline:
        return page.sharing.byline
    linked = {squeezed(link.label) for link in page.links}
    text = squeezed(page.text.main)
    for name in stated_authors(page):
        small = squeezed(name)
        if small and (small in linked or small in text):
            return name
    return next((link.label for link in page.links if "author" in link.rel and link.label), None)
