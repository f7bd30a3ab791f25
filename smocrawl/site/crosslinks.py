"""The cross-link score of a run, for the site and for each page, with the facts that stand behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smocrawl.scoring import crosslink, tables
from smocrawl.site.desk import Desk
from smocrawl.site.places import places
from smocrawl.store.verdicts import ScoreRow, save_crosslinks

TOP_HUBS = 10


def crosslinks(desk: Desk) -> Iterator[ScoreRow]:
    """The total and its parts; the pages' own scores are written on the way."""
    save_crosslinks(desk.database, desk.run, _pages(desk))
    facts, graph = _facts(desk), _graph_facts(desk)
    ways = crosslink.ways_back(graph["ways_back"] or {}) if graph["followed"] else {}
    parts = {
        "reach": crosslink.reach(orphans=facts["orphan_share"], broken=facts["broken_share"]),
        "depth": _percent(facts["near_share"]),
        "hubs": _percent(facts["hub_share"]),
        "ways_back": sum(points for _, points in ways.values()) if ways else None,
        "profiles": crosslink.profiles(
            coverage=facts["follow_share"],
            consistency=(facts["same_as"], facts["twitter_site"], facts["one_account"], facts["valid_profiles"]),
        ),
        "reciprocity": crosslink.reciprocity(_edges(desk)),
    }
    total = crosslink.total(parts)
    known = sum(weight for name, weight in tables.CROSSLINK.items() if parts[name] is not None)
    yield ScoreRow(
        scope="crosslink",
        key="total",
        value=total,
        coverage=known,
        explanation={
            "parts": parts, "weights": dict(tables.CROSSLINK), "facts": facts, "graph": graph,
            "places": places(desk),
        },
    )  # fmt: skip
    for name, value in parts.items():
        share = tables.CROSSLINK[name] / known if known and value is not None else 0.0
        told: dict[str, Any] = {"share": share, "points": (value or 0.0) * share}
        if name == "ways_back":
            told["ways"] = {way: {"articles": articles, "points": points} for way, (articles, points) in ways.items()}
        yield ScoreRow(scope="crosslink", key=name, value=value, explanation=told)


def _edges(desk: Desk) -> crosslink.Edges:
    """Whether others link back stands on their pages, which are read on demand alone (``-a probes=profiles``)."""
    row = desk.database.rows(
        "SELECT count(*) AS read, coalesce(sum(links_back), 0) AS back FROM profile_answer WHERE links_back IS NOT NULL"
    )[0]
    return crosslink.Edges(handles=row["read"], handles_both_ways=row["back"])


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


SHARES = """
WITH profile AS (SELECT platform, count(*) AS accounts FROM own_profile GROUP BY platform),
merged AS (
    SELECT platform, handle, max(visible) AS visible, max(declared) AS declared FROM (
        SELECT platform, handle, 1 AS visible, 0 AS declared FROM own_profile
        UNION ALL
        SELECT platform, handle, 0, 1 FROM same_as
        WHERE platform NOT IN ('wikipedia', 'wikidata', 'crunchbase', 'orcid')
    ) GROUP BY platform, handle
)
SELECT
    CASE WHEN (SELECT links_followed AND whole FROM this_run) THEN
        (SELECT avg(public_page.url NOT IN (SELECT url FROM linked_page)) FROM public_page
         WHERE public_page.url != coalesce((SELECT home FROM this_run), 0) AND EXISTS (
            SELECT 1 FROM listed WHERE listed.run = public_page.run AND listed.url = public_page.url)) END AS orphan_share,
    ? AS broken_share,
    CASE WHEN (SELECT links_followed FROM this_run) THEN
        (SELECT avg(clicks IS NOT NULL AND clicks <= ?) FROM shareable_page) END AS near_share,
    CASE WHEN (SELECT links_followed FROM this_run) THEN
        (SELECT avg(inlinks >= ? AND outlinks >= ?) FROM content_page) END AS hub_share,
    CASE WHEN EXISTS (SELECT 1 FROM own_profile) THEN
        (SELECT avg(url IN (SELECT url FROM following_page)) FROM shareable_page) END AS follow_share,
    CASE WHEN EXISTS (SELECT 1 FROM same_as) THEN (SELECT avg(visible AND declared) FROM merged) END AS same_as,
    CASE WHEN EXISTS (SELECT 1 FROM profile WHERE platform = 'x') THEN
        (SELECT avg(twitter_site IN (SELECT handle FROM own_profile WHERE platform = 'x'))
         FROM said WHERE twitter_site IS NOT NULL) END AS twitter_site,
    (SELECT avg(accounts = 1) FROM profile) AS one_account,
    (SELECT avg(sort = 'profile') FROM (
        SELECT DISTINCT social.url, social.sort FROM social JOIN this_run ON this_run.id = social.run
        WHERE social.sort IN ('profile', 'page', 'dead') AND NOT social.in_main)) AS valid_profiles
"""


def _facts(desk: Desk) -> dict[str, float | None]:
    broken = desk.links.broken_share
    row = desk.database.rows(SHARES, broken, tables.NEAR_CLICKS, tables.HUB_LINKS, tables.HUB_LINKS)[0]
    return {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row iterates over its values


def _graph_facts(desk: Desk) -> dict[str, Any]:
    links = desk.links
    return {
        "pages": links.pages,
        "links": links.links,
        "mean_inlinks": links.mean_inlinks,
        "dead_ends": links.dead_ends,
        "islands": links.islands,
        "followed": bool(desk.database.scalar("SELECT links_followed FROM this_run")),
        "ways_back": links.ways_back,
        "top_hubs": [
            {"url": row["address"], "inlinks": row["inlinks"], "outlinks": row["outlinks"]}
            for row in desk.database.rows(
                "SELECT address, inlinks, outlinks FROM content_page WHERE inlinks AND outlinks"
                " ORDER BY inlinks * outlinks DESC, address LIMIT ?",
                TOP_HUBS,
            )
        ],
        "orphans": desk.database.scalar(
            "SELECT count(*) FROM public_page WHERE url NOT IN (SELECT url FROM linked_page)"
        ),
    }


def _pages(desk: Desk) -> list[tuple[int, float | None]]:
    follows = desk.database.scalar("SELECT EXISTS (SELECT 1 FROM own_profile)")
    return [
        (
            row["url"],
            crosslink.of_page(
                inlinks=row["inlinks"],
                outlinks=row["outlinks"],
                depth=row["clicks"],
                is_content=row["kind"] in ("article", "product", "docs", "video"),
                follows=bool(row["follows"]) if follows else None,
            ),
        )
        for row in desk.database.rows(
            "SELECT url, kind, inlinks, outlinks, clicks, url IN (SELECT url FROM following_page) AS follows FROM html_page"
        )
    ]
