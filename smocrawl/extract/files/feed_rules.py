"""Which fields RSS and Atom require, and which of them a feed leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

REQUIRED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "rss": {"channel": ("title", "link", "subtitle"), "item": ("title|summary",)},
    "rss10": {"channel": ("title", "link", "subtitle"), "item": ("title", "link")},
    "atom": {"channel": ("id", "title", "updated"), "item": ("id", "title", "updated")},
}
"""
RSS 2.0, "Required channel elements" and "Elements of <item>"; RSS 1.0, 5.3 and 5.5; RFC 4287, 4.1.1 and 4.1.2.
A bar stands between fields one of which is enough.
"""
FIELD_NAMES = {"subtitle": "description", "title|summary": "title or description"}
PEOPLE = (("authors", "author"), ("contributors", "contributor"))

START = 4_096
"""Bytes in which the root element is sought."""
ROOT = re.compile(rb"(?>\s+|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
ITEMS = re.compile(rb"<(?:\w+:)?items[\s/>]")


def missing(version: str, data: bytes, channel: Any, entries: Sequence[Any]) -> Iterator[str]:
    """
    The fields that a feed of this *version* (as feedparser names it) has to have and has not.

    *channel* and *entries* are feedparser's, *data* the bytes that it read.
    """
    kind = next((name for name in ("rss10", "rss", "atom") if version.startswith(name)), "")
    needed = REQUIRED.get(kind, {})
    root = ROOT.match(data[:START])
    is_lone_entry = root is not None and root[1] == b"entry"  # RFC 4287, 2: an Atom Entry Document has no feed
    for name in needed.get("channel", ()) if not is_lone_entry else ():
        if name not in channel:
            yield f"channel {FIELD_NAMES.get(name, name)}"
    if kind == "rss10" and not ITEMS.search(data):
        yield "channel items"
    for name in needed.get("item", ()):
        if any(not any(one in entry for one in name.split("|")) for entry in entries):
            yield f"item {FIELD_NAMES.get(name, name)}"
    if kind == "atom":
        yield from _missing_people(channel, entries)


def _missing_people(channel: Any, entries: Sequence[Any]) -> Iterator[str]:
    """RFC 4287, 4.1.1 and 4.1.2: each entry has an author of its own, its source's or the feed's; 3.2.1: with a name."""
    if not channel.get("authors") and not all(_has_author(entry) for entry in entries):
        yield "item author"
    for place, things in (("channel", (channel,)), ("item", entries)):
        for field, person in PEOPLE:
            if any("name" not in one for thing in things for one in thing.get(field, ())):
                yield f"{place} {person} name"


def _has_author(entry: Any) -> bool:
    source = entry.get("source")
    return bool(entry.get("authors") or (isinstance(source, Mapping) and source.get("authors")))
