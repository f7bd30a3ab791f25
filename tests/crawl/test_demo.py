"""The demo site's crawl against the list of its seeded defects: all found, nothing else claimed."""

from __future__ import annotations

import enum
import inspect
from pathlib import Path

import pytest
from conditions import OTHERS, Found, claims, crawled, outcomes
from met_facts import Seen
from running import Ran, run

from smocrawl import page as facts_of_pages
from smocrawl.commands.smo_demo import ADDRESS
from smocrawl.demo.faults import variant
from smocrawl.demo.site import build
from smocrawl.demo.written import write
from smocrawl.page import Page
from smocrawl.registry import all_checks, all_site_checks
from smocrawl.store.facts import unpack

NOT_OF_THE_PAGE = {
    "Hop.how": "told by readers that follow a meta refresh; a crawl reads the stub as a page of its own",
    "Page.certificate": "the demo is served without TLS",
    "Page.is_html": "what is no HTML has no facts of a page",
    "Page.truncated": "ten megabytes of a page would slow every demo",
}
"""Facts that no page of the demo states, and why."""

SEEN_ONE_WAY = {
    "bot-latency": "it never fails here: how fast the demo's server answers is this machine's affair (tests/checks)",
    "scripts-keep-tags": "not measured: it needs a browser (tests/rendering)",
    "domain-mesh": "not applicable: it asks for the other domains that only a client's own profile names (tests/site)",
    "feed-size": "it never passes here: it would take a feed of twenty entries beside as many articles (tests/site)",
}
"""Checks that the demo shows in one way or in none, and why."""

Claim = tuple[str, str, str]
"""(check, path of the page or "" for the site, outcome)"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return run(tmp_path_factory.mktemp("demo"), "smo-demo", environment={"SMO_WORKERS": "2"}, timeout=900)


@pytest.fixture(scope="module")
def seeded() -> set[Claim]:
    return set(build(ADDRESS).expected)


@pytest.fixture(scope="module")
def claimed(ran: Ran) -> set[Claim]:
    # The list names the worst that a check says of a page.
    return claims(ran, ADDRESS)


def test_it_ends_well_and_says_where_the_report_is(ran: Ran) -> None:
    assert ran.code == 0, ran.said
    assert "Traceback" not in ran.said
    (report,) = ran.reports.glob("*/*/index.html")
    assert str(report) in ran.out
    assert {file.name for file in report.parent.iterdir()} >= {"report.json", "pages.csv", "findings.csv", "fixes.csv"}


def test_every_seeded_defect_that_a_built_check_covers_is_found(seeded: set[Claim], claimed: set[Claim]) -> None:
    built = all_checks().keys() | all_site_checks().keys()
    missed = {claim for claim in seeded if claim[0] in built} - claimed
    assert not missed


def test_nothing_else_is_claimed(seeded: set[Claim], claimed: set[Claim]) -> None:
    assert not claimed - seeded


def test_the_list_covers_all_nine_tactics(seeded: set[Claim]) -> None:
    checks = {**all_checks(), **all_site_checks()}
    covered = {checks[check].tactic for check, _, _ in seeded if check in checks}
    assert len(covered) == 9
    assert len(seeded) >= 60


FOUND = "SELECT DISTINCT coalesce(url, ''), check_id, outcome, severity, evidence FROM findings"


def test_the_same_site_built_into_a_folder_has_the_same_records_and_findings(ran: Ran, tmp_path: Path) -> None:
    write(build(ADDRESS), tmp_path / "public")
    folder = run(tmp_path, "smo-crawl", "-a", "site=public", "-a", f"as_url={ADDRESS}", timeout=900)
    assert folder.code == 0, folder.said
    assert folder.crawled() == ran.crawled()
    assert set(folder.rows(FOUND)) == set(ran.rows(FOUND))
    # How fast the server answers is not seen, and that it is fast earns nothing.
    (theirs,), (ours,) = (one.rows("SELECT value FROM scores WHERE scope = 'site'") for one in (ran, folder))
    assert ours[0] == pytest.approx(theirs[0], abs=0.1)


@pytest.fixture(scope="module")
def seen(ran: Ran) -> Seen:
    found = Seen()
    for (packed,) in ran.rows("SELECT facts FROM page WHERE facts IS NOT NULL"):
        found.look_at(unpack(packed, Page))
    return found


def test_every_kind_of_fact_is_stated_somewhere(seen: Seen) -> None:
    assert seen.known - seen.filled == NOT_OF_THE_PAGE.keys()


def test_every_kind_of_page_and_area_is_met(seen: Seen) -> None:
    kinds = [one for one in vars(facts_of_pages).values() if inspect.isclass(one) and issubclass(one, enum.Enum)]
    assert len(kinds) >= 2
    assert {member for kind in kinds for member in kind} <= seen.members


# -- the house in its other conditions ----------------------------------------------------------


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    return {name: crawled(tmp_path_factory.mktemp(name), name) for name in OTHERS}


@pytest.mark.parametrize("name", OTHERS)
def test_of_each_condition_what_was_seeded_is_claimed_and_nothing_else(found: dict[str, Found], name: str) -> None:
    one = found[name]
    assert one.others[""] - one.site.expected == set()
    assert one.site.expected - one.others[""] == set()


@pytest.mark.parametrize("name", OTHERS)
def test_other_audiences_are_told_what_concerns_them(found: dict[str, Found], name: str) -> None:
    one = found[name]
    for audience in variant(name).audiences:
        seeded = one.site.expected_for(audience)
        assert seeded <= one.others[audience]
        assert one.others[audience] - one.others[""] - seeded == set()


def test_every_check_is_seen_both_ways(ran: Ran, found: dict[str, Found]) -> None:
    ways = {check: set[str]() for check in (*all_checks(), *all_site_checks())}
    for check, outcome in outcomes(ran):
        ways[check].add(outcome)
    for one in found.values():
        for check, seen in one.ways.items():
            ways[check] |= seen
    one_way = {check for check, seen in ways.items() if not ("passed" in seen and seen & {"warned", "failed"})}
    assert one_way == SEEN_ONE_WAY.keys()
