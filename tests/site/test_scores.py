"""Scores of the site and the worth of fixes: what a fix promises is what mending gives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parent))
from build import HOME, NOW, Built, profile_of

from smocrawl import audience, registry, site
from smocrawl.checks.base import Severity, Suppression, Tactic, check, fail, warn
from smocrawl.page import Entity, Kind, Meta
from smocrawl.scoring import tables
from smocrawl.store.facts import from_json


def says(id, tactic=Tactic.T3, severity=Severity.HIGH, **facts):
    """A check that fails where the page's title names it, and warns where it names it with a question mark."""

    @check(
        id,
        title=id,
        tactic=tactic,
        severity=severity,
        says="{what} is wrong.",
        source="https://example.org/",
        grade="D",
        **facts,
    )
    def answer(page, context):
        """Why: Because.

        Fix: So.
        """
        told = (page.title or "").split()
        if f"{id}?" in told:
            yield warn(what=id)
        elif f"{id}!!" in told:
            yield fail(what=id, severity=Severity.CRITICAL)
        elif id in told:
            yield fail(what=id)

    return answer


CHECKS = [
    says("og-title"),
    says("picture", severity=Severity.BLOCKER, cap=50),
    says("address", Tactic.T1),
    says("date", Tactic.T6, Severity.MEDIUM),
]


@pytest.fixture
def built(tmp_path, monkeypatch):
    known = {one.id: one for one in CHECKS}
    monkeypatch.setattr(registry, "all_checks", lambda: known)
    monkeypatch.setattr("smocrawl.site.analysis.all_checks", lambda: known)
    return Built(tmp_path / "crawls.sqlite")


def fixes(built):
    return built.database.rows("SELECT * FROM fix WHERE run = ? ORDER BY rank", built.run)


def fill(built, *, without=None):
    """A small site whose faults are named in the titles; *without* leaves one of them out."""
    pages = {
        "": ("home date", Kind.HOME, "h"),
        **{f"post/{n}": (f"post {'og-title' if n % 2 else 'og-title?'} picture", Kind.ARTICLE, "a") for n in range(4)},
        **{f"old/{n}": ("old date og-title!!", Kind.ARTICLE, "b") for n in range(3)},
        **{f"shop/{n}": ("shop address date", Kind.PRODUCT, "p") for n in range(5)},
    }
    for path, (title, kind, template) in pages.items():
        told = [word for word in title.split() if word.rstrip("?!") != without]
        built.page(
            path, kind=kind, template=template, title=" ".join(told), links=list(pages) if not path else [""],
            social=(profile_of("facebook", "bindery"),), metas=(Meta(prop="og:type", content="website"),),
        )  # fmt: skip


def test_the_points_of_the_tactics_add_up_to_the_score(built):
    fill(built)
    built.analyse()
    row = built.database.rows("SELECT value, explanation FROM site_score WHERE scope = 'site'")[0]
    explanation = from_json(row["explanation"])
    assert sum(term["points"] for term in explanation["terms"]) == pytest.approx(explanation["uncapped"])
    assert row["value"] == explanation["uncapped"]
    assert sum(kind["share"] for kind in explanation["kinds"].values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("check", "kind", "template"),
    [("picture", "article", "a"), ("address", "product", "p"), ("og-title", "article", "")],
)
def test_a_fix_is_worth_what_mending_gives(built, tmp_path, check, kind, template):
    fill(built)
    built.analyse()
    found = next(row for row in fixes(built) if row["check_id"] == check)
    assert (found["kind"], found["template"]) == (kind, template)
    mended = Built(tmp_path / "mended.sqlite")
    fill(mended, without=check)
    mended.analyse()
    assert found["gain"] == pytest.approx(mended.score("site") - built.score("site"))


def test_a_fault_of_all_pages_of_a_kind_is_told_once(built):
    fill(built)
    built.analyse()
    rows = [row for row in fixes(built) if row["check_id"] == "og-title"]
    assert [(row["kind"], row["template"], row["pages"], row["effort"]) for row in rows] == [("article", "", 7, 1)]


def test_a_fix_names_its_evidence_and_the_pages_that_matter_most(built):
    fill(built)
    built.analyse()
    row = next(row for row in fixes(built) if row["check_id"] == "address")
    assert from_json(row["evidence"]) == {"what": "address", "outcome": "failed"}
    assert from_json(row["examples"])[0].startswith(f"{HOME}shop/")


def test_the_same_store_gives_the_same_fixes(built):
    fill(built)
    before = [tuple(row) for row in fixes(built.analyse())]
    assert [tuple(row) for row in fixes(built.analyse())] == before


def test_half_the_pages_held_down_by_one_blocker_hold_down_the_site(built):
    for n in range(4):
        built.page(f"{n}", title="page picture" if n else "page")
    built.analyse()
    explanation = from_json(built.database.rows("SELECT explanation FROM site_score WHERE scope = 'site'")[0][0])
    assert (explanation["cap"], explanation["ceiling"]) in [("picture", 50), ("og-title", 50)]
    assert built.score("site") <= 50


def test_under_a_ceiling_the_other_faults_are_told_with_what_they_are_worth_without_it(built, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "HALF_CAP", 20)
    tagged = (Meta(prop="og:type", content="website"),)
    for n in range(4):
        built.page(f"{n}", title="page picture date?", metas=tagged)
    built.analyse()
    gains = {row["check_id"]: row["gain"] for row in fixes(built)}
    explanation = from_json(built.database.rows("SELECT explanation FROM site_score WHERE scope = 'site'")[0][0])
    assert explanation["cap"] == "picture"
    assert explanation["uncapped"] > explanation["ceiling"]
    both = Built(tmp_path / "both.sqlite")
    for n in range(4):
        both.page(f"{n}", title="page", metas=tagged)
    both.analyse()
    assert gains["date"] > 0
    assert gains["picture"] >= explanation["uncapped"] - explanation["ceiling"]
    # What one leaves to gain the other brings: both lead from the capped score to that of the site without faults.
    assert built.score("site") + gains["picture"] + gains["date"] == pytest.approx(both.score("site"))


def test_two_ceilings_hide_none_of_the_fixes_that_lift_them(built, monkeypatch):
    for cap in ("HALF_CAP", "NO_TAGS_CAP"):
        monkeypatch.setattr(tables, cap, 20)
    for n in range(4):
        built.page(f"{n}", title="page picture og-title?")
    built.analyse()
    gains = {row["check_id"]: row["gain"] for row in fixes(built)}
    explanation = from_json(built.database.rows("SELECT explanation FROM site_score WHERE scope = 'site'")[0][0])
    held = explanation["uncapped"] - explanation["ceiling"]
    assert held > 0
    assert min(gains["picture"], gains["og-title"]) >= held / 2


def test_a_check_of_the_site_that_breaks_costs_its_answer_alone(built, monkeypatch, caplog):
    broken = {**registry.all_site_checks()}
    broken["favicon-present"] = evolve(broken["favicon-present"], sql="SELECT nothing FROM nowhere")
    monkeypatch.setattr("smocrawl.site.analysis.all_site_checks", lambda: broken)
    built.page("", kind=Kind.HOME)
    built.analyse()
    rows = built.database.rows("SELECT outcome, reason FROM site_outcome WHERE check_id = 'favicon-present'")
    assert tuple(rows[0]) == ("not-measured", "error")
    assert "Check favicon-present could not judge the site" in caplog.text


def test_a_key_platform_that_is_not_ready_is_named(built, monkeypatch):
    built.page("", kind=Kind.HOME, title="home og-title picture")
    built.analyse()
    assert built.outcome("key-platform-ready") == "failed"
    assert {row["name"] for row in built.evidence("key-platform-ready")} <= {"Facebook", "X", "LinkedIn"}


def test_key_platforms_that_are_ready_pass(built):
    built.page("", kind=Kind.HOME)
    url = built.database.scalar("SELECT url FROM page")
    built.analyse()
    with built.database.transaction() as connection:
        connection.execute(
            "UPDATE review SET platforms = ? WHERE url = ?", ('{"facebook": 95, "x": 90, "linkedin": 85}', url)
        )
    site.analyse(built.database, built.run, audience.load(), NOW)
    assert built.outcome("key-platform-ready") == "passed"


def test_crosslinks_of_a_well_knit_site(built):
    paths = [f"{n}" for n in range(5)]
    built.page("", kind=Kind.HOME, links=paths, social=(profile_of("x", "bindery"),))
    for path in paths:
        built.page(path, links=["", *paths], social=(profile_of("x", "bindery"),))
    built.sitemap("", *paths)
    built.analyse()
    parts = {
        row["key"]: row["value"] for row in built.database.rows("SELECT * FROM site_score WHERE scope = 'crosslink'")
    }
    assert parts.pop("reciprocity") is None
    whole = {"total": 100, "reach": 100, "depth": 100, "hubs": 100, "ways_back": 100, "profiles": 100}
    assert parts == pytest.approx(whole)
    assert [row["crosslink"] for row in built.measures().values()] == pytest.approx([100] * 6)


def places(built):
    row = built.database.rows("SELECT explanation FROM site_score WHERE scope = 'crosslink' AND key = 'total'")[0]
    return from_json(row[0])["places"]


def organization(*same_as):
    return Entity(types=("Organization",), properties={"sameAs": same_as})


def test_places_tell_accounts_that_people_find_from_those_that_markup_names(built):
    named = organization("https://x.com/Bindery", "https://github.com/bindery", "https://en.wikipedia.org/wiki/Bindery")
    built.page("", kind=Kind.HOME, social=(profile_of("x", "bindery"),), entities=(named,))
    for path in "ab":
        built.page(path, social=(profile_of("x", "bindery"), profile_of("mastodon", "@b@m.example")))
    built.page("c", entities=(organization("https://x.com/somebody-else"),))
    built.analyse()
    found = {one["platform"]: (one["pages"], one["named"]) for one in places(built)["accounts"]}
    assert found == {"x": (3, 1), "github": (0, 1)}


def test_links_to_closed_networks_count_on_pages_that_answer(built):
    gone = evolve(profile_of("googleplus", "bindery"), sort="dead")
    built.page("", kind=Kind.HOME, social=(gone,))
    for path in "ab":
        built.page(path, social=(gone,))
    built.page("lost", status=404, social=(gone,))
    built.ask()
    assert places(built)["closed"] == [{"platform": "googleplus", "pages": 3}]


def test_places_tell_ways_between_the_hosts_that_were_read(built):
    shop = "https://shop.site.example/"
    built.page("", kind=Kind.HOME, links=["a", f"{shop}bags"])
    built.page("a", links=[f"{shop}bags"])
    built.page(f"{shop}bags", links=[f"{shop}belts"])
    built.page(f"{shop}belts")
    built.ask(domains=("old.example",))
    found = places(built)
    assert found["ways"] == [["site.example", "shop.site.example", 2]]
    assert {one["host"]: (one["pages"], one["linked"]) for one in found["domains"]} == {
        "site.example": (2, None), "shop.site.example": (2, None), "old.example": (0, False),
    }  # fmt: skip


def test_a_lost_page_lowers_its_own_score_and_that_of_the_site(built):
    built.page("", kind=Kind.HOME, links=["a"])
    built.page("a", links=[""])
    built.page("lost")
    built.sitemap("", "a", "lost")
    built.analyse()
    found = built.measures()
    assert found["lost"]["crosslink"] == 0 < found["a"]["crosslink"]
    assert built.score("crosslink", "reach") == 0
    assert built.score("crosslink", "depth") == pytest.approx(200 / 3)


def test_an_accepted_finding_of_the_site_does_not_count(built):
    built.page("", kind=Kind.HOME)
    built.ask(suppress=(Suppression(check="touch-icon", why="agreed"),))
    assert built.outcome("touch-icon") == "not-applicable"
    rows = built.database.rows("SELECT outcome, accepted FROM finding WHERE check_id = 'touch-icon'")
    assert [tuple(row) for row in rows] == [("suppressed", "agreed")]
    assert not built.database.rows("SELECT 1 FROM fix WHERE check_id = 'touch-icon'")


def test_accounts_that_link_back_count_for_the_crosslink_score(tmp_path):
    store = Built(tmp_path / "crawls.sqlite")
    store.probed("profiles")
    social = tuple(profile_of(name, "bindery") for name in ("github", "codeberg"))
    for n in range(3):
        store.page(f"{n}", social=social)
    for name in ("github", "codeberg"):
        answer = {"status": 200, "facts": {"links_back": name == "github"}}
        store.probe("profiles", f"https://{name}.example/bindery", about=f"https://{name}.example/bindery", **answer)
    store.ask()
    assert store.score("crosslink", "reciprocity") == 50
