"""Crawls the demo house in its other conditions, all look-ups on, and tells what was found of them."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from other_hosts import OtherHosts
from running import Ran, run

from smocrawl import audience as audiences
from smocrawl.commands.smo_demo import ADDRESS
from smocrawl.demo.faults import VARIANTS, variant
from smocrawl.demo.server import DemoServer
from smocrawl.demo.site import DemoSite
from smocrawl.site.analysis import analyse
from smocrawl.store.database import Database

Claim = tuple[str, str, str]

OTHERS = [name for name in VARIANTS if name != "seeded"]

ELSEWHERE = {
    "www.bl.uk/jackets/": (404, ""),
    "github.com/weaversyard": (404, ""),
    "t.me/larkfoldbindery": (200, "www.larkfold.example"),
    "mastodon.social/api/v1/accounts/lookup?acct=crickhowellpapers": (200, "www.larkfold.example"),
    "www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DLarkfoldFiv": (404, ""),
}
"""What the rest of the world answers, where it is not just a page that is there."""


@dataclass
class Found:
    """What one condition of the house showed."""

    site: DemoSite
    ran: Ran
    address: str
    others: dict[str, set[Claim]] = field(default_factory=dict)
    """What is claimed of the whole site for other audiences."""
    ways: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The outcomes of each check."""


def claims(ran: Ran, address: str) -> set[Claim]:
    rows = ran.rows(
        "SELECT DISTINCT f.check_id, coalesce(u.url, ''), f.outcome FROM finding f LEFT JOIN url u ON u.id = f.url"
    )
    found = {(check, url.removeprefix(address), outcome) for check, url, outcome in rows}
    return {one for one in found if one[2] == "failed" or (one[0], one[1], "failed") not in found}


def outcomes(ran: Ran) -> Iterator[tuple[str, str]]:
    for (packed,) in ran.rows("SELECT outcomes FROM review_outcomes"):
        yield from json.loads(zlib.decompress(packed)).items()
    yield from ran.rows("SELECT check_id, outcome FROM site_outcome")


def crawled(folder: Path, name: str) -> Found:
    """One condition crawled with all look-ups on, then analysed for its further audiences as well."""
    chosen = variant(name)
    address = chosen.address or ADDRESS
    with OtherHosts(folder, ELSEWHERE) as others, DemoServer(origin=address, condition=name) as server:
        ran = run(
            folder, "smo-crawl", server.url, "-a", f"as_url={address}", "-a", "probes=all",
            "-a", f"audience={chosen.audience}", environment=others.environment, timeout=900,
        )  # fmt: skip
        assert ran.code == 0, ran.said
        found = Found(server.site, ran, address)
    for check, outcome in outcomes(ran):
        found.ways[check].add(outcome)
    found.others[""] = claims(ran, address)
    (store,) = ran.reports.glob("*/crawls.sqlite")
    for audience in chosen.audiences:
        database = Database(store)
        try:
            analyse(database, 1, audiences.load(audience), datetime.now(tz=UTC))
        finally:
            database.close()
        for check, outcome in outcomes(ran):
            found.ways[check].add(outcome)
        found.others[audience] = {one for one in claims(ran, address) if not one[1]}
    return found
