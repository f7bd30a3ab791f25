"""Stores for the checks of addresses and titles that pages state for themselves."""

from __future__ import annotations

from build import at
from cases import case, feed, item, og

from smocrawl.page import Kind, Relation


def shared_addresses(store, *addresses):
    for n, address in enumerate(addresses):
        store.page(f"{n}", metas=og(title=f"Title {n}", url=at(address)))


@case("og-url-shared", "failed")
def _(store):
    shared_addresses(store, *["index.html"] * 5)


@case("og-url-shared", "warned")
def _(store):
    shared_addresses(store, "a", "a", "a", *(f"{n}" for n in range(3, 30)))


@case("og-url-shared", "passed")
def _(store):
    shared_addresses(store, *(f"{n}/?utm_source=x" for n in range(6)))


@case("og-url-shared", "passed")
def _(store):
    # Two pages of one address are the matter of og-url-canonical-match.
    shared_addresses(store, "a", "a", *(f"{n}" for n in range(2, 8)))


@case("og-url-shared", "passed")
def _(store):
    """An address without host is one of each page's own folder."""
    for n in range(6):
        store.page(f"{n}/", metas=og(title=f"Title {n}", url="./index.html"))


@case("og-url-shared", "not-applicable")
def _(store):
    shared_addresses(store, *["index.html"] * 4)


def canonicals(store, *addresses):
    store.page("", kind=Kind.HOME, title="Home", relations=canonical_of(at("")))
    for n, address in enumerate(addresses):
        store.page(f"{n}", title=f"Page {n}", relations=canonical_of(address))


def canonical_of(address):
    return (Relation(rel=("canonical",), href=address),)


@case("canonical-home", "failed")
def _(store):
    canonicals(store, at(""), *(at(f"{n}") for n in range(1, 9)))


@case("canonical-home", "warned")
def _(store):
    canonicals(store, at(""), *(at(f"{n}") for n in range(1, 100)))


@case("canonical-home", "passed")
@case("canonical-form", "passed")
def _(store):
    canonicals(store, *(at(f"{n}") for n in range(10)))


@case("canonical-form", "failed")
def _(store):
    canonicals(store, *(f"https://www.site.example/{n}" for n in range(4)), *(at(f"{n}") for n in range(4, 12)))


@case("canonical-form", "warned")
def _(store):
    canonicals(store, "http://site.example/0", *(at(f"{n}") for n in range(1, 30)))


@case("canonical-form", "passed")
def _(store):
    # A copy of somebody else's text may say so.
    canonicals(store, "https://source.example/0", *(at(f"{n}") for n in range(1, 30)))


def titles_in_feed(store, *titles):
    """Entries with *titles*; their pages are called Night ferries 0, Night ferries 1 …"""
    for n in range(len(titles)):
        store.page(f"{n}", metas=og(title=f"Night ferries {n} | Harbour Times"))
    feed(store, items=[item(n, link=at(f"{n}"), title=title) for n, title in enumerate(titles)])


@case("feed-title-agree", "failed")
def _(store):
    titles_in_feed(store, *(f"Posted by editor on day {n * 7 + 11}" for n in range(5)))


@case("feed-title-agree", "warned")
def _(store):
    titles_in_feed(store, "Untitled post", *(f"Night ferries {n}" for n in range(1, 6)))


@case("feed-title-agree", "passed")
def _(store):
    titles_in_feed(store, *(f"Night ferries {n}" for n in range(6)))
