"""Microformats: entries, cards, products, events and reviews, in today's and the classic class names.

A reader of our own, because mf2py copies whole subtrees for the classic names, which every WordPress
theme carries: half a second for a long page, against a millisecond here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.document import Document, folded, text_of

ROOTS = {
    "h-entry": "h-entry", "h-card": "h-card", "h-product": "h-product", "h-event": "h-event", "h-review": "h-review",
    "h-feed": "h-feed", "h-recipe": "h-recipe", "h-item": "h-item", "h-cite": "h-cite", "h-adr": "h-adr",
    "h-geo": "h-geo", "h-resume": "h-resume", "h-review-aggregate": "h-review-aggregate",
    "hentry": "h-entry", "vcard": "h-card", "hproduct": "h-product", "vevent": "h-event", "hreview": "h-review",
    "hfeed": "h-feed", "hrecipe": "h-recipe",
}  # fmt: skip
"""Root classes -> the type they stand for (microformats2, with its list of classic names)."""
CLASSIC = {
    "entry-title": "name", "entry-summary": "summary", "entry-content": "content", "published": "published",
    "updated": "updated", "author": "author", "fn": "name", "url": "url", "photo": "photo", "summary": "name",
    "dtstart": "start", "dtend": "end", "org": "org",
}  # fmt: skip
OUTERMOST = frozenset(ROOTS) - {"hfeed"}
"""Themes put ``hfeed`` on the body, where it tells nothing and would take in the page's own entry."""
CLASSIC_ROOTS = frozenset(name for name in ROOTS if not name.startswith("h-"))
ADDRESSES = {"a": "href", "area": "href", "link": "href", "img": "src", "video": "src", "audio": "src", "source": "src"}
PREFIXES = ("p-", "u-", "dt-", "e-")


def read_microformats(document: Document) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    """Each outermost root with its element, in the shape of a JSON-LD node."""
    opening = {classes for classes in document.class_lists if not OUTERMOST.isdisjoint(classes.split())}
    if not opening:
        return
    done: set[HtmlElement] = set()
    for number, element in enumerate(one for one in document.bearing["class"] if one.get("class") in opening):
        if number > limits.MICROFORMAT_ELEMENTS:
            document.complain("limit", "microformats", "Too many classes; the rest was not read.")
            return
        kind, classic = root_of(element)
        if kind and element not in done:
            node = read_root(document, element, kind, classic, done=done, depth=0)
            if len(node) > 1:
                yield element, node


def root_of(element: HtmlElement) -> tuple[str, bool]:
    """The type that an element opens, and whether by a classic name; today's names go first."""
    classes = (element.get("class") or "").split()
    for name in classes:
        if name in ROOTS and name not in CLASSIC_ROOTS:
            return ROOTS[name], False
    return next(((ROOTS[name], True) for name in classes if name in CLASSIC_ROOTS), ("", False))


def read_root(
    document: Document, root: HtmlElement, kind: str, classic: bool, *, done: set[HtmlElement], depth: int
) -> dict[str, Any]:
    """The properties of one root; a root inside belongs to the property it stands for."""
    node: dict[str, Any] = {"@type": f"https://microformats.org/wiki/{kind}"}
    done.add(root)
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        inner, inner_classic = root_of(element)
        names = property_names(element, classic, kind)
        if inner and depth < limits.RDFA_DEPTH:
            value: Any = read_root(document, element, inner, inner_classic, done=done, depth=depth + 1)
            names = names or ([(("", "author"))] if inner == "h-card" and kind == "h-entry" and classic else [])
            for _, name in names or [("", "children")]:
                node.setdefault(name, []).append(value)
            continue
        for prefix, name in names:
            if text := value_of(document, element, prefix, name):
                node.setdefault(name, []).append(text)
        waiting.extend(reversed(element))
    if "name" not in node and kind == "h-card":
        node["name"] = [text] if (text := text_of(root, limits.LABEL)) else []
    if kind == "h-card" and "url" not in node and root.tag == "a" and root.get("href"):
        node["url"] = [document.resolve(root.get("href"))]
    return node


def property_names(element: HtmlElement, classic: bool, kind: str) -> list[tuple[str, str]]:
    """(prefix, property) pairs that the classes of *element* stand for."""
    named: list[tuple[str, str]] = []
    for name in (element.get("class") or "").split()[:30]:
        if classic:
            if name in CLASSIC and (name != "summary" or kind == "h-event"):
                named.append(("", CLASSIC[name]))
        elif name.startswith(PREFIXES):
            prefix, _, rest = name.partition("-")
            named.append((prefix, rest))
    if classic and "bookmark" in (element.get("rel") or "").split():
        named.append(("u", "url"))
    return named


def value_of(document: Document, element: HtmlElement, prefix: str, name: str) -> str:
    """The value as microformats2 reads it: an address, a date, or text."""
    if prefix == "u" or (not prefix and name in ("url", "photo")):
        attribute = ADDRESSES.get(str(element.tag))
        written = (element.get(attribute) if attribute else None) or element.get("data")
        return document.resolve(written) if written else text_of(element)
    if prefix == "dt" or (not prefix and name in ("published", "updated", "start", "end")):
        return folded(element.get("datetime") or element.get("title") or element.get("value") or text_of(element))
    if element.tag == "img":
        return folded(element.get("alt"))
    if element.tag in ("data", "abbr") and (said := element.get("value") or element.get("title")):
        return folded(said)
    return text_of(element)
