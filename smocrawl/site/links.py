"""What the links of the site say to its checks and its cross-link score: read once, for some millions of them are slow to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from attrs import frozen

from smocrawl.site.graph import Graph, Ints, dead_ends, islands, pages_led_to, read_graph, ways_back
from smocrawl.site.page_facts import Row
from smocrawl.store.database import Database


@frozen(kw_only=True)
class LinkFacts:
    """Sums over all links."""

    pages: int
    links: int
    """Between two pages, each pair once."""
    mean_inlinks: float
    dead_ends: int
    islands: int
    broken_share: float | None
    """Of the links whose addresses answered."""
    ways_back: Mapping[str, float | None] | None


NOTHING_LINKED = LinkFacts(
    pages=0, links=0, mean_inlinks=0.0, dead_ends=0, islands=0, broken_share=None, ways_back=None
)


def read_links(database: Database, run: int) -> tuple[LinkFacts, Iterator[tuple[str, Row]]]:
    """The sums, and (table, row) of ``linked_page`` and ``leads_to``.

    Asks for the pages by the views of the desk, which must stand.
    """
    graph = read_graph(database, run)
    pages = len(graph)
    facts = LinkFacts(
        pages=pages,
        links=len(graph.src),
        mean_inlinks=int(graph.counted.sum()) / pages if pages else 0.0,
        dead_ends=dead_ends(graph),
        islands=islands(graph),
        broken_share=graph.broken / graph.answered if graph.answered else None,
        ways_back=ways_back(graph, _of_kind(database, "article"), _of_kind(database, "listing")),
    )
    return facts, _rows(graph, _urls(database, CONTENT), _urls(database, "SELECT url FROM article"))


CONTENT = """
SELECT url FROM html_page WHERE shareable AND indexable AND self_canonical AND kind IN ('article', 'product', 'docs', 'video')
"""


def _rows(graph: Graph, content: Ints, articles: Ints) -> Iterator[tuple[str, Row]]:
    for url in graph.ids[graph.linked].tolist():
        yield "linked_page", (url,)
    pages, of_articles = pages_led_to(graph, content), pages_led_to(graph, articles)
    leads = pages > 0
    for row in zip(graph.ids[leads].tolist(), pages[leads].tolist(), of_articles[leads].tolist(), strict=True):
        yield "leads_to", row


def _of_kind(database: Database, kind: str) -> Ints:
    return _urls(database, "SELECT url FROM public_page WHERE kind = ?", kind)


def _urls(database: Database, query: str, *values: str) -> Ints:
    return np.array([row[0] for row in database.rows(query, *values)], np.int64)
