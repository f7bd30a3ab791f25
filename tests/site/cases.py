"""What the cases of the checks of the site are made of, and the list that they fill."""

from __future__ import annotations

from datetime import timedelta

from build import NOW, at, profile_of

from smocrawl.extract.files.feeds import FeedFacts, FeedItem
from smocrawl.page import (
    Area,
    Dated,
    Entity,
    Kind,
    Meta,
)
from smocrawl.platforms.base import ImageFacts

CASES = []
"""(check, outcome, store, audience)."""


def case(check, outcome, audience="general", **changes):
    def add(fill):
        CASES.append((check, outcome, fill, audience, changes))
        return fill

    return add


def dated(days, role="published"):
    moment = NOW - timedelta(days=days)
    return Dated(raw=moment.isoformat(), place="article:published_time", role=role, moment=moment)


def og(**values):
    return tuple(Meta(prop=f"og:{name}", content=value, order=n) for n, (name, value) in enumerate(values.items()))


def articles(store, number, *, days=lambda n: n, links=(), home_links=True, **facts):
    paths = [f"journal/{n}" for n in range(number)]
    store.page("", kind=Kind.HOME, links=paths if home_links else [])
    for n, path in enumerate(paths):
        store.page(path, dates=(dated(days(n)),), links=links, **facts)


def entity(*types, parent=None, **properties):
    return Entity(
        types=types,
        parent=parent,
        properties={name: value if isinstance(value, tuple) else (value,) for name, value in properties.items()},
    )


def icon(store, path="icon.png", *, rel="icon", side=(192, 192), status=200, type="image/png"):
    store.file(
        path, "icon", ImageFacts(url=at(path), status=status, type=type, width=side[0], height=side[1]),
        status=status, used_by=[""], role=rel,
    )  # fmt: skip


def feed(store, *, items=(), used_by=("",), status=200, **facts):
    facts = {
        "format": "rss",
        "title": "Journal",
        "self_link": at("feed.xml"),
        "language": "en",
        "author": "Ann",
        **facts,
    }
    store.file(
        "feed.xml", "feed", FeedFacts(url=at("feed.xml"), items=tuple(items), **facts), status=status, used_by=used_by,
        type="application/rss+xml",
    )  # fmt: skip


def item(n=0, *, days=None, link=None, **facts):
    facts = {"id": f"id-{n}", "title": f"Item {n}", "length": 500, "image": at("a.jpg"), "image_width": 800, **facts}
    moment = None if days is False else NOW - timedelta(days=n if days is None else days)
    return FeedItem(link=link or at(f"journal/{n}"), published=moment, **facts)


def follow(*platforms, handle="bindery", area=Area.FOOTER, rel=()):
    return tuple(profile_of(platform, handle, area=area, rel=rel) for platform in platforms)
