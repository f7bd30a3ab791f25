"""The cross-link score: how well a site's pages, profiles and domains lead to one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from smocrawl.scoring import tables


@frozen(kw_only=True)
class Edges:
    """Links between a domain and others of its owner (domains, profiles) that could be checked."""

    domains: int = 0
    domains_both_ways: int = 0
    handles: int = 0
    handles_both_ways: int = 0


def reach(*, orphans: float | None, broken: float | None) -> float | None:
    """*orphans* and *broken* as shares, 0–1; what was not measured counts as none."""
    if orphans is None and broken is None:
        return None
    return 100 * max(0.0, 1 - tables.ORPHAN_FACTOR * (orphans or 0) - tables.BROKEN_FACTOR * (broken or 0))


def profiles(*, coverage: float | None, consistency: Sequence[float | None]) -> float | None:
    """Share of pages that carry the follow links, times how well the accounts agree where they are named."""
    known = [part for part in consistency if part is not None]
    if coverage is None or not known:
        return None
    return 100 * coverage * sum(known) / len(known)


def reciprocity(edges: Edges) -> float | None:
    whole = edges.domains * tables.DOMAIN_EDGE + edges.handles * tables.HANDLE_EDGE
    both = edges.domains_both_ways * tables.DOMAIN_EDGE + edges.handles_both_ways * tables.HANDLE_EDGE
    return 100 * both / whole if whole else None


def ways_back(ways: Mapping[str, float | None]) -> dict[str, tuple[float, float]]:
    """(share of the articles that have it, points of 100) of each way that the site can have; the points add up."""
    known = {name: share for name in tables.WAYS_BACK if (share := ways.get(name)) is not None}
    whole = sum(tables.WAYS_BACK[name] for name in known)
    return {name: (share, 100 * share * tables.WAYS_BACK[name] / whole) for name, share in known.items()}


def total(parts: Mapping[str, float | None]) -> float | None:
    """The weighted mean of the parts that apply."""
    known = {name: value for name, value in parts.items() if value is not None}
    whole = sum(tables.CROSSLINK[name] for name in known)
    return sum(tables.CROSSLINK[name] * value for name, value in known.items()) / whole if whole else None


def of_page(*, inlinks: int, outlinks: int, depth: int | None, is_content: bool, follows: bool | None) -> float | None:
    """The same parts for one page: links in (up to three), nearness, links out of its text, follow links.

    Reciprocity and ways back belong to the site alone; links out count only for content pages.
    """
    near = depth is not None and depth <= tables.NEAR_CLICKS
    deep = tables.DEPTHS[depth] if depth is not None and depth < len(tables.DEPTHS) else tables.DEEPER
    return total(
        {
            "reach": 100 * min(1.0, inlinks / tables.HUB_LINKS),
            "depth": 0.0 if depth is None else 100.0 if near else 100 * deep,
            "hubs": 100 * min(1.0, outlinks / tables.HUB_LINKS) if is_content else None,
            "profiles": None if follows is None else 100.0 * follows,
        }
    )
