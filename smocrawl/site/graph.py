"""Measures of the link graph that SQL says badly: inlinks, clicks from home, rank, islands."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from smocrawl.scoring.tables import HUB_LINKS
from smocrawl.store.database import Database
from smocrawl.store.verdicts import save_measures

HEADER, NAV, MAIN, ASIDE, FOOTER, UNKNOWN = 1, 2, 4, 8, 16, 32
COUNTED = HEADER | NAV | MAIN | ASIDE | FOOTER | UNKNOWN
"""Areas from which a link counts as an inlink.  A footer's list of links is navigation too (a contact page often stands
nowhere else), and one template in six has no telling areas at all."""

DAMPING = 0.85
ROUNDS = 50
"""PageRank as published in 1998; 50 rounds settle far below a thousandth."""

Ints = NDArray[np.int64]


@frozen(kw_only=True)
class Graph:
    """The pages of a run, numbered from 0, and the links between them, each pair once."""

    ids: Ints
    """URL ids by number, ascending."""
    home: int
    """Number of the home page; -1 where it is no page."""
    src: Ints
    dst: Ints
    counted: NDArray[np.bool_]
    in_main: NDArray[np.bool_]
    followed: NDArray[np.bool_]

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
    links = database.connection.execute("SELECT src, dst, areas, in_main, nofollow FROM link WHERE run = ?", (run,))
    rows = _rows(links, aliases)
    src, src_known = _numbers(ids, rows[:, 0])
    dst, dst_known = _numbers(ids, rows[:, 1])
    kept = src_known & dst_known & (src != dst)
    src, dst, rows = src[kept], dst[kept], rows[kept]
    pairs, place = np.unique(src * max(len(ids), 1) + dst, return_inverse=True)
    return Graph(
        ids=ids,
        home=_home(database, run, ids, aliases),
        src=pairs // max(len(ids), 1),
        dst=pairs % max(len(ids), 1),
        counted=_any(place, ((rows[:, 2] & COUNTED) != 0) | (rows[:, 3] != 0), len(pairs)),
        in_main=_any(place, rows[:, 3] != 0, len(pairs)),
        followed=_any(place, rows[:, 4] == 0, len(pairs)),
    )


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


def _rows(links: sqlite3.Cursor, aliases: Mapping[int, int]) -> Ints:
    flat = np.fromiter(
        (
            number
            for src, dst, areas, in_main, nofollow in links
            for number in (aliases.get(src, src), aliases.get(dst, dst), areas, in_main, nofollow)
        ),
        np.int64,
    )
    return flat.reshape(-1, 5)


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


def _any(place: Ints, true: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    return np.bincount(place[true], minlength=size)[:size] > 0


def measures(graph: Graph) -> Measures:
    size = len(graph)
    inlinks = np.bincount(graph.dst[graph.counted], minlength=size)
    outlinks = np.bincount(graph.src[graph.in_main], minlength=size)
    return Measures(
        inlinks=inlinks,
        outlinks=outlinks,
        depth=depths(graph),
        rank=ranks(graph),
        hub=(inlinks >= HUB_LINKS) & (outlinks >= HUB_LINKS),
    )


def depths(graph: Graph) -> Ints:
    """Clicks from the home page, breadth first; -1 = not reachable."""
    found = np.full(len(graph), -1, np.int64)
    if graph.home < 0:
        return found
    # The links are sorted by source: those of page n stand from starts[n] to starts[n + 1].
    starts = np.searchsorted(graph.src, np.arange(len(graph) + 1))
    front = np.array([graph.home])
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
    src, dst = graph.src[graph.followed], graph.dst[graph.followed]
    degree = np.bincount(src, minlength=size)
    ends = degree == 0
    rank = np.full(size, 1 / size)
    for _ in range(ROUNDS):
        given = np.bincount(dst, weights=rank[src] / degree[src], minlength=size)
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
    return int((np.bincount(graph.src, minlength=len(graph)) == 0).sum())
