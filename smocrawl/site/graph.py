"""Measures of the link graph that SQL says badly: inlinks, clicks from home, rank, islands."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from smocrawl.scoring.tables import HUB_LINKS
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json
from smocrawl.store.verdicts import save_measures

HEADER, NAV, MAIN, ASIDE, FOOTER, UNKNOWN = 1, 2, 4, 8, 16, 32
COUNTED = HEADER | NAV | MAIN | ASIDE | FOOTER | UNKNOWN
"""Areas from which a link counts as an inlink.  A footer's list of links is navigation too (a contact page often stands
nowhere else), and one template in six has no telling areas at all."""

DAMPING = 0.85
ROUNDS = 50
"""PageRank as published in 1998; 50 rounds settle far below a thousandth."""

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
"""Of pages: half of what URL ids take, for the two ends of some millions of links."""
Says = NDArray[np.uint8]


@frozen(kw_only=True)
class Graph:
    """The pages of a run, numbered from 0, and the links between them, each pair once."""

    ids: Ints
    """URL ids by number, ascending."""
    home: int
    """Number of the home page; -1 where it is no page."""
    roots: Ints
    """Numbers of the home pages of all languages, that one among them: menus of scripts lead to the others."""
    src: Numbers
    """Ascending."""
    dst: Numbers
    counted: NDArray[np.bool_]
    in_main: NDArray[np.bool_]
    followed: NDArray[np.bool_]
    linked: NDArray[np.bool_]
    """By number of the page: another address leads to it, be that a page or not."""
    answered: int
    """Links to addresses that answered, counted as the pages write them."""
    broken: int
    """Those of them that answered with an error."""

    def __len__(self) -> int:
        return len(self.ids)


@frozen(kw_only=True)
class Measures:
    """By number of the page."""

    inlinks: Ints
    outlinks: Ints
    depth: Ints
    """-1 = unreachable by links."""
    rank: NDArray[np.float64]
    hub: NDArray[np.bool_]


def measure(database: Database, run: int) -> None:
    """Writes the table ``measure`` of *run*; a copy is measured as the page that it copies."""
    graph = read_graph(database, run)
    found = measures(graph)
    aliases = read_aliases(database, run)
    place, known = _numbers(graph.ids, np.array([aliases.get(url, url) for url in graph.ids.tolist()], np.int64))
    place = np.where(known, place, np.arange(len(graph)))
    save_measures(
        database,
        run,
        zip(
            graph.ids.tolist(),
            found.inlinks[place].tolist(),
            found.outlinks[place].tolist(),
            (None if depth < 0 else depth for depth in found.depth[place].tolist()),
            found.rank.tolist(),
            found.hub[place].tolist(),
            strict=True,
        ),
    )


def read_graph(database: Database, run: int) -> Graph:
    """Own pages that answered with a page, and the links between them, as :func:`read_aliases` sees them."""
    pages = database.connection.execute("SELECT url FROM page WHERE run = ? AND status = 200 ORDER BY url", (run,))
    ids = np.fromiter((row[0] for row in pages), np.int64)
    aliases = read_aliases(database, run)
    ends = _Ends.of(ids, aliases, _answers(database, run))
    src, dst, says = _split(_distinct(_links(database, run, ends)), max(len(ids), 1))
    home = _home(database, run, ids, aliases)
    return Graph(
        ids=ids,
        home=home,
        roots=_roots(database, run, ids, aliases, home),
        src=src,
        dst=dst,
        counted=says & COUNTS != 0,
        in_main=says & IN_MAIN != 0,
        followed=says & FOLLOWED != 0,
        linked=ends.linked,
        answered=int(ends.named[ANSWERED] + ends.named[BROKEN]),
        broken=int(ends.named[BROKEN]),
    )


COUNTS, IN_MAIN, FOLLOWED = 1, 2, 4
BITS = 3
"""What a link says, as bits: millions of them are held at the same time."""

LINKS_QUERY = f"""
SELECT src, json_group_array(
    (dst << {BITS}) + ((areas & {COUNTED}) != 0 OR in_main) * {COUNTS} + (in_main != 0) * {IN_MAIN} + (nofollow = 0) * {FOLLOWED}
) FROM link WHERE run = ? GROUP BY src
"""  # noqa: S608 - our own numbers
"""One row for each source: of rows of their own, a link would cost four times as much."""

AT_ONCE = 50_000
"""Links that are numbers of Python at the same time; as numpy's they take a tenth."""

COUNTED_AT_ONCE = 500_000
"""Links that numpy turns into its own kind of number, of eight bytes each, when it counts them."""

UNANSWERED, ANSWERED, BROKEN = 0, 1, 2
"""How the address behind a link answered."""


def _answers(database: Database, run: int) -> tuple[Ints, Says]:
    """URL ids of what answered at all, and how."""
    cursor = database.connection.execute(
        "SELECT url, status >= 400 FROM fetch WHERE run = ? AND status IS NOT NULL", (run,)
    )
    found = np.fromiter(chain.from_iterable(cursor), np.int64).reshape(-1, 2)
    return found[:, 0], np.where(found[:, 1], BROKEN, ANSWERED).astype(np.uint8)


@define
class _Ends:
    """What stands behind URL ids; the last place of each table is that of all ids which are not known."""

    number: Numbers
    """Of the page that is meant; -1 = no page."""
    answer: Says
    linked: NDArray[np.bool_]
    named: Ints
    """Links by the answer of their target."""

    @classmethod
    def of(cls, ids: Ints, aliases: Mapping[int, int], answers: tuple[Ints, Says]) -> _Ends:
        others = np.array([*aliases.keys(), *aliases.values()], np.int64)
        size = 2 + max((int(some.max()) for some in (ids, others, answers[0]) if len(some)), default=0)
        number = np.full(size, -1, np.int32)
        number[ids] = np.arange(len(ids), dtype=np.int32)
        # All at once: what a page was before its copies were taken for it does not matter any more.
        number[others[: len(aliases)]] = number[others[len(aliases) :]]
        answer = np.zeros(size, np.uint8)
        answer[answers[0]] = answers[1]
        return cls(number, answer, np.zeros(len(ids), np.bool_), np.zeros(BROKEN + 1, np.int64))

    def meet(self, sources: list[int], targets: list[list[int]]) -> Ints:
        """Each link between two pages as one number: source times pages, plus target, and below them its bits."""
        links = np.fromiter(chain.from_iterable(targets), np.int64)
        last = len(self.number) - 1
        url = np.minimum(links >> BITS, last)
        self.named += np.bincount(self.answer[url], minlength=len(self.named))
        src = self.number[np.minimum(np.array(sources, np.int64), last)].repeat([len(some) for some in targets])
        dst = self.number[url]
        self.linked[dst[(dst >= 0) & (src != dst)]] = True
        kept = (src >= 0) & (dst >= 0) & (src != dst)
        ends: Ints = src[kept].astype(np.int64) * len(self.linked) + dst[kept]
        found: Ints = (ends << BITS) + (links[kept] & (1 << BITS) - 1)
        return found


def _links(database: Database, run: int, ends: _Ends) -> Ints:
    """All links between two pages; *ends* counts them on the way."""
    found = [np.zeros(0, np.int64)]
    sources: list[int] = []
    targets: list[list[int]] = []
    waiting = 0
    for source, text in database.connection.execute(LINKS_QUERY, (run,)):
        sources.append(source)
        targets.append(from_json(text))
        waiting += len(targets[-1])
        if waiting >= AT_ONCE:
            found.append(ends.meet(sources, targets))
            sources, targets, waiting = [], [], 0
    found.append(ends.meet(sources, targets))
    return np.concatenate(found)


def _distinct(links: Ints) -> Ints:
    """Each pair once, in order; what any of its links says holds.  *links* is used up: a copy of it would be felt."""
    # The store hands them out in order; only copies and redirects disturb it.
    if (links[1:] < links[:-1]).any():
        links.sort()
    first = np.ones(len(links), np.bool_)
    np.greater_equal(links[1:] ^ links[:-1], 1 << BITS, out=first[1:])
    return links if first.all() else np.bitwise_or.reduceat(links, np.flatnonzero(first))


def _split(links: Ints, size: int) -> tuple[Numbers, Numbers, Says]:
    """Source, target and bits of each link.  *links* is used up."""
    says: Says = np.empty(len(links), np.uint8)
    src: Numbers = np.empty(len(links), np.int32)
    dst: Numbers = np.empty(len(links), np.int32)
    np.bitwise_and(links, (1 << BITS) - 1, out=says, casting="unsafe")
    links >>= BITS
    np.floor_divide(links, size, out=src, casting="unsafe")
    np.remainder(links, size, out=dst, casting="unsafe")
    return src, dst, says


def read_aliases(database: Database, run: int) -> dict[int, int]:
    """Addresses that are another page in truth: where each redirect ends, and copies by their canonical page.

    A canonical counts only where both pages hold the same text: many templates name the wrong page.
    """
    hops = dict(
        database.connection.execute(
            "SELECT url, redirect FROM fetch WHERE run = ? AND redirect IS NOT NULL", (run,)
        ).fetchall()
    )
    hops.update(
        database.connection.execute(
            "SELECT copy.url, page.url FROM page AS copy JOIN url ON url.url = copy.canonical"
            " JOIN page ON page.run = copy.run AND page.url = url.id"
            " WHERE copy.run = ? AND NOT copy.self_canonical AND page.self_canonical AND page.status = 200"
            " AND copy.text_sha1 = page.text_sha1",
            (run,),
        ).fetchall()
    )
    return {url: _end(url, hops) for url in hops}


def _end(url: int, hops: Mapping[int, int]) -> int:
    seen = set()
    while url in hops and url not in seen:
        seen.add(url)
        url = hops[url]
    return url


def _numbers(ids: Ints, urls: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """The number of each URL id, and whether it is a page at all."""
    if not len(ids):
        return np.zeros(len(urls), np.int64), np.zeros(len(urls), np.bool_)
    place = np.minimum(np.searchsorted(ids, urls), len(ids) - 1)
    return place, ids[place] == urls


def _home(database: Database, run: int, ids: Ints, aliases: Mapping[int, int]) -> int:
    found = database.scalar("SELECT url.id FROM run JOIN url ON url.url = run.home WHERE run.id = ?", run)
    place, known = _numbers(ids, np.array([aliases.get(found, found)]))
    return int(place[0]) if known[0] else -1


def _roots(database: Database, run: int, ids: Ints, aliases: Mapping[int, int], home: int) -> Ints:
    """Clicks are counted from a language's own home page: people begin there, whatever menu has led them to it."""
    if home < 0:
        return np.zeros(0, np.int64)
    kinds = database.connection.execute("SELECT url FROM page WHERE run = ? AND kind = 'home'", (run,))
    place, known = _numbers(ids, np.array([aliases.get(row[0], row[0]) for row in kinds], np.int64))
    return np.unique(np.append(place[known], home))


def measures(graph: Graph) -> Measures:
    size = len(graph)
    inlinks = _count(graph.dst[graph.counted], size)
    outlinks = _count(graph.src[graph.in_main], size)
    return Measures(
        inlinks=inlinks,
        outlinks=outlinks,
        depth=depths(graph),
        rank=ranks(graph),
        hub=(inlinks >= HUB_LINKS) & (outlinks >= HUB_LINKS),
    )


def _count(pages: Numbers, size: int) -> Ints:
    """How often each page is named."""
    found = np.zeros(size, np.int64)
    for start in range(0, len(pages), COUNTED_AT_ONCE):
        found += np.bincount(pages[start : start + COUNTED_AT_ONCE], minlength=size)
    return found


def depths(graph: Graph) -> Ints:
    """Clicks from the home page or that of another language, breadth first; -1 = not reachable."""
    found = np.full(len(graph), -1, np.int64)
    # The links are sorted by source: those of page n stand from starts[n] to starts[n + 1].
    starts = np.searchsorted(graph.src, np.arange(len(graph) + 1))
    front = graph.roots
    clicks = 0
    while len(front):
        found[front] = clicks
        clicks += 1
        reached = np.concatenate([graph.dst[starts[page] : starts[page + 1]] for page in front])
        front = np.unique(reached[found[reached] < 0])
    return found


def ranks(graph: Graph) -> NDArray[np.float64]:
    """PageRank over followed links; sums to 1."""
    size = len(graph)
    if not size:
        return np.zeros(0)
    src, dst = graph.src, graph.dst
    if not graph.followed.all():
        src, dst = src[graph.followed], dst[graph.followed]
    degree = _count(src, size)
    ends = degree == 0
    rank = np.full(size, 1 / size)
    for _ in range(ROUNDS):
        share = rank / np.maximum(degree, 1)
        given = np.zeros(size)
        for start in range(0, len(src), COUNTED_AT_ONCE):
            some = slice(start, start + COUNTED_AT_ONCE)
            given += np.bincount(dst[some], weights=share[src[some]], minlength=size)
        rank = (1 - DAMPING + DAMPING * rank[ends].sum()) / size + DAMPING * given
    return rank


def islands(graph: Graph) -> int:
    """Groups of pages that no link joins, whatever its direction."""
    label = np.arange(len(graph))
    while True:
        before = label.copy()
        np.minimum.at(label, graph.dst, label[graph.src])
        np.minimum.at(label, graph.src, label[graph.dst])
        label = label[label]
        if np.array_equal(before, label):
            return len(np.unique(label))


def dead_ends(graph: Graph) -> int:
    """Pages without a link to another page of the site."""
    return int((_count(graph.src, len(graph)) == 0).sum())


def pages_led_to(graph: Graph, content: Ints) -> Ints:
    """How many of *content* (URL ids) each page links to, itself left out."""
    return _count(graph.src[np.isin(graph.ids, content)[graph.dst]], len(graph))


def ways_back(graph: Graph, articles: Ints, lists: Ints) -> dict[str, float | None] | None:
    """Of the articles (URL ids) the shares that lead on: to the home page, to a list, and from the text to another article.

    None where there are no articles; a way is None where the site has nothing to which it could lead.
    """
    mine, ours = np.isin(graph.ids, articles), np.isin(graph.ids, lists)
    if not mine.any():
        return None
    leads = {
        "home": graph.dst == graph.home if graph.home >= 0 else None,
        "section": ours[graph.dst] if ours.any() else None,
        "related": mine[graph.dst] & graph.in_main if mine.sum() > 1 else None,
    }
    own = mine[graph.src]
    return {
        name: None if where is None else float(np.unique(graph.src[own & where]).size / mine.sum())
        for name, where in leads.items()
    }
