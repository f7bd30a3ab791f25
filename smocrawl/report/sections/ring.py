"""The owner's places as a ring around the audited site: which way leads where, and which is missing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.card_view import platform_name
from smocrawl.report.crawl import Crawl

WIDTH, HEIGHT, LOW = 620, 480, 260
"""Of the drawing, and its height where there are few places; the sheet's ``.ring`` keeps the same proportions."""

FEW = 2
"""Places that stand to the left and right."""

ACROSS, DOWN = 0.31, 0.37
"""Half axes of the ring, as shares of its width and height."""

MOST = 14
"""Places on the ring; the table beside it names them all."""

HUB_ROOM, ROOM = 46, 22
"""Pixels kept free around the site in the middle, and around each place."""

HEAD = 9
"""Length of an arrow's head."""

STATES = ("both", "agrees", "unnamed", "oneway", "unlinked", "closed")
"""What may be said of a way, from the best to the worst."""

DRAWN = {"both": "firm", "agrees": "firm", "unnamed": "half", "oneway": "half", "unlinked": "lost", "closed": "lost"}
"""How a way of each state is drawn: in full, one-sided, missing."""


@frozen(kw_only=True)
class Place:
    """One domain or account of the owner."""

    name: str
    """A network's name, or a host."""
    handle: str
    url: str | None
    badge: str
    is_domain: bool
    state: str
    word: str
    pages: int
    rel_me: bool = False
    named: bool = False


@frozen(kw_only=True)
class Node:
    """A place where it stands on the ring, in per cent from the left and from the bottom."""

    place: Place
    x: int
    y: int
    side: str
    """Where its name stands: left, right, top or bottom."""


@frozen(kw_only=True)
class Way:
    """A line with its heads, as paths of the drawing."""

    drawn: str
    line: str
    heads: str


@frozen(kw_only=True)
class Legend:
    """One state, how often it was met and what it means."""

    state: str
    drawn: str
    word: str
    number: int
    means: str


@frozen(kw_only=True)
class Ring:
    """Plain values of the drawing; ``told`` says it in a sentence."""

    middle: str
    badge: str
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]
    legend: tuple[Legend, ...]
    left_out: int
    told: str
    height: int
    radii: tuple[float, float]
    width: int = WIDTH

    @property
    def is_drawn(self) -> bool:
        """One place alone is told in a sentence: a ring of one says nothing."""
        return len(self.nodes) > 1

    @property
    def is_low(self) -> bool:
        return self.height == LOW


def places(crawl: Crawl) -> tuple[Place, ...] | None:
    """Other domains, then accounts, then closed networks; None where the crawl was judged before they were kept."""
    told = crawl.scored("crosslink", "total").explanation.get("places")
    if told is None:
        return None
    return (*_domains(crawl, told), *_accounts(crawl, told), *_closed(crawl, told))


def ring(crawl: Crawl, found: Sequence[Place]) -> Ring | None:
    """None where the owner has no other place than the site."""
    if not found:
        return None
    shown = found[:MOST]
    nodes = tuple(_node(place, at, len(shown)) for at, place in enumerate(shown))
    height = LOW if len(shown) <= FEW else HEIGHT
    return Ring(
        middle=crawl.domain,
        badge=_badge(crawl.domain),
        nodes=nodes,
        ways=tuple(_way(node, height) for node in nodes),
        legend=tuple(_legend(crawl, found)),
        left_out=len(found) - len(shown),
        told=_sentence(crawl, found),
        height=height,
        radii=(WIDTH * ACROSS, height * DOWN),
    )


# -- places ---------------------------------------------------------------------------------------


def _domains(crawl: Crawl, told: Mapping[str, Any]) -> Iterator[Place]:
    ways = {(str(src), str(dst)) for src, dst, _ in told["ways"]}
    for one in told["domains"]:
        host = str(one["host"])
        if host == crawl.domain:
            continue
        out = bool(one["linked"]) or (crawl.domain, host) in ways
        back = (host, crawl.domain) in ways
        state = "both" if out and back else "oneway" if out or back else "unlinked"
        short = host.removesuffix(f".{crawl.domain}")
        yield Place(
            name=safe.cut(short, 60), handle=safe.cut(host, 100), url=safe.link(f"https://{host}/"), badge=_badge(short),
            is_domain=True, state=state, word=words(crawl)[state][0], pages=int(one["pages"]),
        )  # fmt: skip


def _accounts(crawl: Crawl, told: Mapping[str, Any]) -> Iterator[Place]:
    for one in told["accounts"]:
        name = platform_name(crawl, str(one["platform"]))
        linked, named = bool(one["pages"]), bool(one["named"] or one["rel_me"])
        state = "agrees" if linked and named else "unnamed" if linked else "unlinked"
        yield Place(
            name=name, handle=safe.cut(one["handle"], 60), url=safe.link(str(one["url"])), badge=name[:2], is_domain=False,
            state=state, word=words(crawl)[state][0], pages=int(one["pages"]), rel_me=bool(one["rel_me"]),
            named=bool(one["named"]),
        )  # fmt: skip


def _closed(crawl: Crawl, told: Mapping[str, Any]) -> Iterator[Place]:
    for one in told["closed"]:
        name = platform_name(crawl, str(one["platform"]))
        yield Place(
            name=name, handle="", url=None, badge=name[:2], is_domain=False, state="closed", word=words(crawl)["closed"][0],
            pages=int(one["pages"]),
        )  # fmt: skip


def words(crawl: Crawl) -> Mapping[str, tuple[str, str]]:
    """(word, what it means) for each state."""
    _ = crawl.language.gettext
    return {
        "both": (_("Both ways"), _("your site links there, and it links back")),
        "agrees": (_("Agrees"), _("linked for people, and named in your markup as yours")),
        "unnamed": (_("Only linked"), _("people find it; programs are not told that it is yours")),
        "oneway": (_("One way"), _("a link leads one way only")),
        "unlinked": (_("No link"), _("it is yours, but nothing on your pages leads there")),
        "closed": (_("Closed"), _("your pages still link to a network that is gone")),
    }  # fmt: skip


def _legend(crawl: Crawl, found: Sequence[Place]) -> Iterator[Legend]:
    for state in STATES:
        number = sum(place.state == state for place in found)
        if number:
            word, means = words(crawl)[state]
            yield Legend(state=state, drawn=DRAWN[state], word=word, number=number, means=means)


def _sentence(crawl: Crawl, found: Sequence[Place]) -> str:
    _ = crawl.language.gettext
    count = crawl.language.ngettext(
        "{n} place around {domain}.", "{n} places around {domain}.", len(found), domain=crawl.domain
    )
    parts = []
    for state in STATES:
        names = [place.name for place in found if place.state == state]
        if names:
            parts.append(
                _("{state}: {names}.").format(state=words(crawl)[state][0], names=crawl.language.listed(names[:MOST]))
            )
    return " ".join((count, *parts))


def _badge(name: str) -> str:
    return name[:2].upper()


# -- geometry -------------------------------------------------------------------------------------


def _node(place: Place, at: int, of: int) -> Node:
    """Clockwise from the top, or from the right where there are few."""
    angle = 2 * math.pi * at / of + (math.pi / 2 if of <= FEW else 0)
    x, y = 0.5 + ACROSS * math.sin(angle), 0.5 + DOWN * math.cos(angle)
    side = "right" if x > 0.56 else "left" if x < 0.44 else "top" if y > 0.5 else "bottom"
    return Node(place=place, x=round(100 * x), y=round(100 * y), side=side)


def _way(node: Node, height: int) -> Way:
    start = (WIDTH / 2, height / 2)
    end = (WIDTH * node.x / 100, height * (100 - node.y) / 100)
    length = math.dist(start, end)
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    first, last = _on(start, along, HUB_ROOM), _on(start, along, length - ROOM)
    state = node.place.state
    heads = "" if state == "unlinked" else _head(last, along)
    if state == "both":
        heads += _head(first, (-along[0], -along[1]))
    return Way(drawn=DRAWN[state], line=f"M{_pair(first)}L{_pair(last)}", heads=heads)


def _on(start: tuple[float, float], along: tuple[float, float], by: float) -> tuple[float, float]:
    return start[0] + by * along[0], start[1] + by * along[1]


def _head(tip: tuple[float, float], along: tuple[float, float]) -> str:
    """A closed triangle whose point is *tip*."""
    base = _on(tip, along, -HEAD)
    across = (-along[1], along[0])
    sides = (_on(base, across, HEAD / 2), _on(base, across, -HEAD / 2))
    return f"M{_pair(tip)}L{_pair(sides[0])}L{_pair(sides[1])}z"


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
