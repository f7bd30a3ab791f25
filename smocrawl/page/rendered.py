"""The same page before and after its scripts: field by field equal, changed, only there afterwards, or gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from attrs import frozen

from smocrawl.page.page import Page

LONGEST = 500
"""Characters of a value that are kept for a comparison."""


class State(StrEnum):
    """What scripts did to a field."""

    EQUAL = "equal"
    CHANGED = "changed"
    ADDED = "added"
    """Only in the rendered page: whoever runs no scripts, as the networks' bots, never sees it."""
    REMOVED = "removed"


@frozen(kw_only=True)
class Compared:
    """One field of both readings; a value of None means that the page does not state it."""

    field: str
    state: State
    raw: str | None
    rendered: str | None


def _meta(*keys: str) -> Callable[[Page], str | None]:
    return lambda page: page.meta(*keys)


def _types(page: Page) -> str | None:
    """schema.org types of all syntaxes, each once, sorted."""
    return ", ".join(sorted({one for entity in page.entities for one in entity.types})) or None


def _feeds(page: Page) -> str | None:
    return " ".join(sorted(feed.url for feed in page.feeds if feed.declared)) or None


FIELDS: Mapping[str, Callable[[Page], str | None]] = {
    "title": lambda page: page.title,
    "description": _meta("description"),
    "canonical": lambda page: page.canonical,
    "robots": _meta("robots"),
    "language": lambda page: page.lang,
    "h1": lambda page: page.h1,
    "og:title": _meta("og:title"),
    "og:description": _meta("og:description"),
    "og:image": _meta("og:image", "og:image:url", "og:image:secure_url"),
    "og:url": _meta("og:url"),
    "og:type": _meta("og:type"),
    "og:site_name": _meta("og:site_name"),
    "twitter:card": _meta("twitter:card"),
    "twitter:title": _meta("twitter:title"),
    "twitter:description": _meta("twitter:description"),
    "twitter:image": _meta("twitter:image", "twitter:image:src"),
    "types": _types,
    "feeds": _feeds,
    "links": lambda page: str(len(page.links)),
    "words": lambda page: str(page.text.words),
}
"""Name -> how it is read; ``links`` and ``words`` are numbers."""


def compare(raw: Page, rendered: Page) -> tuple[Compared, ...]:
    """All FIELDS, in their order."""
    return tuple(_compared(name, read(raw), read(rendered)) for name, read in FIELDS.items())


def _compared(name: str, raw: str | None, rendered: str | None) -> Compared:
    before, after = (value and value[:LONGEST] for value in (raw, rendered))
    if raw == rendered or not (raw or rendered):
        state = State.EQUAL
    elif not raw:
        state = State.ADDED
    else:
        state = State.CHANGED if rendered else State.REMOVED
    return Compared(field=name, state=state, raw=before, rendered=after)
