"""Scores of a whole site: the worked examples and the reasons behind the formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smocrawl.checks.base import Tactic
from smocrawl.page import Kind
from smocrawl.scoring import Census, Fold, crosslink, mix, prominence, score_site
from smocrawl.scoring.sites import OfKind, effort, priority

GENERAL = {"T1": 12, "T2": 8, "T3": 26, "T4": 14, "T5": 8, "T6": 10, "T7": 10, "T8": 4, "T9": 8}


def fold(**kinds):
    return Fold({Kind(kind): OfKind(pages, pages, pages * mean) for kind, (pages, mean) in kinds.items()})


SITE = {"home": (1, 82), "article": (220, 74), "product": (1800, 58), "listing": (140, 61), "legal": (6, 70)}


def test_the_worked_example_of_the_page_part():
    value = fold(**SITE).value
    assert value == pytest.approx(66.0, abs=0.05)
    assert fold(**{**SITE, "product": (2800, 58)}).value - value == pytest.approx(-0.19, abs=0.01)
    assert fold(**{**SITE, "product": (1800, 70)}).value - value == pytest.approx(4.8, abs=0.05)


def test_the_gain_of_a_kind_is_the_difference_of_two_folds():
    site = fold(**SITE)
    mended = fold(**{**SITE, "product": (1800, 70)})
    assert site.gain(Kind.PRODUCT, 1800 * 12) == pytest.approx(mended.value - site.value)


def test_pages_without_purpose_do_not_count():
    site = Fold()
    site.add(Kind.UTILITY, 1.0, 0)
    assert site.value is None
    site.add(Kind.HOME, 1.0, 90)
    assert site.value == 90


def test_prominence():
    assert prominence(0, listed=True) == 1
    assert prominence(3, listed=False) == pytest.approx(0.56)
    assert prominence(4, listed=True) == 0.6
    assert prominence(9, listed=True) == prominence(None, listed=True) == 0.4


PARTS = {
    "T1": (78, 60, 70.8), "T2": (80, 72, 77.6), "T3": (66, 50, 62.8), "T4": (71, 64, 69.6), "T5": (40, 55, 46.0),
    "T6": (74, 48, 61.0), "T7": (62, 44, 51.2), "T8": (80, 60, 74.0), "T9": (58, 36, 47.0),
}  # fmt: skip


def test_the_worked_example_of_the_site_score():
    mixed = {Tactic(tactic): mix(Tactic(tactic), pages, site, 10) for tactic, (pages, site, _) in PARTS.items()}
    assert {tactic: round(value, 1) for tactic, value in mixed.items()} == {t: s for t, (_, _, s) in PARTS.items()}
    found = score_site(mixed, GENERAL, Census())
    assert found.site == pytest.approx(62.4, abs=0.05)
    assert sum(term.points for term in found.terms) == pytest.approx(found.site)


def test_an_empty_side_leaves_all_to_the_other():
    assert mix(Tactic.T3, 70, None, 0) == 70
    assert mix(Tactic.T3, None, 40, 1) == 40
    assert mix(Tactic.T3, None, None, 0) is None


def test_checks_of_the_site_that_weigh_little_decide_little():
    assert mix(Tactic.T6, 90, 0, 10) == 45
    assert mix(Tactic.T6, 90, 0, 40) == 45
    assert mix(Tactic.T6, 90, 0, 1) == pytest.approx(85.5)


@given(
    pages=st.floats(0, 100),
    others=st.lists(st.tuples(st.sampled_from([1, 3, 6, 10]), st.floats(0, 1)), max_size=6),
    failed=st.sampled_from([1, 3, 6, 10]),
    passed=st.sampled_from([1, 3, 6, 10]),
)
def test_mending_a_check_of_the_site_never_lowers_a_tactic(pages, others, failed, passed):
    """Also where a failure weighs more than a pass, since its criterion raised it."""
    passed = min(passed, failed)
    weight, earned = sum(one for one, _ in others), sum(one * value for one, value in others)
    before = mix(Tactic.T6, pages, 100 * earned / (weight + failed), weight + failed)
    after = mix(Tactic.T6, pages, 100 * (earned + passed) / (weight + passed), weight + passed)
    assert after >= before - 1e-9


@pytest.mark.parametrize(
    ("census", "site", "cap"),
    [
        (Census(pages=10), 80, None),
        (Census(pages=10, by_cap={"og-image-fetchable": 5}), 80, None),
        (Census(pages=10, by_cap={"og-image-fetchable": 6}), 50, "og-image-fetchable"),
        (Census(pages=10, without_tags=9), 50, "og-title"),
        (Census(pages=10, without_tags=9, bots_shut_out=True), 30, "social-bots-robots"),
    ],
)
def test_the_ceilings_of_a_site(census, site, cap):
    found = score_site(dict.fromkeys(Tactic, 80), GENERAL, census)
    assert (found.site, found.cap, found.uncapped) == (pytest.approx(site), cap, pytest.approx(80))


def test_nothing_judged_is_no_score():
    found = score_site({}, GENERAL, Census())
    assert (found.site, found.terms) == (None, ())


def test_the_worked_example_of_the_crosslink_score():
    parts = {
        "reach": crosslink.reach(orphans=0.03, broken=0.01),
        "depth": 91,
        "hubs": 57,
        "ways_back": sum(points for _, points in crosslink.ways_back({"home": 1.0, "section": 0.8}).values()),
        "profiles": crosslink.profiles(coverage=0.96, consistency=(0.67, 1.0, 0.875, 1.0)),
        "reciprocity": crosslink.reciprocity(
            crosslink.Edges(domains=4, domains_both_ways=2, handles=5, handles_both_ways=3)
        ),
    }
    assert {name: round(value, 1) for name, value in parts.items()} == {
        "reach": 86, "depth": 91, "hubs": 57, "ways_back": 88, "profiles": 85.1, "reciprocity": 53.8,
    }  # fmt: skip
    assert crosslink.total(parts) == pytest.approx(79.2, abs=0.05)


def test_the_ways_back_add_up_and_those_that_a_site_cannot_have_are_left_out():
    assert crosslink.ways_back({"home": 1.0, "section": 0.5, "related": 0.0}) == {
        "home": (1.0, 25), "section": (0.5, 18.75), "related": (0.0, 0),
    }  # fmt: skip
    assert crosslink.ways_back({"home": 0.5, "section": None, "related": None}) == {"home": (0.5, 50)}
    assert crosslink.ways_back({}) == {}


def test_parts_that_do_not_apply_are_left_out():
    assert crosslink.total({"reach": 80, "depth": None, "hubs": None}) == 80
    assert crosslink.total({}) is None
    assert crosslink.reciprocity(crosslink.Edges()) is None
    assert crosslink.profiles(coverage=1.0, consistency=(None,)) is None


def test_the_crosslink_score_of_a_page():
    well = crosslink.of_page(inlinks=5, outlinks=4, depth=2, is_content=True, follows=True)
    lost = crosslink.of_page(inlinks=0, outlinks=0, depth=None, is_content=True, follows=False)
    assert (well, lost) == (pytest.approx(100), 0)
    one_link = crosslink.of_page(inlinks=1, outlinks=4, depth=2, is_content=True, follows=True)
    assert lost < one_link < well


def test_effort_and_priority():
    assert effort(affected=80, of_kind=100) == 1
    assert effort(affected=1, of_kind=1) == 2
    assert effort(affected=20, of_kind=100) == 2
    assert effort(affected=60, of_kind=100) == 3
    assert effort(affected=60, of_kind=100, same_everywhere=True) == 1
    assert priority(4.0, mean_inlinks=900, effort=2) == pytest.approx(4.0)
    assert priority(4.0, mean_inlinks=0, effort=1) == 4.0
